"""The cases behind a figure of the monthly summary, as a filter of the case list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import OPEN_STATES
from postal_desk.domain.summaries import POSITIVE_OPINIONS, Summary
from postal_desk.services.desk import Desk
from postal_desk.store import summary_queries as queries
from postal_desk.store.work import Work

#: A list of single cases is cut here; SQLite takes some thirty thousand values in one query.
MOST = 10_000
#: A filter that meets no case at all.
NOTHING = CaseFilter(numbers=("",))
PARTS = ("category", "kind", "channel", "business", "outlet")


def cases_behind(desk: Desk, figures: Summary, figure: str, part: str = "", code: str = "") -> CaseFilter:
    """The filter that shows the cases a figure counts.

    ``figure`` is its name in JSON (``received``, ``in_time_rate``, ``praise`` …); ``part`` and ``code`` narrow it to
    one row of a breakdown (``category``, ``01``). Figures of one day in the past list their cases by number.
    Raises :class:`KeyError` for a figure that has no cases.
    """
    if part and part not in PARTS:
        raise KeyError(part)
    month = figures.month
    received = CaseFilter(opened_from=month.first, opened_to=month.last)
    closed = CaseFilter(closed_from=month.first, closed_to=month.last)
    due = CaseFilter(due_from=month.first, due_to=month.last)
    asked = tuple(row.code for row in figures.opinions if row.code != "not_asked")
    simple = {
        "received": received,
        "closed": closed,
        "mean_days": closed,
        "closed_first_time_rate": closed,
        "acknowledged_rate": received,
        "closing_rate": due,
        "in_time_rate": due,
        "satisfaction_rate": replace(closed, opinions=asked or POSITIVE_OPINIONS),
        "praise": replace(received, praise=True),
    }
    found = simple.get(figure) or _by_number(desk, figures, figure)
    return replace(found, **{part: code}) if part and code else found


def _by_number(desk: Desk, figures: Summary, figure: str) -> CaseFilter:
    """Figures whose cases no filter describes: as they stood on a day, or by what came of them."""
    day, span = figures.as_of, (figures.month.first, figures.month.last)
    today = day == desk.today()
    if figure == "overdue":
        if today:
            return CaseFilter(overdue=True, statuses=tuple(sorted(OPEN_STATES)))
        return _numbered([case.number for case in figures.overdue_cases])
    if figure == "in_progress" and today:
        return CaseFilter(statuses=tuple(sorted(OPEN_STATES)), opened_to=day)
    finders: dict[str, Callable[[Work], Sequence[str]]] = {
        "in_progress": lambda work: queries.open_numbers(work, day),
        "compensation": lambda work: queries.outcome_numbers(work, "compensated", span),
        "fraud_prevented": lambda work: queries.outcome_numbers(work, "fraud_prevented", span),
        "repeated": lambda work: queries.repeated_numbers(work, span),
        "typical": lambda work: queries.typical_numbers(work, span),
    }
    find = finders[figure]
    with desk.work() as work:
        return _numbered(find(work))


def _numbered(numbers: Sequence[str]) -> CaseFilter:
    return CaseFilter(numbers=tuple(numbers[:MOST])) if numbers else NOTHING
