"""A workbook as the parts it is made of: read, changed where something is to change, and written with all the rest as
it was, so that charts, pictures, conditional formats and whatever else a form holds are kept.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_LAST_WRITER = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"

Element = Any  # of lxml, which brings no types


def main(name: str) -> str:
    """A name of the spreadsheet's own vocabulary."""
    return f"{{{MAIN}}}{name}"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its entry in the workbook, and the name of its part."""

    entry: Element
    part: str

    @property
    def name(self) -> str:
        """Its title."""
        return str(self.entry.get("name"))


class Package:
    """The parts of a file; :meth:`tree` parses one, and what was parsed is written as it then is.

    Strict workbooks, which use other names throughout, are not known here: :class:`ValueError`.
    """

    def __init__(self, file: Path) -> None:
        with zipfile.ZipFile(file) as archive:
            self._parts = {info.filename: archive.read(info) for info in archive.infolist()}
        self._trees: dict[str, Element] = {}
        self._workbook = self._main_part()
        self.workbook = self.tree(self._workbook)
        if self.workbook.tag != main("workbook"):
            raise ValueError("not a workbook of the usual kind")

    def tree(self, part: str) -> Element:
        """A part as a tree of elements, parsed once."""
        if part not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            self._trees[part] = etree.fromstring(self._parts[part], parser)
        return self._trees[part]

    def names(self, start: str, end: str = ".xml") -> list[str]:
        """The parts whose names begin and end so."""
        return [name for name in self._parts if name.startswith(start) and name.endswith(end)]

    def has(self, part: str) -> bool:
        """True if there is such a part."""
        return part in self._parts

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The sheets with cells, in their order."""
        targets = {mark: target for mark, _kind, target in self.relations(self._workbook)}
        entries = self.workbook.iter(main("sheet"))
        found = (SheetPart(entry, targets.get(entry.get(_RELATION), "")) for entry in entries)
        return tuple(
            sheet
            for sheet in found
            if sheet.part in self._parts and self.tree(sheet.part).tag == main("worksheet")
        )

    @cached_property
    def texts(self) -> tuple[Element, ...]:
        """The shared texts."""
        parts = [target for _m, kind, target in self.relations(self._workbook) if kind == "sharedStrings"]
        return tuple(self.tree(parts[0]).iter(main("si"))) if parts and self.has(parts[0]) else ()

    @cached_property
    def styles(self) -> Element | None:
        """The styles, if there are any."""
        parts = [target for _m, kind, target in self.relations(self._workbook) if kind == "styles"]
        return self.tree(parts[0]) if parts and self.has(parts[0]) else None

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """What a part refers to: mark, kind, name of the other part."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._parts:
            return
        for one in self.tree(rels):
            if one.get("TargetMode") == "External":
                continue
            target = str(one.get("Target", ""))
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            yield (
                str(one.get("Id", "")),
                str(one.get("Type", "")).rpartition("/")[2],
                posixpath.normpath(whole),
            )

    def change_bytes(self, part: str, change: Callable[[bytes], bytes]) -> None:
        """Change a part that is no plain XML."""
        self._parts[part] = change(self._parts[part])

    def drop_calculation_order(self) -> None:
        """Rows have moved: the order of calculating is made anew, and everything is calculated on opening."""
        for part in [target for _m, kind, target in self.relations(self._workbook) if kind == "calcChain"]:
            self._parts.pop(part, None)
            self._forget(part)
        calc = self.workbook.find(main("calcPr"))
        if calc is None:
            calc = etree.Element(main("calcPr"))
            before = [
                self.workbook.find(main(name))
                for name in ("definedNames", "externalReferences", "functionGroups", "sheets")
            ]
            next(one for one in before if one is not None).addnext(calc)
        calc.set("fullCalcOnLoad", "1")

    def _forget(self, part: str) -> None:
        folder, name = posixpath.split(self._workbook)
        rels = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        for one in list(rels):
            if str(one.get("Type", "")).endswith("/calcChain"):
                rels.remove(one)
        types = self.tree(_TYPES)
        for one in list(types):
            if one.get("PartName") == f"/{part}":
                types.remove(one)

    def forget_last_writer(self) -> None:
        """Who saved the form last is nobody's concern where it goes."""
        if _CORE in self._parts:
            for one in self.tree(_CORE).iter(_LAST_WRITER):
                one.text = None

    def save(self, target: Path) -> None:
        """Write the file: parts that were parsed as they are now, the others byte for byte."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                if name in self._trees:
                    content = etree.tostring(
                        self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                archive.writestr(name, content)

    def _main_part(self) -> str:
        for _mark, kind, target in self.relations(""):
            if kind == "officeDocument":
                return target
        raise ValueError("no workbook in it")
