"""Making and opening a desk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from postal_desk.domain.sentences import FieldRefusal
from postal_desk.services.desk import create_desk, desk_exists, open_desk


def test_a_known_code_gives_the_name(tmp_path: Path) -> None:
    with create_desk(tmp_path / "desk", "", "220204") as desk:
        assert (desk.branch.name, desk.branch.prefix, desk.practice) == ("船营区", "220204", False)


def test_what_was_said_at_making_is_kept(tmp_path: Path) -> None:
    create_desk(tmp_path / "desk", "丰满区分公司", "220211", letter="B", practice=True).close()
    with open_desk(tmp_path / "desk", actor="赵敏", today=lambda: date(2019, 7, 2)) as desk:
        assert (desk.branch.name, desk.branch.code, desk.branch.letter) == ("丰满区分公司", "220211", "B")
        assert desk.practice
        assert (desk.actor, desk.today()) == ("赵敏", date(2019, 7, 2))


@pytest.mark.parametrize(
    ("name", "code", "letter", "path"),
    [
        ("x", "22020", "", "code"),
        ("x", "２２０２０４", "", "code"),
        ("x", "220204", "b", "letter"),
        ("x", "220204", "BB", "letter"),
        ("", "999999", "", "branch"),
        ("分" * 61, "220204", "", "branch"),
    ],
)
def test_a_branch_that_cannot_be_leaves_no_folder(
    tmp_path: Path, name: str, code: str, letter: str, path: str
) -> None:
    with pytest.raises(FieldRefusal) as caught:
        create_desk(tmp_path / "desk", name, code, letter=letter)
    assert caught.value.path == path
    assert not (tmp_path / "desk").exists()


def test_a_desk_is_known_by_its_folder(tmp_path: Path) -> None:
    assert not desk_exists(tmp_path)
    create_desk(tmp_path / "desk", "", "220204").close()
    assert desk_exists(tmp_path / "desk")


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "desk", "", "220204")
    desk.close()
    desk.close()


def test_a_checkpoint_empties_the_log(tmp_path: Path) -> None:
    with create_desk(tmp_path / "desk", "", "220204") as desk:
        assert (tmp_path / "desk" / "desk.db-wal").stat().st_size > 0
        desk.checkpoint()
        assert (tmp_path / "desk" / "desk.db-wal").stat().st_size == 0
