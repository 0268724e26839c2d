"""The files beside the database, kept once for all the copies of one folder: each under its sum, written once.

A file that the desk has lost or that went bad there stays good here for as long as one kept copy names it. One that
went bad here is found while the desk still has it: each copy reads some again, the longest unread first.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from postal_desk.store import files_beside
from postal_desk.store.copy_files import BrokenCopy, CopiedFile, broken
from postal_desk.store.durable import make_folder, sync_folder

POOL = "files"
_BLOCK = 1 << 20
_NEW = ".new"
#: How long a file counts as good without being read, and how many bytes one copy reads again at most (but one file).
PROVED_FOR = timedelta(days=7)
READ_AGAIN = 64 << 20


class Pool:
    """The folder of files beside the copies in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / POOL

    def holds(self, file: CopiedFile) -> bool:
        """True if a file of that sum and size stands here (its content is not read)."""
        try:
            return self._path(file.sha256).stat().st_size == file.size
        except FileNotFoundError:
            return False

    def take(self, source: Path, name: str) -> CopiedFile:
        """Keep a copy of a file, durably. Raises :class:`FileNotFoundError` if there is none."""
        with source.open("rb") as stream:
            make_folder(self.folder)
            partial = self.folder / _NEW
            size, sha256 = write_synced(partial, iter(lambda: stream.read(_BLOCK), b""))
        partial.replace(self._path(sha256))  # over one of that sum too: it may have gone bad
        return CopiedFile(name, size, sha256)

    def proves(self, file: CopiedFile, now: datetime) -> bool:
        """True if the content of a file can be read and has its sum; notes when that was seen, as the file's time."""
        try:
            self.read(file, len, self.folder)
        except (BrokenCopy, OSError):
            return False
        with suppress(OSError):  # then it is read again sooner than it need be
            os.utime(self._path(file.sha256), (now.timestamp(), now.timestamp()))
        return True

    def due(self, files: Iterable[CopiedFile], now: datetime) -> list[CopiedFile]:
        """Those of its files whose turn it is to be read again."""
        times = {one: self._path(one.sha256).stat().st_mtime for one in set(files)}
        limit, left, found = PROVED_FOR.total_seconds(), READ_AGAIN, []
        for one in sorted(times, key=lambda one: (times[one], one.name)):
            if (
                abs(now.timestamp() - times[one]) > limit and left > 0
            ):  # a clock may have been wrong either way
                found.append(one)
                left -= one.size
        return found

    def put(self, file: CopiedFile, read: Callable[[Callable[[bytes], object]], object]) -> None:
        """Keep a file of another pool, which ``read`` hands over (and proves)."""
        make_folder(self.folder)
        partial = self.folder / _NEW
        with partial.open("wb") as stream:
            read(stream.write)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(self._path(file.sha256))

    def sync(self) -> None:
        """Make the names of what was taken durable."""
        if self.folder.is_dir():
            sync_folder(self.folder)

    def read(self, file: CopiedFile, write: Callable[[bytes], object], named: Path) -> None:
        """Hand the content of a file to ``write``. Raises :class:`BrokenCopy` (naming ``named``), at the end too."""
        digest = hashlib.sha256()
        try:
            with self._path(file.sha256).open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
                    write(block)
        except FileNotFoundError as error:
            raise broken(named) from error
        if digest.hexdigest() != file.sha256:
            raise broken(named)

    def keep_only(self, wanted: Iterable[CopiedFile]) -> None:
        """Let go of what no copy names any more."""
        names = {file.sha256 for file in wanted}
        for path in self.folder.glob("*"):
            if path.name not in names:
                path.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256


def take_all(
    pool: Pool, desk: Path, names: Iterable[str], known: dict[str, CopiedFile], now: datetime
) -> tuple[list[CopiedFile], int]:
    """Take the named files of a desk; ``known`` are those of an earlier copy, of which only some are read again.

    Returns them and how many are missing: neither in the desk nor (whole, as far as is known) in the pool.
    """
    wanted = list(names)
    kept = {name: known[name] for name in wanted if name in known and pool.holds(known[name])}
    rotten = {one.name for one in pool.due(kept.values(), now) if not pool.proves(one, now)}
    taken, missing = [], 0
    for name in wanted:
        if name in kept and name not in rotten:
            taken.append(kept[name])
            continue
        try:
            taken.append(pool.take(files_beside.path_of(desk, name), name))
        except FileNotFoundError:
            missing += 1
    pool.sync()
    return taken, missing


def write_synced(file: Path, blocks: Iterable[bytes]) -> tuple[int, str]:
    """Write a file and sync it; size and SHA-256 of what was written."""
    digest, size = hashlib.sha256(), 0
    with file.open("wb") as stream:
        for block in blocks:
            digest.update(block)
            size += len(block)
            stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())
    return size, digest.hexdigest()
