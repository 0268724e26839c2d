"""How a large content is encrypted: piece by piece, the same content always into the same bytes.

::

    POSTAL-DESK-FILE 1\\n
    pieces of 256 KiB, each sealed (libsodium's secretbox, XSalsa20-Poly1305: 16 bytes more); the last one is shorter

The nonce of a piece is a keyed hash of the content's own SHA-256, the piece's place and whether it is the last: never
used for two texts, and a piece that was altered, cut off, left out, moved or taken from another content does not open.
The same content gives the same file, so a copy of it can be told by its sum, without any key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

ENDING = ".bin"
PIECE = 256 * 1024
_MAGIC = b"POSTAL-DESK-FILE 1\n"
_EXTRA, _NONCE = 16, 24  # bytes: what a secretbox adds to its content, and the length of its nonce


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


def seal(pieces: Iterable[bytes], sha256: bytes, keys: FileKeys, write: Callable[[bytes], object]) -> None:
    """Encrypt the pieces (each of :data:`PIECE` bytes but the last) of the content with this hash."""
    from nacl.secret import SecretBox  # imported here and below: a desk is opened without

    box = SecretBox(keys.content)
    write(_MAGIC)
    held, place = b"", 0
    for piece in pieces:
        if place > 0:
            write(box.encrypt(held, _nonce(keys, sha256, place, last=False)).ciphertext)
        held, place = piece, place + 1
    write(box.encrypt(held, _nonce(keys, sha256, max(1, place), last=True)).ciphertext)


def opened(stream: BinaryIO, sha256: bytes, keys: FileKeys) -> Iterator[bytes]:
    """The pieces of the content with this hash. Raises :class:`BadContent`, at the end too if pieces are missing."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    if stream.read(len(_MAGIC)) != _MAGIC:
        raise BadContent
    box = SecretBox(keys.content)
    digest = hashlib.sha256()
    following = stream.read(PIECE + _EXTRA)
    place = 1
    while following:
        sealed, following = following, stream.read(PIECE + _EXTRA)
        try:
            piece = box.decrypt(sealed, _nonce(keys, sha256, place, last=not following))
        except CryptoError as error:
            raise BadContent from error
        digest.update(piece)
        place += 1
        yield piece
    if digest.digest() != sha256:
        raise BadContent


def _nonce(keys: FileKeys, sha256: bytes, place: int, *, last: bool) -> bytes:
    marked = sha256 + place.to_bytes(8, "big") + bytes([last])
    return hashlib.blake2b(marked, key=keys.names, person=b"piece", digest_size=_NONCE).digest()
