"""A small table out of a file, as texts: csv or tab-separated in the encodings of office PCs, or an Excel workbook.

For short tables with headings (totals by month). Ledgers of cases have a reader of their own.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from postal_desk.domain.file_reasons import file_reason
from postal_desk.domain.sentences import Refusal, say

MOST_ROWS = 2000
MOST_BYTES = 5_000_000
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_cells(file: Path) -> list[list[str]]:
    """The cells of the first sheet or of the text. Refuses what can't be read, naming the file."""
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise Refusal(
            say(
                "{file}: the file can't be read ({reason}); check its name and place",
                file=str(file),
                reason=file_reason(error),
            )
        ) from error
    if size > MOST_BYTES:
        raise Refusal(
            say("{file} is too large for a table of totals; take the rows you need", file=file.name)
        )
    rows = _workbook(file) if data[:2] == b"PK" else _text(file, data)
    if len(rows) > MOST_ROWS:
        raise Refusal(
            say("{file} has more than {most} rows; take those you need", file=file.name, most=MOST_ROWS)
        )
    return rows


def _text(file: Path, data: bytes) -> list[list[str]]:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        mark = "\t" if "\t" in text else ","
        try:
            return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]
        except csv.Error:
            break
    raise Refusal(say("{file} is no table that can be read; save it as csv or xlsx", file=file.name))


def _workbook(file: Path) -> list[list[str]]:
    import python_calamine

    from postal_desk.services.safe_packages import check_package

    check_package(file)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(file))
        rows = book.get_sheet_by_index(0).to_python(nrows=MOST_ROWS + 1)
    except python_calamine.CalamineError as error:
        raise Refusal(
            say("{file} is no table that can be read; save it as csv or xlsx", file=file.name)
        ) from error
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()
