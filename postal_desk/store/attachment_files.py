"""Large contents beside the database: one encrypted file for each, named by its content, never changed.

A new content is written under a name of its own in ``.incoming``, synced, and renamed before the commit that names it;
what a commit that failed left behind is found by the check and taken away. The names are keyed hashes: they tell
nothing. How the files are encrypted stands in ``attachment_seal``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from postal_desk.store.attachment_seal import ENDING, PIECE, BadContent, FileKeys, opened, seal
from postal_desk.store.durable import let_all_write, make_folder, sync_folder
from postal_desk.store.files_beside import FOLDER

__all__ = ["BadContent", "FileKeys", "FileShelf"]

#: Readable copies for other programs, for as long as the desk is open.
OPENED = "opened"
_INCOMING = ".incoming"


class FileShelf:
    """The contents in a desk's folder of files."""

    def __init__(self, folder: Path, keys: FileKeys) -> None:
        self.folder = folder
        self._keys = keys

    def name_of(self, sha256: bytes) -> str:
        """What the file of the content with this hash is called."""
        return self._keys.name_of(sha256)

    def path_of(self, sha256: bytes) -> Path:
        """Where the content with this hash stands, or would."""
        name = self.name_of(sha256)
        return self.folder / name[:2] / name

    def stage(self, source: BinaryIO, sha256: bytes) -> Path:
        """Encrypt the content with this hash into a synced file without a name yet.

        Raises :class:`BadContent` if the source turns out to hold something else; then the file is gone.
        """
        target = self.blank()
        digest = hashlib.sha256()

        def read() -> Iterator[bytes]:
            while piece := source.read(PIECE):
                digest.update(piece)
                yield piece

        try:
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as stream:
                let_all_write(target)
                seal(read(), sha256, self._keys, stream.write)
                self.sync(stream)
            if digest.digest() != sha256:
                raise BadContent
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return target

    def blank(self) -> Path:
        """The path of a file yet to be written, which has no name among the contents."""
        incoming = self.folder / _INCOMING
        make_folder(self.folder)
        make_folder(incoming, 0o700)
        return incoming / uuid.uuid4().hex

    @staticmethod
    def sync(stream: BinaryIO) -> None:
        """Bring what was written to the disk."""
        stream.flush()
        os.fsync(stream.fileno())

    def is_content(self, file: Path, sha256: bytes) -> bool:
        """True if a file without a name holds that content, encrypted and whole."""
        try:
            with file.open("rb") as stream:
                for _piece in opened(stream, sha256, self._keys):
                    pass
        except BadContent:
            return False
        return True

    def put(self, staged: Path, sha256: bytes) -> None:
        """Give a staged content its name, durably. One that stands there already is replaced by the same bytes: if its
        file was damaged it is whole again.
        """
        target = self.path_of(sha256)
        make_folder(target.parent, 0o700)
        try:
            staged.replace(target)
        except PermissionError:  # Windows: somebody reads the old one; it will do if it is whole
            if not self.holds(sha256):
                raise
            staged.unlink(missing_ok=True)
        sync_folder(target.parent)
        sync_folder(self.folder)

    def read(self, sha256: bytes, write: Callable[[bytes], object]) -> None:
        """Hand a content to ``write``, piece by piece. What was written counts only when this has returned.

        Raises :class:`BadContent`, and :class:`OSError` where the disk itself fails.
        """
        try:
            with self.path_of(sha256).open("rb") as stream:
                for piece in opened(stream, sha256, self._keys):
                    write(piece)
        except FileNotFoundError as error:
            raise BadContent from error

    def take_over(self, other: FileShelf, sha256: bytes) -> bool:
        """Keep a content of another shelf, encrypted with other keys, under the keys of this one; never in clear on the
        disk. False if it is not whole there.
        """
        target = self.blank()
        try:
            with other.path_of(sha256).open("rb") as source, target.open("xb") as stream:
                seal(opened(source, sha256, other._keys), sha256, self._keys, stream.write)
                self.sync(stream)
        except (BadContent, FileNotFoundError):
            target.unlink(missing_ok=True)
            return False
        self.put(target, sha256)
        return True

    def holds(self, sha256: bytes) -> bool:
        """True if the content is there, whole: reads all of it."""
        try:
            self.read(sha256, len)
        except BadContent:
            return False
        return True

    def files(self) -> Iterator[Path]:
        """The files of the shelf."""
        if self.folder.is_dir():
            yield from self.folder.glob(f"??/*{ENDING}")

    def remove_all_but(self, wanted: Iterable[bytes]) -> int:
        """Take away every file that is none of these contents; how many went."""
        keep = {self.name_of(sha256) for sha256 in wanted}
        gone = [path for path in self.files() if path.name not in keep]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)


def clear_incoming(desk: Path) -> None:
    """Take away what was cut off while it was taken in. Only when the desk is opened: nobody takes anything in then."""
    shutil.rmtree(desk / FOLDER / _INCOMING, ignore_errors=True)


def clear_opened(desk: Path) -> None:
    """Take away the readable copies that other programs were handed; what one of them still holds goes next time."""
    shutil.rmtree(desk / OPENED, ignore_errors=True)
