"""A desk in a folder that can't be written: a write-protected disk, a folder of somebody else's.

It is opened for reading, as a copy of its files in a folder of this user's own, which goes when the desk is closed.
What a killed program left (the key of a desk without a password is among it) goes when the next one is made: each is
held by a lock of the kernel while it is in use.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from postal_desk.domain.sentences import say
from postal_desk.store import desk_marks, faults, high_water
from postal_desk.store.keys import DATABASE, KEY, key_file

_TRIES = 3
_PREFIX, _IN_USE = "postal-desk-read-", "in-use"
_NEW = 60  # seconds in which a folder may not be locked yet
_held: dict[Path, FileLock] = {}
_WAL = f"{DATABASE}-wal"


def is_read_only(folder: Path) -> bool:
    """True if nothing can be made in the folder, or its desk is marked as there for reading only."""
    if desk_marks.read(folder) is not None:
        return True
    probe = folder / f".{os.getpid()}.probe"
    try:
        probe.touch()
    except PermissionError:
        return True
    except OSError as error:
        return isinstance(faults.fault_of(error, folder), faults.ReadOnlyPlace)
    probe.unlink()
    return False


def make(folder: Path) -> Path:
    """Copy the desk's files into a new private folder. Raises the :class:`~postal_desk.store.faults.EnvironmentFault`
    that stands in the way, also if somebody goes on writing there.
    """
    clear_left()
    private = Path(tempfile.mkdtemp(prefix=_PREFIX))  # for this user alone
    _held[private] = FileLock(private / _IN_USE, timeout=0, thread_local=False)
    try:
        _held[private].acquire()
        with faults.environment_faults(folder):
            for _ in range(_TRIES):
                before = _state(folder)
                for name in (DATABASE, _WAL, KEY, high_water.FILE):
                    (private / name).unlink(missing_ok=True)
                    file = key_file(folder) if name == KEY else folder / name
                    if file.exists():
                        shutil.copyfile(file, private / name)
                if _state(folder) == before:
                    return private
        raise faults.DeskLocked(
            say("Somebody is writing in the desk in {place}; try again when it is closed", place=str(folder))
        )
    except BaseException:
        remove(private)
        raise


def remove(private: Path) -> None:
    """Take the private folder away."""
    if (lock := _held.pop(private, None)) is not None:
        lock.release()
    shutil.rmtree(private, ignore_errors=True)


def clear_left() -> None:
    """Take away what killed programs of this user left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout):  # somebody else's, or in use
            if time.time() - folder.stat().st_mtime < _NEW:
                continue
            with FileLock(folder / _IN_USE, timeout=0):
                pass
            shutil.rmtree(folder, ignore_errors=True)


def reading_only(folder: Path) -> faults.ReadOnlyPlace:
    """The refusal of every write in such a desk."""
    if (mark := desk_marks.read(folder)) is not None:
        return faults.ReadOnlyPlace(mark.sentence)
    return faults.ReadOnlyPlace(
        say(
            "{place} can't be written, so its desk is open for reading only; copy the folder to a disk of this PC to "
            "work in it",
            place=str(folder),
        )
    )


def _state(folder: Path) -> list[tuple[int, int]]:
    found = []
    for name in (DATABASE, _WAL):
        if (folder / name).exists():
            state = (folder / name).stat()
            found.append((state.st_size, state.st_mtime_ns))
    return found
