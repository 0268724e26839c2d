"""The live connection as copies are drawn from it: on any thread, while saves go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from postal_desk.store import engine
from postal_desk.store.keys import DeskKey

if TYPE_CHECKING:
    from postal_desk.store.copy_proof import Figures

#: Told how many bytes, or pages, of how many are done.
Told: TypeAlias = Callable[[int, int], None]

_SLICE = 64  # pages: about 3 ms, in which a save has to wait
_PAUSE = 0.002
_WHOLE = 64 * _SLICE  # pages a step while nobody waits


class LeftOff(Exception):
    """The desk is being closed: the copy was not finished, and nothing of it counts."""


def nothing_told(_done: int, _total: int) -> None:
    """For whoever does not want to know how far a copy is."""


class CopySource:
    """The live connection, as copies are drawn from it. ``keyring`` gives what stands in the desk's key file."""

    def __init__(self, raw: Any, key: DeskKey, folder: Path, keyring: Callable[[], str]) -> None:
        self.key = key
        self.folder = folder
        self.keyring = keyring
        self._raw = raw
        self._copying = threading.Lock()
        self._closing = threading.Event()

    def figures(self) -> Figures:
        """What the desk holds now; on the desk's own thread."""
        from postal_desk.store.copy_proof import figures

        return figures(self._raw)

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """One copy at a time."""
        with self._copying:
            if self._closing.is_set():
                raise LeftOff
            yield

    def draw(self, target: Path, slices: bool, told: Told = nothing_told, key: DeskKey | None = None) -> None:
        """Write the database as it is when this returns. Any thread; with ``slices`` saves go on meanwhile.

        Page by page from one cipher into the other: with another ``key`` too nothing is ever in clear on the disk.
        """

        def between(_status: int, remaining: int, total: int) -> None:
            if self._closing.is_set():
                raise LeftOff
            told(total - remaining, total)
            if slices:
                time.sleep(_PAUSE)  # lets a waiting save through

        copy = engine.connect(target, key or self.key, "rwc")
        try:
            copy.execute("PRAGMA journal_mode = OFF").fetchall()  # a copy cut off is thrown away
            copy.execute("PRAGMA synchronous = OFF")  # the finished file is synced
            self._raw.backup(copy, pages=_SLICE if slices else _WHOLE, progress=between, sleep=_PAUSE)
        finally:
            copy.close()

    def close(self) -> None:
        """Stop a copy under way and wait until it has let go of the connection."""
        self._closing.set()
        with self._copying:
            return
