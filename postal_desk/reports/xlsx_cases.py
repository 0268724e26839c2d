"""The case list of the workbook: one row a case, head frozen, with filters. Rows are written as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from postal_desk.domain.rules import Rules
from postal_desk.reports.words import Words
from postal_desk.reports.xlsx_rows import RowSheet, format_index
from postal_desk.reports.xlsx_sheets import EXCEL_EPOCH, MOST_ROWS, Formats, printed


class CaseLine(NamedTuple):
    """One case of the list, masked already unless the export is not. Days are ISO text, ``""`` if there is none.

    ``carried`` marks a case that came in before the month and stands here because it was closed in it or is open.
    ``due`` is its last reply day; ``paid`` is whole fen, 0 for nothing.
    """

    number: str
    kind: str
    business: str
    category: str
    channel: str
    status: str
    opened_on: str
    answered_on: str
    closed_on: str
    due: str
    subject: str
    narrative: str
    remedy: str
    praise: str
    outlet: str
    handler: str
    customer: str
    phone: str
    address: str
    age_band: str
    vulnerable: tuple[str, ...]
    items: tuple[str, ...]
    outcomes: tuple[str, ...]
    paid: int
    responsibility: str
    opinion: str
    fraud: bool
    overdue: bool
    carried: bool
    days: int


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


Value = str | float | None


class Column(NamedTuple):
    """One column: its head, its width in characters, its format (text, day, whole, money) and what it shows."""

    head: str
    width: float
    kind: str
    value: Callable[[CaseLine], Value]


def columns(rules: Rules, words: Words) -> tuple[Column, ...]:
    """The columns of the list in their order."""
    names = Names(rules, words)
    yes, no = words.t("yes"), words.t("no")
    comma = "、" if words.chinese else ", "
    of = names.of
    return (
        Column(words.t("Case number"), 21, "text", lambda line: line.number),
        Column(words.t("Opened on"), 11, "day", lambda line: serial(line.opened_on)),
        Column(words.t("Carried over"), 8, "text", lambda line: yes if line.carried else no),
        Column(words.t("Kind"), 9, "text", lambda line: of("kinds", line.kind)),
        Column(words.t("Business"), 11, "text", lambda line: of("business", line.business)),
        Column(words.t("Category"), 22, "text", lambda line: of("categories", line.category)),
        Column(words.t("Channel"), 13, "text", lambda line: of("channels", line.channel)),
        Column(words.t("Outlet"), 16, "text", lambda line: line.outlet),
        Column(words.t("Handler"), 9, "text", lambda line: line.handler),
        Column(words.t("Customer"), 10, "text", lambda line: line.customer),
        Column(words.t("Phone"), 15, "text", lambda line: line.phone),
        Column(words.t("Address"), 24, "text", lambda line: line.address),
        Column(words.t("Age"), 9, "text", lambda line: of("age_bands", line.age_band)),
        Column(
            words.t("Vulnerable"),
            10,
            "text",
            lambda line: comma.join(of("vulnerabilities", each) for each in line.vulnerable),
        ),
        Column(words.t("Mail items"), 18, "text", lambda line: comma.join(line.items)),
        Column(words.t("Subject"), 32, "text", lambda line: line.subject),
        Column(words.t("Narrative"), 50, "text", lambda line: line.narrative),
        Column(words.t("Remedy sought"), 20, "text", lambda line: line.remedy),
        Column(words.t("Suspected fraud"), 11, "text", lambda line: yes if line.fraud else no),
        Column(words.t("Status"), 9, "text", lambda line: of("statuses", line.status)),
        Column(words.t("Reply was due"), 11, "day", lambda line: serial(line.due)),
        Column(words.t("Answered on"), 11, "day", lambda line: serial(line.answered_on)),
        Column(words.t("Closed on"), 11, "day", lambda line: serial(line.closed_on)),
        Column(words.t("Days taken"), 6, "whole", lambda line: line.days),
        Column(words.t("Overdue"), 7, "text", lambda line: yes if line.overdue else no),
        Column(words.t("Responsibility"), 10, "text", lambda line: of("responsibility", line.responsibility)),
        Column(
            words.t("Outcome"),
            20,
            "text",
            lambda line: comma.join(of("dispositions", each) for each in line.outcomes),
        ),
        Column(words.t("Compensation (yuan)"), 11, "money", lambda line: line.paid / 100 or None),
        Column(words.t("Customer's opinion"), 10, "text", lambda line: of("opinions", line.opinion)),
        Column(words.t("Praise text"), 24, "text", lambda line: line.praise),
    )


@cache
def serial(day: str) -> int | None:
    """An ISO day as Excel counts days; ``None`` for no day."""
    return date.fromisoformat(day).toordinal() - EXCEL_EPOCH if day else None


def write_cases(
    sheet: RowSheet, lines: Iterable[CaseLine], rules: Rules, words: Words, formats: Formats, title: str
) -> int:
    """Write head and rows and return how many cases there are. More than Excel holds is a :class:`ValueError`."""
    shown = columns(rules, words)
    for at, column in enumerate(shown):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.head, formats.head)
    sheet.freeze_panes(1, 1)
    styles = {name: format_index(getattr(formats, name)) for name in ("text", "day", "whole", "money")}
    sheet.begin_rows([styles[column.kind] for column in shown], 1)
    readers = [column.value for column in shown]
    row = 0
    for row, line in enumerate(lines, 1):
        if row > MOST_ROWS:
            raise ValueError(f"a worksheet holds no more than {MOST_ROWS} cases")
        sheet.write_cells(row, [read(line) for read in readers])
    sheet.autofilter(0, 0, max(row, 1), len(shown) - 1)
    sheet.repeat_columns(0)
    printed(sheet, landscape=True, title=title, repeat=0, pages=(3, 0))
    return row
