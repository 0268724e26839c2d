"""Several whole months as one period: a quarter, a half-year, a year, or any run of months.

A :class:`MonthRange` answers to the same names as a :class:`~postal_desk.domain.periods.Month`, so that whatever sums
up a month sums it up too. Which of the named kinds it is follows from its ends alone: January to March *is* the first
quarter, however somebody asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from postal_desk.domain.periods import Month, months_between
from postal_desk.domain.sentences import Label, Refusal, say

LONGEST = 120  # months
_ZH = "一二三四"
_EN = ("first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True, order=True)
class MonthRange:
    """The months from ``start`` to ``end``, at least two. ``str()`` gives the shortest way to write it."""

    start: Month
    end: Month

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError(f"no range {self.start} to {self.end}")

    @property
    def size(self) -> int:
        """How many months."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def kind(self) -> str:
        """``quarter``, ``half``, ``year`` or ``range``."""
        size, first = self.size, self.start.month - 1
        for kind, months in (("quarter", 3), ("half", 6), ("year", 12)):
            if size == months and first % months == 0:
                return kind
        return "range"

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months, oldest first."""
        return tuple(months_between(self.start, self.end))

    @property
    def year(self) -> int:
        """The year in which it ends."""
        return self.end.year

    @property
    def first(self) -> date:
        """Its first day."""
        return self.start.first

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def previous(self) -> MonthRange:
        """As many months just before."""
        return self.plus(-self.size)

    @property
    def next(self) -> MonthRange:
        """As many months just after."""
        return self.plus(self.size)

    @property
    def same_month_last_year(self) -> MonthRange:
        """The same months a year before."""
        return self.plus(-12)

    @property
    def year_to_date(self) -> tuple[date, date]:
        """First and last day of the year's part that ends with it (all of it, where it began in an earlier year)."""
        return min(self.first, date(self.year, 1, 1)), self.last

    def plus(self, months: int) -> MonthRange:
        """The range so many months later (or earlier, if negative)."""
        return MonthRange(self.start.plus(months), self.end.plus(months))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        year, first = self.start.year, self.start.month - 1
        return {
            "quarter": f"{year:04d}-Q{first // 3 + 1}",
            "half": f"{year:04d}-H{first // 6 + 1}",
            "year": f"{year:04d}",
        }.get(self.kind, f"{self.start}..{self.end}")

    @property
    def label(self) -> Label:
        """Its name with the year: 2019年第三季度, third quarter of 2019."""
        kind, year = self.kind, self.start.year
        start, end = self.start.label, self.end.label
        if year != self.end.year:
            return Label(f"{start.zh}至{end.zh}", f"{start.en} to {end.en}")
        bare = self.bare_label
        if kind == "year":
            return bare
        if kind != "range":
            return Label(f"{year}年{bare.zh}", f"{bare.en} of {year}")
        return Label(f"{year}年{bare.zh}", f"{start.en.split()[0]} to {end.en}")

    @property
    def bare_label(self) -> Label:
        """Its name inside a sentence, without the year where that can be left out: 第三季度, 1至5月."""
        year, first = self.start.year, self.start.month - 1
        if self.kind == "quarter":
            return Label(f"第{_ZH[first // 3]}季度", f"{_EN[first // 3]} quarter")
        if self.kind == "half":
            return Label("上半年" if first == 0 else "下半年", f"{_EN[first // 6]} half-year")
        if self.kind == "year":
            return Label(f"{year}年", str(year))
        if self.start.year == self.end.year:
            months = (self.start.label.en.split()[0], self.end.label.en.split()[0])
            return Label(f"{self.start.month}至{self.end.month}月", f"{months[0]} to {months[1]}")
        return self.label


#: What a summary can be of.
Span: TypeAlias = Month | MonthRange


def month_range(start: Month, end: Month) -> Span:
    """The months from one to the other; a single one stays a month. :class:`Refusal` if they stand the wrong way."""
    if end < start:
        raise Refusal(
            say("{end} is before {start}; write the earlier month first", end=end.label, start=start.label)
        )
    if start == end:
        return start
    made = MonthRange(start, end)
    if made.size > LONGEST:
        raise Refusal(
            say(
                "a period of {months} months is too long; take at most {most}", months=made.size, most=LONGEST
            )
        )
    return made


def quarter_of(month: Month) -> MonthRange:
    """The quarter in which a month lies."""
    start = Month(month.year, (month.month - 1) // 3 * 3 + 1)
    return MonthRange(start, start.plus(2))


def half_of(month: Month) -> MonthRange:
    """The half-year in which a month lies."""
    start = Month(month.year, 1 if month.month <= 6 else 7)
    return MonthRange(start, start.plus(5))


def year_of(month: Month) -> MonthRange:
    """The year in which a month lies."""
    return MonthRange(Month(month.year, 1), Month(month.year, 12))


def months_of(span: Span) -> tuple[Month, ...]:
    """The months of a period, oldest first."""
    return span.months if isinstance(span, MonthRange) else (span,)


def last_month(span: Span) -> Month:
    """The month with which a period ends."""
    return span.end if isinstance(span, MonthRange) else span


def first_month(span: Span) -> Month:
    """The month with which a period begins."""
    return span.start if isinstance(span, MonthRange) else span
