"""Calendar months, the period of every summary."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from postal_desk.domain.sentences import Label, Refusal, say
from postal_desk.domain.text_rule import excerpt

_WRITTEN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_LAST_MONTH_UNTIL = 10  # up to this day of a month people still work on the last one
_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; ``str()`` gives ``2019-07``, and months sort by time."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.year <= 9999):
            raise ValueError(f"no month {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """``2019-07``, from 1900-01 to 2999-12, or :class:`Refusal`."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
            raise Refusal(
                say("“{text}” is not a month; write it like {example}", text=excerpt(text), example="2019-07")
            )
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def days(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.month)[1]

    @property
    def label(self) -> Label:
        """Its name: 2019年7月, July 2019."""
        return Label(f"{self.year}年{self.month}月", f"{_NAMES[self.month - 1]} {self.year}")

    @property
    def previous(self) -> Month:
        """The month before."""
        return self.plus(-1)

    @property
    def next(self) -> Month:
        """The month after."""
        return self.plus(1)

    @property
    def same_month_last_year(self) -> Month:
        """The month a year before."""
        return self.plus(-12)

    @property
    def year_to_date(self) -> tuple[date, date]:
        """First and last day of the year's part that ends with this month."""
        return date(self.year, 1, 1), self.last

    def plus(self, months: int) -> Month:
        """The month so many months later (or earlier, if negative)."""
        year, month0 = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month0 + 1)

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from ``first`` to ``last``, both inclusive; none if ``last`` is earlier."""
    month = first
    while month <= last:
        yield month
        month = month.next


def months_until(last: Month, count: int) -> list[Month]:
    """The ``count`` months that end with ``last``, oldest first."""
    return [last.plus(-back) for back in range(count - 1, -1, -1)]


def default_month(today: date) -> Month:
    """The month a summary is wanted for: from the 1st to the 10th the last one, then the running one."""
    month = Month.of(today)
    return month.previous if today.day <= _LAST_MONTH_UNTIL else month


class _Ending(Protocol):
    """A month, or several."""

    @property
    def last(self) -> date: ...


def as_of(month: _Ending, today: date) -> date:
    """The day on which "in progress" and "overdue" are judged: the last of the month, today while it runs."""
    return min(month.last, today)


def until(month: _Ending, today: date) -> date | None:
    """For title and file name (截至 M月D日): today if the month goes on after it, else ``None``."""
    return today if today < month.last else None
