"""The cases behind each figure of a month, as a filter of the case list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from postal_desk.domain import periods
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.month_ranges import Span
from postal_desk.domain.status_groups import OPEN_STATES
from postal_desk.services.desk import Desk
from postal_desk.services.summaries import NOT_ASKED, rolling_span
from postal_desk.store import summary_queries as queries
from postal_desk.store.work import Work

FIGURES = (
    *("received", "closed", "due", "late", "asked", "in_progress", "overdue"),
    *("repeated", "praise", "compensated", "fraud_prevented", "recurrence"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a month: its name (one of :data:`FIGURES`), and what it is narrowed down to.

    ``due`` are the cases that the closing rate and the in-time rate are taken of, ``late`` those of them not answered
    in time, ``asked`` the closed ones with an opinion. ``outlet`` ``None`` is the whole branch, ``""`` the cases
    without an outlet. ``category`` may be of level 1; ``recurrence`` needs an outlet and the exact category.
    """

    name: str
    outlet: str | None = None
    category: str = ""


@dataclass(frozen=True)
class _Asked:
    """What the parts below need to know."""

    desk: Desk
    work: Work
    month: Span
    figure: Figure

    @property
    def span(self) -> queries.Span:
        return self.month.first, self.month.last


def cases_behind(desk: Desk, month: Span, figure: Figure) -> CaseFilter | None:
    """The filter that lists exactly the cases a figure counts; ``None`` if it counts none.

    A figure that no filter can say is answered by the numbers of its cases, as they stand now.
    """
    with desk.work() as work:
        found = _PARTS[figure.name](_Asked(desk, work, month, figure))
    return found if isinstance(found, CaseFilter) else _of_numbers(found, figure)


_Answer: TypeAlias = CaseFilter | list[str]


def _of_numbers(numbers: list[str], figure: Figure) -> CaseFilter | None:
    """Single cases, narrowed down by what the list itself can tell."""
    if not numbers:
        return None
    outlet = "" if figure.name == "recurrence" else figure.outlet or ""
    category = "" if figure.name == "recurrence" else figure.category
    return CaseFilter(numbers=tuple(numbers), outlet=outlet, category=category)


def _by_day(asked: _Asked, column: str, filter: CaseFilter) -> _Answer:
    """A figure counted by a day of the case; cases without an outlet are picked by number."""
    figure = asked.figure
    if figure.outlet == "":
        return queries.numbers_without_outlet(asked.work, column, asked.span)
    return replace(filter, outlet=figure.outlet or "", category=figure.category)


def _received(asked: _Asked) -> _Answer:
    first, last = asked.span
    return _by_day(asked, "opened_on", CaseFilter(opened_from=first, opened_to=last))


def _closed(asked: _Asked) -> _Answer:
    first, last = asked.span
    return _by_day(asked, "closed_on", CaseFilter(closed_from=first, closed_to=last))


def _due(asked: _Asked) -> _Answer:
    first, last = asked.span
    return _by_day(asked, "last_due", CaseFilter(due_from=first, due_to=last))


def _asked(asked: _Asked) -> _Answer:
    opinions = tuple(code for code in asked.desk.rules.codes["opinions"] if code != NOT_ASKED)
    found = _closed(asked)
    if isinstance(found, CaseFilter):
        return replace(found, opinions=opinions)
    return CaseFilter(numbers=tuple(found), opinions=opinions) if found else []


def _praise(asked: _Asked) -> _Answer:
    found = _received(asked)
    if isinstance(found, CaseFilter):
        return replace(found, praise=True)
    return CaseFilter(numbers=tuple(found), praise=True) if found else []


def _in_progress(asked: _Asked) -> _Answer:
    today = asked.desk.today()
    if today in asked.month:  # it is the list of today
        return CaseFilter(opened_to=today, statuses=tuple(sorted(OPEN_STATES)))
    return queries.open_numbers(asked.work, periods.as_of(asked.month, today))


def _overdue(asked: _Asked) -> _Answer:
    found = queries.overdue_cases(asked.work, periods.as_of(asked.month, asked.desk.today()))
    outlet = asked.figure.outlet
    return [case.number for case in found if outlet is None or case.outlet == outlet]


def _recurrence(asked: _Asked) -> _Answer:
    figure = asked.figure
    return queries.recurring_numbers(
        asked.work, rolling_span(asked.month), figure.outlet or "", figure.category
    )


_PARTS: dict[str, Callable[[_Asked], _Answer]] = {
    "received": _received,
    "closed": _closed,
    "due": _due,
    "late": lambda asked: queries.late_numbers(asked.work, asked.span),
    "asked": _asked,
    "in_progress": _in_progress,
    "overdue": _overdue,
    "repeated": lambda asked: queries.repeated_numbers(asked.work, asked.span),
    "praise": _praise,
    "compensated": lambda asked: queries.outcome_numbers(asked.work, "compensated", asked.span),
    "fraud_prevented": lambda asked: queries.outcome_numbers(asked.work, "fraud_prevented", asked.span),
    "recurrence": _recurrence,
}
