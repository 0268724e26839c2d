"""Where the key of a desk's database comes from.

The database asks a :class:`KeyStore` and nothing else, so that passwords and recovery codes (``key_ring_file``) take
the place of the bare key without the database noticing.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from postal_desk.store import faults

DATABASE = "desk.db"
KEY = "key"  #: the file beside the database
NEXT = "key.next"  #: its successor, while the database is given another key
_LINE = re.compile(r"(?P<key>[0-9a-f]{64}) (?P<salt>[0-9a-f]{32})\s*")


@dataclass(frozen=True, slots=True)
class DeskKey:
    """The raw 32-byte key and the 16-byte salt that the database file begins with."""

    key: bytes
    salt: bytes

    @property
    def literal(self) -> str:
        """As ``PRAGMA key`` takes it: no derivation, the salt given rather than read from the file."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"

    def __repr__(self) -> str:
        return "DeskKey(…)"  # never into a log or a traceback


def key_file(folder: Path) -> Path:
    """The file that holds the key of the database as it stands there.

    The database gets another key by one renaming (:mod:`~postal_desk.store.rekeying`); what is cut off right after it
    leaves the key that fits under its other name. Which one fits is told by the salt the database begins with.
    """
    try:
        salt = str(json.loads((folder / NEXT).read_text("utf-8"))["salt"])
        with (folder / DATABASE).open("rb") as stream:
            begins = stream.read(len(salt) // 2).hex()
    except (OSError, ValueError, KeyError, TypeError):  # none, or not written whole
        return folder / KEY
    return folder / (NEXT if salt and begins == salt else KEY)


def new_key() -> DeskKey:
    """A key of its own for a new desk."""
    return DeskKey(secrets.token_bytes(32), secrets.token_bytes(16))


class KeyStore(Protocol):
    """Keeps the key of one desk."""

    def create(self) -> DeskKey:
        """Make and keep a new key durably. Never replaces one."""

    def load(self) -> DeskKey:
        """The key, or :class:`~postal_desk.store.faults.WrongKey`."""

    def content(self) -> str:
        """What a copy of the desk carries, so that the copy opens with what opens the desk."""


class FileKeyStore:
    """The key in a file that only its owner may read, beside the database."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def create(self) -> DeskKey:
        """Write a new random key; raises :class:`FileExistsError` if there is one."""
        key = new_key()
        self.put_back(f"{key.key.hex()} {key.salt.hex()}\n")
        return key

    def put_back(self, content: str) -> None:
        """Write the content known from a copy; raises :class:`FileExistsError` if there is a key."""
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())

    def load(self) -> DeskKey:
        """Read the key back."""
        try:
            found = key_in(self.content())
        except (FileNotFoundError, UnicodeDecodeError):
            found = None
        if found is None:
            raise faults.no_key(self.file.parent)
        return found

    def content(self) -> str:
        """The file as it is."""
        return self.file.read_text("utf-8")


class KnownKey:
    """A key that is at hand already: of the open desk whose copy is tried."""

    def __init__(self, key: DeskKey) -> None:
        self._key = key

    def create(self) -> DeskKey:
        """It makes none."""
        raise RuntimeError("a known key is not made")

    def load(self) -> DeskKey:
        """The key."""
        return self._key

    def content(self) -> str:
        """No file stands behind it."""
        return ""


def key_in(content: str) -> DeskKey | None:
    """The key in a key file's content, ``None`` if it can't be had from there alone."""
    found = _LINE.fullmatch(content)
    return DeskKey(bytes.fromhex(found["key"]), bytes.fromhex(found["salt"])) if found else None
