"""Pinyin initials of Chinese text, so that «kh» finds 空号 without an input method.

GB 2312 sorts its 3,755 common characters by pinyin, so the first letter follows from the code alone.
Characters outside that level (rare names) have no initial and are left out.
"""

from __future__ import annotations

from bisect import bisect_right

# First code of each letter in GB 2312 level 1 (no syllable begins with i, u or v).
_STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"), (0xD7FA, ""),
)  # fmt: skip
_CODES = [code for code, _letter in _STARTS]


def initials(text: str) -> str:
    """«空号» → ``kh``; Latin letters and digits stay, everything else is dropped."""
    return "".join(map(_initial, text)).lower()


def _initial(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    place = bisect_right(_CODES, code) - 1
    return _STARTS[place][1] if place >= 0 else ""
