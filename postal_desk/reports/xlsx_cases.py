"""The case list of the workbook: one row a case, head frozen, with filters. Rows are written as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from postal_desk.domain.cases import Case
from postal_desk.domain.rules import Rules
from postal_desk.reports.words import Words
from postal_desk.reports.xlsx_sheets import EXCEL_EPOCH, LONGEST, MOST_ROWS, Formats, cell_text, printed


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of the list, masked already unless the export is not. ``due`` is its last reply day.

    ``carried`` marks a case that came in before the month and stands here because it was closed in it or is open.
    """

    case: Case
    due: date | None
    overdue: bool
    carried: bool
    elapsed_days: int


class Names:
    """Names of codes in one language, looked up once each."""

    def __init__(self, rules: Rules, words: Words) -> None:
        self._rules = rules
        self._words = words
        self._known: dict[tuple[str, str], str] = {}

    def of(self, list_name: str, code: str) -> str:
        """The name of a code, ``""`` for none."""
        key = (list_name, code)
        name = self._known.get(key)
        if name is None:
            name = self._known[key] = self._look_up(list_name, code)
        return name

    def _look_up(self, list_name: str, code: str) -> str:
        if not code:
            return ""
        if list_name == "categories":
            return self._words.name(self._rules.category_name(code))
        return self._words.name(self._rules.name(list_name, code))


Text = Callable[[CaseLine], str]
Number = Callable[[CaseLine], float | None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its width in characters, and what it shows (``kind``: text, wrapped, day, whole, money)."""

    head: str
    width: float
    kind: str
    text: Text | None = None
    number: Number | None = None


def columns(rules: Rules, words: Words) -> tuple[Column, ...]:
    """The columns of the list in their order."""
    names = Names(rules, words)
    yes, no = words.t("yes"), words.t("no")
    comma = "、" if words.chinese else ", "

    def code(list_name: str, field: str) -> Text:
        return lambda line: names.of(list_name, getattr(line.case, field))

    def plain(field: str) -> Text:
        return lambda line: getattr(line.case, field)

    def customer(field: str) -> Text:
        return lambda line: getattr(line.case.customer, field)

    def day(field: str) -> Number:
        return lambda line: _serial(getattr(line.case, field))

    def flag(value: Callable[[CaseLine], bool]) -> Text:
        return lambda line: yes if value(line) else no

    def outcomes(line: CaseLine) -> str:
        return comma.join(names.of("dispositions", d.kind) for d in line.case.dispositions)

    def paid(line: CaseLine) -> float | None:
        amounts = [
            d.amount for d in line.case.dispositions if d.kind == "compensated" and d.amount is not None
        ]
        return float(sum(amounts)) if amounts else None

    def vulnerable(line: CaseLine) -> str:
        return comma.join(names.of("vulnerabilities", each) for each in line.case.customer.vulnerable)

    def items(line: CaseLine) -> str:
        return comma.join(item.number for item in line.case.items if item.number)

    return (
        Column(words.t("Case number"), 21, "text", plain("number")),
        Column(words.t("Opened on"), 11, "day", number=day("opened_on")),
        Column(words.t("Carried over"), 8, "text", flag(lambda line: line.carried)),
        Column(words.t("Kind"), 9, "text", code("kinds", "kind")),
        Column(words.t("Business"), 11, "text", code("business", "business")),
        Column(words.t("Category"), 22, "text", code("categories", "category")),
        Column(words.t("Channel"), 13, "text", code("channels", "channel")),
        Column(words.t("Outlet"), 16, "text", plain("outlet")),
        Column(words.t("Handler"), 9, "text", plain("handler")),
        Column(words.t("Customer"), 10, "text", customer("name")),
        Column(words.t("Phone"), 15, "text", customer("phone")),
        Column(words.t("Address"), 24, "text", customer("address")),
        Column(words.t("Age"), 9, "text", lambda line: names.of("age_bands", line.case.customer.age_band)),
        Column(words.t("Vulnerable"), 10, "text", vulnerable),
        Column(words.t("Mail items"), 18, "text", items),
        Column(words.t("Subject"), 32, "text", plain("subject")),
        Column(words.t("Narrative"), 50, "text", plain("narrative")),
        Column(words.t("Remedy sought"), 20, "text", plain("remedy")),
        Column(words.t("Suspected fraud"), 8, "text", flag(lambda line: line.case.fraud)),
        Column(words.t("Status"), 9, "text", code("statuses", "status")),
        Column(words.t("Reply was due"), 11, "day", number=lambda line: _serial(line.due)),
        Column(words.t("Answered on"), 11, "day", number=day("answered_on")),
        Column(words.t("Closed on"), 11, "day", number=day("closed_on")),
        Column(words.t("Days taken"), 6, "whole", number=lambda line: line.elapsed_days),
        Column(words.t("Overdue"), 7, "text", flag(lambda line: line.overdue)),
        Column(words.t("Responsibility"), 10, "text", code("responsibility", "responsibility")),
        Column(words.t("Outcome"), 20, "text", outcomes),
        Column(words.t("Compensation (yuan)"), 11, "money", number=paid),
        Column(words.t("Customer's opinion"), 10, "text", code("opinions", "opinion")),
        Column(words.t("Praise text"), 24, "text", plain("praise")),
    )


def _serial(day: date | None) -> float | None:
    return None if day is None else day.toordinal() - EXCEL_EPOCH


def write_cases(
    worksheet: Any, lines: Iterable[CaseLine], rules: Rules, words: Words, formats: Formats, title: str
) -> int:
    """Write head and rows and return how many cases there are. More than Excel holds is a :class:`ValueError`."""
    shown = columns(rules, words)
    for at, column in enumerate(shown):
        worksheet.set_column(at, at, column.width)
        worksheet.write_string(0, at, column.head, formats.head)
    worksheet.freeze_panes(1, 1)
    styles = {"text": formats.text, "day": formats.day, "whole": formats.whole, "money": formats.money}
    texts = [(at, column.text, styles[column.kind]) for at, column in enumerate(shown) if column.text]
    numbers = [(at, column.number, styles[column.kind]) for at, column in enumerate(shown) if column.number]
    write_string, write_number = worksheet.write_string, worksheet.write_number
    row = 0
    for row, line in enumerate(lines, 1):
        if row > MOST_ROWS:
            raise ValueError(f"a worksheet holds no more than {MOST_ROWS} cases")
        for at, text, style in texts:
            if value := text(line):
                write_string(row, at, value if len(value) * 2 <= LONGEST else cell_text(value), style)
        for at, number, style in numbers:
            if (found := number(line)) is not None:
                write_number(row, at, found, style)
    worksheet.autofilter(0, 0, max(row, 1), len(shown) - 1)
    printed(worksheet, landscape=True, title=title, repeat=0)
    return row
