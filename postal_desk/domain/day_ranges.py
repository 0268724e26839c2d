"""From one day to another as one period: the 26th to the 25th as some superiors count months, or any days at all.

A :class:`DayRange` is a :class:`~postal_desk.domain.month_ranges.MonthRange` whose months are those lying in it whole.
Days that make up whole months *are* these months, however somebody asked for them.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from postal_desk.domain.month_ranges import LONGEST, MonthRange, Span, month_range
from postal_desk.domain.periods import Month, months_between
from postal_desk.domain.sentences import Label, Refusal, say

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class DayRange(MonthRange):
    """Made by :func:`day_range`. Compared with the same days of the months before, if it goes from a day to the day
    before it in another month, else with as many days before."""

    first_day: date = date.min
    last_day: date = date.min

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"no range {self.first_day} to {self.last_day}")

    @property
    def size(self) -> int:
        """How many months on it goes when it is stepped: the months it is long, at least one."""
        return max(1, self._whole)

    @property
    def kind(self) -> str:
        """Always ``days``."""
        return "days"

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that lie in it whole, oldest first."""
        return whole_months(self.first_day, self.last_day)

    @property
    def year(self) -> int:
        """The year in which it ends."""
        return self.last_day.year

    @property
    def first(self) -> date:
        """Its first day."""
        return self.first_day

    @property
    def last(self) -> date:
        """Its last day."""
        return self.last_day

    @property
    def _whole(self) -> int:
        """How many months it is long, 0 if no number of whole ones."""
        count = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        after = self.last_day + _DAY
        return next((n for n in (count, count + 1) if n and shifted(self.first_day, n) == after), 0)

    @property
    def previous(self) -> DayRange:
        """The same days of the months before, or as many days just before."""
        if self._whole:
            return self.plus(-self._whole)
        return _made(self.first_day - self.days * _DAY, self.first_day - _DAY)

    @property
    def next(self) -> DayRange:
        """The same for what comes after."""
        if self._whole:
            return self.plus(self._whole)
        return _made(self.last_day + _DAY, self.last_day + self.days * _DAY)

    @property
    def same_month_last_year(self) -> DayRange:
        """The same days a year before."""
        return self.plus(-12)

    @property
    def year_to_date(self) -> tuple[date, date]:
        """First and last day of the year's part that ends with it."""
        return min(self.first_day, date(self.year, 1, 1)), self.last_day

    def plus(self, months: int) -> DayRange:
        """The range so many months later (or earlier, if negative); the 31st becomes a shorter month's last day."""
        last = shifted(self.last_day + _DAY, months) - _DAY if self._whole else shifted(self.last_day, months)
        return _made(shifted(self.first_day, months), last)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.first_day}..{self.last_day}"

    @property
    def label(self) -> Label:
        """Its days with the year: 2019年6月26日至7月25日, 26 June to 25 July 2019."""
        start, end = self.first_day, self.last_day
        same = start.year == end.year
        zh_end = f"{end.month}月{end.day}日" if same else _zh(end)
        en_start = _en(start) if same else f"{_en(start)} {start.year}"
        return Label(f"{_zh(start)}至{zh_end}", f"{en_start} to {_en(end)} {end.year}")

    @property
    def bare_label(self) -> Label:
        """The same inside a sentence, without the year where that can be left out."""
        start, end = self.first_day, self.last_day
        if start.year != end.year:
            return Label(self.label.zh, f"the days from {self.label.en}")
        return Label(
            f"{start.month}月{start.day}日至{end.month}月{end.day}日",
            f"the days from {_en(start)} to {_en(end)}",
        )


def day_range(first: date, last: date) -> Span:
    """The days from one to the other; whole months become what they are. :class:`Refusal` if they stand the wrong
    way or are too far apart."""
    if last < first:
        raise Refusal(say("{end} is before {start}; write the earlier day first", end=last, start=first))
    start, end = Month.of(first), Month.of(last)
    if first == start.first and last == end.last:
        return month_range(start, end)
    if len(tuple(months_between(start, end))) > LONGEST:
        raise Refusal(
            say(
                "from {start} to {end} is too long; take at most {most} months",
                start=first,
                end=last,
                most=LONGEST,
            )
        )
    return _made(first, last)


def whole_months(first: date, last: date) -> tuple[Month, ...]:
    """The months that lie whole between two days."""
    found = months_between(Month.of(first), Month.of(last))
    return tuple(month for month in found if first <= month.first and month.last <= last)


def shifted(day: date, months: int) -> date:
    """The same day of another month, or its last one."""
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, monthrange(month.year, month.month)[1]))


def _made(first: date, last: date) -> DayRange:
    return DayRange(Month.of(first), Month.of(last), first, last)


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _en(day: date) -> str:
    return f"{day.day} {Month.of(day).label.en.split()[0]}"
