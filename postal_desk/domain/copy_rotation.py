"""Which copies of a desk are kept: many of the last hours, fewer of the last days, weeks, months."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

RECENT, DAYS, WEEKS, MONTHS = 12, 14, 8, 24


@dataclass(frozen=True, slots=True, order=True)
class CopyMoment:
    """A copy by its running number, which only ever counts up, and the local time it was made at.

    What is newer is told by the number: a clock that was wrong for a day must not cost a good copy.
    """

    number: int
    made_at: datetime


def kept(copies: Iterable[CopyMoment]) -> frozenset[CopyMoment]:
    """The copies to keep: the newest 12, and the newest of each of the last 14 days, 8 weeks, 24 months with any."""
    newest_first = sorted(copies, reverse=True)
    keep = set(newest_first[:RECENT])
    for periods, period_of in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        keep.update(_newest_of_each(newest_first, period_of, periods))
    return frozenset(keep)


def _newest_of_each(
    newest_first: list[CopyMoment], period_of: Callable[[datetime], Hashable], periods: int
) -> list[CopyMoment]:
    found: dict[Hashable, CopyMoment] = {}
    for copy in newest_first:
        found.setdefault(period_of(copy.made_at), copy)
        if len(found) == periods:
            break
    return list(found.values())


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return tuple(moment.isocalendar())[:2]


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month


def last_day(copies: Iterable[CopyMoment], copy: CopyMoment) -> date:
    """The day on which a copy goes, if from now on one copy a day is made, each later than all there are."""
    known = sorted(copies)
    number, moment = known[-1].number, known[-1].made_at
    while copy in known:
        number, moment = number + 1, moment + timedelta(days=1)
        known = sorted(kept([*known, CopyMoment(number, moment)]))
    return moment.date()
