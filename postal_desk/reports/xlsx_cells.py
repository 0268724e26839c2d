"""Cells of a sheet's XML: what text stands in one, and a text or a number put into it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from postal_desk.reports.xlsx_package import Element, Package, main
from postal_desk.reports.xlsx_references import index_of, letters_of, shifted

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_GENERAL = "0"
_FIRST_OWN_FORMAT = 164


def rows_of(sheet: Element) -> list[Element]:
    """The rows of a sheet, each with its number and its cells with their places written out."""
    data = sheet.find(main("sheetData"))
    rows, number = [], 0
    for row in data if data is not None else ():
        number = int(row.get("r") or number + 1)
        column = -1
        for cell in row:
            found = _PLACE.fullmatch(cell.get("r") or "")
            column = index_of(found[1]) if found else column + 1
            cell.set("r", f"{letters_of(column)}{number}")
        row.set("r", str(number))
        rows.append(row)
    return rows


def number_of(row: Element) -> int:
    """The number of a row."""
    return int(row.get("r"))


def move_row(row: Element, number: int) -> None:
    """Give a row and its cells another number."""
    row.set("r", str(number))
    for cell in row:
        cell.set("r", re.sub(r"[0-9]+", "", cell.get("r")) + str(number))


def unfold_formulas(rows: list[Element]) -> None:
    """Write shared formulas out, so that rows can move on their own."""
    masters: dict[str, tuple[str, int, int]] = {}
    for formula, column, row in _formulas(rows):
        if formula.get("t") != "shared":
            continue
        mark = str(formula.get("si"))
        if formula.text:
            masters[mark] = (formula.text, column, row)
        elif mark in masters:
            text, first_column, first_row = masters[mark]
            formula.text = shifted(text, row - first_row, column - first_column)
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, None)


def _formulas(rows: list[Element]) -> Iterator[tuple[Element, int, int]]:
    for row in rows:
        for cell in row:
            formula = cell.find(main("f"))
            if formula is not None:
                letters = re.sub(r"[0-9]+", "", cell.get("r"))
                yield formula, index_of(letters), number_of(row)


class Cells:
    """Reads and writes the cells of one package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._formats: dict[tuple[int, str], int] = {}

    def text(self, cell: Element) -> str:
        """The text of a cell; empty for numbers, formulas and empty cells."""
        source = self._source(cell)
        return "" if source is None else "".join(_runs_text(source))

    def _source(self, cell: Element) -> Element | None:
        """The element with the text: shared or in the cell."""
        kind = cell.get("t")
        if cell.find(main("f")) is not None:
            return None
        if kind == "inlineStr":
            return cell.find(main("is"))
        value = cell.find(main("v"))
        if kind == "s" and value is not None and value.text:
            at = int(value.text)
            return self._package.texts[at] if at < len(self._package.texts) else None
        return None

    def replace(self, cell: Element, change: Callable[[str], str], unfinished: Callable[[str], bool]) -> None:
        """Change the text of a cell, run by run where its parts look different; as one text if ``unfinished`` says that
        something reached over a run's end."""
        source = self._source(cell)
        if source is None:
            return
        runs = source.findall(main("r"))
        if runs:
            changed = etree.Element(main("is"))
            changed.extend(copy.deepcopy(run) for run in runs)
            for text in changed.iter(main("t")):
                text.text = change(text.text or "")
                text.set(_SPACE, "preserve")
            if not unfinished("".join(_runs_text(changed))):
                self._put(cell, "inlineStr", changed)
                return
        self.put_text(cell, change("".join(_runs_text(source))))

    def put_text(self, cell: Element, text: str) -> None:
        """Put a text into a cell: never a formula, whatever it begins with."""
        inline = etree.Element(main("is"))
        content = etree.SubElement(inline, main("t"))
        content.text = text
        content.set(_SPACE, "preserve")
        self._put(cell, "inlineStr", inline)

    def put_number(self, cell: Element, number: Any, form: str = "") -> None:
        """Put a number into a cell; ``form`` is how it is shown where the cell does not say."""
        value = etree.Element(main("v"))
        value.text = repr(number)
        self._put(cell, None, value)
        if form:
            cell.set("s", str(self._formatted(int(cell.get("s") or 0), form)))

    def _put(self, cell: Element, kind: str | None, content: Element) -> None:
        for old in list(cell):
            cell.remove(old)
        cell.append(content)
        cell.attrib.pop("t", None)
        if kind is not None:
            cell.set("t", kind)

    def _formatted(self, style: int, form: str) -> int:
        """The style with a number format, if it has none of its own."""
        styles = self._package.styles
        sets = styles.find(main("cellXfs")) if styles is not None else None
        if sets is None or style >= len(sets) or sets[style].get("numFmtId", _GENERAL) != _GENERAL:
            return style
        if (style, form) not in self._formats:
            made = copy.deepcopy(sets[style])
            made.set("numFmtId", str(_format_id(styles, form)))
            made.set("applyNumberFormat", "1")
            sets.append(made)
            sets.set("count", str(len(sets)))
            self._formats[style, form] = len(sets) - 1
        return self._formats[style, form]


def _runs_text(source: Element) -> Iterator[str]:
    """The texts of a string item; how it is read aloud is no part of it."""
    for part in source:
        if part.tag == main("t"):
            yield part.text or ""
        elif part.tag == main("r"):
            yield from (text.text or "" for text in part.findall(main("t")))


def _format_id(styles: Element, form: str) -> int:
    formats = styles.find(main("numFmts"))
    if formats is None:
        formats = etree.Element(main("numFmts"))
        styles.insert(0, formats)
    for one in formats:
        if one.get("formatCode") == form:
            return int(one.get("numFmtId"))
    number = max([_FIRST_OWN_FORMAT - 1, *(int(one.get("numFmtId")) for one in formats)]) + 1
    etree.SubElement(formats, main("numFmt"), numFmtId=str(number), formatCode=form)
    formats.set("count", str(len(formats)))
    return number
