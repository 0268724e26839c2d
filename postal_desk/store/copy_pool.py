"""The files beside the database, kept once for all the copies of one folder: each under its sum, written once.

A file that the desk has lost or that went bad there stays good here for as long as one kept copy names it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from postal_desk.store import files_beside
from postal_desk.store.copy_files import CopiedFile, broken
from postal_desk.store.durable import sync_folder

POOL = "files"
_BLOCK = 1 << 20
_NEW = ".new"


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
            self.folder.mkdir(exist_ok=True)
            partial = self.folder / _NEW
            size, sha256 = write_synced(partial, iter(lambda: stream.read(_BLOCK), b""))
        taken = CopiedFile(name, size, sha256)
        if self.holds(taken):
            partial.unlink()
        else:
            partial.replace(self._path(sha256))
        return taken

    def put(self, file: CopiedFile, read: Callable[[Callable[[bytes], object]], object]) -> None:
        """Keep a file of another pool, which ``read`` hands over (and proves)."""
        self.folder.mkdir(exist_ok=True)
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
    pool: Pool, desk: Path, names: Iterable[str], known: dict[str, CopiedFile]
) -> tuple[list[CopiedFile], int]:
    """Take the named files of a desk; ``known`` are those of an earlier copy, which need not be read again.

    Returns them and how many are missing: neither in the desk nor in the pool.
    """
    taken, missing = [], 0
    for name in names:
        before = known.get(name)
        if before is not None and pool.holds(before):
            taken.append(before)
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
