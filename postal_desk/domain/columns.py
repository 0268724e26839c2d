"""Text in columns of a terminal, where a Chinese character is two places wide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from unicodedata import category, east_asian_width

BETWEEN = "  "


def width(text: str) -> int:
    """How many places a terminal gives a text."""
    return sum(map(_places, text))


def _places(letter: str) -> int:
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def padded(text: str, places: int, *, right: bool = False) -> str:
    """The text filled up with blanks, before it if it stands at the ``right``."""
    blanks = " " * (places - width(text))
    return blanks + text if right else text + blanks


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Rows of equal length as lines, each column as wide as its widest cell; those of ``right`` end together."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        BETWEEN.join(
            padded(cell, places, right=at in right)
            for at, (cell, places) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def wrapped(text: str, places: int, indent: str = "") -> list[str]:
    """The text in lines of at most so many places: Chinese breaks between characters, Latin words stay whole."""
    return filled(words(text), places, indent)


def filled(parts: Iterable[str], places: int, indent: str = "", ragged: int = 0) -> list[str]:
    """Parts that stay whole, in lines of at most so many places.

    A line may leave the ``ragged`` last places empty, if a Chinese sign stands there to end it.
    """
    lines: list[str] = []
    line = [indent] if indent else []
    for part in parts:
        while line and width("".join([*line, part]).rstrip()) > places and "".join(line).strip():
            kept = _kept(line, places - ragged)
            lines.append("".join(line[:kept]).rstrip())
            line = line[kept:]
        if line or part.strip():
            line.append(part)
    return [*lines, "".join(line).rstrip()] if "".join(line).strip() else lines


def _kept(line: Sequence[str], least: int) -> int:
    """How many parts the line keeps: up to the last sign that leaves it at the ``least`` places, else all."""
    for kept in range(len(line), 0, -1):
        if width("".join(line[:kept])) < least:
            break
        if line[kept - 1][-1:] in _SIGNS:
            return kept
    return len(line)


#: what a line ends with rather than inside a word
_SIGNS = tuple("，。；：、）”")
#: what must not begin a line (a footnote's mark neither), and what must not end one
_CLOSING = "，。；：、！？）》」』”’%…,.;:!?)]["
_OPENING = "（《「『“‘(["


def words(text: str) -> list[str]:
    """What stays on one line: a Latin word with its blank, a Chinese character with its punctuation or number."""
    found: list[str] = []
    for letter in text:
        joins = bool(found) and (
            letter in _CLOSING
            or found[-1][-1] in _OPENING
            or (letter != " " and _latin(letter) and _latin(found[-1][-1]) and found[-1][-1] != " ")
            or (letter == " " and found[-1][-1] != " ")
            or (not _latin(letter) and found[-1][-1].isdecimal())
        )
        if joins:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _latin(letter: str) -> bool:
    return _places(letter) < 2
