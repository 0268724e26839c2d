"""What the figures of a closed month rest on, so that later work on its cases can be told from late entries.

Closing, answering or writing steps after the month's end changes none of its figures: they are those of its last day.
What comes to be known later of a case by its nature (responsibility, the customer's opinion, a reopening) moves
figures too, but is no entry that came late.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from postal_desk.domain.cases import Case
from postal_desk.domain.periods import Month


def facts_of(case: Case, month: Month) -> tuple[Any, ...]:
    """Everything about a case that was known on the month's last day and is counted in its figures; empty for none."""
    if case.opened_on > month.last:
        return ()
    closed, answered = (_until(day, month.last) for day in (case.closed_on, case.answered_on))
    if closed is not None and closed < month.first:
        return _outcomes(case, month)
    place = (case.kind, case.category, case.channel, case.business, case.outlet)
    clocks = tuple(item.posted_on for item in case.items)
    received: tuple[Any, ...] = ()
    if case.opened_on in month:
        received = (_until(case.accepted_on, month.last), bool(case.praise), case.customer.phone)
    return (case.opened_on, *place, closed, answered, clocks, received, *_outcomes(case, month))


def _outcomes(case: Case, month: Month) -> tuple[Any, ...]:
    decided = [one for one in case.dispositions if one.on is not None and one.on in month]
    return tuple((one.kind, one.amount, one.on) for one in decided)


def _until(day: date | None, last: date) -> date | None:
    """A day as it was known at the month's end."""
    return day if day is not None and day <= last else None
