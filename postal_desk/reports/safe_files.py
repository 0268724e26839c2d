"""Files that leave the desk: whole and checked, or not there at all.

A document is written in a folder beside its target, synced to the disk, opened again and checked, and only then
given its name. Whoever pulls the plug at any moment finds the old file or the complete new one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from postal_desk.reports.file_names import free_path

Write = Callable[[Path], None]
Check = Callable[[Path], None]

#: The folder beside the target in which a file is written, with whatever its writer needs meanwhile.
_PREFIX, _SUFFIX = ".postal-desk-", ".part"
_DAY = 24 * 3600
_ROOM = 256 * 1024  # bytes that a disk with any room takes
#: Waits between attempts to replace a file that another program holds for a moment (Windows), in seconds.
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)


class BrokenFile(Exception):
    """What was written can't be read back: a bug, or a disk that lies."""


def write_file(target: Path, write: Write, *, replace: bool, check: Check | None = None) -> Path:
    """Write a file by ``write(path)`` and return where it stands.

    With ``replace`` an existing target is replaced (under another name if a program will not let go of it), without
    it is never touched: the next free ``name (2).ext`` is taken. Raises :class:`OSError` if the folder can't be
    written, :class:`BrokenFile` if the check fails; then nothing is left behind. ``check`` takes the place of the
    check of that kind of file.
    """
    _clear_away(target.parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent))
    try:
        partial = folder / target.name
        write(partial)
        _sync(partial)
        (check or check_of(target.suffix))(partial)
        return _replace(partial, target) if replace else _place_beside(partial, target)
    except Exception as error:
        cause = _cause(error) or _full(error, folder)
        _give_room(folder)
        if cause is None or cause is error:
            raise
        raise cause from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cause(error: BaseException) -> OSError | None:
    """What the system said, which some writers wrap in an error of their own."""
    for one in (error, error.__cause__, *error.args):
        if isinstance(one, OSError) and one.errno is not None:
            return one
    return None


def _full(error: Exception, folder: Path) -> OSError | None:
    """A full disk behind a failure that does not say what it was: Qt only says that it can't write, or nothing."""
    if not isinstance(error, OSError | BrokenFile):
        return None
    try:
        with (folder / "room").open("wb") as stream:
            stream.write(bytes(_ROOM))
            os.fsync(stream.fileno())
    except OSError as found:
        return found
    return None


def _give_room(folder: Path) -> None:
    """Empty what was begun: a writer that still holds its file open can close it then, also on a full disk."""
    for file in folder.rglob("*"):
        if file.is_file():
            with suppress(OSError):
                os.truncate(file, 0)


def _clear_away(folder: Path) -> None:
    """Remove what exports that were cut off left here, a day ago or longer."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _DAY:
            shutil.rmtree(left, ignore_errors=True)


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # a folder can't be opened there; its journal does this
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(partial: Path, target: Path) -> Path:
    for wait in (*_WAITS, None):
        try:
            partial.replace(target)
        except PermissionError:
            if wait is None:
                return _place_beside(partial, free_path(target))
            time.sleep(wait)
        else:
            _sync_folder(target.parent)
            return target
    raise AssertionError("the last attempt returns or raises")


def _place_beside(partial: Path, target: Path) -> Path:
    """Give the file the target's name, or the next free one; never over another file, whoever makes it meanwhile."""
    while True:
        place = free_path(target)
        try:
            _link(partial, place)
        except FileExistsError:
            continue  # made since we looked
        _sync_folder(place.parent)
        return place


def _link(partial: Path, place: Path) -> None:
    if sys.platform == "win32":
        partial.rename(place)  # refuses to replace there
        return
    try:
        os.link(partial, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on many USB sticks
        with place.open("xb"):
            pass
        partial.replace(place)


def check_of(suffix: str) -> Check:
    """How a file of this kind is checked after writing."""
    return {".docx": _check_docx, ".xlsx": _check_xlsx, ".pdf": _check_pdf}.get(
        suffix.lower(), _check_not_empty
    )


def _check_docx(file: Path) -> None:
    _check_package(file, "word/document.xml")


def _check_xlsx(file: Path) -> None:
    _check_package(file, "xl/workbook.xml")


def _check_package(file: Path, member: str) -> None:
    """Every member of the package reads back with its checksum, and the main one is there."""
    try:
        with zipfile.ZipFile(file) as package:
            package.getinfo(member)
            if broken := package.testzip():
                raise BrokenFile(f"{broken} can't be read back")
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise BrokenFile(str(error)) from error


def _check_pdf(file: Path) -> None:
    with file.open("rb") as stream:
        head = stream.read(5)
        stream.seek(0, os.SEEK_END)
        size = stream.tell()
        stream.seek(max(0, size - 64))
        tail = stream.read()
    if head != b"%PDF-" or b"%%EOF" not in tail:
        raise BrokenFile("the PDF is not complete")
    table = tail.partition(b"startxref")[2].split()
    if not table or not 0 < int(table[0]) < size:
        raise BrokenFile("the PDF has no table of its objects")


def _check_not_empty(file: Path) -> None:
    if file.stat().st_size == 0:
        raise BrokenFile("nothing was written")
