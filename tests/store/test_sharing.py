"""A folder that every user of this PC may write in."""

from __future__ import annotations

import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from postal_desk.services.copies import make_copy
from postal_desk.services.desk import create_desk, open_desk
from postal_desk.store import faults, sharing

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows hands rights down by itself")


def test_windows_is_asked_for_the_group_of_all_users(tmp_path: Path) -> None:
    asked: list[Sequence[str]] = []
    sharing.share(tmp_path / "PostalDesk", platform="win32", run=lambda command: asked.append(command) or 0)
    assert asked == [["icacls", str(tmp_path / "PostalDesk"), "/grant", "*S-1-5-32-545:(OI)(CI)M", "/Q"]]


@pytest.mark.parametrize("answer", [5, OSError()])
def test_a_system_that_refuses_is_told(tmp_path: Path, answer: int | OSError) -> None:
    def run(_command: Sequence[str]) -> int:
        if isinstance(answer, OSError):
            raise answer
        return answer

    with pytest.raises(faults.ReadOnlyPlace, match="can't be shared"):
        sharing.share(tmp_path / "PostalDesk", platform="win32", run=run)


@posix
def test_what_is_made_in_a_shared_desk_can_be_written_by_all(tmp_path: Path) -> None:
    sharing.share(tmp_path / "desk")
    create_desk(tmp_path / "desk", "", "220204").close()
    with open_desk(tmp_path / "desk") as desk:
        make_copy(desk)
    for path in (tmp_path / "desk").rglob("*"):
        assert path.stat().st_mode & stat.S_IWOTH, path


@posix
def test_the_key_of_a_desk_of_ones_own_stays_ones_own(tmp_path: Path) -> None:
    create_desk(tmp_path / "desk", "", "220204").close()
    assert stat.S_IMODE((tmp_path / "desk" / "key").stat().st_mode) == 0o600


@posix
def test_it_is_offered_only_where_it_can_be_made(tmp_path: Path) -> None:
    assert sharing.can_share(tmp_path / "a" / "b")
    assert sharing.can_share(Path("C:/ProgramData"), platform="win32")
