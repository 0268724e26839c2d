"""The month as a workbook: figures with native charts, breakdowns, outlets, the case list, definitions.

Written by XlsxWriter in constant-memory mode, row by row: a list of ten thousand cases needs no more memory than one
of ten. Its temporary files stand in a folder beside the workbook and go with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from postal_desk.domain.rules import Rules
from postal_desk.domain.summaries import DEFINITIONS, Part, Period, Rate, Summary, largest, ranks
from postal_desk.reports.charts import text_width
from postal_desk.reports.closed_within import closed_notes
from postal_desk.reports.fonts import ROLES
from postal_desk.reports.monthly import HandIn, closing_rows, monthly_heading, unit_name
from postal_desk.reports.monthly_cases import longer_trend
from postal_desk.reports.monthly_outlets import recurrence_text
from postal_desk.reports.monthly_parts import recorded
from postal_desk.reports.page_style import COLOURS
from postal_desk.reports.words import Words, words_for
from postal_desk.reports.xlsx_cases import CaseLine, write_cases
from postal_desk.reports.xlsx_rows import RowSheet
from postal_desk.reports.xlsx_sheets import Formats, Sheet, Value, printed

#: Nothing that a clerk typed becomes a formula, a link or a number by its look.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class MonthBook:
    """What a workbook is made of. ``cases`` is used up once; ``masked`` is said on the first sheet, its
    lack on the printed page of the cases too."""

    summary: Summary
    hand_in: HandIn
    cases: Iterable[CaseLine]
    rules: Rules
    masked: bool = True


def write_xlsx(book: MonthBook, path: Path, language: str) -> int:
    """Write the workbook; returns how many cases its list holds."""
    with TemporaryDirectory(prefix=".rows-", dir=path.parent) as folder:
        workbook = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
        writer = _Writer(book, workbook, words_for(book.summary.month, language))
        try:
            count = writer.write()
        finally:
            workbook.close()
    return count


class _Writer:
    def __init__(self, book: MonthBook, workbook: Any, words: Words) -> None:
        self.book, self.summary = book, book.summary
        self.workbook = workbook
        self.words = words
        self.formats = Formats.of(workbook, ROLES["sans"].cjk[0])
        self.title = monthly_heading(book.summary, words)

    def write(self) -> int:
        words = self.words
        self.workbook.set_properties(
            {
                "title": self.title,
                "author": self.book.hand_in.unit or unit_name(self.summary.branch, words),
                "comments": self._privacy(),
            }
        )
        self._figures(self._sheet(words.t("Figures")))
        self._breakdowns(self._sheet(words.t("Breakdowns")))
        self._outlets(self._sheet(words.t("Outlets")))
        cases = self.workbook.add_worksheet(words.t("Cases"), RowSheet)
        # The page that shows the people says so itself: it is printed and passed on alone.
        heading = self.title if self.book.masked else f"{self.title} · {self._privacy()}"
        count = write_cases(cases, self.book.cases, self.book.rules, words, self.formats, heading)
        self._definitions(self._sheet(words.t("Definitions")))
        return count

    def _privacy(self) -> str:
        t = self.words.t
        return t("Personal data is masked.") if self.book.masked else t("Personal data is in clear.")

    def _sheet(self, name: str) -> Sheet:
        return Sheet(self.workbook.add_worksheet(name), self.formats)

    def _figures(self, sheet: Sheet) -> None:
        words, summary, page = self.words, self.summary, sheet.worksheet
        page.set_column(0, 0, 30)
        page.set_column(1, 4, 13)
        page.hide_gridlines(2)
        sheet.line(self.title, self.formats.title)
        as_of = words.t("Figures as at {day}", day=words.day(summary.as_of))
        sheet.line(f"{as_of}{'。' if words.chinese else '. '}{self._privacy()}", self.formats.note)
        for text in closed_notes(summary, words.language):
            sheet.line(text, self.formats.note)
        sheet.skip()
        self._main_table(sheet)
        sheet.skip()
        self._single_figures(sheet)
        sheet.skip()
        self._hand_in(sheet)
        sheet.skip()
        sheet.head((words.t("Month"), words.t("Received"), words.t("Closed")))
        first = sheet.row
        for row in summary.trend:
            month = words.name(row.month.label)
            sheet.values((words.typed(month) if row.typed else month, row.received, row.closed))
        trend = (first, sheet.row - 1)
        sheet.skip()
        sheet.head((words.t("Category"), words.t("Received")))
        first = sheet.row
        parts = largest(summary.by_category)
        for part in parts:
            sheet.values((words.name(part.name), part.received))
        self._trend_chart(page, *trend)
        if parts:
            self._category_chart(page, first, sheet.row - 1)
        printed(page, landscape=True, title=self.title, pages=(1, 1))

    def _main_table(self, sheet: Sheet) -> None:
        words, summary = self.words, self.summary
        periods = (summary.now, summary.previous, summary.last_year, summary.year_to_date)
        heads = (
            words.t("This month"),
            words.t("Month before"),
            words.t("Same month last year"),
            words.t("Year to date"),
        )
        named = (
            words.typed(name) if period.typed else name for name, period in zip(heads, periods, strict=True)
        )
        sheet.head((words.t("Figure"), *named), height=30)

        def row(name: str, value: Callable[[Period], Value]) -> None:
            sheet.values((name, *(value(period) if recorded(period) else None for period in periods)))

        row(words.t("Received (cases)"), lambda period: period.received)
        row(words.t("Closed (cases)"), lambda period: period.closed)
        row(words.t("Due (cases)"), lambda period: period.closing.whole)
        row(words.t("Closing rate"), lambda period: period.closing)
        row(words.t("Of those due, closed (cases)"), lambda period: period.closing.part)
        row(words.t("Answered in time"), lambda period: period.in_time)
        row(words.t("Of those due, answered in time (cases)"), lambda period: period.in_time.part)
        row(words.t("Mean days to close"), lambda period: period.mean_days)
        row(words.t("Satisfaction"), lambda period: period.satisfaction)
        row(words.t("Customers asked (cases)"), lambda period: period.satisfaction.whole)
        row(words.t("Of those asked, satisfied (cases)"), lambda period: period.satisfaction.part)

    def _single_figures(self, sheet: Sheet) -> None:
        words, summary = self.words, self.summary
        sheet.head((words.t("Figure"), words.t("This month")))
        for name, value in (
            (words.t("In progress"), summary.in_progress),
            (words.t("Overdue"), summary.overdue),
            (words.t("Accepted the same day"), summary.acknowledged),
            (words.t("Closed at the first time"), summary.closed_first_time),
            (words.t("Repeated cases"), summary.repeated),
            (words.t("Compensated cases"), summary.compensated),
            (words.t("Compensation (yuan)"), summary.compensation),
            (words.t("Claims opened"), summary.claims.new),
            (words.t("Claims paid"), summary.claims.paid),
            (words.t("Claims open"), summary.claims.open),
            (words.t("Praise received"), summary.praise),
            (words.t("Frauds prevented"), summary.fraud_prevented),
        ):
            sheet.values((name, value))

    def _hand_in(self, sheet: Sheet) -> None:
        words, hand_in = self.words, self.book.hand_in
        day = words.day(hand_in.reported_on) if hand_in.reported_on else ""
        for label, value in (
            (words.t("Reporting unit"), hand_in.unit or unit_name(self.summary.branch, words)),
            (words.t("Prepared by"), hand_in.prepared_by),
            (words.t("Approved by"), hand_in.approved_by),
            (words.t("Telephone"), hand_in.telephone),
            (words.t("Date of report"), day),
            (words.t("Serial number"), hand_in.serial_number),
            *closing_rows(self.summary, words),
            (words.t("Audit"), hand_in.audit_head),
        ):
            if value or label != words.t("Audit"):
                sheet.values((label, value))

    def _trend_chart(self, page: Any, first: int, last: int) -> None:
        chart = self.workbook.add_chart({"type": "column"})
        for column, colour in ((1, "primary_soft"), (2, "primary")):
            chart.add_series(
                {
                    "name": [page.get_name(), first - 1, column],
                    "categories": [page.get_name(), first, 0, last, 0],
                    "values": [page.get_name(), first, column, last, column],
                    "fill": {"color": f"#{COLOURS[colour]}"},
                    "gap": 60,
                    "overlap": 0,
                }
            )
        self._dress(chart, self._trend_title())
        chart.set_legend({"position": "top"})
        page.insert_chart(3, 6, chart, {"x_scale": 1.3, "y_scale": 1.05})

    def _trend_title(self) -> str:
        months = longer_trend(self.summary.trend, self.words)
        if months:
            return self.words.t("Received and closed, {months}", months=months)
        return self.words.t("Received and closed, the last thirteen months")

    def _category_chart(self, page: Any, first: int, last: int) -> None:
        chart = self.workbook.add_chart({"type": "bar"})
        chart.add_series(
            {
                "categories": [page.get_name(), first, 0, last, 0],
                "values": [page.get_name(), first, 1, last, 1],
                "fill": {"color": f"#{COLOURS['primary']}"},
                "data_labels": {"value": True},
                "gap": 50,
            }
        )
        self._dress(chart, self.words.t("Cases received by category"))
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_legend({"none": True})
        page.insert_chart(19, 6, chart, {"x_scale": 1.3, "y_scale": 1.25})

    def _dress(self, chart: Any, title: str) -> None:
        chart.set_title({"name": title, "name_font": {"size": 11}})
        chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": f"#{COLOURS['line']}"}}})
        chart.set_chartarea({"border": {"none": True}})

    def _breakdowns(self, sheet: Sheet) -> None:
        words, page = self.words, sheet.worksheet
        page.set_column(0, 0, 30)
        page.set_column(1, 7, 11)
        sheet.line(self.title, self.formats.title)
        sheet.skip()
        self._categories(sheet)
        for caption, parts in (
            (words.t("Kind"), self.summary.by_kind),
            (words.t("Channel"), self.summary.by_channel),
            (words.t("Business"), self.summary.by_business),
        ):
            sheet.skip()
            sheet.head(
                (caption, words.t("Received"), words.t("Share of all"), words.t("Closed"), words.t("Overdue"))
            )
            for part in parts:
                share = self._share(part)
                sheet.values((words.name(part.name), part.received, share, part.closed, part.overdue))
            self._totals(sheet, parts, ("received", None, "closed", "overdue"))
        printed(page, landscape=False, title=self.title)

    def _share(self, part: Part) -> Value:
        return Rate(part.received, self.summary.now.received)

    def _categories(self, sheet: Sheet) -> None:
        words = self.words
        sheet.head(
            (
                words.t("Category"),
                words.t("Received"),
                words.t("Share of all"),
                words.t("At fault"),
                words.t("Month before"),
                words.t("Year before"),
                words.t("Closed"),
                words.t("Overdue"),
            ),
            height=30,
        )
        for part in self.summary.by_category:
            sheet.values(
                (
                    f"{part.code} {words.name(part.name)}",
                    part.received,
                    self._share(part),
                    part.responsible,
                    part.previous,
                    part.last_year,
                    part.closed,
                    part.overdue,
                )
            )
        fields = ("received", None, "responsible", "previous", "last_year", "closed", "overdue")
        self._totals(sheet, self.summary.by_category, fields)

    def _totals(self, sheet: Sheet, parts: Iterable[Part], fields: tuple[str | None, ...]) -> None:
        rows = list(parts)
        sums = [sum(getattr(part, name) for part in rows) if name else "" for name in fields]
        sheet.values((self.words.t("Total"), *sums), total=True)

    def _outlets(self, sheet: Sheet) -> None:
        words, page, outlets = self.words, sheet.worksheet, self.summary.by_outlet
        page.set_column(0, 0, 7)
        page.set_column(1, 1, 22)
        page.set_column(2, 10, 10)
        page.set_column(11, 11, 40)
        page.set_column(12, 18, 9)
        months = [words.name(row.month.label) for row in self.summary.trend[-6:]]
        head = sheet.head(
            (
                words.t("Rank"),
                words.t("Outlet"),
                words.t("Received"),
                words.t("Closed"),
                words.t("Overdue"),
                words.t("In time"),
                words.t("In time (cases)"),
                words.t("Due (cases)"),
                words.t("Satisfaction"),
                words.t("Customers asked (cases)"),
                words.t("Praise received"),
                words.t("Recurring problems"),
                *months,
                words.t("Six months"),
            ),
            height=32,
        )
        places = ranks(outlets)
        separator = "；" if words.chinese else "; "
        for row in outlets:
            line = sheet.values(
                (
                    places.get(row.outlet),
                    row.outlet or words.t("(no outlet)"),
                    row.received,
                    row.closed,
                    row.overdue,
                    row.in_time,
                    row.in_time.part,
                    row.in_time.whole,
                    row.satisfaction,
                    row.satisfaction.whole,
                    row.praise,
                    separator.join(recurrence_text(words, found) for found in row.recurrences),
                    *row.trend,
                )
            )
            first, last = 12, 11 + len(months)
            cells = xlsxwriter.utility.xl_range_abs(line, first, line, last)
            place = {"range": f"'{page.get_name()}'!{cells}", "series_color": f"#{COLOURS['primary']}"}
            page.add_sparkline(line, last + 1, place)
        page.freeze_panes(head + 1, 2)
        page.autofilter(head, 0, max(sheet.row - 1, head + 1), 11)
        printed(page, landscape=True, title=self.title, repeat=head)

    def _definitions(self, sheet: Sheet) -> None:
        words, page = self.words, sheet.worksheet
        page.set_column(0, 0, 74)  # in whatever font no wider than A4 between its margins
        sheet.head((words.t("What the figures mean"),))
        for sentence in DEFINITIONS.values():
            text = words.tell(sentence)
            page.set_row(sheet.row, 16 * math.ceil(text_width(text, 1.0) / 33))
            page.write_string(sheet.row, 0, text, self.formats.wrapped)
            sheet.row += 1
        printed(page, landscape=False, title=self.title)
