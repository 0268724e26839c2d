"""A folder that every user of this PC may write in."""

from __future__ import annotations

import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from postal_desk.domain.case_json import parse_case
from postal_desk.services import attachments, users
from postal_desk.services.cases import add_cases
from postal_desk.services.copies import make_copy
from postal_desk.services.desk import create_desk, open_desk
from postal_desk.store import faults, sharing

CASE = {
    "kind": "inquiry",
    "category": "07",
    "channel": "counter",
    "opened_on": "2026-11-20",
    "subject": "未到",
}
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
@pytest.mark.usefixtures("quick_keys")
def test_whoever_is_cut_off_in_a_shared_desk_locks_nobody_out(tmp_path: Path) -> None:
    sharing.share(tmp_path / "desk")
    owner = users.checked_owner("王芳", "wang's password")
    with create_desk(tmp_path / "desk", "", "220204", owner=owner) as desk:
        users.change_password(desk, "wang's password", "another one")
        (number,) = add_cases(desk, [parse_case(CASE, desk.rules)]).cases
        staged = attachments.begin_intake(desk).take_bytes(bytes(2 << 20), "a.bin")
        attachments.add_attachments(desk, "case", number, [staged])
        make_copy(desk)
        closed_to_others = [
            path.name
            for path in desk.path.rglob("*")
            if not path.stat().st_mode & (stat.S_IWOTH if path.is_dir() else stat.S_IROTH)
        ]
        assert closed_to_others == []
        for name in ("lock", "desk.db", "desk.db-wal", "key"):
            assert (desk.path / name).stat().st_mode & stat.S_IWOTH, name


@posix
def test_the_key_of_a_desk_of_ones_own_stays_ones_own(tmp_path: Path) -> None:
    create_desk(tmp_path / "desk", "", "220204").close()
    assert stat.S_IMODE((tmp_path / "desk" / "key").stat().st_mode) == 0o600


@posix
def test_it_is_offered_only_where_it_can_be_made(tmp_path: Path) -> None:
    assert sharing.can_share(tmp_path / "a" / "b")
    assert sharing.can_share(Path("C:/ProgramData"), platform="win32")
