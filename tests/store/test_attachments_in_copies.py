"""Attachments go into every copy and come back with the desk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from postal_desk.domain.cases import Case
from postal_desk.services import attachments, copies
from postal_desk.services.attachment_check import check_attachments, tidy
from postal_desk.services.attachment_repair import repair
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, open_desk
from postal_desk.store import copy_files
from postal_desk.store.faults import DiskFull
from postal_desk.store.work import Work

LARGE = os.urandom(1_500_000)
SMALL = os.urandom(1000)


@pytest.fixture
def filed(desk: Desk, make_case: Callable[..., Case]) -> Desk:
    """The desk with a case that has a large file and a small one."""
    number = add_cases(desk, [make_case()]).cases[0]
    intake = attachments.begin_intake(desk)
    staged = [intake.take_bytes(LARGE, "large.bin"), intake.take_bytes(SMALL, "small.bin")]
    attachments.add_attachments(desk, "case", number, staged)
    return desk


@pytest.mark.parametrize("alone", [True, False], ids=["a file of its own", "among the desk's copies"])
def test_attachments_come_back_with_the_desk(filed: Desk, tmp_path: Path, alone: bool) -> None:
    made = copies.copy_to(filed, tmp_path / "a.postal-copy") if alone else copies.make_copy(filed)
    filed.close()
    shutil.rmtree(filed.path / "files")
    copies.restore_copy(made.path, tmp_path / "again")
    with open_desk(tmp_path / "again") as again:
        assert check_attachments(again).ok
        kept = attachments.list_attachments(again)
        assert [attachments.content_of(again, one.id)() for one in kept] == [SMALL, LARGE]


@pytest.mark.parametrize("alone", [True, False], ids=["a file of its own", "among the desk's copies"])
def test_a_copy_that_lost_an_attachment_is_restored_without_it_and_names_it(
    filed: Desk, tmp_path: Path, alone: bool
) -> None:
    made = copies.copy_to(filed, tmp_path / "a.postal-copy") if alone else copies.make_copy(filed)
    (number,) = {one.number for one in attachments.list_attachments(filed)}
    if alone:
        content = bytearray(made.path.read_bytes())
        content[copy_files.read_manifest(made.path).size + 700_000] ^= 1
        made.path.write_bytes(content)
    else:
        shutil.rmtree(filed.path / "copies" / "files")
    again = copies.restore_copy(made.path, tmp_path / "again")
    assert [(one.number, one.name) for one in again.absent] == [(number, "large.bin")]
    with open_desk(again.path) as desk:
        assert [problem.where.split()[0] for problem in check_attachments(desk).problems] == [number]
        small = next(one for one in attachments.list_attachments(desk) if one.name == "small.bin")
        assert attachments.content_of(desk, small.id)() == SMALL


def test_a_lost_or_damaged_content_comes_back_from_the_copies(filed: Desk) -> None:
    copies.make_copy(filed)
    (beside,) = (filed.path / "files").rglob("*.bin")
    for spoil in (beside.unlink, lambda: beside.write_bytes(b"x" * 100)):
        spoil()
        assert not check_attachments(filed).ok
        assert repair(filed) == (1, 0)
        assert check_attachments(filed).ok
    assert repair(filed) == (0, 0)


def test_what_no_copy_has_whole_stays_missing(filed: Desk) -> None:
    copies.make_copy(filed)
    (beside,) = (filed.path / "files").rglob("*.bin")
    beside.unlink()
    for kept in (filed.path / "copies" / "files").iterdir():
        kept.write_bytes(b"spoilt")
    assert repair(filed) == (0, 1)
    assert not [path for path in (filed.path / "files").rglob("*") if path.is_file()]


def test_a_commit_that_fails_leaves_an_unused_content_and_no_file(
    filed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = attachments.begin_intake(filed).take_bytes(LARGE[::-1], "other.bin")
    (number,) = {one.number for one in attachments.list_attachments(filed)}

    def full(_work: Work) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Work, "commit", full)
        with pytest.raises(DiskFull):
            attachments.add_attachments(filed, "case", number, [staged])
    found = check_attachments(filed)
    assert (found.files, found.unused, found.ok) == (2, 1, True)
    assert tidy(filed) == 1
