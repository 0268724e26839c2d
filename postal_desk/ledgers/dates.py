"""Dates as ledgers hold them: real dates, serial numbers of both systems, and texts of many habits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from postal_desk.domain.sentences import Sentence, say

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
#: Serial numbers taken for days: 1970 to 2099. Others are numbers that happen to stand there.
_FIRST, _LAST = date(1970, 1, 1), date(2099, 12, 31)

_FULL = re.compile(
    r"(?P<y>[0-9]{4}|[0-9]{2})\s*(?:年|[-/.,、])\s*(?P<m>[0-9]{1,2})\s*(?:月|[-/.,、])\s*(?P<d>[0-9]{1,2})\s*[日号]?"
)
_SHORT = re.compile(r"(?P<m>[0-9]{1,2})\s*(?:月|[-/.])\s*(?P<d>[0-9]{1,2})\s*[日号]?")
_DIGITS = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_WESTERN = re.compile(r"(?P<a>[0-9]{1,2})[-/](?P<b>[0-9]{1,2})[-/](?P<y>[0-9]{4})")
_REST = re.compile(
    r"(?:t|\s|,|星期[一二三四五六日天]|周[一二三四五六日天]|\([^)]*\)|上午|下午|晚|早|[ap]m"
    r"|[0-9]{1,2}\s*[:时点]\s*(?:[0-9]{1,2})?\s*(?:[:分]\s*(?:[0-9]{1,2}(?:\.[0-9]+)?)?)?\s*秒?|左右|z)*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(下午|晚)?\s*([0-9]{1,2})\s*[:时点]\s*([0-9]{1,2})?")
_HAN = str.maketrans("〇零一二三四五六七八九", "00123456789")
_HAN_DATE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class DayRead:
    """A date, or why there is none; ``flag`` is what a careful reader should look at again."""

    day: date | None = None
    reason: Sentence | None = None
    remedy: Sentence | None = None
    flag: Sentence | None = None


_EMPTY = DayRead()
_FORMS = say("write it as 2019-07-02")


@dataclass
class DateReader:
    """Reads dates of one sheet. ``year`` stands for dates without one; ``month_first`` says how 7/2/2019 is meant
    (``None``: not known); two-digit years up to ``latest`` are of this century.
    """

    year: int | None = None
    date1904: bool = False
    latest: int = 2099
    month_first: bool | None = None

    def __post_init__(self) -> None:
        self._known: dict[Any, DayRead] = {}

    def read(self, value: Any) -> DayRead:
        """The date of a cell."""
        if value == "" or value is None:
            return _EMPTY
        if type(value) is date:
            return DayRead(value) if _FIRST <= value <= _LAST else self._out_of_range(value)
        key = (type(value), value)
        if key not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[key] = self._read(value)
        return self._known[key]

    def _read(self, value: Any) -> DayRead:
        if isinstance(value, datetime):
            return self._in_range(value.date())
        if isinstance(value, bool):
            return DayRead(reason=say("no date"), remedy=_FORMS)
        if isinstance(value, int | float):
            return self._number(float(value))
        if isinstance(value, str):
            return self._text(value)
        return DayRead(reason=say("a time of day without a date"), remedy=_FORMS)

    def _number(self, value: float) -> DayRead:
        if value.is_integer() and (found := _DIGITS.fullmatch(str(int(value)))):
            return self._made(found["y"], found["m"], found["d"])
        epoch = _EPOCH_1904 if self.date1904 else _EPOCH_1900
        try:
            day = epoch + timedelta(days=int(value))
        except (OverflowError, ValueError):
            return DayRead(reason=say("a number that is no day"), remedy=_FORMS)
        if not _FIRST <= day <= _LAST:
            return DayRead(
                reason=say("a number that is no day (Excel may have made 2019.1 of 2019.10)"), remedy=_FORMS
            )
        return DayRead(day)

    def _text(self, value: str) -> DayRead:
        text = " ".join(unicodedata.normalize("NFKC", value).lower().split())
        if not text or not text.strip("-/—–.无"):
            return _EMPTY
        if found := _HAN_DATE.match(text):
            return self._made(found[1].translate(_HAN), str(_han(found[2])), str(_han(found[3])))
        if found := _WESTERN.match(text):
            return self._rest(
                text[found.end() :], self._western(int(found["a"]), int(found["b"]), found["y"])
            )
        for pattern in (_FULL, _DIGITS):
            if found := pattern.match(text):
                return self._rest(text[found.end() :], self._made(found["y"], found["m"], found["d"]))
        if _SERIAL.fullmatch(text):
            return self._number(float(text))
        if found := _SHORT.match(text):
            return self._rest(text[found.end() :], self._without_year(found["m"], found["d"]))
        return DayRead(reason=say("no date"), remedy=_FORMS)

    def _rest(self, rest: str, read: DayRead) -> DayRead:
        """What stands behind a date may be a time of day, no more."""
        if _REST.fullmatch(rest):
            return read
        return DayRead(reason=say("more than a date"), remedy=_FORMS)

    def _western(self, first: int, second: int, year: str) -> DayRead:
        if first > 12 >= second:
            return self._made(year, str(second), str(first))
        if second > 12 >= first or first == second:
            return self._made(year, str(first), str(second))
        if self.month_first is None:
            return DayRead(
                reason=say("a date that can be read with the month or the day first"), remedy=_FORMS
            )
        month, day = (first, second) if self.month_first else (second, first)
        return self._made(year, str(month), str(day))

    def _without_year(self, month: str, day: str) -> DayRead:
        if self.year is None:
            return DayRead(
                reason=say("a date without a year, and the sheet names none"),
                remedy=say("say the year for dates without one"),
            )
        return self._made(str(self.year), month, day)

    def _made(self, year: str, month: str, day: str) -> DayRead:
        number = int(year)
        if len(year) == 2:
            number += 2000 if number + 2000 <= self.latest else 1900
        try:
            return self._in_range(date(number, int(month), int(day)))
        except ValueError:
            return DayRead(reason=say("there is no such day"), remedy=_FORMS)

    def _in_range(self, day: date) -> DayRead:
        return DayRead(day) if _FIRST <= day <= _LAST else self._out_of_range(day)

    def _out_of_range(self, day: date) -> DayRead:
        return DayRead(reason=say("the year {year} can't be right", year=str(day.year)), remedy=_FORMS)


def _han(text: str) -> int:
    """Up to 31 in Chinese figures."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(text.translate(_HAN)) if len(text) == 1 else 0
    return (int(tens.translate(_HAN)) if tens else 1) * 10 + (int(ones.translate(_HAN)) if ones else 0)


def clock_of(value: Any) -> str:
    """The time of day of a cell as ``09:30``; ``""`` if it tells none."""
    if isinstance(value, datetime):
        return f"{value:%H:%M}" if value.hour or value.minute else ""
    if isinstance(value, str) and (found := _CLOCK.search(unicodedata.normalize("NFKC", value))):
        hour, minute = int(found[2]), int(found[3] or 0)
        hour += 12 if found[1] and hour < 12 else 0
        return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""
    return ""


def looks_like_date(value: Any) -> bool:
    """True for what can only be meant as a date."""
    if isinstance(value, date | datetime):
        return True
    if isinstance(value, str) and len(value) <= 40:
        read = DateReader(year=2000, month_first=True).read(value)
        return read.day is not None and (
            not value.strip().isdigit() or bool(_DIGITS.fullmatch(value.strip()))
        )
    if isinstance(value, bool) or not isinstance(value, int | float) or not float(value).is_integer():
        return False
    return 32_000 <= value <= 48_000 or bool(_DIGITS.fullmatch(str(int(value))))


def year_in(text: str) -> int | None:
    """The year that a title or a sheet's name gives (``2019年客户投诉台账``), if it gives one only."""
    years = {int(year) for year in re.findall(r"(?<![0-9])(19[7-9][0-9]|20[0-9]{2})(?![0-9])", text)}
    return years.pop() if len(years) == 1 else None
