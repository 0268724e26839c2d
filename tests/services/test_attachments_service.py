"""Files kept with records: taken in whole, kept once, removed and brought back, never in clear on the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.case_json import parse_step
from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import Refusal
from postal_desk.services import attachments
from postal_desk.services.attachment_check import check_attachments, tidy
from postal_desk.services.attachment_exits import open_out, save_out
from postal_desk.services.attachment_intake import shelf_of
from postal_desk.services.attachments import Attachment
from postal_desk.services.cases import add_cases, add_step, show_case
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.drafts import save_draft
from postal_desk.services.undo import undo

LARGE = os.urandom(3_000_000)
SMALL = b"\x89PNG\r\n\x1a\n" + "小图".encode()


@pytest.fixture
def number(desk: Desk, make_case: Callable[..., Case]) -> str:
    """A case."""
    return add_cases(desk, [make_case()]).cases[0]


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Makes a file."""

    def make(name: str = "收据.png", content: bytes = SMALL) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


def add(desk: Desk, number: str, *paths: Path, kind: str = "case", step: int = 0) -> Any:
    intake = attachments.begin_intake(desk)
    return attachments.add_attachments(desk, kind, number, [intake.take_file(path) for path in paths], step)


def files_of(desk: Desk, number: str, kind: str = "case") -> list[Attachment]:
    return attachments.list_attachments(desk, kind, number)


@pytest.mark.parametrize("content", [SMALL, LARGE])
def test_a_file_comes_back_as_it_was(
    desk: Desk, number: str, file: Callable[..., Path], content: bytes
) -> None:
    add(desk, number, file(content=content))
    (kept,) = files_of(desk, number)
    assert (kept.name, kept.size, kept.beside) == ("收据.png", len(content), content is LARGE)
    assert attachments.content_of(desk, kept.id)() == content


def test_no_content_stands_in_clear_in_the_folder(desk: Desk, number: str, file: Callable[..., Path]) -> None:
    content = b"%PDF-" + "张金丝雀".encode() * 200_000
    add(desk, number, file("张金丝雀.pdf", content), file("small", "张金丝雀".encode()))
    for path in desk.path.rglob("*"):
        assert "金丝雀" not in path.name
        assert not path.is_file() or "金丝雀".encode() not in path.read_bytes()


def test_the_same_content_is_kept_once_and_with_each_record(
    desk: Desk, number: str, make_case: Callable[..., Case], file: Callable[..., Path]
) -> None:
    other = add_cases(desk, [make_case()]).cases[0]
    add(desk, number, file(content=LARGE))
    add(desk, other, file("别名.png", LARGE))
    assert len(list(shelf_of(desk).files())) == 1
    assert check_attachments(desk).contents == 1
    assert [one.name for one in files_of(desk, other)] == ["别名.png"]


def test_adding_the_same_file_twice_keeps_one(desk: Desk, number: str, file: Callable[..., Path]) -> None:
    add(desk, number, file())
    assert add(desk, number, file()).undo is None
    assert len(files_of(desk, number)) == 1


def test_adding_and_removing_can_be_undone(desk: Desk, number: str, file: Callable[..., Path]) -> None:
    added = add(desk, number, file())
    assert added.attachments == (("case", number),)
    (kept,) = files_of(desk, number)
    taken = undo(desk, added.undo or 0)
    assert taken.attachments == (("case", number),)
    assert files_of(desk, number) == []
    undo(desk, taken.undo or 0)
    removed = attachments.remove_attachments(desk, [kept.id])
    assert files_of(desk, number) == []
    undo(desk, removed.undo or 0)
    assert [one.id for one in files_of(desk, number)] == [kept.id]


def test_files_stand_in_the_history_of_their_case(desk: Desk, number: str, file: Callable[..., Path]) -> None:
    add(desk, number, file())
    assert [line.action for line in show_case(desk, number).history] == ["case.add", "attachment.add"]


def test_a_file_stays_with_its_step(desk: Desk, number: str, file: Callable[..., Path]) -> None:
    for at in ("2019-07-03T09:00", "2019-07-04T09:00"):
        add_step(desk, number, parse_step({"at": at, "text": "问"}, desk.rules, desk.now()))
    add(desk, number, file(), step=2)
    assert files_of(desk, number)[0].part == 2
    with pytest.raises(Refusal, match="2 steps"):
        add(desk, number, file("b.png"), step=3)


def test_files_of_a_draft_become_those_of_its_case(
    desk: Desk, make_case: Callable[..., Case], file: Callable[..., Path]
) -> None:
    save_draft(desk, "abc", "case", {})
    add(desk, "abc", file(), kind="draft")
    number = add_cases(desk, [make_case()], draft="abc").cases[0]
    assert [one.name for one in files_of(desk, number)] == ["收据.png"]
    assert files_of(desk, "abc", "draft") == []


def test_what_can_not_be_taken_is_refused_in_one_sentence(desk: Desk, tmp_path: Path) -> None:
    intake = attachments.begin_intake(desk)
    (tmp_path / "empty.jpg").touch()
    for path, word in (
        (tmp_path / "gone.jpg", "no longer there"),
        (tmp_path / "empty.jpg", "0 bytes"),
        (tmp_path, "no file"),
        (Path("/dev/zero"), "no file"),
    ):
        with pytest.raises(Refusal, match=word):
            intake.take_file(path)


def test_a_file_above_the_limit_is_refused_and_leaves_nothing(desk: Desk, file: Callable[..., Path]) -> None:
    intake = attachments.begin_intake(desk)
    intake.limit = 2_000_000
    with pytest.raises(Refusal, match="3 MB"):
        intake.take_file(file(content=LARGE))
    with pytest.raises(Refusal, match="3 MB"):
        intake.take_bytes(LARGE, "a.png")
    assert not list((desk.path / "files").rglob("*.bin"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(desk: Desk, file: Callable[..., Path]) -> None:
    locked = file()
    locked.chmod(0)
    with pytest.raises(Refusal, match="another program holds it"):
        attachments.begin_intake(desk).take_file(locked)


def test_a_refused_record_leaves_no_staged_file(desk: Desk, file: Callable[..., Path]) -> None:
    with pytest.raises(Refusal):
        add(desk, "2019-07-0099", file(content=LARGE))
    assert not [path for path in (desk.path / "files").rglob("*") if path.is_file()]


def test_check_finds_damaged_missing_and_unused(desk: Desk, number: str, file: Callable[..., Path]) -> None:
    add(desk, number, file(content=LARGE), file("b.png", LARGE[::-1]))
    first, second = sorted(shelf_of(desk).files())
    (first.parent / f"{'0' * 64}.bin").write_bytes(b"left over")
    first.unlink()
    damaged = bytearray(second.read_bytes())
    damaged[1_000_000] ^= 1
    second.write_bytes(bytes(damaged))
    found = check_attachments(desk)
    assert not found.ok
    assert len(found.problems) == 2
    assert found.unused == 1
    assert tidy(desk) == 1
    with pytest.raises(Refusal, match="missing or damaged"):
        attachments.content_of(desk, files_of(desk, number)[0].id)()


def test_adding_a_damaged_file_again_heals_it(desk: Desk, number: str, file: Callable[..., Path]) -> None:
    add(desk, number, file(content=LARGE))
    (stored,) = shelf_of(desk).files()
    stored.write_bytes(b"x" * 100)
    add(desk, number, file("again.png", LARGE))
    assert check_attachments(desk).ok


def test_a_copy_leaves_only_with_a_reason_and_is_audited(
    desk: Desk, number: str, file: Callable[..., Path], tmp_path: Path
) -> None:
    add(desk, number, file())
    (kept,) = files_of(desk, number)
    with pytest.raises(Refusal, match="needs a reason"):
        save_out(desk, kept.id, tmp_path, " ")
    (tmp_path / "收据.png").write_bytes(b"other")
    saved = save_out(desk, kept.id, tmp_path, "上级调阅")
    assert saved.name == "收据 (2).png"
    assert saved.read_bytes() == SMALL
    with desk.work() as work:
        action, fields = work.rows("SELECT action, fields FROM audit ORDER BY id DESC LIMIT 1").one()
    assert (action, fields) == ("attachment.export", "unmasked,reason: 上级调阅")


def test_a_program_is_not_opened(desk: Desk, number: str, file: Callable[..., Path]) -> None:
    add(desk, number, file("收据.jpg.exe", b"MZ\x90"))
    with pytest.raises(Refusal, match="not opened"):
        open_out(desk, files_of(desk, number)[0].id)


def test_what_was_opened_is_gone_when_the_desk_is_closed(
    desk: Desk, number: str, file: Callable[..., Path]
) -> None:
    add(desk, number, file())
    opened = open_out(desk, files_of(desk, number)[0].id)
    assert opened.read_bytes() == SMALL
    desk.close()
    assert not opened.exists()


def test_what_was_cut_off_is_cleared_when_the_desk_is_opened(desk: Desk, file: Callable[..., Path]) -> None:
    staged = attachments.begin_intake(desk).take_file(file(content=LARGE))
    assert staged.file is not None
    desk.close()
    open_desk(desk.path).close()
    assert not staged.file.exists()
