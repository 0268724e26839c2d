"""The form that ships as an example, in Word and in Excel: made by code, so that its placeholders are always known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from openpyxl.styles import Alignment, Font

from postal_desk.reports.template_values import LISTS, SINGLE
from postal_desk.reports.words import Words


def _one(name: str, language: str) -> str:
    return "{{" + (SINGLE[name][0] if language == "zh_CN" else name) + "}}"


def _of(group: str, field: str, language: str) -> str:
    chinese, fields = LISTS[group]
    return "{{" + (f"{chinese}.{fields[field]}" if language == "zh_CN" else f"{group}.{field}") + "}}"


def example_docx(path: Path, language: str) -> None:
    """A short report in Word: a heading, two sentences, two tables that grow."""
    words = Words(language)
    form = docx.Document()
    form.add_heading(f"{_one('unit', language)} {_one('month', language)} {words.t('Service summary')}", 1)
    sentence = words.t(
        "Received {received} (month before {before}, a year before {year}), closed {closed}, in time {rate}.",
        received=_one("received", language),
        before=_one("previous_received", language),
        year=_one("last_year_received", language),
        closed=_one("closed", language),
        rate=_one("in_time_rate", language),
    )
    form.add_paragraph(sentence)
    for group, fields in (
        ("category", ("number", "name", "received", "previous", "last_year")),
        ("outlet", ("number", "name", "received", "closed", "in_time")),
    ):
        table = form.add_table(rows=2, cols=len(fields), style="Table Grid")
        for column, (head, field) in enumerate(zip(_heads(group, words), fields, strict=True)):
            table.cell(0, column).text = head
            table.cell(1, column).text = _of(group, field, language)
        form.add_paragraph("")
    form.add_paragraph(
        f"{words.t('Prepared by')}: {_one('prepared_by', language)}　{words.t('Telephone')}: "
        f"{_one('telephone', language)}　{_one('reported_on', language)}"
    )
    form.core_properties.author = ""
    form.save(str(path))


def example_xlsx(path: Path, language: str) -> None:
    """The same in Excel, with a sum under the list that grows with it."""
    words = Words(language)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = words.t("Summary")
    sheet["A1"] = f"{_one('unit', language)} {_one('month', language)} {words.t('Service summary')}"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:E1")
    sheet["A1"].alignment = Alignment(horizontal="center")
    for row, (label, name) in enumerate(
        (
            (words.t("Received"), "received"),
            (words.t("Closed"), "closed"),
            (words.t("In time"), "in_time_rate"),
            (words.t("Month before"), "previous_received"),
            (words.t("Same month last year"), "last_year_received"),
        ),
        3,
    ):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, _one(name, language))
    for column, (head, field) in enumerate(
        zip(_heads("outlet", words), ("number", "name", "received", "closed", "in_time"), strict=True), 1
    ):
        sheet.cell(9, column, head).font = Font(bold=True)
        sheet.cell(10, column, _of("outlet", field, language))
    sheet.cell(11, 2, words.t("Total"))
    sheet["C11"], sheet["D11"] = "=SUM(C10:C10)", "=SUM(D10:D10)"
    sheet.cell(13, 1, words.t("Prepared by"))
    sheet.cell(13, 2, _one("prepared_by", language))
    for letter, width in zip("ABCDE", (22, 26, 12, 12, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    book.save(path)


def _heads(group: str, words: Words) -> tuple[str, ...]:
    first = (
        words.t("No."),
        words.t("Category") if group == "category" else words.t("Outlet"),
        words.t("Received"),
    )
    if group == "category":
        return (*first, words.t("Month before"), words.t("Year before"))
    return (*first, words.t("Closed"), words.t("In time"))


EXAMPLES: dict[str, Callable[[Path, str], None]] = {"docx": example_docx, "xlsx": example_xlsx}
