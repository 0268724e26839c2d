"""Names and small files that outlast a power cut."""

from __future__ import annotations

import os
from pathlib import Path


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
        stream.write(content)
        stream.flush()
        if synced:
            os.fsync(stream.fileno())
    partial.replace(file)
    if synced:
        sync_folder(file.parent)
