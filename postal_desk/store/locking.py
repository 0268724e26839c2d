"""One program at a time in a desk: a lock of the kernel, so a killed program leaves nothing to clear away.

The file beside it says who holds the lock and since when; it is only ever read to make a sentence of it.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from postal_desk.domain.sentences import say
from postal_desk.store import faults
from postal_desk.store.durable import replace_file

LOCK = "lock"
HOLDER = "holder.json"


class DeskLock:
    """Held from :meth:`take` to :meth:`release`, whichever thread calls them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = FileLock(folder / LOCK, timeout=0, thread_local=False)

    def take(self, now: datetime) -> None:
        """Take the lock at once or raise :class:`~postal_desk.store.faults.DeskLocked`."""
        try:
            self._lock.acquire()
        except Timeout:
            raise held_by(self.folder) from None
        holder = {
            "user": _user(),
            "computer": platform.node(),
            "pid": os.getpid(),
            "since": now.isoformat(timespec="minutes"),
        }
        with suppress(OSError):  # a full disk: only the sentence for the next one is poorer for it
            content = json.dumps(holder, ensure_ascii=False)
            replace_file(self.folder / HOLDER, content.encode(), synced=False)

    def release(self) -> None:
        """Give the lock back; harmless if it is not held."""
        if self._lock.is_locked:
            with suppress(OSError):  # a note that stays behind misleads nobody: the kernel's lock decides
                (self.folder / HOLDER).unlink(missing_ok=True)
            self._lock.release()


def held_by(folder: Path) -> faults.DeskLocked:
    """The refusal with the holder's name, as far as it is known."""
    try:
        holder = json.loads((folder / HOLDER).read_text("utf-8"))
        return faults.DeskLocked(
            say(
                "The desk in {place} is open already: held by {user} on {computer} since {since}; "
                "work there or close it",
                place=str(folder),
                user=str(holder["user"]),
                computer=str(holder["computer"]),
                since=str(holder["since"]).replace("T", " "),
            )
        )
    except (OSError, ValueError, KeyError, TypeError):
        return faults.locked_by_file(folder)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return str(os.getuid()) if hasattr(os, "getuid") else "?"
