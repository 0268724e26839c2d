"""The newest copy carried to a second place, a stick or a share: read back there, older ones go by the same rule."""

from __future__ import annotations

import os
from pathlib import Path

from postal_desk.domain.sentences import say
from postal_desk.store import backups, copy_files, faults
from postal_desk.store.backups import KeptCopy
from postal_desk.store.copy_files import CopiedFile
from postal_desk.store.copy_pool import Pool
from postal_desk.store.copy_source import Told
from postal_desk.store.room import room_of

_COMING = ".coming"
_BLOCK = 1 << 20
_MB = 1 << 20


def folder_in(place: Path, name: str) -> Path:
    """Where the copies of one desk stand in a second place that several desks may share."""
    return place / f"PostalDesk-{name}"


def carry(copy: KeptCopy, target: Path, told: Told) -> Path:
    """Carry a copy of the desk's own, with its files, into ``target``; where it stands already it is only read back.

    Raises :class:`~postal_desk.store.copy_files.BrokenCopy` if either of them is not whole, and other faults of the
    environment.
    """
    with faults.environment_faults(target):
        target.mkdir(parents=True, exist_ok=True)
        _check_room(copy, target)
        pool, theirs = Pool(copy.path.parent), Pool(target)

        def put(one: CopiedFile) -> None:
            theirs.put(one, lambda write: pool.read(one, write, copy.path))

        for one in copy_files.read_index(copy.path):
            if not theirs.holds(one):
                put(one)
        theirs.sync()
        arrived = target / copy.path.name
        if not arrived.exists():
            partial = target / _COMING
            _copy(copy.path, partial)
            copy_files.unpack(partial, len, told=told)
            copy_files.place(partial, arrived)
        else:
            copy_files.unpack(arrived, len, told=told)
        for one in copy_files.read_index(arrived):
            try:
                theirs.read(one, len, arrived)
            except copy_files.BrokenCopy:  # it went bad there: once more
                put(one)
                theirs.read(one, len, arrived)
        theirs.sync()
        backups.rotate(target)
        return arrived


def same_disk(one: Path, other: Path) -> bool:
    """True if two folders are on one drive: a copy there goes down with the desk."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def _check_room(copy: KeptCopy, target: Path) -> None:
    size, room = copy.path.stat().st_size, room_of(target)
    if room.free < size:
        raise faults.DiskFull(
            say(
                "{place} has no room for a copy ({needed} MB needed, {free} MB free); free some space there, or choose "
                "another place",
                place=str(target),
                needed=-(-size // _MB),
                free=room.free // _MB,
            )
        )


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
