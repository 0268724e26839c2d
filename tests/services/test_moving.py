"""A desk that moves to another PC, the way back, and a copy that is only looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postal_desk import paths
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import Refusal
from postal_desk.services.case_lists import count_cases
from postal_desk.services.cases import add_cases
from postal_desk.services.copies import restore_copy
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.faults import EnvironmentFault
from postal_desk.services.moving import forget_looks, is_look, look_at, mark_of, move_back, move_out
from postal_desk.store import backups


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_moved_desk_goes_on_elsewhere_and_is_only_read_here(
    desk: Desk, make_case: Callable[..., Case], stick: Path, tmp_path: Path
) -> None:
    (number,) = add_cases(desk, [make_case()]).cases
    moved = move_out(desk, stick)
    assert (moved.cases, moved.file.parent) == (1, stick)
    desk.close()
    with open_desk(desk.path) as old:
        assert count_cases(old, CaseFilter()).total == 1
        assert "moved to another PC" in str(old.read_only)
        with pytest.raises(EnvironmentFault, match="moved to another PC"):
            add_cases(old, [make_case()])
    new = restore_copy(moved.file, tmp_path / "new").path
    with open_desk(new, now=desk.now) as there:
        assert there.read_only is None
        assert add_cases(there, [make_case()]).cases[0] > number


def test_the_way_back_makes_it_an_ordinary_desk(
    desk: Desk, make_case: Callable[..., Case], stick: Path
) -> None:
    move_out(desk, stick)
    desk.close()
    move_back(desk.path, actor="苏阳", now=desk.now)
    assert mark_of(desk.path) is None
    with open_desk(desk.path, now=desk.now) as again:
        add_cases(again, [make_case()])
    with pytest.raises(Refusal, match="has not moved"):
        move_back(desk.path)


def test_a_copy_that_fails_marks_nothing(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "copy_to", full)
    with pytest.raises(OSError, match="No space"):
        move_out(desk, stick)
    assert mark_of(desk.path) is None


@pytest.mark.parametrize("inside", [True, False])
def test_a_folder_that_will_not_do_is_refused(desk: Desk, tmp_path: Path, inside: bool) -> None:
    with pytest.raises(Refusal):
        move_out(desk, desk.path if inside else tmp_path / "absent")


def test_a_copy_is_looked_at_and_forgotten(
    desk: Desk, make_case: Callable[..., Case], stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "default_desk", lambda: tmp_path / "data" / "desk")
    add_cases(desk, [make_case()])
    file = move_out(desk, stick).file
    place = look_at(file)
    assert is_look(place)
    with open_desk(place) as looked:
        assert count_cases(looked, CaseFilter()).total == 1
        with pytest.raises(EnvironmentFault, match="opened to be looked at"):
            add_cases(looked, [make_case()])
    forget_looks()
    assert not place.exists()
    assert not is_look(desk.path)
