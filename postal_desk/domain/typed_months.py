"""Months the way people type them: ``7``, ``7月``, ``2019-7``, ``201907``, ``2019年7月``, 上月, ``July 2019``; and
periods of several: ``2019Q3``, 三季度, 上半年, ``2019``, ``1-6月``, ``2019-01..2019-06``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from postal_desk.domain.day_ranges import day_range
from postal_desk.domain.month_ranges import (
    MonthRange,
    Span,
    first_month,
    half_of,
    month_range,
    quarter_of,
    year_of,
)
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.text_rule import excerpt

_WORDS = {
    **dict.fromkeys(("本月", "这个月", "this month"), 0),
    **dict.fromkeys(("上月", "上个月", "last month"), -1),
}
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = re.compile(r"([0-9]{4}|[0-9]{2}) ?[-/.年] ?([0-9]{1,2}) ?月?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})")
_ALONE = re.compile(r"([0-9]{1,2}) ?月?")
_NAMED = re.compile(r"([a-z]{3,9})\.?(?:[ ,]+([0-9]{4}))?")
_FIRST_YEAR = 1900


def read_month(text: str, this: Month) -> Month:
    """The month that is meant, or :class:`Refusal`; a month without a year is the latest one up to ``this``.

    A month after ``this`` is refused: nothing can have happened in it.
    """
    written = " ".join(unicodedata.normalize("NFKC", text).strip().lower().split())
    found = _word(written, this) or _figures(written, this) or _name(written, this)
    if found is None:
        forms = say("write for example 7, 2019-7, 201907, 2019年7月 or 上月")
        raise Refusal(say("“{text}” is not a month; {forms}", text=excerpt(text), forms=forms))
    if found > this:
        raise Refusal(
            say("{month} has not begun yet; the latest month is {this}", month=found.label, this=this.label)
        )
    return found


_YEAR = r"(?:([0-9]{4}) ?[-/.年]? ?)?"
_QUARTER = re.compile(_YEAR + r"(?:q([1-4])|第?([一二三四1-4])季度?)")
_QUARTER_AFTER = re.compile(r"q([1-4])[ -]?([0-9]{4})")
_HALF = re.compile(_YEAR + r"(?:h([12])|(上|下)半年)")
_WHOLE_YEAR = re.compile(r"([0-9]{4}) ?年?(?:全年|度)?")
_MONTHS = re.compile(_YEAR + r"([0-9]{1,2}) ?月? ?(?:-|~|—|–|至|到) ?([0-9]{1,2}) ?月")
_RUNNING = {"本季度": quarter_of, "本季": quarter_of, "今年": year_of, "本年": year_of, "本年度": year_of}
_LAST = {"上季度": quarter_of, "上季": quarter_of, "去年": year_of, "上年": year_of, "上年度": year_of}
_ORDER = "一二三四"


def read_span(text: str, this: Month) -> Span:
    """The month or the months that are meant, or :class:`Refusal`. A period that has begun by ``this`` will do."""
    written = " ".join(unicodedata.normalize("NFKC", text).strip().lower().split())
    found = _days(written, this) or _several(written, this)
    if found is None:
        start, dots, end = written.partition("..")
        if not dots:
            return read_month(text, this)
        found = month_range(read_month(start, this), read_month(end, this))
    if first_month(found) > this:  # days of the running month may still be to come
        raise Refusal(
            say("{month} has not begun yet; the latest month is {this}", month=found.label, this=this.label)
        )
    return found


_DAY = r"(?:([0-9]{4}) ?[-/.年] ?)?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?[日号]?"
_DAYS = re.compile(_DAY + r" ?(?:\.\.|-|~|—|–|至|到|to) ?" + _DAY)


def _days(written: str, this: Month) -> Span | None:
    """``2019-6-26..2019-7-25``, ``6.26-7.25``, ``6月26日至7月25日``; a year left out is the latest that has begun."""
    found = _DAYS.fullmatch(written)
    if found is None:
        return None
    month, end_month = int(found[2]), int(found[5])
    year = int(found[1] or this.year - (month > this.month))
    end_year = int(found[4] or year + ((end_month, int(found[6])) < (month, int(found[3]))))
    try:
        return day_range(date(year, month, int(found[3])), date(end_year, end_month, int(found[6])))
    except ValueError:
        return None


def _several(written: str, this: Month) -> Span | None:
    if written in _RUNNING:
        return _RUNNING[written](this)
    if written in _LAST:
        return _LAST[written](this).previous
    if found := _QUARTER.fullmatch(written):
        return _latest_of(found[1], _quarter(found[2] or found[3]), quarter_of, this)
    if found := _QUARTER_AFTER.fullmatch(written):
        return _latest_of(found[2], int(found[1]) * 3 - 2, quarter_of, this)
    if found := _HALF.fullmatch(written):
        second = (found[2] or "") == "2" or found[3] == "下"
        return _latest_of(found[1], 7 if second else 1, half_of, this)
    if (found := _WHOLE_YEAR.fullmatch(written)) and int(found[1]) >= _FIRST_YEAR:
        return year_of(Month(int(found[1]), 1))
    if (found := _MONTHS.fullmatch(written)) and 1 <= int(found[2]) < int(found[3]) <= 12:
        year = int(found[1]) if found[1] else this.year - (int(found[2]) > this.month)
        return month_range(Month(year, int(found[2])), Month(year, int(found[3])))
    return None


def _quarter(written: str) -> int:
    """The first month of a quarter."""
    number = _ORDER.index(written) + 1 if written in _ORDER else int(written)
    return number * 3 - 2


def _latest_of(
    year: str | None, month: int, whole: Callable[[Month], MonthRange], this: Month
) -> MonthRange | None:
    """The period of a year; without one the latest that has begun."""
    if year is not None:
        return whole(Month(int(year), month)) if int(year) >= _FIRST_YEAR else None
    return whole(Month(this.year if month <= this.month else this.year - 1, month))


def _word(written: str, this: Month) -> Month | None:
    return this.plus(_WORDS[written]) if written in _WORDS else None


def _figures(written: str, this: Month) -> Month | None:
    if found := _FULL.fullmatch(written) or _DIGITS.fullmatch(written):
        year = int(found[1])
        return _month(year if year > 99 else 2000 + year, int(found[2]))
    if found := _ALONE.fullmatch(written):
        return _latest(int(found[1]), this)
    return None


def _name(written: str, this: Month) -> Month | None:
    found = _NAMED.fullmatch(written)
    if found is None or found[1][:3] not in _NAMES:
        return None
    month = _NAMES.index(found[1][:3]) + 1
    if not Month(2000, month).label.en.split()[0].lower().startswith(found[1]):
        return None
    return _month(int(found[2]), month) if found[2] else _latest(month, this)


def _latest(month: int, this: Month) -> Month | None:
    return _month(this.year if month <= this.month else this.year - 1, month)


def _month(year: int, month: int) -> Month | None:
    return Month(year, month) if year >= _FIRST_YEAR and 1 <= month <= 12 else None
