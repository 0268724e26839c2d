"""File names that every system takes, proposed for documents."""

from __future__ import annotations

import re
from pathlib import Path

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
MAX_STEM = 80  # code points: 240 bytes of UTF-8 leave room for the extension and a counter


def safe_stem(name: str) -> str:
    """A name without the characters that Windows forbids, at most 80 characters long, never empty or reserved."""
    stem = _FORBIDDEN.sub("", name).strip(" .")[:MAX_STEM].strip(" .")
    return f"_{stem}" if not stem or _RESERVED.fullmatch(stem) else stem


def free_path(path: Path) -> Path:
    """The path itself if nothing stands there, else the next free ``name (2).ext``."""
    counter = 2
    found = path
    while found.exists() or found.is_symlink():
        found = path.with_name(f"{path.stem} ({counter}){path.suffix}")
        counter += 1
    return found
