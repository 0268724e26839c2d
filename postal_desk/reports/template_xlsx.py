"""A superior's Excel form: its placeholders checked by cell, and filled.

The form is filled in its own XML, so that what no placeholder stands in stays as it was: charts, pictures, conditional
formats. A cell that holds nothing but a placeholder becomes a number, a date or a percentage where its value is one. A
row with a list's placeholders is repeated: what stands below moves down, and whatever names its rows follows.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from postal_desk.domain.sentences import say
from postal_desk.domain.summaries import Rate
from postal_desk.reports.template_names import PLACEHOLDER, Problem, known, lists_in, problems_in, replaced
from postal_desk.reports.template_values import SHARES, Filling, Value, as_text
from postal_desk.reports.words import NONE, Words
from postal_desk.reports.xlsx_cells import Cells, move_row, number_of, rows_of, unfold_formulas
from postal_desk.reports.xlsx_package import CHART, Element, Package, SheetPart, main
from postal_desk.reports.xlsx_references import moved
from postal_desk.reports.xlsx_room import make_room, refresh_charts

#: Parts that would go on showing what they were saved with: better said before than missed afterwards.
_STALE = ("xl/pivotTables/", "xl/pivotCache/")
_FIRST_DAY = date(1899, 12, 30)
_FIRST_DAY_1904 = date(1904, 1, 1)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def check_xlsx(file: Path, entries: Sequence[str] = ()) -> list[Problem]:
    """Everything that keeps the form from being filled, and what of it would not follow."""
    package = Package(file)
    cells = Cells(package)
    found: list[Problem] = []
    for sheet in package.sheets:
        for row in rows_of(package.tree(sheet.part)):
            texts = [(cell.get("r"), cells.text(cell)) for cell in row]
            for place, text in texts:
                found += problems_in(text, say("sheet {sheet}, cell {cell}", sheet=sheet.name, cell=place))
            together = {name for _place, text in texts for name in lists_in(text)}
            if len(together) > 1:
                where = say("sheet {sheet}, row {row}", sheet=sheet.name, row=number_of(row))
                what = say("two lists ({names}) can't fill the same row", names=tuple(sorted(together)))
                found.append(Problem(where, what))
    if any(entry.startswith(_STALE) for entry in entries):
        what = say("pivot tables keep the figures they were saved with; refresh them after filling")
        found.append(Problem(say("the whole file"), what, fatal=False))
    return found


def names_in_xlsx(file: Path) -> list[str]:
    """The placeholders of a form, as they are written."""
    package = Package(file)
    cells = Cells(package)
    return [
        name
        for sheet in package.sheets
        for row in rows_of(package.tree(sheet.part))
        for cell in row
        for name in PLACEHOLDER.findall(cells.text(cell))
    ]


def fill_xlsx(template: Path, target: Path, filling: Filling, words: Words) -> None:
    """Write the form filled in."""
    package = Package(template)
    writer = _Writer(package, filling, words)
    for sheet in package.sheets:
        unfold_formulas(rows_of(package.tree(sheet.part)))
    for sheet in package.sheets:
        writer.fill(sheet)
    for sheet in package.sheets:
        writer.retitle(sheet)
    _forget_results(package)
    refresh_charts(package)
    package.drop_calculation_order()
    package.forget_last_writer()
    package.save(target)


def _forget_results(package: Package) -> None:
    """What formulas gave before the form was filled: without it every program calculates anew."""
    for sheet in package.sheets:
        for formula in package.tree(sheet.part).iter(main("f")):
            cell = formula.getparent()
            value = cell.find(main("v"))
            if value is not None:
                cell.remove(value)
            cell.attrib.pop("t", None)


class _Writer:
    """Fills the sheets of one form."""

    def __init__(self, package: Package, filling: Filling, words: Words) -> None:
        self._package, self._cells = package, Cells(package)
        self._filling, self._words = filling, words
        setting = package.workbook.find(main("workbookPr"))
        late = setting is not None and setting.get("date1904") in ("1", "true")
        self._first_day = _FIRST_DAY_1904 if late else _FIRST_DAY

    def fill(self, sheet: SheetPart) -> None:
        """Repeat the rows of lists, from below, so that rows above keep their numbers; then fill what is single."""
        tree = self._package.tree(sheet.part)
        for row in reversed(rows_of(tree)):
            lists = {name for cell in row for name in lists_in(self._cells.text(cell))}
            if lists:
                self._repeat(sheet, row, self._filling.lists[lists.pop()])
        for row in rows_of(tree):
            for cell in row:
                self._fill_cell(cell, {}, single=True)

    def _repeat(self, sheet: SheetPart, row: Element, values: Sequence[Mapping[str, Value]]) -> None:
        """Fill a list's row, and copies of it below; what stood below moves down."""
        number = number_of(row)
        if more := len(values) - 1 if values else 0:
            make_room(self._package, sheet, rows_of(self._package.tree(sheet.part)), number, more)
        copies = [copy.deepcopy(row) for _more in values[1:]]
        last = row
        for at, made in enumerate(copies, start=1):
            move_row(made, number + at)
            for formula in made.iter(main("f")):
                if formula.text:
                    formula.text = moved(formula.text, number, at)
                if formula.get("ref"):
                    formula.set("ref", moved(formula.get("ref"), number, at))
            last.addnext(made)
            last = made
        for made, of_row in zip((row, *copies), values or [{}], strict=True):
            for cell in made:
                self._fill_cell(cell, of_row, empty=not values)

    def _fill_cell(
        self, cell: Element, of_row: Mapping[str, Value], *, single: bool = False, empty: bool = False
    ) -> None:
        """Replace the placeholders of one cell: those of its list, or the single ones."""
        text = self._cells.text(cell)
        pairs = [pair for name in PLACEHOLDER.findall(text) if (pair := known(name)) is not None]
        wanted = [pair for pair in pairs if bool(pair[0]) != single]
        if not wanted:
            return

        def value_of(group: str, name: str) -> Value:
            return of_row.get(name) if group else self._filling.single.get(name)

        if len(wanted) == 1 and PLACEHOLDER.fullmatch(text.strip()):
            value = None if empty else value_of(*wanted[0])
            self._put(cell, value, share=wanted[0][1] in SHARES)
            return

        def shown(group: str, name: str) -> str:
            if (group, name) not in wanted:
                return "{{" + (f"{group}.{name}" if group else name) + "}}"
            return NONE if empty else as_text(value_of(group, name), self._words, share=name in SHARES)

        def unfinished(text: str) -> bool:
            names = (known(name) for name in PLACEHOLDER.findall(text))
            return any(pair in wanted for pair in names if pair is not None)

        self._cells.replace(cell, lambda part: replaced(part, shown), unfinished)

    def _put(self, cell: Element, value: Value, *, share: bool) -> None:
        """A value as what it is; its number format only where the form has none of its own."""
        put = self._cells.put_number
        if value is None or (isinstance(value, Rate) and value.value is None):
            self._cells.put_text(cell, NONE)
        elif isinstance(value, Rate):
            put(cell, value.value, "0.0%")
        elif isinstance(value, str):
            self._cells.put_text(cell, value)
        elif isinstance(value, date):
            put(cell, (value - self._first_day).days, "yyyy\\-mm\\-dd")
        elif isinstance(value, Decimal):
            put(cell, float(value), "0.00")
        elif isinstance(value, float):
            put(cell, round(value, 4), "0.0%" if share else "0.0")
        else:
            put(cell, value)

    def retitle(self, sheet: SheetPart) -> None:
        """A placeholder in a sheet's name; what names the sheet follows."""
        before = sheet.name
        if not PLACEHOLDER.search(before):
            return
        single = self._filling.single
        title = replaced(before, lambda _list, name: as_text(single.get(name), self._words))
        title = _NOT_IN_NAMES.sub("-", title)[:_LONGEST_NAME].strip("'") or NONE
        sheet.entry.set("name", title)
        old, new = (f"'{name.replace(chr(39), chr(39) * 2)}'!" for name in (before, title))
        for one in self._naming():
            if one.text and old in one.text:
                one.text = one.text.replace(old, new)

    def _naming(self) -> Iterator[Element]:
        """Whatever can name a sheet."""
        for sheet in self._package.sheets:
            yield from self._package.tree(sheet.part).iter(main("f"), main("formula"))
        yield from self._package.workbook.iter(main("definedName"))
        for part in self._package.names("xl/charts/"):
            yield from self._package.tree(part).iter(f"{{{CHART}}}f")
