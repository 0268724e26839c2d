"""Where the key of a desk's database comes from.

The database asks a :class:`KeyStore` and nothing else, so that passwords and recovery codes can take the place of the
file without the database noticing.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from postal_desk.store import faults

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


class KeyStore(Protocol):
    """Keeps the key of one desk."""

    def create(self) -> DeskKey:
        """Make and keep a new key durably. Never replaces one."""

    def load(self) -> DeskKey:
        """The key, or :class:`~postal_desk.store.faults.WrongKey`."""


class FileKeyStore:
    """The key in a file that only its owner may read, beside the database."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def create(self) -> DeskKey:
        """Write a new random key; raises :class:`FileExistsError` if there is one."""
        key = DeskKey(secrets.token_bytes(32), secrets.token_bytes(16))
        self.put_back(key)
        return key

    def put_back(self, key: DeskKey) -> None:
        """Write a key that is known, of a desk being restored; raises :class:`FileExistsError` if there is one."""
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(f"{key.key.hex()} {key.salt.hex()}\n")
            stream.flush()
            os.fsync(stream.fileno())

    def load(self) -> DeskKey:
        """Read the key back."""
        try:
            found = _LINE.fullmatch(self.file.read_text("ascii"))
        except (FileNotFoundError, UnicodeDecodeError):
            found = None
        if found is None:
            raise faults.no_key(self.file.parent)
        return DeskKey(bytes.fromhex(found["key"]), bytes.fromhex(found["salt"]))
