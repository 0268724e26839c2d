"""Copies that are tried, carried to a second place, and a desk brought back where it stood."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import Refusal
from postal_desk.services import copies, copy_trials, rescue, second_place
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.store import copies_elsewhere, copy_files, faults

Make = Callable[..., Case]


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def copied(desk: Desk, make_case: Make) -> Desk:
    """A desk with three cases and a copy of them."""
    add_cases(desk, [make_case(subject=f"挂号信 {n}") for n in range(3)])
    copies.make_copy(desk)
    return desk


def test_the_drill_restores_the_newest_copy_and_leaves_nothing(copied: Desk) -> None:
    trial = copy_trials.begin_drill(copied)(quiet)
    assert (trial.cases, trial.whole) == (3, True)
    assert "3 cases" in str(copy_trials.note_drill(copied, trial).said)
    assert sorted(copy_trials.trials(copied)) == sorted(["", trial.path.name])
    assert not (copied.path / "copies" / ".trial").exists()


def test_a_drill_without_a_copy_says_so(desk: Desk) -> None:
    with pytest.raises(Refusal, match="make one first"):
        copy_trials.begin_drill(desk)


def test_a_drill_finds_a_damaged_copy(copied: Desk) -> None:
    file = copies.list_copies(copied)[0].path
    content = bytearray(file.read_bytes())
    content[9000] ^= 1
    file.write_bytes(content)
    with pytest.raises(copy_files.BrokenCopy):
        copy_trials.begin_drill(copied)(quiet)
    with pytest.raises(copy_files.BrokenCopy):
        copy_trials.begin_verify(copied, file)(quiet)


def test_verifying_a_copy_is_remembered(copied: Desk) -> None:
    file = copies.list_copies(copied)[0].path
    copy_trials.note_verified(copied, copy_trials.begin_verify(copied, file)(quiet))
    assert file.name in copy_trials.trials(copied)


def test_a_copy_is_carried_to_a_second_place(
    copied: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(copies_elsewhere, "same_disk", lambda *_places: False)
    arrived = second_place.begin_carrying(copied, stick)(quiet)
    second_place.note_carried(copied, arrived)
    assert [copy.cases for copy in second_place.copies_at(stick)] == [3]
    assert second_place.away(copied).place == str(stick)
    copies.restore_copy(arrived, tmp_path / "again")
    with open_desk(tmp_path / "again") as again:
        assert len(read_cases(again, CaseFilter(), 0)) == 3


def test_a_place_on_the_same_disk_or_gone_is_refused(copied: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="same disk"):
        second_place.begin_carrying(copied, tmp_path)
    with pytest.raises(Refusal, match="is not there"):
        second_place.begin_carrying(copied, tmp_path / "unplugged")


def test_a_reminder_comes_after_seven_days(tmp_path: Path) -> None:
    clock = [datetime(2019, 8, 1, 9)]
    with create_desk(tmp_path / "other", "", "220204", now=lambda: clock[0]) as desk:
        clock[0] += timedelta(days=7)
        assert not second_place.away(desk).overdue
        clock[0] += timedelta(minutes=1)
        assert second_place.away(desk).overdue


@pytest.mark.parametrize("state", ["random", "empty", "gone", "no key"])
def test_a_desk_is_brought_back_where_it_stood(copied: Desk, state: str) -> None:
    copied.close()
    file = copied.path / "desk.db"
    if state == "gone":
        file.unlink()
    elif state == "no key":
        (copied.path / "key").unlink()
    else:
        file.write_bytes(b"x" * 9000 if state == "random" else b"")
    with pytest.raises(faults.EnvironmentFault) as caught:
        open_desk(copied.path)
    assert rescue.can_be_rescued(copied.path, caught.value)
    (newest,) = rescue.copies_for(copied.path)
    done = rescue.rescue(newest.path, copied.path)
    assert done.aside is not None
    assert done.aside.is_dir()
    with open_desk(copied.path) as again:
        assert len(read_cases(again, CaseFilter(), 0)) == 3
        assert again.notices == ()
        assert len(copies.list_copies(again)) == 1, "its copies came along"


def test_a_refused_rescue_leaves_everything_as_it_was(copied: Desk) -> None:
    copied.close()
    (copied.path / "desk.db").write_bytes(b"x")
    file = copies.copies_in(copied.path / "copies")[0].path
    file.write_bytes(file.read_bytes()[:-1])
    before = sorted(path.name for path in copied.path.parent.iterdir())
    with pytest.raises(copy_files.BrokenCopy):
        rescue.rescue(file, copied.path)
    assert sorted(path.name for path in copied.path.parent.iterdir()) == before
    assert (copied.path / "desk.db").read_bytes() == b"x"


def test_a_desk_that_is_only_locked_needs_no_rescue(copied: Desk) -> None:
    with pytest.raises(faults.DeskLocked) as caught:
        open_desk(copied.path)
    assert not rescue.can_be_rescued(copied.path, caught.value)


def test_a_wrong_password_needs_no_rescue(copied: Desk) -> None:
    for fault in (
        faults.password_needed(copied.path, []),
        faults.WrongPassword(faults.no_key(copied.path).sentence),
    ):
        assert not rescue.can_be_rescued(copied.path, fault)


def test_missing_copies_are_none(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "nowhere", ignore_errors=True)
    assert second_place.copies_at(tmp_path / "nowhere") == []


def test_a_copy_that_does_not_hold_tells_of_the_desk(desk: Desk) -> None:
    with desk.work(write=True) as work:
        work.rows("DROP TRIGGER audit_no_update")
        work.rows("UPDATE audit SET who = '别人' WHERE id = 1")
        work.commit()
    with pytest.raises(faults.DamagedDesk) as caught:
        copies.make_copy(desk)
    assert "did not pass its check" in str(caught.value)
    assert copies.list_copies(desk) == []
