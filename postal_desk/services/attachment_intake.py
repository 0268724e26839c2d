"""Taking files in, on any thread: read whole, checked, large ones encrypted beside the database, before anything is
saved. What can't be taken is refused in one sentence, and nothing of it stays.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from postal_desk.domain.attachments import HEAD, INSIDE, MEGABYTE, harmless_name, media_of
from postal_desk.domain.masking import mask_free_text
from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.text_rule import excerpt
from postal_desk.services.desk import Desk
from postal_desk.store import settings_records
from postal_desk.store.attachment_files import BadContent, FileKeys, FileShelf
from postal_desk.store.faults import environment_faults
from postal_desk.store.files_beside import FOLDER

LIMIT_SETTING = "attachment_limit"
LIMIT = 50  # MB, unless the branch set another
MOST_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was taken in and belongs to no record yet. ``content`` for a small one, ``file`` for a large one."""

    name: str
    media: str
    sha256: bytes
    size: int
    content: bytes | None = None
    file: Path | None = None

    def drop(self) -> None:
        """Nobody wants it: take away what was written."""
        if self.file is not None:
            self.file.unlink(missing_ok=True)


class Intake:
    """Takes files in for one desk. Made on the desk's thread (:func:`begin_intake`), used on any."""

    def __init__(self, place: Path, shelf: FileShelf, limit: int) -> None:
        self.limit = limit
        self._place = place
        self._shelf = shelf

    def take_file(self, path: Path, name: str = "") -> Staged:
        """Take a file in. Refuses what is no file, empty, too large, locked, gone, or changed while it is read."""
        given = shown_name(path.name)
        try:
            before = path.stat()
            if not stat.S_ISREG(before.st_mode):
                raise Refusal(say("{file} is no file; pack a folder into one file first", file=given))
            if before.st_size > self.limit:
                raise self._too_large(given, before.st_size)
            with path.open("rb") as stream:
                staged = self._take(_Source(stream, given), name or path.name, given)
            after = path.stat()
        except OSError as error:
            raise unreadable(given, error) from error
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            staged.drop()
            raise _changed(given)
        return staged

    def take_bytes(self, content: bytes, name: str) -> Staged:
        """Take in what stands in memory: a pasted picture."""
        given = shown_name(name)
        if len(content) > self.limit:
            raise self._too_large(given, len(content))
        return self._take(_Source(io.BytesIO(content), given), name, given)

    def _take(self, source: _Source, name: str, given: str) -> Staged:
        head = source.read(INSIDE + 1)
        if not head:
            raise Refusal(
                say("{file} is empty (0 bytes), there is nothing to keep; save or scan it again", file=given)
            )
        name = harmless_name(name)
        media = media_of(head[:HEAD], name)
        if len(head) <= INSIDE:
            return Staged(name, media, hashlib.sha256(head).digest(), len(head), content=head)
        sha256, size = self._measured(source, head, given)
        try:
            with environment_faults(self._place):
                file = self._shelf.stage(cast(BinaryIO, source), sha256)
        except BadContent as error:
            raise _changed(given) from error
        return Staged(name, media, sha256, size, file=file)

    def _measured(self, source: _Source, head: bytes, given: str) -> tuple[bytes, int]:
        """Hash and size of a large file; it stands at its beginning again."""
        digest, size = hashlib.sha256(head), len(head)
        while part := source.read(MEGABYTE):
            digest.update(part)
            size += len(part)
            if size > self.limit:
                raise self._too_large(given, size)
        source.rewind()
        return digest.digest(), size

    def _too_large(self, given: str, size: int) -> Refusal:
        return Refusal(
            say(
                "{file} has {size} MB, and a file may have {limit} MB; make it smaller, "
                "or raise the limit in the settings",
                file=given,
                size=-(-size // MEGABYTE),
                limit=self.limit // MEGABYTE,
            )
        )


class _Source:
    """A file being read: what goes wrong with it is a refusal, told apart from faults of the desk's own disk."""

    def __init__(self, stream: BinaryIO, given: str) -> None:
        self._stream, self._given = stream, given

    def read(self, size: int) -> bytes:
        """The next bytes, all that were asked for unless the file ends."""
        try:
            return self._stream.read(size)
        except OSError as error:
            raise unreadable(self._given, error) from error

    def rewind(self) -> None:
        """Begin again."""
        self._stream.seek(0)


def begin_intake(desk: Desk) -> Intake:
    """How files are taken in for this desk; on its thread."""
    return Intake(desk.path, shelf_of(desk), limit_of(desk) * MEGABYTE)


def limit_of(desk: Desk) -> int:
    """The largest file that is kept, in MB."""
    with desk.work() as work:
        kept = settings_records.read(work).get(LIMIT_SETTING, "")
    return int(kept) if kept.isdigit() and 1 <= int(kept) <= MOST_LIMIT else LIMIT


def shelf_of(desk: Desk) -> FileShelf:
    """The desk's folder of large contents."""
    return FileShelf(desk.path / FOLDER, FileKeys.of(desk.file_secret))


def shown_name(name: str) -> str:
    """A file's name as a refusal may quote it: what can be shown, numbers of people masked."""
    return mask_free_text(excerpt(os.fsencode(name).decode("utf-8", "replace"), 60)).text


def _changed(given: str) -> Refusal:
    return Refusal(say("{file} was changed while it was read; add it again when it is finished", file=given))


def unreadable(given: str, error: OSError) -> Refusal:
    """Why a file could not be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return Refusal(say("{file} is no longer there; look for it and add it again", file=given))
    if isinstance(error, PermissionError) or error.errno in (errno.EBUSY, errno.ETXTBSY):
        return Refusal(
            say(
                "{file} can't be read: another program holds it, or you may not read it; "
                "close that program and try again",
                file=given,
            )
        )
    return Refusal(
        say(
            "{file} can't be read ({reason}); copy it to this PC first and add it from there",
            file=given,
            reason=error.strerror or type(error).__name__,
        )
    )
