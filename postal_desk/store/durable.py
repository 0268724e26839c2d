"""Names and small files that outlast a power cut, and can be written by all who share the folder they are in.

A desk for everyone on a PC is known by its folder, which everybody may write in. What somebody makes there has to be
so from the first moment: whoever made it may be cut off, and the others must not be locked out until they come back.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

_ALL_FILE, _ALL_FOLDER = 0o666, 0o777


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable, where the system can (Windows' journal does it by itself)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(file: Path, content: bytes, *, synced: bool, mode: int = 0o666) -> None:
    """Put new content in a file's place: a reader finds the old content or the new, never a part.

    Unsynced, a power cut may bring the old content back. ``mode``: the rights of the file, less the user's mask.
    """
    partial = file.with_name(f"{file.name}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(partial, flags, mode), "wb") as stream:
        let_all_write(partial)
        stream.write(content)
        stream.flush()
        if synced:
            os.fsync(stream.fileno())
    partial.replace(file)
    if synced:
        sync_folder(file.parent)


def for_everybody(folder: Path) -> bool:
    """True for a folder that everybody on this PC may write in. Windows hands its rights down by itself."""
    return sys.platform != "win32" and bool(folder.stat().st_mode & stat.S_IWOTH)


def let_all_write(file: Path) -> None:
    """If everybody may write in the folder of a file that was just made, let them write in the file too."""
    if for_everybody(file.parent):
        file.chmod(_ALL_FILE)


def make_folder(folder: Path, mode: int = _ALL_FOLDER) -> None:
    """Make a folder if it isn't there; everybody may write in it who may write in the one above."""
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        return
    if for_everybody(folder.parent):
        folder.chmod(_ALL_FOLDER)
