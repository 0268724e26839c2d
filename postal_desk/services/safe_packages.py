"""What a Word or Excel file from outside must be before anything is parsed in it: few entries, of bounded size."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from postal_desk.domain.sentences import Refusal, say

MOST_ENTRIES = 2_000
LARGEST_ENTRY = 100_000_000
LARGEST_TOTAL = 300_000_000
HIGHEST_RATIO = 200
RATIO_FROM = 10_000_000
_BLOCK = 1 << 18


def check_package(file: Path, name: str = "") -> None:
    """Refuse a file that is no zip, is damaged, or would swell beyond the limits; counted while it is inflated."""
    shown = name or file.name
    total = 0
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > MOST_ENTRIES or len(names) != len(entries) or any(map(_dishonest, names)):
                raise Refusal(say("{file} is not made by Word, Excel or WPS; save it anew there", file=shown))
            for entry in entries:
                size = 0
                with package.open(entry) as stream:
                    while block := stream.read(_BLOCK):
                        size += len(block)
                        swollen = size > RATIO_FROM and size > HIGHEST_RATIO * max(1, entry.compress_size)
                        if size > LARGEST_ENTRY or total + size > LARGEST_TOTAL or swollen:
                            raise Refusal(
                                say(
                                    "{file} is too large inside to be a form; save it anew, smaller",
                                    file=shown,
                                )
                            )
                total += size
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refusal(
            say("{file} is damaged or no Word or Excel file; save it anew and try again", file=shown)
        ) from error


def _dishonest(name: str) -> bool:
    parts = name.split("/")
    return name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\0" in name
