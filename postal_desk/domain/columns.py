"""Text in columns of a terminal, where a Chinese character is two places wide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    lines, line, used = [], indent, width(indent)
    for word in _words(text):
        if used + width(word.rstrip()) > places and line.strip():
            lines.append(line.rstrip())
            line, used = "", 0
        if not line and not word.strip():
            continue
        line, used = line + word, used + width(word)
    return [*lines, line.rstrip()] if line.strip() else lines


#: what must not begin a line (a footnote's mark neither), and what must not end one
_CLOSING = "，。；：、！？）》」』”’%…,.;:!?)]["
_OPENING = "（《「『“‘(["


def _words(text: str) -> list[str]:
    """What stays on one line: a Latin word with its blank, a Chinese character with its punctuation or number."""
    words: list[str] = []
    for letter in text:
        joins = bool(words) and (
            letter in _CLOSING
            or words[-1][-1] in _OPENING
            or (letter != " " and _latin(letter) and _latin(words[-1][-1]) and words[-1][-1] != " ")
            or (letter == " " and words[-1][-1] != " ")
            or (not _latin(letter) and words[-1][-1].isdecimal())
        )
        if joins:
            words[-1] += letter
        else:
            words.append(letter)
    return words


def _latin(letter: str) -> bool:
    return _places(letter) < 2
