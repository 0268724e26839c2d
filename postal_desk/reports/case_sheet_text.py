"""How many lines a text takes in a column, reckoned without a font: a little more than it will, never less.

Full-width characters are one em, Latin ones a little more than in Times; a line is taken as a thirtieth shorter than
it is, for what punctuation and words carry over. Word, LibreOffice and our own pages then need no more lines.
"""

from __future__ import annotations

from typing import NamedTuple

SIDES = 8.0  # points of a cell that are not text
_CAREFUL = 0.967


class Cut(NamedTuple):
    """What stands in the column, and what has to go elsewhere (``""``: everything fits)."""

    shown: str
    rest: str


def lines_needed(text: str, width: float, size: float) -> int:
    """Lines of ``text`` at ``size`` in a column of ``width`` points; each paragraph takes at least one."""
    return sum(len(_breaks(line, width, size)) for line in text.split("\n"))


def cut(text: str, width: float, size: float, most: int, more: str) -> Cut:
    """The text as far as it fits ``most`` lines, then ``more``; nothing is lost: the rest is given too."""
    if lines_needed(text, width, size) <= most:
        return Cut(text, "")
    most = max(1, most)
    taken, used = 0, 0
    for line in text.split("\n"):
        breaks = _breaks(line, width, size)
        if used + len(breaks) < most:
            used += len(breaks)
            taken += len(line) + 1
            continue
        last = breaks[most - used - 1]
        room = _column(width, size) - _width(more)
        taken += _fitting(line, last, room)
        break
    return Cut(text[:taken].rstrip("\n") + more, text[taken:].lstrip("\n"))


def _fitting(line: str, start: int, room: float) -> int:
    """How many characters of the line fit when its part from ``start`` must leave room for the sign."""
    at, width = start, 0.0
    while at < len(line):
        width += _width(line[at])
        if width > room:
            break
        at += 1
    return at


def _column(width: float, size: float) -> float:
    """The column's width in ems."""
    return (width - SIDES) * _CAREFUL / size


def _breaks(line: str, width: float, size: float) -> list[int]:
    """Where the lines of a paragraph begin."""
    column = _column(width, size)
    starts, used = [0], 0.0
    for at, char in enumerate(line):
        ems = _em(char)
        if used + ems > column:
            starts.append(at)
            used = 0.0
        used += ems
    return starts


def _width(text: str) -> float:
    return sum(map(_em, text))


def _em(char: str) -> float:
    """The width of a character in ems."""
    if ord(char) > 0x2E7F:
        return 1.0
    if char == " ":
        return 0.26
    if char.isdigit() or char.islower():
        return 0.51
    if char.isupper():
        return 0.72
    return 0.5 if char.isascii() else 1.0
