"""What a workbook's parts say that its cells alone don't: hidden rows, formulas without a value, how far it reaches.

The quick scan looks at the bytes as the usual programs write them; anything written otherwise, or reaching far, is
looked at again element by element. It comes before the workbook is parsed: the parser reserves room for the whole
rectangle between the first and the last cell, so a single cell far out could take all the memory.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from postal_desk.domain.sentences import Refusal, say
from postal_desk.ledgers.guard import GuardedZip, refused
from postal_desk.ledgers.safe_xml import BrokenXml, read_xml

MOST_ROWS = 200_000
#: Title lines, headings and notes around the rows.
_ROOM_AROUND = 1_000
_LARGEST_AREA = 6_000_000
_WIDEST = 16_384
_LONGEST_REST = 8_000_000
_SMALL_PART = 4_000_000

#: A cell that is not written as usual, lies right of column Z or below row 199,999.
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z](?:[1-9]\d{0,4}|1\d{5})")[\t\n\r />]')
_HIDDEN = re.compile(rb'<row [^<>]*?r="(\d{1,7})"[^<>]*? hidden="(?:1|true)"')
_NO_VALUE = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*><f[^<>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
#: What the parser would count round into some other place, and make room for all that lies between.
_NO_PLACE = "a place that no sheet has"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class SheetFacts:
    """``hidden``: numbers of hidden rows; ``valueless``: row → columns (from 0) of formulas without a value.

    ``known`` is false where the format does not let us see hidden rows.
    """

    hidden: set[int] = field(default_factory=set)
    valueless: dict[int, set[int]] = field(default_factory=dict)
    known: bool = True


@dataclass(frozen=True)
class WorkbookFacts:
    """Facts by the name of the sheet; ``date1904`` as the workbook says."""

    sheets: Mapping[str, SheetFacts]
    date1904: bool = False


def column_index(letters: str) -> int:
    """``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(index: int) -> str:
    """0 → ``A``, 26 → ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def scan_xlsx(archive: GuardedZip, file: str) -> WorkbookFacts:
    """Inflate everything once under the guard and look at each sheet."""
    found = {}
    for entry in archive.entries:
        lower = entry.lower()
        if lower.endswith("/"):
            continue
        if lower in ("xl/sharedstrings.xml", "xl/styles.xml") or lower.startswith(("xl/media/", "docprops/")):
            for _part in archive.chunks(entry):
                pass
        else:
            found[lower] = _scan_sheet(archive, entry, file)
    names = {entry.lower(): entry for entry in archive.entries}
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        raise refused(file, say("there is no workbook in it"))
    sheets, date1904 = _sheets(archive.read(names["xl/workbook.xml"], _SMALL_PART), file)
    targets = _targets(archive.read(names["xl/_rels/workbook.xml.rels"], _SMALL_PART), file)
    facts = {}
    for name, relation in sheets.items():
        target = targets.get(relation, "")
        if target in names and target not in found:
            raise refused(file, say("the file is damaged or not what its name says"))
        facts[name] = found.get(target, SheetFacts())
    return WorkbookFacts(facts, date1904)


def _sheets(content: bytes, file: str) -> tuple[dict[str, str], bool]:
    sheets: dict[str, str] = {}
    date1904 = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal date1904
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            sheets[attributes.get("name", "")] = relation
        elif name == "workbookPr":
            date1904 = attributes.get("date1904", "0") in ("1", "true", "on")

    _parsed([content], file, start)
    return sheets, date1904


def _targets(content: bytes, file: str) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith(("/", "xl/")) else posixpath.join("xl", target)
            targets[attributes.get("Id", "")] = posixpath.normpath(whole).lower()

    _parsed([content], file, start)
    return targets


def _parsed(
    parts: Iterable[bytes],
    file: str,
    start: Callable[[str, Mapping[str, str]], object],
    end: Callable[[str], object] = lambda _name: None,
    text: Callable[[str], object] = lambda _text: None,
) -> None:
    try:
        read_xml(parts, start, end, text)
    except BrokenXml as error:
        raise refused(file, say("the file is damaged or not what its name says")) from error


def _scan_sheet(archive: GuardedZip, entry: str, file: str) -> SheetFacts:
    facts, unusual = SheetFacts(), False
    for part in _whole_rows(archive.chunks(entry)):
        # Single characters first: most parts have none of them, and they are found many times faster.
        unusual = unusual or (b":" in part and b":c" in part) or _UNUSUAL.search(part) is not None
        if b" hidden=" in part:
            facts.hidden.update(int(found[1]) for found in _HIDDEN.finditer(part))
        if b"f" in part and b"<f" in part:
            for found in _NO_VALUE.finditer(part):
                columns = facts.valueless.setdefault(int(found[2]), set())
                columns.add(column_index(found[1].decode()))
    if unusual and entry.lower().endswith(".xml") and "/worksheets/" in f"/{entry.lower()}":
        return _scan_closely(archive, entry, file)
    if unusual and _is_sheet(archive, entry):
        return _scan_closely(archive, entry, file)
    return facts


def _is_sheet(archive: GuardedZip, entry: str) -> bool:
    """A part of another name that could be read as a sheet."""
    return any(b"sheetData" in part for part in _whole_rows(archive.chunks(entry)))


def _whole_rows(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same content cut behind rows, or behind tags where there are none: nothing is looked at in two pieces."""
    rest = b""
    for part in parts:
        part = rest + part
        cut = part.rfind(b"</row>")
        cut = cut + 6 if cut >= 0 else part.rfind(b">") + 1
        yield part[:cut]
        rest = part[cut:]
        if len(rest) > _LONGEST_REST:
            yield b"<c "  # nothing that a program writes: to be looked at closely
            rest = b""
    yield rest


def _scan_closely(archive: GuardedZip, entry: str, file: str) -> SheetFacts:
    reader = _CloseReader()
    _parsed(archive.chunks(entry), file, reader.start, reader.end, reader.text)
    check_reach(file, reader.last_row, reader.last_column)
    return reader.facts


def check_reach(file: str, rows: int, columns: int) -> None:
    """Refuse a sheet whose content reaches too far."""
    if rows > MOST_ROWS + _ROOM_AROUND:
        raise too_many_rows(file, rows)
    if columns > _WIDEST or rows * columns > _LARGEST_AREA:
        raise refused(
            file,
            say(
                "its content reaches to row {row}, column {column}",
                row=rows,
                column=column_letters(columns - 1),
            ),
            say("delete what stands far away from the table and try again"),
        )


def too_many_rows(file: str, rows: int) -> Refusal:
    """More rows than are read."""
    return refused(
        file,
        say("it has content down to row {row}, and at most {most} rows are read", row=rows, most=MOST_ROWS),
        say("split it by year, or delete the rows below the table, and try again"),
    )


def _row_of(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise BrokenXml(_NO_PLACE)
    return int(text)


class _CloseReader:
    """Follows rows and cells one by one."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.last_row = self.last_column = 0
        self._row = self._column = 0
        self._in_cell = self._formula = self._valued = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = _row_of(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden.add(self._row)
        elif name == "c":
            self._column += 1
            if "r" in attributes:
                place = _PLACE.fullmatch(attributes["r"].upper())
                if place is None:
                    raise BrokenXml(_NO_PLACE)
                self._column, self._row = column_index(place[1]) + 1, int(place[2])
            self._in_cell, self._formula, self._valued = True, False, False
        elif name == "f" and self._in_cell:
            self._formula = True
        elif name in ("v", "is") and self._in_cell:
            self._element = name

    def text(self, text: str) -> None:
        if self._in_cell and self._current_is_value and text:
            self._valued = True

    def end(self, name: str) -> None:
        if name in ("v", "is"):
            self._element = ""
        elif name == "c":
            self._in_cell = False
            if self._valued:
                self.last_row = max(self.last_row, self._row)
                self.last_column = max(self.last_column, self._column)
            elif self._formula:
                self.facts.valueless.setdefault(self._row, set()).add(self._column - 1)

    _element = ""

    @property
    def _current_is_value(self) -> bool:
        return self._element != ""


def scan_ods(archive: GuardedZip, file: str) -> WorkbookFacts:
    """The same for an OpenDocument table, whose rows and cells carry how often they are repeated."""
    if "content.xml" not in archive.entries:
        raise refused(file, say("there is no workbook in it"))
    for entry in archive.entries:
        if entry != "content.xml" and not entry.endswith("/"):
            for _part in archive.chunks(entry):
                pass
    reader = _OdsReader()
    _parsed(archive.chunks("content.xml"), file, reader.start, reader.end, reader.text)
    for rows, columns in reader.reach.values():
        check_reach(file, rows, columns)
    return WorkbookFacts(reader.sheets)


class _OdsReader:
    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self.reach: dict[str, tuple[int, int]] = {}
        self._name = ""
        self._row = self._column = self._repeat = self._wide = 0
        self._hidden = self._in_cell = self._valued = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table":
            self._name = attributes.get("table:name", "")
            self.sheets[self._name] = SheetFacts()
            self._row = 0
        elif name == "table-row":
            self._repeat = _times(attributes.get("table:number-rows-repeated"))
            self._hidden = attributes.get("table:visibility", "visible") != "visible"
            self._column, self._wide = 0, 0
        elif name in ("table-cell", "covered-table-cell"):
            self._column += _times(attributes.get("table:number-columns-repeated"))
            self._in_cell = True
            self._valued = "office:value" in attributes or "office:value-type" in attributes

    def text(self, text: str) -> None:
        if self._in_cell and text.strip():
            self._valued = True

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._in_cell = False
            if self._valued:
                self._wide = self._column
        elif name == "table-row":
            if self._wide:
                rows, columns = self.reach.get(self._name, (0, 0))
                self.reach[self._name] = (
                    max(rows, self._row + self._repeat),
                    max(columns, self._wide),
                )
                if self._hidden and self._repeat <= MOST_ROWS and self._name in self.sheets:
                    self.sheets[self._name].hidden.update(range(self._row + 1, self._row + self._repeat + 1))
            self._row += self._repeat


def _times(text: str | None) -> int:
    return min(int(text), 1 << 24) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
