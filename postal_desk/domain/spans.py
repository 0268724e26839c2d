"""Periods as they are written for good: in a command line, a link between pages, a closed month."""

from __future__ import annotations

import re
from datetime import date

from postal_desk.domain.day_ranges import day_range
from postal_desk.domain.month_ranges import Span, half_of, month_range, quarter_of, year_of
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.text_rule import excerpt

_QUARTER = re.compile(r"([0-9]{4})-[Qq]([1-4])")
_HALF = re.compile(r"([0-9]{4})-[Hh]([12])")
_YEAR = re.compile(r"[0-9]{4}")
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_FIRST_YEAR = 1900


def parse_span(text: str) -> Span:
    """``2019-07``, ``2019-Q3``, ``2019-H1``, ``2019``, ``2019-01..2019-06`` or ``2019-06-26..2019-07-25``;
    :class:`Refusal` for anything else."""
    written = text.strip()
    if found := _DAYS.fullmatch(written):
        return _days(text, found[1], found[2])
    if found := _QUARTER.fullmatch(written):
        return quarter_of(Month.parse(f"{found[1]}-{int(found[2]) * 3:02d}"))
    if found := _HALF.fullmatch(written):
        return half_of(Month.parse(f"{found[1]}-{int(found[2]) * 6:02d}"))
    if _YEAR.fullmatch(written):
        return year_of(Month.parse(f"{written}-01"))
    start, dots, end = written.partition("..")
    if dots:
        return month_range(Month.parse(start), Month.parse(end))
    try:
        return Month.parse(written)
    except Refusal as refusal:
        raise Refusal(
            say(
                "“{text}” is not a period; write it like {examples}",
                text=excerpt(text),
                examples=(
                    "2019-07",
                    "2019-Q3",
                    "2019-H1",
                    "2019",
                    "2019-01..2019-06",
                    "2019-06-26..2019-07-25",
                ),
            )
        ) from refusal


def _days(text: str, first: str, last: str) -> Span:
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        days = None
    if days is None or days[0].year < _FIRST_YEAR:
        raise Refusal(say("“{text}” names a day that there is not", text=excerpt(text)))
    return day_range(*days)
