"""Room on the disk: when to warn, when to stop writing, and the reserve that gets a desk out of a full disk.

A desk whose disk has less than its floor left is read only: what is saved can still be folded in and read. The reserve
is a file of its own that can be given up, which makes room for what stands in an open form. Without it the floor is
lower, or a disk that somebody else has filled to the last byte would stay read only with the reserve given up.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from postal_desk.domain.sentences import say
from postal_desk.store import faults
from postal_desk.store.durable import sync_folder

RESERVE = "reserve"
_MB = 1 << 20
_WARN, _FLOOR, _RESERVE = 1024 * _MB, 32 * _MB, 16 * _MB
_BLOCK = 256 * 1024
_LOWER = 4  # by what part the floor sinks with the reserve


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes free and in all on the disk of a folder. Small disks (a stick) have small limits."""

    free: int
    total: int

    @property
    def floor(self) -> int:
        """Below this the desk is read only, as long as it has its reserve; and no copy may go below it."""
        return min(_FLOOR, self.total // 16)

    @property
    def low(self) -> bool:
        """Time to say so."""
        return self.free < min(_WARN, self.total // 8)

    def gone(self, *, with_reserve: bool) -> bool:
        """Nothing more may be written by a desk that has its reserve, or has not."""
        return self.free < (self.floor if with_reserve else self.floor // _LOWER)

    @property
    def reserve(self) -> int:
        """How large the reserve is."""
        return min(_RESERVE, self.total // 16) // _BLOCK * _BLOCK or _BLOCK


def room_of(folder: Path) -> Room:
    """The room on the disk of a folder. Raises :class:`OSError`."""
    usage = shutil.disk_usage(folder)
    return Room(usage.free, usage.total)


def check_writable(folder: Path) -> None:
    """Raise :class:`~postal_desk.store.faults.DiskFull` if the desk may not be written for want of room."""
    room = room_of(folder)
    if room.gone(with_reserve=True) and room.gone(with_reserve=has_reserve(folder)):
        raise no_room(folder, room)


def check_room(desk: Path, target: Path) -> None:
    """Raise :class:`~postal_desk.store.faults.DiskFull` if a copy of the desk would fill the disk of ``target``."""
    _check(sum(path.stat().st_size for path in desk.glob("desk.db*")), target)


def check_room_for(copy: Path, target: Path) -> None:
    """Raise :class:`~postal_desk.store.faults.DiskFull` if unpacking a copy would fill the disk of ``target``."""
    _check(copy.stat().st_size, target)


def _check(needed: int, target: Path) -> None:
    room = room_of(target)
    if room.free - needed < room.floor:
        raise faults.DiskFull(
            say(
                "The disk of {place} has no room for a copy ({needed} MB needed, {free} MB free); free some space, "
                "or copy to another disk",
                place=str(target),
                needed=_megabytes(needed + room.floor),
                free=_megabytes(room.free),
            )
        )


def no_room(folder: Path, room: Room) -> faults.DiskFull:
    """The refusal of a write below the floor."""
    return faults.DiskFull(
        say(
            "The disk of {place} is nearly full ({free} MB left), so nothing is written any more; what is saved is "
            "safe: free some space and save again",
            place=str(folder),
            free=_megabytes(room.free),
        )
    )


def keep_reserve(folder: Path) -> None:
    """Make the reserve if it isn't there and the disk has room to spare. Raises :class:`OSError`."""
    file, room = folder / RESERVE, room_of(folder)
    if room.low or (file.exists() and file.stat().st_size >= room.reserve):
        return
    partial = file.with_name(f"{RESERVE}.new")
    with partial.open("wb") as stream:
        for _ in range(room.reserve // _BLOCK):
            stream.write(os.urandom(_BLOCK))  # a disk that compresses must not cheat
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)


def give_reserve(folder: Path) -> bool:
    """Give the reserve up for room to write. False if there is none."""
    try:
        (folder / RESERVE).unlink()
    except FileNotFoundError:
        return False
    sync_folder(folder)
    return True


def has_reserve(folder: Path) -> bool:
    """True if there is a reserve to give up."""
    return (folder / RESERVE).exists()


def _megabytes(size: int) -> str:
    return f"{size / _MB:.0f}" if size >= 10 * _MB else f"{size / _MB:.1f}"
