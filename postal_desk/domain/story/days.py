"""From a partial date to the one day it means, seen from the day of entry."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from postal_desk.domain.story.reading import Span

#: How far ahead a deadline without a year may lie.
AHEAD = timedelta(days=75)
OLDEST = 1900


@dataclass(frozen=True)
class Bases:
    """The day from which a place in the text is seen: the day of entry, in a chat the day of the message."""

    on: date
    messages: Sequence[tuple[Span, date]] = ()

    def at(self, place: int) -> date:
        """The base day of a place."""
        for (start, end), day in self.messages:
            if start <= place < end:
                return day
        return self.on


def make(year: int, month: int, day: int) -> date | None:
    """The date, or ``None`` where there is none."""
    if not (OLDEST <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def latest(month: int, day: int, base: date) -> date | None:
    """The latest such day not after ``base`` (29 February may lie years back)."""
    for year in range(base.year, base.year - 8, -1):
        found = make(year, month, day)
        if found is not None and found <= base:
            return found
    return None


def coming(month: int, day: int, base: date) -> date | None:
    """The next such day after ``base``, if it is near."""
    for year in (base.year, base.year + 1):
        found = make(year, month, day)
        if found is not None and base < found <= base + AHEAD:
            return found
    return None


def day_of_month(day: int, base: date, months: int | None) -> date | None:
    """A day without month: ``months`` 0 this month, −1 the last; ``None``: the latest not after ``base``."""
    if months is not None:
        index = base.year * 12 + base.month - 1 + months
        return make(index // 12, index % 12 + 1, day)
    for back in range(3):
        found = day_of_month(day, base, -back)
        if found is not None and found <= base:
            return found
    return None


def coming_day(day: int, base: date) -> date | None:
    """A day without month that is still to come: in this month, else in the next."""
    return next(
        (found for ahead in (0, 1) if (found := day_of_month(day, base, ahead)) and found > base), None
    )


def weekday(number: int, base: date, weeks: int | None) -> date:
    """A weekday (Monday 0): ``weeks`` 0 in this week, −1 in the last; ``None``: the latest not after ``base``."""
    if weeks is None:
        return base - timedelta(days=(base.weekday() - number) % 7)
    return base - timedelta(days=base.weekday()) + timedelta(days=number, weeks=weeks)


def shifted(base: date, days: int) -> date:
    """So many days later."""
    return base + timedelta(days=days)
