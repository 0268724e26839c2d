"""Attachments go into every copy and come back with the desk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from postal_desk.domain.cases import Case
from postal_desk.services import attachments, copies
from postal_desk.services.attachment_check import check_attachments
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, open_desk

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
