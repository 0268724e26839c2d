"""The file of a copy: one head that says what is inside, then the encrypted database as it is.

::

    POSTAL-DESK-COPY 1\\n
    {manifest as one line of JSON}\\n
    {SHA-256 of that line, hexadecimal}\\n
    database, manifest["size"] bytes, their SHA-256 in manifest["sha256"]

Every byte is under one of the two sums, so a flipped bit is found before anything is read. The manifest carries the
key as the desk itself keeps it: as long as a desk has no password, whoever holds the copy can read it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from postal_desk.domain.sentences import say
from postal_desk.store import faults
from postal_desk.store.durable import sync_folder
from postal_desk.store.keys import DeskKey

_MAGIC = b"POSTAL-DESK-COPY 1\n"
_LONGEST_MANIFEST = 64 * 1024
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds: whose desk, when, up to which row of the audit (and its hash), how many cases, which key."""

    desk: str
    made_at: str
    audit: int
    head: str
    cases: int
    schema: int
    size: int
    sha256: str
    key: str
    salt: str

    @property
    def desk_key(self) -> DeskKey:
        """The key that opens the database inside."""
        return DeskKey(bytes.fromhex(self.key), bytes.fromhex(self.salt))

    def __repr__(self) -> str:
        return f"Manifest({self.made_at}, …)"  # the key stays out of logs


class BrokenCopy(faults.DamagedDesk):
    """The file is no copy, or not all of one any more."""


def broken(file: Path) -> BrokenCopy:
    """The refusal of a file that is no whole copy."""
    return BrokenCopy(
        say(
            "{file} is damaged or no copy of a desk; nothing was taken from it: use another copy",
            file=str(file),
        )
    )


def pack(database: Path, manifest: Manifest, target: Path) -> None:
    """Write the copy and sync it to the disk. ``target`` must not exist."""
    line = json.dumps(asdict(manifest), ensure_ascii=True).encode()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as copy, database.open("rb") as source:
        copy.write(_MAGIC + line + b"\n" + hashlib.sha256(line).hexdigest().encode() + b"\n")
        while block := source.read(_BLOCK):
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())


def read_manifest(file: Path) -> Manifest:
    """What a copy says it holds. Raises :class:`BrokenCopy`."""
    with file.open("rb") as stream:
        return _head(stream, file)


def unpack(file: Path, write: Callable[[bytes], object]) -> Manifest:
    """Hand the database inside to ``write``, block by block. Raises :class:`BrokenCopy`, also at the very end:
    what was written counts only when this has returned.
    """
    with file.open("rb") as stream:
        manifest = _head(stream, file)
        digest, size = hashlib.sha256(), 0
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
            write(block)
    if size != manifest.size or digest.hexdigest() != manifest.sha256:
        raise broken(file)
    return manifest


def _head(stream: BinaryIO, file: Path) -> Manifest:
    magic = stream.read(len(_MAGIC))
    line = stream.readline(_LONGEST_MANIFEST)
    proof = stream.read(65)
    if magic != _MAGIC or proof != hashlib.sha256(line[:-1]).hexdigest().encode() + b"\n":
        raise broken(file)
    try:
        manifest = Manifest(**json.loads(line))
        for name, kind in Manifest.__annotations__.items():
            if type(getattr(manifest, name)).__name__ != kind:
                raise broken(file)
        if (len(manifest.desk_key.key), len(manifest.desk_key.salt)) != (32, 16):
            raise broken(file)
        return manifest
    except (ValueError, TypeError) as error:
        raise broken(file) from error


def digest_of(file: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return stream.tell(), digest


def place(partial: Path, target: Path) -> None:
    """Give a finished copy its name, durably; never over another file. Raises :class:`FileExistsError`."""
    if hasattr(os, "link"):
        try:
            os.link(partial, target)
        except FileExistsError:
            raise
        except OSError:  # a stick's file system has no links
            _rename_to_free(partial, target)
        else:
            partial.unlink()
    else:
        _rename_to_free(partial, target)
    sync_folder(target.parent)


def _rename_to_free(partial: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsError(target)
    partial.rename(target)
