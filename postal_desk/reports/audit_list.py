"""The audit as a list that leaves the desk: Excel or CSV. It names records and fields, never their values."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from postal_desk.domain.audit_words import action_name
from postal_desk.domain.sentences import Refusal, say
from postal_desk.reports import fonts
from postal_desk.reports.words import Words
from postal_desk.reports.xlsx_sheets import MOST_ROWS, Formats, Sheet, printed

_WIDTHS = (8, 20, 14, 26, 28, 30, 40, 8)
_GUARDED = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One row of the audit."""

    id: int
    at: str
    who: str
    action: str
    record: str
    fields: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """Whose list it is, when it was made, the head of the audit at that moment, and the language."""

    branch: str
    made_at: str
    head: str
    lang: str


def heads(words: Words) -> list[str]:
    """The columns."""
    t = words.t
    return [
        t("No."),
        t("Time"),
        t("Who"),
        t("What"),
        t("Code"),
        t("Record"),
        t("Fields"),
        t("Count"),
    ]


def _cells(line: AuditLine, words: Words) -> list[str | int]:
    name = words.name(action_name(line.action))
    at = line.at.replace("T", " ")
    return [line.id, at, line.who, name, line.action, line.record, ", ".join(line.fields), line.count]


def write_xlsx(sheet: AuditSheet, lines: Iterable[AuditLine], path: Path) -> None:
    """One worksheet with filters. Texts are texts, never formulas or links."""
    words = Words(sheet.lang)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = Formats.of(book, fonts.ROLES["sans"].cjk[0])
        worksheet = book.add_worksheet(words.t("Audit"))
        for column, width in enumerate(_WIDTHS):
            worksheet.set_column(column, column, width)
        out = Sheet(worksheet, formats)
        out.line(words.t("Audit of {branch}", branch=sheet.branch), formats.title)
        out.line(_made(sheet, words), formats.note)
        head = out.head(heads(words))
        for line in lines:
            if out.row > MOST_ROWS:
                raise Refusal(
                    say("Excel takes no more than {most} rows; choose CSV or a shorter time", most=MOST_ROWS)
                )
            out.values(_cells(line, words))
        worksheet.autofilter(head, 0, max(head, out.row - 1), len(_WIDTHS) - 1)
        worksheet.freeze_panes(head + 1, 0)
        printed(worksheet, landscape=True, title=words.t("Audit"), repeat=head)


def write_csv(sheet: AuditSheet, lines: Iterable[AuditLine], path: Path) -> None:
    """UTF-8 with a byte-order mark, so that Excel reads it; what Excel would take for a formula gets an apostrophe."""
    words = Words(sheet.lang)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([_guarded(words.t("Audit of {branch}", branch=sheet.branch)), _made(sheet, words)])
        writer.writerow(heads(words))
        for line in lines:
            writer.writerow([_guarded(value) for value in _cells(line, words)])


def _guarded(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_GUARDED) else value


def _made(sheet: AuditSheet, words: Words) -> str:
    at = sheet.made_at.replace("T", " ")
    return words.t("Made at {at}; the audit then ended at {head}", at=at, head=sheet.head)
