"""What a zip file must be before anything is parsed in it: few entries, of bounded size, with honest names.

Sizes are counted while the content is inflated here, whatever the file says of itself. Nothing is written.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from postal_desk.domain.sentences import Refusal, Sentence, say

MOST_ENTRIES = 2_000
MB = 1_000_000
LARGEST_ENTRY = 100 * MB
LARGEST_TOTAL = 300 * MB
HIGHEST_RATIO = 200
RATIO_FROM = 10 * MB

_CHUNK = 1 << 18
_OUT = 1 << 20
_LARGEST_DIRECTORY = 4 * MB
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_LOCAL = b"PK\x03\x04"
_ENCRYPTED = 0x1
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_REMEDY = say("open it in Excel or WPS, save it as a new .xlsx file and try again")


def refused(file: str, reason: Sentence, remedy: Sentence = _REMEDY) -> Refusal:
    """The refusal of a whole file: which, why, what to do."""
    return Refusal(say("{file}: {reason}; {remedy}", file=file, reason=reason, remedy=remedy))


class GuardedZip:
    """A zip file whose directory has been checked; :meth:`chunks` inflates an entry and counts.

    Raises :class:`~postal_desk.domain.sentences.Refusal` for all that the guard forbids.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._sizes: dict[str, int] = {}
        self.entries: dict[str, zipfile.ZipInfo] = {}
        try:
            with path.open("rb") as stream:
                self._check_end(stream)
                with zipfile.ZipFile(stream) as archive:
                    infos = archive.infolist()
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, UnicodeError) as error:
            raise self._damaged() from error
        if len(infos) > MOST_ENTRIES:
            raise self._too_many(len(infos))
        self._check_names(infos)
        self.entries = {info.filename: info for info in infos}

    def read(self, entry: str, most: int) -> bytes:
        """The whole of a small entry; one that is longer than ``most`` is refused."""
        parts, length = [], 0
        for part in self.chunks(entry):
            length += len(part)
            if length > most:
                raise refused(self._name, say("its part {part} is too large", part=entry[:60]))
            parts.append(part)
        return b"".join(parts)

    def chunks(self, entry: str) -> Iterator[bytes]:
        """The content of an entry in parts of at most a megabyte; the limits hold for what comes out."""
        info = self.entries[entry]
        with self._path.open("rb") as stream:
            self._go_to_content(stream, info)
            counted = 0
            for part in self._inflated(stream, info):
                counted += len(part)
                self._sizes[entry] = max(counted, self._sizes.get(entry, 0))
                self._check_size(entry, counted, info.compress_size)
                yield part
        if counted != info.file_size:
            raise self._damaged()

    # -- the directory -------------------------------------------------------------------------------------

    def _check_end(self, stream: BinaryIO) -> None:
        """Before the directory is read whole: how long does the file's end say it is?"""
        size = stream.seek(0, 2)
        if size > LARGEST_TOTAL:
            raise refused(self._name, say("it is larger than {most} MB", most=LARGEST_TOTAL // MB))
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 22:
            raise self._damaged()
        count, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
        if count > MOST_ENTRIES:
            raise self._too_many(count)
        if directory > _LARGEST_DIRECTORY or tail[max(0, at - 20) : at].startswith(_END_64):
            raise self._damaged()
        stream.seek(0)

    def _check_names(self, infos: list[zipfile.ZipInfo]) -> None:
        seen: set[str] = set()
        for info in infos:
            name = info.orig_filename
            folded = name.casefold().rstrip("/")
            if folded in seen:
                raise refused(self._name, say("it holds “{part}” twice", part=_shown(name)))
            seen.add(folded)
            if problem := _bad_name(name):
                raise refused(
                    self._name,
                    say("the name “{part}” inside it is {problem}", part=_shown(name), problem=problem),
                )
            if info.flag_bits & _ENCRYPTED:
                raise refused(
                    self._name,
                    say("it is protected by a password"),
                    say("take the password off in Excel or WPS, save it and try again"),
                )
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self._damaged()

    # -- content -------------------------------------------------------------------------------------------

    def _go_to_content(self, stream: BinaryIO, info: zipfile.ZipInfo) -> None:
        try:
            stream.seek(info.header_offset)
            head = stream.read(30)
        except (OSError, ValueError) as error:
            raise self._damaged() from error
        if len(head) < 30 or not head.startswith(_LOCAL):
            raise self._damaged()
        name, extra = struct.unpack("<HH", head[26:30])
        stream.seek(name + extra, 1)

    def _inflated(self, stream: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
        left = info.compress_size
        if info.compress_type == zipfile.ZIP_STORED:
            while left > 0:
                part = stream.read(min(left, _OUT))
                if not part:
                    raise self._damaged()
                left -= len(part)
                yield part
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        while left > 0 and not inflater.eof:
            part = stream.read(min(left, _CHUNK))
            if not part:
                raise self._damaged()
            left -= len(part)
            while part and not inflater.eof:
                unfolded = self._inflate(inflater, part)
                if not unfolded and inflater.unconsumed_tail == part:
                    raise self._damaged()  # it neither takes nor gives: it would do so for ever
                part = inflater.unconsumed_tail
                yield unfolded
        while rest := self._inflate(inflater, b""):
            yield rest
        if not inflater.eof or left or inflater.unused_data:
            raise self._damaged()

    def _inflate(self, inflater: zlib._Decompress, part: bytes) -> bytes:
        try:
            return inflater.decompress(part, _OUT)
        except zlib.error as error:
            raise self._damaged() from error

    def _check_size(self, entry: str, counted: int, compressed: int) -> None:
        if counted > LARGEST_ENTRY:
            reason = say("its part {part} unfolds to more than {most} MB", part=entry[:60], most=100)
        elif sum(self._sizes.values()) > LARGEST_TOTAL:
            reason = say("it unfolds to more than {most} MB", most=LARGEST_TOTAL // MB)
        elif counted > RATIO_FROM and counted > HIGHEST_RATIO * max(1, compressed):
            reason = say("its part {part} is packed more tightly than a real ledger ever is", part=entry[:60])
        else:
            return
        remedy = say(
            "split the ledger by year, or take out pictures and empty formatted cells, and try again"
        )
        raise refused(self._name, reason, remedy)

    def _damaged(self) -> Refusal:
        return refused(self._name, say("the file is damaged or not what its name says"))

    def _too_many(self, count: int) -> Refusal:
        return refused(
            self._name, say("it holds {count} parts, at most {most} are read", count=count, most=MOST_ENTRIES)
        )


def _bad_name(name: str) -> Sentence | None:
    if not name or "\0" in name:
        return say("not a name")
    if "\\" in name:
        return say("written with a backslash")
    if name.startswith("/") or _DRIVE.match(name):
        return say("an absolute place")
    parts = name.rstrip("/").split("/")
    if any(part in ("..", ".", "") for part in parts):
        return say("outside the file")
    if any(_RESERVED.fullmatch(part) or part[-1] in " ." for part in parts):
        return say("reserved by Windows")
    return None


def _shown(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name[:60])
