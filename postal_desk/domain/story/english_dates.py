"""Dates in English: 2 September, Sept 2nd 2024, 20.08.2019, yesterday, last Monday, three days ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from postal_desk.domain.story import days
from postal_desk.domain.story.days import Bases
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Span
from postal_desk.domain.story.view import View

_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d{2})(?!\d|[./-]\d)"
)

#: “He will call again on Thursday”
_WILL = re.compile(r"(?:(?<![a-z])(?:will|shall|must)|'ll)(?![a-z])")
_ORDINAL = re.compile(
    r"(?<![a-z])(?:on|since|from|until|till|by|of) (?P<day>the (?P<d>\d{1,2})(?:st|nd|rd|th))"
    r"(?! *(?:of (?!this)|floor|street|day|time|century|[a-z]+day))"
)


def english_dates(view: View, bases: Bases, lexicon: Lexicon) -> Iterator[tuple[Span, date | None]]:
    """Every English expression with its day; ``None`` where it does not mean one."""
    yield from _named_months(view, bases, lexicon)
    for match in _ORDINAL.finditer(view.folded):
        yield match.span("day"), days.day_of_month(int(match["d"]), bases.at(match.start()), None)
    for match in _NUMERIC.finditer(view.folded):
        yield match.span(), _day_or_month_first(match)
    yield from _relative(view, bases, lexicon)


def _named_months(view: View, bases: Bases, lexicon: Lexicon) -> Iterator[tuple[Span, date | None]]:
    months = lexicon.numbers["day_words"]["months"]
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    year = r"(?:,?\s+(?P<y>(?:19|20)\d{2})(?!\d))?"
    day = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
    for key, expression in (
        ("day month", rf"(?<![\d.:]){day}(?:\s+(?:of\s+)?|-)(?P<m>{names})(?![a-z])\.?{year}"),
        ("month day", rf"(?<![a-z])(?P<m>{names})\.?\s+(?:the\s+)?{day}(?![\d:a-z]|[.,]\d){year}"),
    ):
        for match in lexicon.compiled(key, expression).finditer(view.folded):
            month, number, base = int(months[match["m"]]), int(match["d"]), bases.at(match.start())
            if match["y"]:
                yield match.span(), days.make(int(match["y"]), month, number)
            elif _ahead(view, lexicon, match.span()):
                yield match.span(), days.coming(month, number, base) or days.latest(month, number, base)
            else:
                yield match.span(), days.latest(month, number, base)


def _ahead(view: View, lexicon: Lexicon, span: Span) -> bool:
    return bool(
        lexicon.pattern("dates", "deadline_before", after=r"\s*$").search(view.words_before(span[0], 16))
    )


def _day_or_month_first(match: re.Match[str]) -> date | None:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["s"] == "." or first > 12 or first == second:
        return days.make(year, second, first)
    return days.make(year, first, second) if second > 12 else None


def _relative(view: View, bases: Bases, lexicon: Lexicon) -> Iterator[tuple[Span, date | None]]:
    words = {word: shift for word, shift in lexicon.numbers["day_words"]["days"].items() if word.isascii()}
    names = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    for match in lexicon.compiled("english days", rf"(?<![a-z])(?:{names})(?![a-z])").finditer(view.folded):
        yield match.span(), days.shifted(bases.at(match.start()), int(words[match[0]]))
    table = {
        word: number for word, number in lexicon.numbers["day_words"]["weekdays"].items() if word.isascii()
    }
    names = "|".join(map(re.escape, table))
    expression = lexicon.compiled(
        "english weekdays",
        rf"(?:(?<![a-z])(?:(?P<which>last|this|next|this past)|on|since|(?P<till>until|by|till|before))"
        rf"|(?<=[a-z])(?=\s+(?:{names})\s(?:morning|afternoon|evening|night)))"
        rf"\s+(?P<day>{names})(?![a-z])(?!,?\s+(?:the\s+)?\d)",
    )
    for match in expression.finditer(view.folded):
        to_come = match["which"] is None and _WILL.search(view.words_before(match.start(), 40))
        which = "till" if match["till"] or to_come else match["which"]
        yield match.span(), _weekday(which, int(table[match["day"]]), bases.at(match.start()))
    counts = lexicon.numbers["day_words"]["counts"]
    names = "|".join(map(re.escape, counts))
    for match in lexicon.compiled(
        "english ago", rf"(?<![a-z\d])(?P<n>\d{{1,2}}|{names})\s+days?\s+ago"
    ).finditer(view.folded):
        count = int(match["n"]) if match["n"].isdecimal() else int(counts[match["n"]])
        yield match.span(), days.shifted(bases.at(match.start()), -count)


def _weekday(which: str | None, number: int, base: date) -> date:
    if which == "till":
        return days.shifted(base, (number - base.weekday()) % 7)
    if which == "next":
        return days.weekday(number, base, 1)
    if which == "last":
        found = days.weekday(number, base, None)
        return found if found != base else days.shifted(base, -7)
    return days.weekday(number, base, None)
