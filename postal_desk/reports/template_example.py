"""The form that ships as an example, in Word and in Excel: made by code, so that its placeholders are always known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

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
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet(words.t("Summary"))
    title = f"{_one('unit', language)} {_one('month', language)} {words.t('Service summary')}"
    sheet.merge_range("A1:E1", title, book.add_format({"bold": True, "font_size": 14, "align": "center"}))
    for row, (label, name) in enumerate(
        (
            (words.t("Received"), "received"),
            (words.t("Closed"), "closed"),
            (words.t("In time"), "in_time_rate"),
            (words.t("Month before"), "previous_received"),
            (words.t("Same month last year"), "last_year_received"),
        ),
        2,
    ):
        sheet.write_row(row, 0, (label, _one(name, language)))
    sheet.write_row(8, 0, _heads("outlet", words), book.add_format({"bold": True}))
    fields = ("number", "name", "received", "closed", "in_time")
    sheet.write_row(9, 0, [_of("outlet", field, language) for field in fields])
    sheet.write(10, 1, words.t("Total"))
    sheet.set_row(0, 24)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column in "CD":
        sheet.write_formula(f"{column}11", f"=SUM({column}10:{column}10)")
    sheet.write_row(12, 0, (words.t("Prepared by"), _one("prepared_by", language)))
    for at, width in enumerate((22, 26, 12, 12, 14)):
        sheet.set_column(at, at, width)
    _add_chart(book, sheet, words)
    book.close()


def _add_chart(book: xlsxwriter.Workbook, sheet: Any, words: Words) -> None:
    """Received by outlet: it grows with the list as the sum does."""
    chart = book.add_chart({"type": "column"})
    name = sheet.get_name()
    chart.add_series(
        {"name": words.t("Received"), "categories": [name, 9, 1, 9, 1], "values": [name, 9, 2, 9, 2]}
    )
    chart.set_legend({"none": True})
    sheet.insert_chart("G2", chart)


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
