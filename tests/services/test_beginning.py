"""The first desk: whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from postal_desk.domain.sentences import FieldRefusal
from postal_desk.services.beginning import Beginning, begin, shipped_words
from postal_desk.services.demo import Stopped
from postal_desk.services.desk import EnvironmentFault, desk_exists, open_desk
from postal_desk.services.organisation import list_outlets, list_staff
from postal_desk.services.starting_lists import StartingOutlet, StartingStaff

WANTED = Beginning(
    "吉林市船营区分公司",
    "220204",
    "B",
    (StartingOutlet("河南街支局", "branch_office", "河南街 66 号"),),
    (StartingStaff("王芳", "counter_clerk", "河南街支局"),),
    "王芳",
)


def test_desk_has_what_was_asked_for(tmp_path: Path) -> None:
    begin(tmp_path / "desk", WANTED)
    with open_desk(tmp_path / "desk") as desk:
        assert (desk.branch.name, desk.branch.prefix, desk.practice) == (
            "吉林市船营区分公司",
            "220204B",
            False,
        )
        assert [outlet.name for outlet in list_outlets(desk)] == ["河南街支局"]
        assert [(person.name, person.outlet) for person in list_staff(desk)] == [("王芳", "河南街支局")]


def test_stopped_beginning_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        begin(tmp_path / "desk", WANTED, lambda done, _total: done < 2)
    assert list(tmp_path.glob("*desk*")) == []


def test_refused_beginning_leaves_nothing(tmp_path: Path) -> None:
    twice = Beginning("船营", "220204", outlets=(StartingOutlet("河南街支局"), StartingOutlet("河南街支局")))
    with pytest.raises(FieldRefusal):
        begin(tmp_path / "desk", twice)
    assert list(tmp_path.glob("*desk*")) == []


def test_remains_of_a_killed_beginning_are_no_obstacle(tmp_path: Path) -> None:
    remains = tmp_path / ".desk.unfinished"
    remains.mkdir()
    (remains / "desk.db.new").write_bytes(b"half")
    begin(tmp_path / "desk", WANTED)
    assert desk_exists(tmp_path / "desk")
    assert not remains.exists()


def test_folder_that_holds_something_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "letter.docx").write_bytes(b"mine")
    with pytest.raises(EnvironmentFault):
        begin(tmp_path / "desk", WANTED)
    assert (tmp_path / "desk" / "letter.docx").read_bytes() == b"mine"


def test_progress_counts_every_step(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    begin(tmp_path / "desk", WANTED, lambda done, total: seen.append((done, total)) is None)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_divisions_are_those_of_the_day() -> None:
    known = {division.code: division for division in shipped_words(date(2026, 11, 22)).divisions}
    assert (known["220204"].name.zh, known["220204"].within.zh) == ("船营区", "吉林省 吉林市")
    assert "520522" not in known  # 黔西县 became 520581 in 2021
    assert known["520581"].name.zh == "黔西市"
