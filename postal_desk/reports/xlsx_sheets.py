"""One worksheet written from top to bottom: what a workbook in constant-memory mode asks for.

Text is written as text (never as a formula or a link), numbers as numbers, days as Excel's days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from postal_desk.domain.summaries import Rate
from postal_desk.reports.words import NONE

Value: TypeAlias = str | int | float | Decimal | date | Rate | None
EXCEL_EPOCH = date(1899, 12, 30).toordinal()
LONGEST = 32_767  # UTF-16 units that Excel takes in a cell
MOST_ROWS = 1_048_575  # below the head


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of one workbook."""

    title: Any
    note: Any
    head: Any
    text: Any
    wrapped: Any
    whole: Any
    decimal: Any
    money: Any
    percent: Any
    day: Any
    total: Any
    none: Any

    @classmethod
    def of(cls, workbook: Any, font: str) -> Formats:
        """Make them; ``font`` is the family for all text."""

        def made(**properties: object) -> Any:
            return workbook.add_format(
                {"font_name": font, "font_size": 10, "valign": "vcenter", **properties}
            )

        ruled = {"border": 1, "border_color": "#C9D3CE"}
        return cls(
            title=made(font_size=16, bold=True),
            note=made(font_color="#5C6B64"),
            head=made(
                bold=True, bg_color="#E7F4EE", font_color="#0B7A4B", text_wrap=True, align="center", **ruled
            ),
            text=made(**ruled),
            wrapped=made(text_wrap=True, **ruled),
            whole=made(num_format="0", **ruled),
            decimal=made(num_format="0.0", **ruled),
            money=made(num_format="0.00", **ruled),
            percent=made(num_format="0.0%", **ruled),
            day=made(num_format="yyyy-mm-dd", align="center", **ruled),
            total=made(bold=True, num_format="0", **ruled),
            none=made(align="right", font_color="#5C6B64", **ruled),
        )


class Sheet:
    """A worksheet and the row that comes next."""

    def __init__(self, worksheet: Any, formats: Formats) -> None:
        self.worksheet = worksheet
        self.formats = formats
        self.row = 0

    def line(self, text: str, style: Any) -> None:
        """A line of text in the first column."""
        self.worksheet.write_string(self.row, 0, text, style)
        self.row += 1

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def head(self, texts: Sequence[str], height: float = 0) -> int:
        """A row of column heads; returns its row."""
        if height:
            self.worksheet.set_row(self.row, height)
        for column, text in enumerate(texts):
            self.worksheet.write_string(self.row, column, text, self.formats.head)
        self.row += 1
        return self.row - 1

    def values(self, values: Sequence[Value], total: bool = False) -> int:
        """A row of values, each in its own format; returns its row."""
        for column, value in enumerate(values):
            self._value(column, value, total)
        self.row += 1
        return self.row - 1

    def _value(self, column: int, value: Value, total: bool) -> None:
        sheet, formats, row = self.worksheet, self.formats, self.row
        if isinstance(value, Rate):
            value = value.value
            if value is not None:
                sheet.write_number(row, column, value, formats.percent)
                return
        if value is None:
            sheet.write_string(row, column, NONE, formats.none)
        elif isinstance(value, str):
            sheet.write_string(row, column, cell_text(value), formats.total if total else formats.text)
        elif isinstance(value, date):
            sheet.write_number(row, column, value.toordinal() - EXCEL_EPOCH, formats.day)
        elif isinstance(value, Decimal):
            sheet.write_number(row, column, float(value), formats.money)
        elif isinstance(value, float):
            sheet.write_number(row, column, value, formats.decimal)
        else:
            sheet.write_number(row, column, value, formats.total if total else formats.whole)


def cell_text(text: str, rest: str = "…") -> str:
    """The text as Excel takes it; one too long for a cell ends with ``rest``, so that nobody thinks it is whole."""
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST - len(rest) * 2) * 2]
    return kept.decode("utf-16-le", "ignore") + rest


def printed(
    worksheet: Any, *, landscape: bool, title: str, repeat: int | None = None, pages: tuple[int, int] = (1, 0)
) -> None:
    """A4, page numbers in the footer, the head repeated; ``pages`` wide and high (0: as many as it takes)."""
    worksheet.set_paper(9)
    if landscape:
        worksheet.set_landscape()
    worksheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    worksheet.fit_to_pages(*pages)
    worksheet.set_header("&C&10" + title.replace("&", "&&"))
    worksheet.set_footer("&C&9&P / &N")
    if repeat is not None:
        worksheet.repeat_rows(repeat)
