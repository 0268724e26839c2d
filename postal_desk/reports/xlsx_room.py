"""Room for more rows in a sheet: what stands below moves down, and everything that names its rows follows: merged
cells, formulas of all sheets, named areas, conditional formats, charts, pictures, comments, tables.
"""

from __future__ import annotations

import re
from typing import Any

from postal_desk.reports.xlsx_cells import move_row, number_of
from postal_desk.reports.xlsx_package import CHART, DRAWING, MAIN, Element, Package, SheetPart, main
from postal_desk.reports.xlsx_references import area, place, stretched

#: Where a sheet names areas of its own: element → attribute.
_AREAS = {
    "dimension": "ref",
    "conditionalFormatting": "sqref",
    "dataValidation": "sqref",
    "autoFilter": "ref",
    "sortState": "ref",
    "sortCondition": "ref",
    "hyperlink": "ref",
    "ignoredError": "sqref",
    "protectedRange": "sqref",
}
_FORMULAS = ("f", "formula", "formula1", "formula2")
_ROW_OF_NOTE = re.compile(rb"(<x:Row>)(\d+)(</x:Row>)")


def make_room(package: Package, sheet: SheetPart, rows: list[Element], number: int, more: int) -> None:
    """Move everything below row ``number`` down by ``more`` rows; ranges that end in the row grow with it."""
    for row in rows:
        if number_of(row) > number:
            move_row(row, number_of(row) + more)
    tree = package.tree(sheet.part)
    _move_merged(tree, number, more)
    for name, attribute in _AREAS.items():
        for one in tree.iter(main(name)):
            if one.get(attribute):
                one.set(attribute, area(one.get(attribute), number, more))
    for one in tree.iter(main("brk")):
        if one.getparent().tag == main("rowBreaks") and int(one.get("id", 0)) > number:
            one.set("id", str(int(one.get("id")) + more))
    _follow_formulas(package, sheet, number, more)
    for _mark, kind, part in package.relations(sheet.part):
        if package.has(part):
            _follow_part(package, kind, part, number, more)


def _move_merged(tree: Element, number: int, more: int) -> None:
    """Merged cells move and grow; cells merged across the repeated row alone are merged in each of its copies."""
    merged = tree.find(main("mergeCells"))
    if merged is None:
        return
    for one in list(merged):
        before = str(one.get("ref"))
        if re.fullmatch(rf"[A-Z]+{number}:[A-Z]+{number}", before):
            for row in range(number + 1, number + more + 1):
                copy = merged.makeelement(one.tag, {"ref": re.sub(r"[0-9]+", str(row), before)})
                merged.append(copy)
        else:
            one.set("ref", area(before, number, more))
    merged.set("count", str(len(merged)))


def _follow_formulas(package: Package, sheet: SheetPart, number: int, more: int) -> None:
    """Formulas anywhere, named areas, and the figures that charts show."""
    for other in package.sheets:
        own = other.part == sheet.part
        for name in _FORMULAS:
            for one in package.tree(other.part).iter(main(name)):
                row = one.getparent().getparent()
                repeated = own and row is not None and row.tag == main("row") and number_of(row) == number
                if one.text:
                    one.text = stretched(one.text, sheet.name, number, more, own=own, grows=not repeated)
                if own and one.get("ref") and not repeated:
                    one.set("ref", area(one.get("ref"), number, more))
    for one in package.workbook.iter(main("definedName")):
        if one.text:
            one.text = stretched(one.text, sheet.name, number, more, own=False)
    for part in package.names("xl/charts/"):
        for one in package.tree(part).iter(f"{{{CHART}}}f"):
            if one.text:
                one.text = stretched(one.text, sheet.name, number, more, own=False, areas=True)


def _follow_part(package: Package, kind: str, part: str, number: int, more: int) -> None:
    """What belongs to the sheet but stands in a part of its own."""
    if kind == "drawing":
        for anchor in package.tree(part):
            start, end = (anchor.find(f"{{{DRAWING}}}{name}/{{{DRAWING}}}row") for name in ("from", "to"))
            if start is not None and int(start.text) >= number:  # rows count from 0 here
                for one in (start, end):
                    if one is not None:
                        one.text = str(int(one.text) + more)
    elif kind == "comments":
        for one in package.tree(part).iter(main("comment")):
            one.set("ref", place(one.get("ref"), number, more))
    elif kind == "vmlDrawing":
        package.change_bytes(part, lambda content: _moved_notes(content, number, more))
    elif kind == "table":
        table = package.tree(part)
        for one in table.iter(f"{{{MAIN}}}table", main("autoFilter"), main("sortState")):
            if one.get("ref"):
                one.set("ref", area(one.get("ref"), number, more))


def _moved_notes(content: bytes, number: int, more: int) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        row = int(found[2])
        return found[1] + str(row + more if row >= number else row).encode() + found[3]

    return _ROW_OF_NOTE.sub(one, content)


def refresh_charts(package: Package) -> None:
    """Charts keep what their cells held when the form was saved; without it they show what the cells hold now."""
    kept: tuple[Any, ...] = tuple(
        f"{{{CHART}}}{name}" for name in ("numCache", "strCache", "multiLvlStrCache")
    )
    for part in package.names("xl/charts/"):
        for one in list(package.tree(part).iter(*kept)):
            one.getparent().remove(one)
