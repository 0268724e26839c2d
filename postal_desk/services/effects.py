"""Whether a measure helped, by the branch's own monthly figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from postal_desk.domain.effects import WINDOW, EffectFigures, MonthCount, effect_of
from postal_desk.domain.measures import Measure
from postal_desk.domain.periods import Month, months_between
from postal_desk.services.desk import Desk
from postal_desk.store import record_queries
from postal_desk.store.work import Work

__all__ = ["effect_of_measure", "effects_within"]


def effect_of_measure(desk: Desk, measure: Measure, until: date | None = None) -> EffectFigures | None:
    """The figures around the day from which the measure holds, up to the last whole month before ``until`` (today).

    ``None`` for a measure without a category (there is nothing to count) or not in force yet.
    """
    with desk.work() as work:
        return effects_within(work, [measure], until or desk.today())[0]


def effects_within(work: Work, measures: Sequence[Measure], until: date) -> list[EffectFigures | None]:
    """The same for several measures, within one open work."""
    begun = record_queries.first_case_on(work)
    return [_effect(work, measure, until, begun) for measure in measures]


def _effect(work: Work, measure: Measure, until: date, begun: date | None) -> EffectFigures | None:
    day = measure.effective_on
    if not measure.category or day is None or begun is None or day > until:
        return None
    since = Month.of(day)
    first = max(since.plus(-WINDOW), _first_whole(begun))
    last = min(since.plus(WINDOW), _last_whole(until))
    if last < since:
        last = since
    cases = work.once(record_queries.monthly_cases, first.first, last.last, measure.category, measure.outlets)
    items = work.once(record_queries.items_carried, measure.outlets)
    counts = [
        MonthCount(month, cases.get(month, 0), items.get(month)) for month in months_between(first, last)
    ]
    return effect_of(counts, since)


def _first_whole(begun: date) -> Month:
    """The first month of which the desk knows every day; cases of a few days late in a month are not a month."""
    month = Month.of(begun)
    return month if begun.day <= 7 else month.next


def _last_whole(until: date) -> Month:
    month = Month.of(until)
    return month if until == month.last else month.previous
