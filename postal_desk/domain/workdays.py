"""Working days: the calendar of public holidays and make-up working days, and counting by it.

The calendar is data (one :class:`CalendarYear` a year with a published notice). In a year with no data
weekends are rest days and nothing else is known; every result then says ``complete=False``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from postal_desk.domain.holiday_notices import parse_notice, parse_pasted_holidays
from postal_desk.domain.rules import CalendarYear
from postal_desk.domain.sentences import Label

__all__ = [
    "Calendar",
    "RestDay",
    "WorkingDay",
    "add_working_days",
    "calendar_known",
    "is_working_day",
    "missing_year",
    "next_working_day",
    "parse_notice",
    "parse_pasted_holidays",
    "rest_day",
    "working_days_until",
]

Calendar = Mapping[int, CalendarYear]

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_NOTICE_IS_OUT = 12  # the month in which the notice of the next year has been published


@dataclass(frozen=True, slots=True)
class RestDay:
    """A rest day that was passed over; ``holiday`` is its name, ``None`` for a plain weekend day."""

    day: date
    holiday: Label | None = None


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A working day reached by counting.

    ``skipped`` are the rest days passed over, ``made_up`` the weekend days that counted because they are
    make-up working days, ``unknown_years`` the years that were counted without a calendar.
    """

    day: date
    skipped: tuple[RestDay, ...] = ()
    made_up: tuple[date, ...] = ()
    unknown_years: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """True if the calendar of every day looked at is on file."""
        return not self.unknown_years


def calendar_known(year: int, calendar: Calendar) -> bool:
    """True if the year's holidays are on file."""
    return year in calendar


def missing_year(today: date, calendar: Calendar) -> int | None:
    """The year whose holidays should be on file by now and are not: this one, from 1 December the next one."""
    if today.year not in calendar:
        return today.year
    due = today.month == _NOTICE_IS_OUT and today.year + 1 not in calendar
    return today.year + 1 if due else None


def rest_day(day: date, calendar: Calendar) -> RestDay | None:
    """The day as a rest day with its holiday's name, or ``None`` if it is a working day."""
    notice = calendar.get(day.year)
    if notice is not None:
        if day in notice.working_days:
            return None
        if day in notice.holidays:
            return RestDay(day, notice.holidays[day])
    return RestDay(day) if day.weekday() >= _SATURDAY else None


def is_working_day(day: date, calendar: Calendar) -> bool:
    """True on working days, make-up working days included; in a year without a calendar: Monday to Friday."""
    return rest_day(day, calendar) is None


def add_working_days(start: date, count: int, calendar: Calendar) -> WorkingDay:
    """The ``count``-th working day after ``start``; the day of ``start`` itself is not counted.

    ``count`` is at least 1. :class:`OverflowError` beyond the year 9999.
    """
    if count < 1:
        raise ValueError("count at least one working day")
    skipped: list[RestDay] = []
    made_up: list[date] = []
    unknown: dict[int, None] = {}
    day = start
    while count:
        day += _ONE_DAY
        if day.year not in calendar:
            unknown[day.year] = None
        rest = rest_day(day, calendar)
        if rest is not None:
            skipped.append(rest)
            continue
        count -= 1
        if day.weekday() >= _SATURDAY:
            made_up.append(day)
    return WorkingDay(day, tuple(skipped), tuple(made_up), tuple(unknown))


def next_working_day(day: date, calendar: Calendar) -> WorkingDay:
    """The day itself if it is a working day, else the first working day after it."""
    rest = rest_day(day, calendar)
    unknown = () if day.year in calendar else (day.year,)
    if rest is None:
        made_up = (day,) if day.weekday() >= _SATURDAY else ()
        return WorkingDay(day, (), made_up, unknown)
    later = add_working_days(day, 1, calendar)
    years = tuple(dict.fromkeys(unknown + later.unknown_years))
    return WorkingDay(later.day, (rest, *later.skipped), later.made_up, years)


def working_days_until(today: date, day: date, calendar: Calendar, at_most: int) -> int:
    """How many working days lie after ``today`` up to and including ``day``, counted no further than
    ``at_most`` + 1.

    0 if ``day`` is today or past.
    """
    found = 0
    current = today
    while current < day and found <= at_most:
        current += _ONE_DAY
        found += is_working_day(current, calendar)
    return found
