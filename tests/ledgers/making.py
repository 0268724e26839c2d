"""Ledgers of many shapes, made when a test needs them: workbooks, old binary ones, OpenDocument, csv."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter

Rows = Sequence[Sequence[Any]]


def xlsx(path: Path, rows: Rows, sheet: str = "台账", **options: Any) -> Path:
    """A workbook by XlsxWriter: ``None`` leaves a cell out, a text beginning with ``=`` becomes a formula."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": options.get("date1904", False)})
    made = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "yyyy/m/d"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, datetime | date):
                made.write_datetime(at, column, datetime(*value.timetuple()[:5]), day)
            elif isinstance(value, str) and value.startswith("="):
                made.write_formula(at, column, value, None, options.get("formula_value", 0))
            elif isinstance(value, str):
                made.write_string(at, column, value)
            elif value is not None:
                made.write(at, column, value)
    for first_row, first, last_row, last, text in options.get("merged", ()):
        made.merge_range(first_row, first, last_row, last, text)
    for number in options.get("hidden", ()):
        made.set_row(number - 1, None, None, {"hidden": True})
    book.close()
    return path


def with_formulas(path: Path, rows: Rows) -> Path:
    """As openpyxl writes it: formulas without any result."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def with_tail(path: Path, rows: Rows) -> Path:
    """A sheet whose last formatted row is the last one there is."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for column in "ABCDEFGH":
        book.active[f"{column}1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(path)
    return path


def csv(path: Path, rows: Rows, encoding: str, separator: str = ",") -> Path:
    """Quoted where it must be."""
    lines = []
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        lines.append(
            separator.join(
                f'"{c.replace(chr(34), chr(34) * 2)}"' if separator in c or "\n" in c or '"' in c else c
                for c in cells
            )
        )
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def ods(path: Path, rows: Rows, sheet: str = "台账", hidden: Sequence[int] = ()) -> Path:
    """The least that makes an OpenDocument table, with a repeated empty tail as LibreOffice writes it."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(_ods_cell(value) for value in row)
        shown = ' table:visibility="collapse"' if number in hidden else ""
        lines.append(f"<table:table-row{shown}>{cells}</table:table-row>")
    tail = (
        f'<table:table-row table:number-rows-repeated="{1048576 - len(rows)}">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="{sheet}">{"".join(lines)}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()[:10]}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    paragraphs = "".join(f"<text:p>{escape(part)}</text:p>" for part in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def xls(path: Path, rows: Rows, sheet: str = "台账", *, date1904: bool = False) -> Path:
    """The least that makes a binary workbook (BIFF8 in a compound file): numbers and texts, dates as their serials."""
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    width = max(len(row) for row in rows)
    body += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            body += _xls_cell(at, column, value, date1904)
    body += _record(0x000A, b"")
    name = sheet.encode("utf-16-le")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    start += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", date1904))
    length = len(start) + 4 + 8 + len(name) + 4
    start += _record(0x0085, struct.pack("<IHBB", length, 0, len(sheet), 1) + name)
    path.write_bytes(_compound(start + _record(0x000A, b"") + body))
    return path


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _xls_cell(row: int, column: int, value: Any, date1904: bool) -> bytes:
    if value is None or value == "":
        return b""
    if isinstance(value, date):
        value = (date(*value.timetuple()[:3]) - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, float(value)))
    text = str(value)
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream, ``Workbook``."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    blocks = len(stream) // 512
    fat_blocks = 1
    while (fat_blocks * 128) < blocks + 1 + fat_blocks:
        fat_blocks += 1
    directory_at = blocks
    chain = [*range(1, blocks), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * fat_blocks]
    chain += [0xFFFFFFFF] * (fat_blocks * 128 - len(chain))
    head = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<IIIIIIIII", 0, fat_blocks, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack(
        "<109I", *[directory_at + 1 + n for n in range(fat_blocks)], *[0xFFFFFFFF] * (109 - fat_blocks)
    )
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 0, len(stream))
    entries += _entry("", 0, 0xFFFFFFFF, 0, 0) * 2
    return head + stream + entries + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le") if name else b""
    content = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    content += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(16) + bytes(4) + bytes(16)
    return content + struct.pack("<IQ", start, size)
