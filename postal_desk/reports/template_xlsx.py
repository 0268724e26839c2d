"""A superior's Excel form: its placeholders checked by cell, and filled.

A cell that holds nothing but a placeholder becomes a number, a date or a percentage where its value is one. A row with
a list's placeholders is repeated: what stands below moves down, with its merged cells, heights and formulas.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.formula import Tokenizer
from openpyxl.worksheet.cell_range import CellRange

from postal_desk.domain.sentences import say
from postal_desk.domain.summaries import Rate
from postal_desk.reports.template_names import PLACEHOLDER, Problem, known, lists_in, problems_in, replaced
from postal_desk.reports.template_values import SHARES, Filling, Value, as_text
from postal_desk.reports.words import NONE, Words

#: Parts that the library does not carry over: better said before than missed afterwards.
_LOST = ("xl/charts/", "xl/embeddings/", "xl/ctrlProps/", "xl/slicers/", "xl/pivotTables/")
_REFERENCE = re.compile(r"(\$?[A-Z]{1,3}\$?)([0-9]+)")


def check_xlsx(file: Path, entries: Sequence[str] = ()) -> list[Problem]:
    """Everything that keeps the form from being filled, and what of it would be lost."""
    book = openpyxl.load_workbook(file)
    found: list[Problem] = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type != "f":
                    place = say("sheet {sheet}, cell {cell}", sheet=sheet.title, cell=cell.coordinate)
                    found += problems_in(cell.value, place)
            together = {name for cell in row for name in lists_in(str(cell.value or ""))}
            if len(together) > 1:
                place = say("sheet {sheet}, row {row}", sheet=sheet.title, row=row[0].row)
                what = say("two lists ({names}) can't fill the same row", names=tuple(sorted(together)))
                found.append(Problem(place, what))
    if any(entry.startswith(_LOST) for entry in entries):
        what = say("charts, pivot tables and embedded objects of the form are not carried over")
        found.append(Problem(say("the whole file"), what, fatal=False))
    return found


def names_in_xlsx(file: Path) -> list[str]:
    """The placeholders of a form, as they are written."""
    book = openpyxl.load_workbook(file)
    return [
        name
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        for name in PLACEHOLDER.findall(cell.value)
    ]


def fill_xlsx(template: Path, target: Path, filling: Filling, words: Words) -> None:
    """Write the form filled in."""
    book = openpyxl.load_workbook(template)
    for sheet in book.worksheets:
        for number in range(sheet.max_row, 0, -1):  # from below, so that rows above keep their numbers
            lists = {name for cell in sheet[number] for name in lists_in(str(cell.value or ""))}
            if lists:
                _repeat(sheet, number, filling.lists[lists.pop()], words)
        for row in sheet.iter_rows():
            for cell in row:
                _fill(cell, {}, filling.single, words)
        if sheet.title and PLACEHOLDER.search(sheet.title):
            sheet.title = replaced(sheet.title, lambda _list, name: as_text(filling.single.get(name), words))[
                :31
            ]
    book.properties.lastModifiedBy = None
    book.save(target)


def _repeat(sheet: Any, number: int, rows: Sequence[Mapping[str, Value]], words: Words) -> None:
    """Fill a list's row, and copies of it below; what stood below moves down."""
    more = max(len(rows), 1) - 1
    pattern = [copy.copy(cell.value) for cell in sheet[number]]
    if more:
        _make_room(sheet, number, more)
    height = sheet.row_dimensions[number].height
    for at, row in enumerate(rows or [{}]):
        for column, value in enumerate(pattern, 1):
            cell = sheet.cell(number + at, column)
            if isinstance(cell, MergedCell):
                continue
            source = sheet.cell(number, column)
            if at:
                cell._style = copy.copy(source._style)
            cell.value = _moved(value, number, at) if _is_formula(value) else value
            _fill(cell, row, {}, words, empty=not rows)
        if at and height is not None:
            sheet.row_dimensions[number + at].height = height


def _make_room(sheet: Any, number: int, more: int) -> None:
    """Move everything below a row down by ``more`` rows; ranges that end in the row grow with it."""
    merged = [copy.copy(area) for area in sheet.merged_cells.ranges]
    for area in merged:
        sheet.unmerge_cells(str(area))
    heights = {row: sheet.row_dimensions[row].height for row in range(number + 1, sheet.max_row + 1)}
    sheet.insert_rows(number + 1, more)
    for row, height in sorted(heights.items(), reverse=True):
        sheet.row_dimensions[row + more].height = height
    for row in range(number + 1, number + more + 1):
        sheet.row_dimensions[row].height = None
    for area in merged:
        across = area.min_row == area.max_row == number
        if area.min_row > number:
            area.shift(row_shift=more)
        elif area.max_row > number:
            area.expand(down=more)
        sheet.merge_cells(str(area))
        for row in range(number + 1, number + more + 1) if across else ():
            sheet.merge_cells(
                str(CellRange(min_col=area.min_col, max_col=area.max_col, min_row=row, max_row=row))
            )
    for cells in sheet.iter_rows():
        for cell in cells:
            if _is_formula(cell.value) and cell.row != number:
                cell.value = _stretched(cell.value, number, more)


def _is_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _stretched(formula: str, number: int, more: int) -> str:
    """A formula after rows came in below ``number``: references below move, ranges that end at it grow."""

    def operand(text: str) -> str:
        if "!" in text:  # another sheet
            return text
        start, colon, end = text.partition(":")
        if not colon:
            return _each(text, lambda row: row + more if row > number else row)
        return (
            _each(start, lambda row: row + more if row > number else row)
            + ":"
            + _each(end, lambda row: row + more if row >= number else row)
        )

    return _rewritten(formula, operand)


def _moved(formula: str, number: int, by: int) -> str:
    """The formula of a repeated row in its copy ``by`` rows further down: what names the row names the copy."""
    return _rewritten(
        formula,
        lambda text: text if "!" in text else _each(text, lambda row: row + by if row == number else row),
    )


def _each(text: str, change: Callable[[int], int]) -> str:
    return _REFERENCE.sub(lambda found: found[1] + str(change(int(found[2]))), text)


def _rewritten(formula: str, operand: Callable[[str], str]) -> str:
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == "OPERAND" and token.subtype == "RANGE":
            token.value = operand(token.value)
    return str(tokens.render())


def _fill(
    cell: Any, row: Mapping[str, Value], single: Mapping[str, Value], words: Words, *, empty: bool = False
) -> None:
    """Replace the placeholders of one cell; nothing that was typed becomes a formula."""
    text = cell.value
    if not isinstance(text, str) or isinstance(cell, MergedCell) or _is_formula(text):
        return
    names = PLACEHOLDER.findall(text)
    pairs = [pair for name in names if (pair := known(name)) is not None]
    if not pairs:
        return

    def value_of(group: str, name: str) -> Value:
        return row.get(name) if group else single.get(name)

    wanted = [pair for pair in pairs if (pair[0] and (row or empty)) or (not pair[0] and single)]
    if len(wanted) == 1 and PLACEHOLDER.fullmatch(text.strip()):
        _put(cell, value_of(*wanted[0]), words, share=wanted[0][1] in SHARES, empty=empty)
        return

    def shown(group: str, name: str) -> str:
        if (group, name) not in wanted:
            return "{{" + (f"{group}.{name}" if group else name) + "}}"
        return NONE if empty and group else as_text(value_of(group, name), words, share=name in SHARES)

    _put(cell, replaced(text, shown), words, share=False, empty=False)


def _put(cell: Any, value: Value, words: Words, *, share: bool, empty: bool) -> None:
    if empty or value is None or (isinstance(value, Rate) and value.value is None):
        cell.value = NONE
        return
    if isinstance(value, Rate):
        cell.value = value.value
        share = True
    elif isinstance(value, Decimal):
        cell.value = float(value)
        if cell.number_format == "General":
            cell.number_format = "0.00"
    elif isinstance(value, str):
        cell.value = value
        cell.data_type = "s"  # also where it begins with "="
        return
    else:
        cell.value = round(value, 4) if isinstance(value, float) else value
        if isinstance(value, float) and not share and cell.number_format == "General":
            cell.number_format = "0.0"
    if share and cell.number_format == "General":
        cell.number_format = "0.0%"
