"""What a save is told whose days lie in closed months: the change is kept, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from postal_desk.domain.cases import Case
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Sentence, say
from postal_desk.store import closing_records
from postal_desk.store.case_rows import Placed
from postal_desk.store.work import Work


def closed_month_warnings(work: Work, placed: Iterable[Placed]) -> tuple[Sentence, ...]:
    """One sentence for each closed month in which these cases were opened, closed or compensated."""
    months = sorted({str(Month.of(day)) for one in placed for day in _days(one.case)})
    closed = closing_records.closed_months(work) if months else {}
    return tuple(
        say(
            "{month} is closed ({number}): the figures handed in stay as they are; this change shows there as a "
            "difference until the month is closed again as a revision",
            month=Month.parse(month).label,
            number=closed[month],
        )
        for month in months
        if month in closed
    )


def _days(case: Case) -> Iterator[date]:
    """The days by which months count a case."""
    yield case.opened_on
    if case.closed_on is not None:
        yield case.closed_on
    for disposition in case.dispositions:
        if disposition.on is not None:
            yield disposition.on
