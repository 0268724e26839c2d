"""Reading a pasted holiday notice, or a list of days, into one year of the working-day calendar.

Understood are the sentences of the yearly notices
(``春节：2月10日至17日放假调休，共8天。2月4日（星期日）上班。``) in their various wordings, and lists with a
day or a range a line (``2027-01-01 元旦 放假``, the same as csv). What a line says twice is compared (day
of the week, number of days), because the usual mistake is last year's notice. A clause that speaks of
holidays and can't be read is refused by its line; prose around the notice is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from postal_desk.domain.rules import CalendarYear
from postal_desk.domain.sentences import Label, Refusal, Sentence, say
from postal_desk.domain.text_rule import excerpt

SOURCE = Label("粘贴的放假安排", "pasted holiday list")

_NAMES = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
_KNOWN_NAME = re.compile("|".join(name.removesuffix("节") for name in _NAMES))
_UNNAMED = Label("放假", "holiday")
_LONGEST = timedelta(days=31)

_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")


def _day_pattern(side: str) -> str:
    """One day in any writing, with what stands in brackets behind it; group names end in ``side``."""
    return (
        rf"(?:(?:(?P<year{side}>\d{{4}})\s*年\s*)?(?P<month{side}>\d{{1,2}})\s*月\s*(?P<day{side}>\d{{1,2}})(?!\d)\s*[日号]?"
        rf"|(?P<iso_year{side}>\d{{4}})[-/.](?P<iso_month{side}>\d{{1,2}})[-/.](?P<iso_day{side}>\d{{1,2}})(?!\d)"
        rf"|(?<!\d)(?P<only_day{side}>\d{{1,2}})\s*[日号])"
        rf"(?P<note{side}>\s*\([^()]*\)|\s*(?:星期|周|礼拜)[一二三四五六日天])?"
    )


_DAYS = re.compile(rf"{_day_pattern('1')}(?:\s*(?P<to>至|到|~|—+|–|-)\s*{_day_pattern('2')})?")
_VERB = re.compile(
    r"(?P<work>上班|补班|\b班\b|工作日?|\bmake-?up\b|\bworking(?: day)?\b|\bwork\b)"
    r"|(?P<rest>放假|休息|公休|补休|(?<![调连])休|\b(?:holiday|rest|off|closed)\b)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:共计?|合计|放假|放假调休)\s*(\d{1,2})\s*天")
_NEGATED = re.compile(r"不(?:放假|休息|上班)")
_HEADING = re.compile(
    r"\s*(?:(?:[一二三四五六七八九十]+|\d{1,2})[、.]|\([一二三四五六七八九十\d]+\))?\s*(?P<name>[^:,\d]{2,20}):"
)
_NOTICE_YEAR = re.compile(r"(\d{4})年(?:部分)?节假日")
#: Figures that are no days of the notice: "2024年元旦…", a document number, the date below the signature.
_PROSE_FIGURES = re.compile(
    r"\d{4}\s*年(?!\s*\d)|[\[〔]\d{4}[\]〕]\s*\d+\s*号|^\D{0,12}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$"
)


@dataclass(slots=True)
class _Reading:
    """What has been understood so far; ``name`` is the holiday whose heading was met last."""

    year: int
    name: Label = _UNNAMED
    holidays: dict[date, Label] = field(default_factory=dict)
    working_days: set[date] = field(default_factory=set)


class _Unclear(Exception):
    """A clause cannot be read; ``reason`` says why."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Notice:
    """What a pasted text says: the calendar of its year, and its days at the turn of the year outside it.

    The New Year's holiday may begin in December; such days belong into the neighbouring year's calendar.
    """

    calendar: CalendarYear
    outside_holidays: Mapping[date, Label]
    outside_working_days: frozenset[date]

    def added_to(self, neighbour: CalendarYear) -> CalendarYear:
        """A neighbouring year's calendar with the days of this notice that lie in it."""
        holidays = {day: name for day, name in self.outside_holidays.items() if day.year == neighbour.year}
        worked = frozenset(day for day in self.outside_working_days if day.year == neighbour.year)
        kept = {day: name for day, name in neighbour.holidays.items() if day not in worked}
        return CalendarYear(
            neighbour.year,
            dict(sorted({**kept, **holidays}.items())),
            neighbour.working_days.difference(holidays) | worked,
            neighbour.source,
        )


def parse_pasted_holidays(text: str, year: int) -> CalendarYear:
    """:func:`parse_notice` without the days outside the year."""
    return parse_notice(text, year).calendar


def parse_notice(text: str, year: int) -> Notice:
    """The holidays and make-up working days that a pasted notice or list for ``year`` gives, for a preview.

    Nothing is saved. :class:`Refusal` names the line that can't be read or contradicts itself, or says that
    the text holds no holidays of that year.
    """
    reading = _Reading(year)
    folded = unicodedata.normalize("NFKC", text).lstrip("\ufeff")
    for number, line in enumerate(folded.splitlines(), start=1):
        try:
            _read_line(line, reading)
        except _Unclear as unclear:
            raise Refusal(
                say(
                    "Line {line}, “{text}”: {reason}. Nothing was taken over; correct the line and paste again.",
                    line=number,
                    text=excerpt(line.strip(), 40),
                    reason=unclear.reason,
                )
            ) from unclear
    holidays = {day: name for day, name in sorted(reading.holidays.items()) if day.year == year}
    if not holidays:
        raise Refusal(
            say("The text names no holiday of {year}; paste the notice of that year.", year=str(year))
        )
    worked = frozenset(day for day in reading.working_days if day.year == year)
    return Notice(
        CalendarYear(year, holidays, worked, SOURCE),
        {day: name for day, name in reading.holidays.items() if day.year != year},
        frozenset(reading.working_days) - worked,
    )


def _read_line(line: str, reading: _Reading) -> None:
    stated = _NOTICE_YEAR.search(line)
    if stated and int(stated[1]) != reading.year:
        raise _Unclear(
            say("this is the notice of {stated}, not of {year}", stated=stated[1], year=str(reading.year))
        )
    for clause in re.split(r"[。;]", _PROSE_FIGURES.sub("", line)):
        _read_clause(clause, reading)


def _read_clause(clause: str, reading: _Reading) -> None:
    heading = _HEADING.match(clause)
    if heading and not _VERB.search(heading["name"]):
        reading.name = _label(heading["name"])
        clause = clause[heading.end() :]
        if not clause.strip():
            return
    found = list(_DAYS.finditer(clause))
    verbs = list(_VERB.finditer(clause))
    left = _VERB.sub(" ", _TOTAL.sub(" ", _DAYS.sub(" ", clause)))
    if not found and not (verbs and re.search(r"\d", clause)) and not (heading and verbs):
        return
    if re.search(r"\d", left) or _NEGATED.search(clause) or not found:
        raise _Unclear(say("it holds something that can't be read as a day"))
    if not verbs:
        raise _Unclear(say("it doesn't say whether these days are holidays (放假) or working days (上班)"))
    listed = any(match["iso_year1"] for match in found)
    name = _label(left) if listed or _KNOWN_NAME.search(left) else reading.name
    rest = _enter(found, verbs, name, reading)
    total = _TOTAL.search(clause)
    if total and rest and "连休" not in clause and int(total[1]) != rest:
        raise _Unclear(
            say("it says {said} days, but its dates make {counted}", said=int(total[1]), counted=rest)
        )


def _label(text: str) -> Label:
    """A holiday's names; several in one heading are joined, an unknown one names itself in both languages."""
    parts = [part for part in re.split(r"[、,和及\s|\"'\t]+", _WEEKDAY.sub(" ", text)) if part]
    if not parts:
        return _UNNAMED
    english = (
        next((en for zh, en in _NAMES.items() if part.startswith(zh.removesuffix("节"))), part)
        for part in parts
    )
    return Label("、".join(parts), " and ".join(english))


def _enter(found: list[re.Match[str]], verbs: list[re.Match[str]], name: Label, reading: _Reading) -> int:
    """Enter the days of a clause under the verb that follows them (or the only kind there is); count the
    holidays.
    """
    kinds = {verb.lastgroup for verb in verbs}
    rest = 0
    last: date | None = None
    previous: re.Match[str] | None = None
    for match in found:
        days = _days(match, last, reading.year)
        last = days[-1]
        verb = next((verb for verb in verbs if verb.start() >= match.end()), verbs[-1])
        working = verb.lastgroup == "work" if len(kinds) > 1 else kinds == {"work"}
        if (
            not working
            and match["iso_year1"]
            and previous is not None
            and "," in match.string[previous.end() : match.start()]
        ):
            raise _Unclear(say("write a range of days with 至 between its first and last day"))
        for day in days:
            _enter_day(day, working, name, reading)
        rest += 0 if working else len(days)
        previous = match
    return rest


def _enter_day(day: date, working: bool, name: Label, reading: _Reading) -> None:
    if day in (reading.holidays if working else reading.working_days):
        raise _Unclear(say("{day} is given as a holiday and as a working day", day=day))
    if not working:
        reading.holidays[day] = name
    elif day.weekday() < 5:
        raise _Unclear(
            say(
                "{day} is no weekend day, so it can't be made up; is it the notice of {year}?",
                day=day,
                year=str(reading.year),
            )
        )
    else:
        reading.working_days.add(day)


def _days(match: re.Match[str], last: date | None, year: int) -> list[date]:
    first = _day(match, "1", last, year)
    if not match["to"]:
        _check_weekday(first, match["note1"], year)
        return [first]
    end = _day(match, "2", first, year)
    if end < first and (first.month, end.month) == (12, 1) and not match["year1"] and not match["iso_year1"]:
        first = first.replace(year=first.year - 1)  # 12月30日至1月1日 begins the year before
    if not first <= end <= first + _LONGEST:
        raise _Unclear(say("from {first} to {end} is no holiday's length", first=first, end=end))
    _check_weekday(first, match["note1"], year)
    _check_weekday(end, match["note2"], year)
    return [first + timedelta(days=offset) for offset in range((end - first).days + 1)]


def _day(match: re.Match[str], side: str, last: date | None, year: int) -> date:
    """The day of one side of a range; what it leaves out is taken from the day before it, or the notice."""
    if match[f"iso_year{side}"]:
        parts = tuple(int(match[f"iso_{part}{side}"]) for part in ("year", "month", "day"))
    elif match[f"only_day{side}"]:
        if last is None:
            raise _Unclear(say("a day stands there without its month"))
        parts = (last.year, last.month, int(match[f"only_day{side}"]))
    else:
        parts = (int(match[f"year{side}"] or year), int(match[f"month{side}"]), int(match[f"day{side}"]))
    try:
        day = date(*parts)
    except ValueError as error:
        raise _Unclear(say("there is no day {day}", day="-".join(map(str, parts)))) from error
    if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
        raise _Unclear(say("{day} is not in {year}", day=day, year=str(year)))
    return day


def _check_weekday(day: date, note: str | None, year: int) -> None:
    stated = _WEEKDAY.search(note or "")
    if stated and _WEEKDAYS.index(stated[1].replace("天", "日")) != day.weekday():
        raise _Unclear(
            say(
                "{day} is no {weekday}; is it the notice of {year}?",
                day=day,
                weekday=stated[0],
                year=str(year),
            )
        )
