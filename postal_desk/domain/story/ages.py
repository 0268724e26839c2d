"""The customer's age band: only from an age said of the customer, not of a relative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from postal_desk.domain.story import numerals
from postal_desk.domain.story.days import make
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Found, Span
from postal_desk.domain.story.said_of import is_about_customer
from postal_desk.domain.story.view import View

_CN = "零一二两三四五六七八九十"
_N = rf"(?P<n>\d{{1,3}}|[{_CN}百]{{1,5}})"
_YEARS = re.compile(
    rf"(?<![\d{_CN}几-]){_N} ?(?P<more>多|几|来|余)? ?周?岁(?P<about>左右|上下)?(?!及?以[上下])"
)
#: “八九岁”, “十七八岁”, “六七十岁”: between two; “八六岁” is 86.
_BETWEEN_TWO = re.compile("(?P<ten>十?)(?P<low>一二|二三|三四|四五|五六|六七|七八|八九)(?P<tens>十?)")
_PLAIN = re.compile(
    rf"(?:今年|现年|年龄|(?:^|(?<=[,。;:系]))年|年[已届逾过]|都|已经?|已有|满)[:是 ]{{0,2}}(?P<near>快|近|将近)?{_N}"
    r"(?P<more>多|几|好几)?(?=了|多了|高龄|[,。;) ]|$)"
)
_OLD = re.compile(
    rf"(?:^|(?<=[,。;(\s])|(?<=老[\u4e00-\u9fff])|(?<=老爷子)|(?<=老太太)|(?<=老人家)|(?<=大[爷妈娘])|(?<=奶奶)|(?<=爷爷))(?:我|都|已经?|今年|快|说是?|自称)?(?P<near>快|近)?(?P<n>[六七八九]十[一二三四五六七八九]?|[6-9]\d)(?:有(?P<more>[一二三四五六七八九]))?(?=了|岁(?!及?以)|的人|[,。)]{1}(?:[^\d]|$)|(?<=[十一二三四五六七八九])$)|(?P<n2>[二三四五六七八九]十)有(?P<unit>[一二三四五六七八九])"
)
#: Two figures alone: “我82,有心脏病”, “佟老太太(87,独居)”, “an old lady, about 75,”.
_BARE = re.compile(
    r"(?:我|俺|本人)(?:今年|都|已经?|快)?(?P<n>[6-9]\d)(?=[,。了;])"
    r"|(?<=[生士爷妈娘奶婆叔姨太公伯汉人哥姐师])\((?:[男女],)?(?P<n2>[1-9]\d)(?=[,)])(?!,? ?\d)"
    r"|(?:lady|man|woman|gentleman|pensioner|customer),? \(?(?:about |around |aged )?"
    r"(?P<n3>[1-9]\d)(?=[,.)]| and\b)|(?:lady|man|woman|gentleman|pensioner|customer) (?:of|aged) (?P<n4>[1-9]\d)\b"
)
_TENS = re.compile(r"(?P<near>年近|将近|近|快)?(?P<n>[六七八九]|[6-9]0?|[6-9]十)旬")
#: “80出头”, “六十开外”: the band from that age on.
_PAST = re.compile(
    r"(?<![\d一二三四五六七八九十])(?P<n>[1-9]0|[二三四五六七八九]十)岁?(?:刚|才)?(?:出头|开外|挂零|好几|大几)"
)
_HIGH = re.compile(rf"{_N}(?:岁)?高龄")
_ENGLISH = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3})[ -]?(?:years?[ -]old|yrs? old|y/o)"
    r"|(?:(?<![a-z])(?:aged|age:?|i am|i'm)\s+|(?<=[a-z], )(?=[1-9]\d[,.;]\s)"
    r"|(?<=[\u4e00-\u9fff],)(?=[1-9]\d,[\u4e00-\u9fff]))(?P<m>\d{1,3})(?=[\s,.;)]|$)"
    r"(?!\s*(?:minutes|days|hours|km|%|yuan))"
)
_BORN = re.compile(
    r"(?P<y>(?:19|20)\d{2}|[一二][九〇零○][〇零○一二三四五六七八九]{2})(?:年|[-./])"
    r"(?:(?P<m>\d{1,2})(?:月|[-./])?(?:(?P<d>\d{1,2})日?)?)?(?:份)?[ )]?"
    r"(?=出生|生人|生,|生。|生;|生\)|生 |的?生日|生$)"
    r"|(?:出生(?:日期|年月|于|时间)?|生于|生日)[:是为于 ]{0,2}"
    r"(?P<y2>(?:19|20)\d{2})(?:年|[-./])?(?:(?P<m2>\d{1,2})(?:月|[-./])?(?:(?P<d2>\d{1,2})日?)?)?"
    r"|born (?:in|on) (?:[a-z0-9 ,]{0,14})?(?P<y3>(?:19|20)\d{2})"
)
_BANDS = ((18, "under_18"), (60, "18_59"), (80, "60_79"), (131, "80_plus"))


def band(age: int) -> str:
    """The age band of an age in years."""
    return next(name for limit, name in _BANDS if age < limit) if 0 <= age < 131 else ""


def find_age(view: View, on: date, customer: Found | None, lexicon: Lexicon) -> Found | None:
    """The band of the age said of the customer, or of the birth date."""
    for span, name in (*_born(view, on), *_by_name(view, customer), *ages(view, lexicon)):
        if name and is_about_customer(view, span, customer, lexicon):
            return Found(name, span, 0.9)
    return None


def _value(text: str) -> int:
    number = numerals.parse(text)
    return int(number) if number is not None else -1


def ages(view: View, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    for match in _YEARS.finditer(view.folded):
        if blurred := _BETWEEN_TWO.fullmatch(match["n"]):
            yield match.span(), _between(blurred)
            continue
        yield (
            match.span(),
            _spoken(view, match.start(), _value(match["n"]), lexicon, bool(match["about"]), match["more"]),
        )
    for match in _PLAIN.finditer(view.folded):
        age = _value(match["n"])
        if (6 if match[0].startswith(("今年", "现年", "年龄")) else 40) <= age <= 110:
            yield match.span(), band(age - 1 if match["near"] else age)
    for match in _OLD.finditer(view.folded):
        if match["n2"] or not match["n"].isdecimal() or view.folded[match.end() : match.end() + 1] in "了岁":
            age = _value(match["n"] or match["n2"])
            yield match.span(), band(age - 1 if match["near"] else age)
    for match in _BARE.finditer(view.folded):
        yield match.span(), band(int(match["n"] or match["n2"] or match["n3"] or match["n4"]))
    for match in _TENS.finditer(view.folded):
        age = _value(match["n"]) if len(match["n"]) > 1 else _value(match["n"]) * 10
        yield match.span(), band(age - 1 if match["near"] else age)
    for match in _PAST.finditer(view.folded):
        yield match.span(), band(_value(match["n"]))
    for match in _HIGH.finditer(view.folded):
        yield match.span(), band(_value(match["n"]))
    for match in _ENGLISH.finditer(view.folded):
        yield match.span(), band(int(match["n"] or match["m"]))
    for word, years in sorted(lexicon.numbers["day_words"]["age_words"].items()):
        at = view.folded.find(word)
        if at >= 0:
            near = bool(
                lexicon.pattern("ages", "approximate_down", after="$").search(view.words_before(at, 4))
            )
            yield (at, at + len(word)), band(int(years) - 1 if near else int(years))


def _by_name(view: View, customer: Found | None) -> Iterator[tuple[Span, str]]:
    """Two figures right behind the customer's name: “梁大爷(独居,78)”, “包青山,67”."""
    if customer is None:
        return
    name = re.escape(str(customer.value).lower())
    for match in re.finditer(
        rf"{name}(?:,? ?\((?:[^()\d]{{1,6}},)?|, ?)"
        r"(?P<n>[1-9]\d|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=[,.;。)]|岁|$)",
        view.folded,
    ):
        yield match.span("n"), band(_value(match["n"]))


def _between(blurred: re.Match[str]) -> str:
    """The band of “十七八” or “六七十”; silent where a border lies between."""
    first, second = (band(_value(blurred["ten"] + one + blurred["tens"])) for one in blurred["low"])
    return first if first == second else ""


def _spoken(view: View, start: int, age: int, lexicon: Lexicon, about: bool, more: str | None) -> str:
    """The band of “N岁” with the words that blur it; silent where the blur crosses a border."""
    if more and age == 10:
        return ""
    if lexicon.pattern("ages", "approximate_down", after="$").search(view.words_before(start, 4)):
        return band(age - 1) if band(age - 1) == band(age - 4) else ""
    if about or lexicon.pattern("ages", "approximate_up", after="$").search(view.words_before(start, 4)):
        return band(age) if band(age - 2) == band(age + 2) else ""
    return band(age)


def _born(view: View, on: date) -> Iterator[tuple[Span, str]]:
    for match in _BORN.finditer(view.folded):
        year = _value(match["y"] or match["y2"] or match["y3"])
        month, day = int(match["m"] or match["m2"] or 0), int(match["d"] or match["d2"] or 0)
        age = on.year - year
        born = make(year, month, day) if month and day else None
        if born is not None:
            age -= (on.month, on.day) < (month, day)
            yield match.span(), band(age)
        else:
            yield match.span(), band(age) if band(age) == band(age - 1) else ""
