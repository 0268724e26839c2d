"""The file of a copy: the encrypted database as it is, then the files beside it, then what says what all that is.

::

    database, manifest["size"] bytes
    contents of the files that are inside, one after the other
    index: one line of JSON, [[name, size, SHA-256], …] of every file, manifest["index_size"] bytes
    manifest: one line of JSON
    POSTAL-DESK-COPY 2 {length of that line, ten digits} {SHA-256 of that line, hexadecimal}\\n

Every byte is under a sum, so a flipped bit is found before anything is read. The copies that a desk keeps share one
folder of files beside them (:mod:`~postal_desk.store.copy_pool`); a copy under a name of the user's holds all of them.
The manifest carries the key file as the desk itself keeps it: a copy opens with what opens the desk.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from postal_desk.domain.sentences import say
from postal_desk.store import faults, files_beside
from postal_desk.store.copy_source import Told
from postal_desk.store.durable import sync_folder

_ENDING = re.compile(rb"POSTAL-DESK-COPY 2 (?P<length>\d{10}) (?P<sha>[0-9a-f]{64})\n")
_ENDING_SIZE = 19 + 10 + 1 + 64 + 1
_LONGEST_MANIFEST = 1024 * 1024  # with the wrapped keys of two hundred users
_LONGEST_INDEX = 256 << 20
_SHA = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds: whose desk, when, up to which row of the audit (and its hash), how many cases.

    ``keyring`` is the content of the desk's key file, ``mark`` that of its high-water file; ``files`` how many stand
    beside the database, ``inside`` the bytes of those in this file, ``pooled`` if they stand in the folder of files
    beside it, ``missing`` how many the desk had lost already.
    """

    desk: str
    branch: str
    made_at: str
    audit: int
    head: str
    cases: int
    schema: int
    size: int
    sha256: str
    files: int
    inside: int
    pooled: bool
    missing: int
    index_size: int
    index_sha256: str
    keyring: str
    mark: str

    def __repr__(self) -> str:
        return f"Manifest({self.made_at}, …)"  # the key stays out of logs


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """One file beside the database: its name below the desk's folder, its size and sum."""

    name: str
    size: int
    sha256: str


class BrokenCopy(faults.DamagedDesk):
    """The file is no copy, or not all of one any more."""


class FilesLost(BrokenCopy):
    """The database of a copy is whole, but files that stood beside it are missing or damaged."""


def broken(file: Path) -> BrokenCopy:
    """The refusal of a file that is no whole copy."""
    return BrokenCopy(
        say(
            "{file} is damaged or no copy of a desk; nothing was taken from it: use another copy",
            file=str(file),
        )
    )


def files_lost(file: Path, count: int) -> FilesLost:
    """What is said where a copy has to be whole and some of its files are not."""
    return FilesLost(
        say(
            "{file}: the cases are whole, but {count} attachments of this copy are missing or damaged; make a new "
            "copy, and keep this one: it can still be restored without them",
            file=str(file),
            count=count,
        )
    )


def index_of(files: list[CopiedFile]) -> bytes:
    """The index of a copy."""
    return json.dumps([[file.name, file.size, file.sha256] for file in files]).encode() + b"\n"


def finish(stream: BinaryIO, index: bytes, manifest: Manifest) -> None:
    """Write what stands at the end of a copy and sync the file."""
    line = json.dumps(asdict(manifest), ensure_ascii=True).encode()
    stream.write(index + line)
    stream.write(b"POSTAL-DESK-COPY 2 %010d %s\n" % (len(line), hashlib.sha256(line).hexdigest().encode()))
    stream.flush()
    os.fsync(stream.fileno())


def read_manifest(file: Path) -> Manifest:
    """What a copy says it holds. Raises :class:`BrokenCopy`."""
    with file.open("rb") as stream:
        return _manifest(stream, file)


def read_index(file: Path) -> list[CopiedFile]:
    """The files that belong to a copy. Raises :class:`BrokenCopy`."""
    with file.open("rb") as stream:
        manifest = _manifest(stream, file)
        stream.seek(manifest.size + manifest.inside)
        return _index(stream, manifest, file)


def unpack(
    file: Path,
    database: Callable[[bytes], object],
    take: Callable[[CopiedFile], Callable[[bytes], object]] | None = None,
    told: Told = lambda _done, _total: None,
    spoilt: Callable[[CopiedFile], object] | None = None,
) -> Manifest:
    """Hand the database inside to ``database`` block by block, then each file inside to what ``take`` gives for it.

    Raises :class:`BrokenCopy`, also at the very end: what was written counts only when this has returned. With
    ``spoilt`` a file inside that is damaged stops nothing: it is told of after its last block.
    """
    with file.open("rb") as stream:
        manifest = _manifest(stream, file)
        stream.seek(manifest.size + manifest.inside)
        files = [] if manifest.pooled else _index(stream, manifest, file)
        stream.seek(0)
        done, total = 0, manifest.size + manifest.inside
        for one in (CopiedFile("", manifest.size, manifest.sha256), *files):
            write = database if not one.name else take(one) if take else len
            try:
                for block in _hashed(stream, one.size, one.sha256, file):
                    write(block)
                    done += len(block)
                    told(done, total)
            except BrokenCopy:
                if spoilt is None or not one.name:
                    raise
                spoilt(one)
        if manifest.pooled:
            stream.seek(manifest.size)
            _index(stream, manifest, file)
    return manifest


def _hashed(stream: BinaryIO, size: int, sha256: str, file: Path) -> Iterator[bytes]:
    digest, left = hashlib.sha256(), size
    while left and (block := stream.read(min(_BLOCK, left))):
        digest.update(block)
        left -= len(block)
        yield block
    if left or digest.hexdigest() != sha256:
        raise broken(file)


def _manifest(stream: BinaryIO, file: Path) -> Manifest:
    length = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, length - _ENDING_SIZE))
    ending = _ENDING.fullmatch(stream.read(_ENDING_SIZE))
    if not ending or not 0 < (size := int(ending["length"])) <= min(_LONGEST_MANIFEST, length - _ENDING_SIZE):
        raise broken(file)
    stream.seek(length - _ENDING_SIZE - size)
    line = stream.read(size)
    if hashlib.sha256(line).hexdigest().encode() != ending["sha"]:
        raise broken(file)
    try:
        manifest = Manifest(**json.loads(line))
    except (ValueError, TypeError, RecursionError) as error:
        raise broken(file) from error
    for name, kind in Manifest.__annotations__.items():
        if type(getattr(manifest, name)).__name__ != kind:
            raise broken(file)
    parts = (manifest.size, manifest.inside, manifest.index_size, manifest.files)
    if min(parts) < 0 or manifest.index_size > _LONGEST_INDEX or (manifest.pooled and manifest.inside):
        raise broken(file)
    if sum(parts[:3]) + size + _ENDING_SIZE != length:
        raise broken(file)
    return manifest


def _index(stream: BinaryIO, manifest: Manifest, file: Path) -> list[CopiedFile]:
    line = stream.read(manifest.index_size)
    if hashlib.sha256(line).hexdigest() != manifest.index_sha256:
        raise broken(file)
    try:
        files = [CopiedFile(name, size, sha256) for name, size, sha256 in json.loads(line)]
        sound = all(
            type(one.size) is int
            and one.size >= 0
            and files_beside.is_name(one.name)
            and _SHA.fullmatch(one.sha256)
            for one in files
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise broken(file) from error
    inside = 0 if manifest.pooled else sum(one.size for one in files)
    if not sound or len({one.name for one in files}) != manifest.files or inside != manifest.inside:
        raise broken(file)
    return files


def check_inside(file: Path) -> None:
    """Read the files inside a copy back. Raises :class:`BrokenCopy`."""
    with file.open("rb") as stream:
        manifest = _manifest(stream, file)
        stream.seek(manifest.size + manifest.inside)
        files = _index(stream, manifest, file)
        stream.seek(manifest.size)
        for one in files if not manifest.pooled else ():
            for _block in _hashed(stream, one.size, one.sha256, file):
                pass


def sha256_of(content: bytes) -> str:
    """As a manifest carries it."""
    return hashlib.sha256(content).hexdigest()


def digest_of(file: Path, told: Told = lambda _done, _total: None) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    digest, done, total = hashlib.sha256(), 0, file.stat().st_size
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            done += len(block)
            told(done, total)
    return done, digest.hexdigest()


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
