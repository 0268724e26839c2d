"""csv files by their content: which encoding, which separator. Read line by line, never the whole file at once."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from postal_desk.domain.sentences import say
from postal_desk.ledgers.guard import refused

LARGEST = 100_000_000
_LONGEST_CELL = 200_000
_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_SEPARATORS = ",\t;,|"
_SAVE_AGAIN = say("open it in Excel or WPS, save it as .xlsx and try again")


def encoding_of(path: Path, file: str) -> str:
    """``utf-8-sig``, ``utf-16`` (in its two orders) or ``gb18030``, proved by decoding the whole file."""
    size = path.stat().st_size
    if size > LARGEST:
        raise refused(
            file,
            say("it is larger than {most} MB", most=LARGEST // 1_000_000),
            say("split it by year and try again"),
        )
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif wide := _wide_order(head):
        candidates = [wide]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise refused(file, say("it is no text in UTF-8, GB 18030 or UTF-16"), _SAVE_AGAIN)


def _wide_order(head: bytes) -> str:
    """Two-byte characters without a mark: every comma and digit brings a zero byte, always on the same side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 < len(head) or not head:
        return ""
    if even and odd and min(even, odd) * 4 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def separator_of(path: Path, encoding: str) -> str:
    """The separator that cuts the first lines into the same number of cells, the more the better."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = [line for line in stream.read(_SAMPLE // 2).splitlines() if line.strip()][:30]
    best = (0, 0, ",")
    for order, separator in enumerate(dict.fromkeys(_SEPARATORS)):
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        if counts:
            cells, agreeing = counts.most_common(1)[0]
            best = max(best, (agreeing * min(cells, 5), -order, separator))
    return best[2]


def pasted_rows(text: str, name: str) -> list[list[str]]:
    """The rows of a block of cells from the clipboard."""
    if len(text) > LARGEST // 2:
        raise refused(
            name,
            say("it is larger than {most} MB", most=LARGEST // 1_000_000),
            say("save it as a file and import that"),
        )
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error as error:
        raise refused(
            name,
            say("a quotation mark is not closed, or a cell is too long"),
            say("save it as a file and import that"),
        ) from error


def csv_rows(path: Path, encoding: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Number from 1 and cells of each record; a record may have line breaks within quotes."""
    csv.field_size_limit(_LONGEST_CELL)
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as stream:
            for number, row in enumerate(csv.reader(stream, delimiter=separator), start=1):
                yield number, row
    except csv.Error as error:
        raise refused(
            file,
            say(
                "record {row} can't be read (a quotation mark is not closed, or a cell is too long)",
                row=number + 1,
            ),
            say("correct it there, or save it as .xlsx and try again"),
        ) from error
    except UnicodeError as error:
        raise refused(file, say("it is no text in UTF-8, GB 18030 or UTF-16"), _SAVE_AGAIN) from error
