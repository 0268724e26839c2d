"""Text of a PDF that can be searched and copied.

Qt writes down for each glyph the first character that the font shows with it. In the free Chinese fonts radicals
share their glyphs with everyday characters and come first, so that 月 and 网 would be found as the radicals ⽉ and ⽹.
The tables that say so stand in the file uncompressed, one fixed-length code a character: they are mended in place.
Characters beyond U+FFFF (𬱖) have no room there: they are printed, but found by nobody.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PySide6.QtGui import QRawFont

from postal_desk.render.fonts import fonts_of
from postal_desk.reports.fonts import ROLES
from postal_desk.reports.page_style import TextStyle

_RADICALS = "".join(map(chr, range(0x2E80, 0x2FE0)))
_HAN = "".join(map(chr, range(0x4E00, 0xA000)))
_TABLE = re.compile(rb"beginbf(?:char|range)\n.*?endbf(?:char|range)", re.DOTALL)
_RADICAL = re.compile(rb"<(2[EeFf][0-9A-Fa-f]{2})>")


def mend_text(path: Path) -> None:
    """Let the PDF's text say characters where it says radicals. Sizes and places of its objects stay the same."""
    content = path.read_bytes()
    with path.open("r+b") as stream:
        for table in _TABLE.finditer(content):
            mended = _RADICAL.sub(_character, table[0])
            if mended != table[0]:
                stream.seek(table.start())
                stream.write(mended)


def _character(found: re.Match[bytes]) -> bytes:
    radical = chr(int(found[1], 16))
    return b"<%04X>" % ord(_characters().get(radical, radical))


@cache
def _characters() -> dict[str, str]:
    """Radical → the character that a font of ours shows with the same glyph."""
    found: dict[str, str] = {}
    for role in ROLES:
        font = QRawFont.fromFont(fonts_of(TextStyle(role, 12, 16))[0])
        by_glyph = dict(zip(font.glyphIndexesForString(_HAN), _HAN, strict=True))
        for radical, glyph in zip(_RADICALS, font.glyphIndexesForString(_RADICALS), strict=True):
            if glyph and glyph in by_glyph:
                found.setdefault(radical, by_glyph[glyph])
    return found
