"""A ledger file opened: which kind it is by its content, its sheets, and the rows of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from postal_desk.domain.file_reasons import file_reason
from postal_desk.domain.sentences import Sentence, say
from postal_desk.ledgers import text_files
from postal_desk.ledgers.guard import GuardedZip, refused
from postal_desk.ledgers.old_excel import is_date1904, is_protected
from postal_desk.ledgers.sheet_scan import (
    SheetFacts,
    WorkbookFacts,
    check_reach,
    scan_ods,
    scan_xlsx,
)

#: What a cell can hold. An empty one is ``""``.
Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
Row: TypeAlias = list[Any]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = say("open it in Excel or WPS, save it as .xlsx and try again")


@dataclass
class Sheet:
    """One sheet. :meth:`rows` may be called again and again: it keeps nothing in memory but what the parser holds.

    ``merged`` holds the first and last row (from 1) and column (from 0) of merged cells.
    """

    file: str
    name: str
    height: int
    width: int
    source: Any
    facts: SheetFacts = field(default_factory=SheetFacts)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    date1904: bool = False

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Row number (from 1) and cells of each row, its first cell being column A. Empty rows come too."""
        yield from self.source()


@dataclass
class LedgerFile:
    """An opened file. ``sheets`` are the names of those that can be read, in their order."""

    path: Path
    name: str
    form: str  # xlsx, xls, ods, csv
    sheets: tuple[str, ...]
    notes: tuple[Sentence, ...] = ()
    _facts: WorkbookFacts = field(default_factory=lambda: WorkbookFacts({}))
    _book: Any = None
    _text: tuple[str, str] = ("", "")
    _opened: dict[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """Open one sheet; a second one takes the first one's place in memory."""
        if name not in self._opened:
            self._opened.clear()
            self._opened[name] = self._csv() if self.form == "csv" else self._calamine(name)
        return self._opened[name]

    def _csv(self) -> Sheet:
        encoding, separator = self._text
        height = width = 0
        for number, row in text_files.csv_rows(self.path, encoding, separator, self.name):
            if len(row) > width:
                width = len(row)
                check_reach(self.name, 1, width)
            height = number
        check_reach(self.name, height, min(width, 1))

        def rows() -> Iterator[tuple[int, Row]]:
            return text_files.csv_rows(self.path, encoding, separator, self.name)

        return Sheet(self.name, self.sheets[0], height, width, rows)

    def _calamine(self, name: str) -> Sheet:
        found = _calling(self.name, lambda: self._book.get_sheet_by_name(name))
        facts = self._facts.sheets.get(name, SheetFacts(known=self.form != "xls"))
        if found.start is None or found.end is None:
            return Sheet(self.name, name, 0, 0, lambda: iter(()), facts)
        left, (last_row, last_column) = found.start[1], found.end
        check_reach(self.name, last_row + 1, last_column + 1)
        padding = [""] * left

        def rows() -> Iterator[tuple[int, Row]]:
            for number, row in enumerate(found.iter_rows(), start=1):
                yield number, padding + row if left else row

        merged = tuple(
            (first[0] + 1, last[0] + 1, first[1], last[1])
            for first, last in (_calling(self.name, lambda: found.merged_cell_ranges) or ())
        )
        return Sheet(
            self.name, name, last_row + 1, last_column + 1, rows, facts, merged, self._facts.date1904
        )


def open_ledger(path: Path) -> LedgerFile:
    """Open a file of one of the four kinds, whatever its name ends in. Refuses what the guard forbids."""
    name = path.name
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        reason = say("the file can't be read ({reason})", reason=file_reason(error))
        raise refused(name, reason, say("check its name and place")) from error
    if head.startswith((_ZIP, b"PK\x05\x06")):
        return _open_zip(path, name)
    if head.startswith(_OLE):
        return _open_xls(path, name)
    if not head.strip():
        raise refused(name, say("the file is empty"), say("choose another one"))
    if (
        head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
        .lower()
        .startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta"))
    ):
        raise refused(name, say("it is a web page with the name of a table"), _SAVE_AGAIN)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")):
        raise refused(
            name,
            say("it is no ledger; Excel, OpenDocument and csv files are read"),
            say("choose another one"),
        )
    encoding = text_files.encoding_of(path, name)
    separator = text_files.separator_of(path, encoding)
    return LedgerFile(path, name, "csv", (path.stem,), _text=(encoding, separator))


def pasted_ledger(text: str, name: str) -> LedgerFile:
    """Cells copied from Excel or WPS: lines of cells with tabs between, quoted where a cell has line breaks."""
    rows = text_files.pasted_rows(text, name)
    width = max((len(row) for row in rows), default=0)
    check_reach(name, len(rows), 1)
    check_reach(name, 1, width)
    ledger = LedgerFile(Path(name), name, "paste", (name,))
    ledger._opened[name] = Sheet(
        name, name, len(rows), width, lambda: iter(list(enumerate(map(list, rows), start=1)))
    )
    return ledger


def _open_zip(path: Path, name: str) -> LedgerFile:
    archive = GuardedZip(path, name)
    lower = {entry.lower() for entry in archive.entries}
    if "xl/workbook.xml" in lower:
        form, facts = "xlsx", scan_xlsx(archive, name)
    elif "content.xml" in lower:
        form, facts = "ods", scan_ods(archive, name)
    else:
        raise refused(name, say("it is no ledger; Excel, OpenDocument and csv files are read"), _SAVE_AGAIN)
    return _with_book(LedgerFile(path, name, form, (), _facts=facts))


def _open_xls(path: Path, name: str) -> LedgerFile:
    if path.stat().st_size > text_files.LARGEST:
        raise refused(
            name, say("it is larger than {most} MB", most=100), say("split it by year and try again")
        )
    content = path.read_bytes()
    if is_protected(content):
        raise refused(
            name,
            say("it is protected by a password"),
            say("take the password off in Excel or WPS, save it and try again"),
        )
    notes = (say("Hidden rows can't be told in an .xls file; save it as .xlsx to have them named"),)
    facts = WorkbookFacts({}, is_date1904(content))
    return _with_book(LedgerFile(path, name, "xls", (), notes, _facts=facts))


def _with_book(ledger: LedgerFile) -> LedgerFile:
    from python_calamine import CalamineWorkbook

    book = _calling(ledger.name, lambda: CalamineWorkbook.from_path(str(ledger.path)))
    kinds: Mapping[str, str] = {meta.name: str(meta.typ) for meta in book.sheets_metadata}
    hidden = [meta.name for meta in book.sheets_metadata if "Hidden" in str(meta.visible)]
    sheets = [name for name in book.sheet_names if "WorkSheet" in kinds.get(name, "WorkSheet")]
    if not sheets:
        raise refused(ledger.name, say("there is no sheet with cells in it"), say("choose another one"))
    shown = [name for name in sheets if name not in hidden]
    ledger._book = book
    ledger.sheets = (*shown, *(name for name in sheets if name in hidden))
    if hidden:
        ledger.notes = (*ledger.notes, say("The file has hidden sheets: {names}", names=tuple(hidden)))
    return ledger


def _calling(file: str, work: Any) -> Any:
    """Call the parser; whatever it stumbles over is a refusal. Its own faults arrive as ``PanicException``, which is
    no :class:`Exception`."""
    from python_calamine import PasswordError

    try:
        return work()
    except PasswordError as error:
        raise refused(
            file,
            say("it is protected by a password"),
            say("take the password off in Excel or WPS, save it and try again"),
        ) from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise refused(file, say("the file is damaged or not what its name says")) from error
