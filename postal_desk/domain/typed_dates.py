"""Dates as a clerk types them: ``0702``, ``7-2``, ``7月2日``, ``2019/7/2``, ``20190702``, 昨天, 上周三."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.domain.text_rule import excerpt

_DAY_WORDS = {
    "大前天": -3,
    "前天": -2,
    "前日": -2,
    "昨天": -1,
    "昨日": -1,
    "yesterday": -1,
    "今天": 0,
    "今日": 0,
    "today": 0,
    "明天": 1,
    "明日": 1,
    "tomorrow": 1,
    "后天": 2,
    "大后天": 3,
}
_CHINESE_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKS = {"上上": -2, "上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1}

_CHINESE_WEEKDAY = re.compile(r"(上上|上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_ENGLISH_WEEKDAY = re.compile(r"(?:(last|this|next) )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_AGO = re.compile(r"([0-9]{1,3}) ?(?:天前|days? ago)")
_SEPARATED = re.compile(r"(?:([0-9]{4}|[0-9]{2}) ?[-/.年] ?)?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?[日号]?")
_DAY_ONLY = re.compile(r"([0-9]{1,2})[日号]")
_DIGITS = re.compile(r"(?:([0-9]{4}))?([0-9]{2})([0-9]{2})|([0-9])([0-9]{2})")
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2999


def read_date(text: str, today: date, future: bool = False) -> date:
    """The date that a clerk means, or :class:`Refusal` with the forms that work.

    Without a year the latest such day that is not after ``today`` is meant; with ``future`` (follow-up
    dates) the first that is not before it. A full date or a word like 明天 means what it says, whatever
    ``future`` is.
    """
    written = " ".join(unicodedata.normalize("NFKC", text).strip().lower().split())
    try:
        found = _word(written, today, future) or _figures(written, today, future)
    except (ValueError, OverflowError) as error:
        raise Refusal(
            say("“{text}”: there is no such day; {forms}", text=excerpt(text), forms=FORMS)
        ) from error
    if found is None:
        raise Refusal(say("“{text}” is not a date; {forms}", text=excerpt(text), forms=FORMS))
    return found


FORMS: Sentence = say("write for example 0702, 7-2, 7月2日, 2019/7/2, 20190702, 今天, 昨天 or 上周三")


def _word(written: str, today: date, future: bool) -> date | None:
    if written in _DAY_WORDS:
        return today + timedelta(days=_DAY_WORDS[written])
    if ago := _AGO.fullmatch(written):
        return today - timedelta(days=int(ago[1]))
    if found := _CHINESE_WEEKDAY.fullmatch(written):
        return _weekday(found[1], _CHINESE_WEEKDAYS.index(found[2].replace("天", "日")), today, future)
    found = _ENGLISH_WEEKDAY.fullmatch(written)
    if found is None:
        return None
    name = written.removeprefix(f"{found[1]} ")
    matching = [at for at, full in enumerate(_ENGLISH_WEEKDAYS) if full.startswith(name)]
    return _weekday(found[1], matching[0], today, future) if matching else None


def _weekday(week: str | None, weekday: int, today: date, future: bool) -> date:
    """A day of a named week (Monday to Sunday), or without a week the nearest on the side that is meant."""
    if week is not None:
        return today + timedelta(days=weekday - today.weekday() + 7 * _WEEKS[week])
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead if future or ahead == 0 else ahead - 7)


def _figures(written: str, today: date, future: bool) -> date | None:
    if found := _DAY_ONLY.fullmatch(written):
        return _nearest(_months(today, int(found[1]), future), today, future)
    if found := _SEPARATED.fullmatch(written):
        year, month, day = found.groups()
    elif found := _DIGITS.fullmatch(written):
        year, month, day = found[1], found[2] or found[4], found[3] or found[5]
    else:
        return None
    if year is None:
        return _nearest(_years(today, int(month), int(day), future), today, future)
    full_year = int(year) if len(year) == 4 else 2000 + int(year)
    if not _EARLIEST_YEAR <= full_year <= _LATEST_YEAR:
        raise ValueError(f"year {full_year}")
    return date(full_year, int(month), int(day))


def _months(today: date, day: int, future: bool) -> Iterator[tuple[int, int, int]]:
    """That day of this month and of the months next to it, in the direction that is meant."""
    for step in range(3):
        year, month0 = divmod(today.year * 12 + today.month - 1 + (step if future else -step), 12)
        yield year, month0 + 1, day


def _years(today: date, month: int, day: int, future: bool) -> Iterator[tuple[int, int, int]]:
    """That day of this year and of the years next to it; eight hold a leap day."""
    for step in range(9):
        yield today.year + (step if future else -step), month, day


def _nearest(candidates: Iterator[tuple[int, int, int]], today: date, future: bool) -> date:
    """The first candidate that exists and lies on the side that is meant; :class:`ValueError` if none does."""
    for year, month, day in candidates:
        try:
            found = date(year, month, day)
        except ValueError:  # 30 February, or 29 February of a common year
            continue
        if found == today or (found > today) == future:
            return found
    raise ValueError("no such day")
