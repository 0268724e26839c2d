"""Wrong passwords, counted in a file beside the key: the database can't be opened then.

From the fifth one on each waits longer than the one before. Whoever may write in the folder can delete the count;
what makes guessing dear is the derivation of the key (``key_slots``). The next who gets in takes the count over into
the audit. Where the file can't be written, on a write-protected or a full disk, the count is kept as long as the
program runs.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from postal_desk.store import faults
from postal_desk.store.durable import replace_file

FILE = "attempts"
FREE = 5  # wrong ones before the first wait
FIRST_WAIT, LONGEST_WAIT = 15, 900  # seconds; doubled each time
_REMEMBERED = timedelta(days=1)
#: By folder, what is counted where nothing can be written; it goes before what the file says.
_unwritten: dict[Path, list[Failed]] = {}


@dataclass(frozen=True, slots=True)
class Failed:
    """Wrong attempts at one door since somebody last got in: how many, from when to when.

    ``door`` is a user's uid, or one of the words of :func:`key_ring_file.door_of`; ``name`` that of the user. What
    somebody typed for a name is not kept: it may be a password in the wrong field.
    """

    door: str
    name: str
    count: int
    first: str
    last: str
    told: int = 0  # how many of them the audit knows of


def pause(count: int) -> int:
    """Seconds to wait after so many wrong attempts."""
    return 0 if count < FREE else min(LONGEST_WAIT, FIRST_WAIT << min(count - FREE, 10))


def check(folder: Path, door: str, now: datetime) -> None:
    """Raise :class:`~postal_desk.store.faults.TooManyTries` while a door has to wait."""
    left = max((_left(failed, now) for failed in read(folder) if failed.door == door), default=0)
    if left > 0:
        raise faults.too_many_tries(folder, left)


def _left(failed: Failed, now: datetime) -> int:
    wait = pause(failed.count)
    over = datetime.fromisoformat(failed.last) + timedelta(seconds=wait)
    # A clock that was put back must not lock anybody out for longer than the wait itself.
    return min(wait, math.ceil((over - now).total_seconds()))


def note(folder: Path, door: str, name: str, now: datetime) -> None:
    """Count a wrong attempt."""
    known = {failed.door: failed for failed in read(folder)}
    moment = now.isoformat(timespec="seconds")
    old = known.get(door)
    count, first, told = (old.count + 1, old.first, old.told) if old else (1, moment, 0)
    known[door] = Failed(door, name, count, first, moment, told)
    _write(folder, list(known.values()))


def _write(folder: Path, counted: list[Failed]) -> None:
    content = json.dumps([asdict(failed) for failed in counted], ensure_ascii=False)
    try:
        if counted:
            replace_file(folder / FILE, content.encode(), synced=True)
        else:
            (folder / FILE).unlink(missing_ok=True)
    except OSError:
        _unwritten[folder.absolute()] = counted
    else:
        _unwritten.pop(folder.absolute(), None)


def read(folder: Path) -> list[Failed]:
    """What is counted; a file that can't be read counts as none."""
    if (unwritten := _unwritten.get(folder.absolute())) is not None:
        return unwritten
    try:
        content: Any = json.loads((folder / FILE).read_bytes())
        found = [Failed(**one) for one in content]
        for one in found:
            datetime.fromisoformat(one.last)
            if type(one.count) is not int or type(one.told) is not int or not 0 <= one.told <= one.count:
                return []
        return found
    except (OSError, ValueError, TypeError, RecursionError):
        return []


def settle(folder: Path, door: str, now: datetime) -> None:
    """Somebody got in by a door and the audit has taken all counts over. The other doors go on counting for a day:
    whoever has a password of their own must not wipe out what they tried at somebody else's.
    """
    counted = read(folder)
    limit = now - _REMEMBERED
    kept = [
        replace(failed, told=failed.count)
        for failed in counted
        if failed.door != door and datetime.fromisoformat(failed.last) > limit
    ]
    if kept != counted:
        _write(folder, kept)
