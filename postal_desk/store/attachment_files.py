"""Large contents beside the database: one encrypted file for each, named by its content, never changed.

::

    POSTAL-DESK-FILE 1\\n
    24 bytes: header of the stream (libsodium's secretstream, XChaCha20-Poly1305)
    pieces of 256 KiB and 17 bytes; the last one is shorter, and marked as the last

A flipped bit, a piece cut off, left out or put elsewhere is found before anything of that piece is handed out. Key and
names are derived from the desk's secret, which stands in the encrypted database alone: names tell nothing either.

A new content is written under a name of its own in ``.incoming``, synced, and renamed before the commit that names it;
what a commit that failed left behind is found by the check and taken away.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import RuntimeError as SodiumError

from postal_desk.store.durable import sync_folder

FOLDER = "attachments"
#: Readable copies for other programs, for as long as the desk is open.
OPENED = "opened"
ENDING = ".bin"
_INCOMING = ".incoming"
_MAGIC = b"POSTAL-DESK-FILE 1\n"
_PIECE = 256 * 1024
_MORE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_EXTRA = bindings.crypto_secretstream_xchacha20poly1305_ABYTES


class BadContent(Exception):
    """The content is missing, damaged or not the one that was asked for."""


@dataclass(frozen=True, slots=True)
class FileKeys:
    """What contents are encrypted and named with. The same for as long as the desk lives, its copies included."""

    content: bytes
    names: bytes

    @classmethod
    def of(cls, secret: bytes) -> FileKeys:
        """The keys of the desk with this secret."""

        def derived(purpose: bytes) -> bytes:
            return hashlib.blake2b(key=secret, person=purpose, digest_size=32).digest()

        return cls(derived(b"desk attachment"), derived(b"attachment name"))

    def name_of(self, sha256: bytes) -> str:
        """The name of the file that holds the content with this hash."""
        return hmac.new(self.names, sha256, hashlib.sha256).hexdigest() + ENDING

    def __repr__(self) -> str:
        return "FileKeys(…)"


class FileShelf:
    """The contents in one folder: that of a desk, or that of its copies."""

    def __init__(self, folder: Path, keys: FileKeys) -> None:
        self.folder = folder
        self._keys = keys

    def path_of(self, sha256: bytes) -> Path:
        """Where the content with this hash stands, or would."""
        name = self._keys.name_of(sha256)
        return self.folder / name[:2] / name

    def has(self, sha256: bytes, size: int) -> bool:
        """True if its file is there and as long as it must be; what is in it is told by reading."""
        try:
            return self.path_of(sha256).stat().st_size == sealed_size(size)
        except OSError:
            return False

    def stage(self, source: BinaryIO, limit: int) -> tuple[Path, bytes, int]:
        """Encrypt a content into a synced file without a name yet: its path, hash and size.

        Stops after more than ``limit`` bytes; the size returned is then above it, and the file is gone.
        """
        incoming = self.folder / _INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = incoming / uuid.uuid4().hex
        digest, size = hashlib.sha256(), 0

        def measured() -> Iterator[bytes]:
            nonlocal size
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > limit:
                    return
                digest.update(piece)
                yield piece

        try:
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as stream:
                seal(measured(), stream.write, self._keys.content)
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        if size > limit:
            target.unlink()
        return target, digest.digest(), size

    def put(self, staged: Path, sha256: bytes) -> Path:
        """Give a staged content its name, durably. One that stands there already is replaced: it is the same content,
        and if its file was damaged it is whole again.
        """
        target = self.path_of(sha256)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            staged.replace(target)
        except PermissionError:  # Windows: somebody reads the old one; it will do if it is whole
            if not self.holds(sha256):
                raise
            staged.unlink(missing_ok=True)
        sync_folder(target.parent)
        sync_folder(self.folder)
        return target

    def read(self, sha256: bytes, write: Callable[[bytes], object]) -> None:
        """Hand a content to ``write``, piece by piece. What was written counts only when this has returned.

        Raises :class:`BadContent`, and :class:`OSError` where the disk itself fails.
        """
        digest = hashlib.sha256()
        try:
            with self.path_of(sha256).open("rb") as stream:
                for piece in opened(stream, self._keys.content):
                    digest.update(piece)
                    write(piece)
        except FileNotFoundError as error:
            raise BadContent from error
        if digest.digest() != sha256:
            raise BadContent

    def holds(self, sha256: bytes) -> bool:
        """True if the content is there, whole: reads all of it."""
        try:
            self.read(sha256, len)
        except BadContent:
            return False
        return True

    def take_over(self, other: FileShelf, sha256: bytes) -> bool:
        """Copy one content from another shelf of the same desk, durably; ``False`` if it is missing or damaged there.

        Read through on the way: a damaged file is never taken.
        """
        source, target = other.path_of(sha256), self.path_of(sha256)
        incoming = self.folder / _INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = incoming / uuid.uuid4().hex
        try:
            with source.open("rb") as stream, partial.open("xb") as copy:
                shutil.copyfileobj(stream, copy, _PIECE)
                copy.flush()
                os.fsync(copy.fileno())
            if not _is(partial, sha256, self._keys.content):
                return False
            target.parent.mkdir(mode=0o700, exist_ok=True)
            partial.replace(target)
        except FileNotFoundError:
            return False
        finally:
            partial.unlink(missing_ok=True)
        sync_folder(target.parent)
        return True

    def names(self) -> Iterator[Path]:
        """The files of the shelf."""
        if self.folder.is_dir():
            yield from self.folder.glob(f"??/*{ENDING}")

    def remove_all_but(self, wanted: Iterable[bytes]) -> int:
        """Take away every file that is none of these contents; how many went."""
        keep = {self._keys.name_of(sha256) for sha256 in wanted}
        gone = 0
        for path in list(self.names()):
            if path.name not in keep:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def clear_incoming(desk: Path) -> None:
    """Take away what was cut off while it was taken in. Only when the desk is opened: nobody takes anything in then."""
    shutil.rmtree(desk / FOLDER / _INCOMING, ignore_errors=True)


def clear_opened(desk: Path) -> None:
    """Take away the readable copies that other programs were handed; what one of them still holds goes next time."""
    shutil.rmtree(desk / OPENED, ignore_errors=True)


def sealed_size(size: int) -> int:
    """How long the file of a content of ``size`` bytes is."""
    pieces = max(1, -(-size // _PIECE))
    return len(_MAGIC) + _HEADER + size + pieces * _EXTRA


def seal(pieces: Iterable[bytes], write: Callable[[bytes], object], key: bytes) -> None:
    """Encrypt pieces (each of ``_PIECE`` bytes but the last) into the form above."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    write(_MAGIC + header)

    def push(piece: bytes, tag: int) -> None:
        write(bindings.crypto_secretstream_xchacha20poly1305_push(state, piece, None, tag))

    held: bytes | None = None
    for piece in pieces:
        if held is not None:
            push(held, _MORE)
        held = piece
    push(held or b"", _LAST)


def opened(stream: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The pieces of a sealed content. Raises :class:`BadContent`, at the end too if the last piece is missing."""
    if stream.read(len(_MAGIC)) != _MAGIC:
        raise BadContent
    header = stream.read(_HEADER)
    if len(header) != _HEADER:
        raise BadContent
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    last = False
    while piece := stream.read(_PIECE + _EXTRA):
        if last or len(piece) < _EXTRA:
            raise BadContent
        try:
            plain, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, piece, None)
        except SodiumError as error:
            raise BadContent from error
        last = tag == _LAST
        yield plain
    if not last:
        raise BadContent


def _is(file: Path, sha256: bytes, key: bytes) -> bool:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            for piece in opened(stream, key):
                digest.update(piece)
    except BadContent:
        return False
    return digest.digest() == sha256
