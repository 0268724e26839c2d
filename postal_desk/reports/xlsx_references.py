"""References in formulas, and what becomes of them when rows come in: nothing here knows of files."""

from __future__ import annotations

import re
from collections.abc import Callable

_REFERENCE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?<![\w.$'])(?P<sheet>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)?
     (?P<start>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::(?P<end>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?(?![\w(.!])""",
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})")

Change = Callable[[str, str], str]


def rewritten(formula: str, sheet: str, change: Change, *, own: bool) -> str:
    """The formula with each reference into ``sheet`` changed by ``change(start, end)``; ``end`` is empty for one cell.

    ``own``: references without a sheet's name mean this sheet. Texts in quotation marks stay.
    """

    def one(found: re.Match[str]) -> str:
        if found["text"]:
            return found[0]
        named = found["sheet"]
        meant = own if not named else plain_name(named[:-1]) == sheet
        return (named or "") + change(found["start"], found["end"] or "") if meant else found[0]

    return _REFERENCE.sub(one, formula)


def stretched(
    formula: str, sheet: str, number: int, more: int, *, own: bool, grows: bool = True, areas: bool = False
) -> str:
    """After ``more`` rows came in below row ``number``: references below move, ranges that end at it grow, unless
    ``grows`` is false, as for the formulas of that row itself. ``areas``: one cell is an area too, as in a chart."""

    def change(start: str, end: str) -> str:
        first = with_row(start, lambda row: row + more if row > number else row)
        if not end and areas and row_of(start) == number:
            end = start
        if not end:
            return first
        return f"{first}:{with_row(end, lambda row: row + more if row > number - grows else row)}"

    return rewritten(formula, sheet, change, own=own)


def moved(formula: str, number: int, by: int) -> str:
    """The formula of a repeated row in its copy ``by`` rows further down: what names the row names the copy."""

    def change(start: str, end: str) -> str:
        first = with_row(start, lambda row: row + by if row == number else row)
        return f"{first}:{with_row(end, lambda row: row + by if row == number else row)}" if end else first

    return rewritten(formula, "", change, own=True)


def shifted(formula: str, rows: int, columns: int) -> str:
    """A shared formula as it stands so many rows and columns away: what has no ``$`` moves with it."""

    def cell(text: str) -> str:
        found = _CELL.fullmatch(text)
        assert found is not None  # the pattern above found it
        letters = found[2] if found[1] else letters_of(index_of(found[2]) + columns)
        return f"{found[1]}{letters}{found[3]}{found[4] if found[3] else int(found[4]) + rows}"

    def one(found: re.Match[str]) -> str:
        if found["text"]:
            return found[0]
        end = f":{cell(found['end'])}" if found["end"] else ""
        return (found["sheet"] or "") + cell(found["start"]) + end

    return _REFERENCE.sub(one, formula)


def area(text: str, number: int, more: int) -> str:
    """One area of a sheet (``A1:C9``) or several with blanks between, after rows came in."""
    return " ".join(stretched(part, "", number, more, own=True, areas=True) for part in text.split())


def place(text: str, number: int, more: int) -> str:
    """One cell of a sheet after rows came in: where it stood in the repeated row it stays."""
    return with_row(text, lambda row: row + more if row > number else row)


def row_of(cell: str) -> int:
    """The row of a reference."""
    return int(re.sub(r"[^0-9]", "", cell) or 0)


def with_row(cell: str, change: Callable[[int], int]) -> str:
    """A reference with another row number."""
    found = _CELL.fullmatch(cell)
    return cell if found is None else f"{found[1]}{found[2]}{found[3]}{change(int(found[4]))}"


def plain_name(name: str) -> str:
    """A sheet's name as it is, from how a formula writes it."""
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def index_of(letters: str) -> int:
    """``A`` → 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters_of(index: int) -> str:
    """0 → ``A``."""
    letters, left = "", index + 1
    while left > 0:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
