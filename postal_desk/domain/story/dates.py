"""Dates in Chinese: absolute, without a year, without a month, relative. Only what means one day is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from postal_desk.domain.story import days, numerals
from postal_desk.domain.story.days import Bases
from postal_desk.domain.story.english_dates import english_dates
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import DateFound, Span
from postal_desk.domain.story.view import Taken, View

_DN = "零〇○一二三四五六七八九"
_M = rf"(?P<m>\d{{1,2}}|[{_DN}十]{{1,3}}|元)"
_D = rf"(?P<d>\d{{1,2}}|[{_DN}十廿卅]{{1,3}})"
_FULL = re.compile(
    rf"(?<![\d{_DN}])(?P<y>\d{{4}}|[{_DN}]{{4}}|\d{{2}}) ?年 ?{_M} ?月 ?{_D} ?(?:[日号]|(?=[^\d{_DN}十]|$))"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<y>(?:19|20)\d{2}) ?(?P<s>[-/.]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<d>\d{1,2})(?!\d|[./-]\d)"
)
_SHORT_YEAR = re.compile(
    r"(?<![\d./-])(?P<y>\d{2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d|[./-]\d)"
)
_COMPACT = re.compile(
    r"(?<![\da-z-])(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\da-z-])"
)
_MONTH_DAY = re.compile(
    rf"(?<![\d{_DN}十.]){_M} ?月(?:份的?)? ?(?:{_D} ?[日号]|(?P<tens>[二三]?十[一二三四五六七八九]?)"
    r"(?=[,。;) \n寄发邮交收到买汇打来去我在从那早晚上下嘞的]|$)"
    rf"|(?P<bare>\d{{1,2}})(?![\d个.多来几年月]|\s*(?:[份底初中末旬天]|点|时|块|元|件)))"
)
_DOTTED = re.compile(
    r"(?<![\d./\-a-z])(?P<m>1[0-2]|0?[1-9])(?P<s>[./-])(?P<d>[12]\d|3[01]|0?[1-9])(?P<mark>[日号])?(?![\d:%]|[./-]\d)"
)
_DAY = re.compile(rf"(?<![\d{_DN}十年.第]){_D} ?(?P<mark>[日号])")
_RANGE_BEFORE = re.compile(
    rf"(?P<m>\d{{1,2}}|[{_DN}十]{{1,3}}) ?月 ?(?:(?:\d{{1,2}}|[{_DN}十]{{1,3}}) ?[日号]? ?[至到、和及~-]+ ?){{1,4}}$"
)
_AGO = re.compile(rf"(?P<n>\d{{1,3}}|[{_DN}十两]{{1,3}})天(?:以|之)?前(?![前])")
_BESIDE_DAY = re.compile(r"(?:[日号] ?[(,]? ?|\d\()$")
#: “2.12发,15号才到”: the month named before, where it plainly is a day.
_DOTTED_BEFORE = re.compile(
    r"(?<![\d./-])(?P<m>1[0-2]|[1-9])\.(?P<d>[12]\d|3[01]|[1-9])(?=[日号从由寄发在交收到下])"
)
#: “上月二十七寄的”: a day of the month without a mark.
_MARKLESS = r"的? ?(?P<d>[12]\d|3[01]|[二三]?十[一二三四五六七八九]?)(?=[寄发邮交汇收签到来去买订投])"
#: “3号和5号”: another day of the month follows or went before.
_NEXT_DAY = re.compile(rf"[和、到至或及~-](?:\d{{1,2}}|[{_DN}十]{{1,3}})[日号]")
_DAY_BEFORE = re.compile(rf"(?:\d{{1,2}}|[{_DN}十]{{1,3}})[日号][和、到至或及~-]$")
_OPENING = ("", ":", "|", "\n", ",", "。", "!", "?", ";", "(")
#: A day that signs a note stands so near to its end: “…希望校秤。12.18 一个老顾客”.
_SIGNATURE = 14
#: Words for a month and how far it lies from that of entry.
_MONTH_WORDS = {"last_month": -1, "this_month": 0, "next_month": 1}
#: How far before a day alone its month may be named.
_SAME_MONTH = 80
_HAN = re.compile(r"[\u4e00-\u9fff]")

Resolved = Iterator[tuple[Span, "date | None"]]


def find_dates(view: View, bases: Bases, lexicon: Lexicon, taken: Taken) -> tuple[DateFound, ...]:
    """The days in order, each once. Earlier forms win over later ones where they overlap."""
    found: list[DateFound] = []
    for form in _FORMS:
        for span, day in form(view, bases, lexicon):
            if day is not None and taken.free(span):
                taken.add(span)
                found.append(DateFound(day, view.text[span[0] : span[1]], span))
    found.sort(key=lambda one: one.at)
    first: dict[date, DateFound] = {}
    for one in found:
        first.setdefault(one.day, one)
    return tuple(first.values())


def _number(text: str) -> int:
    if text == "元":
        return 1
    value = numerals.parse(text)
    return int(value) if value is not None else 0


def _absolute(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    for expression in (_FULL, _NUMERIC, _COMPACT, _SHORT_YEAR):
        for match in expression.finditer(view.folded):
            year = _number(match["y"])
            if expression is _SHORT_YEAR and not _short_year_fits(view, match, bases):
                continue
            if year < 100:
                year += 2000 if 2000 + year <= bases.on.year + 1 else 1900
            yield match.span(), days.make(year, _number(match["m"]), _number(match["d"]))


def _short_year_fits(view: View, match: re.Match[str], bases: Bases) -> bool:
    year = 2000 + int(match["y"])
    return bases.on.year - 12 <= year <= bases.on.year + 1 and bool(
        _HAN.search(view.folded[slice(*view.clause(match.start()))])
    )


def _month_day(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    lunar = lexicon.pattern("dates", "month_day_before", after=" ?$")
    for match in _MONTH_DAY.finditer(view.folded):
        before, day = view.words_before(match.start(), 5), match["d"] or match["bare"] or match["tens"]
        if lunar.search(before):
            continue
        start, shift = _year_word(lexicon, before, match.start())
        month, number, base = _number(match["m"]), _number(day), bases.at(match.start())
        yield (
            (start, match.end()),
            _in_year(view, lexicon, (start, match.end()), (month, number, base, shift)),
        )


def _year_word(lexicon: Lexicon, before: str, start: int) -> tuple[int, int | None]:
    for name, shift in (("last_year", -1), ("this_year", 0), ("next_year", 1), ("year_before_last", -2)):
        match = lexicon.pattern("dates", name, after="的? ?$").search(before)
        if match:
            return start - (len(before) - match.start()), shift
    return start, None


def _in_year(
    view: View, lexicon: Lexicon, span: Span, parts: tuple[int, int, date, int | None]
) -> date | None:
    month, number, base, shift = parts
    if shift is not None:
        return days.make(base.year + shift, month, number)
    if ahead(view, lexicon, span):
        future = days.coming(month, number, base)
        if future is not None:
            return future
    return days.latest(month, number, base)


def ahead(view: View, lexicon: Lexicon, span: Span) -> bool:
    """True if the words around a date set a day to come: 请于…前, 预计…, by …."""
    after = lexicon.pattern("dates", "deadline_after").match(view.after(span[1], 8).lstrip())
    before = lexicon.pattern("dates", "deadline_before", after=r"[^,。!?;\n]{0,3}$").search(
        view.words_before(span[0], 10)
    )
    return bool(after or before)


def _dotted(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    """7.2, 7-2, 7/2: only where the words beside it say that it is a day."""
    after_words = lexicon.pattern("dates", "day_after")
    for match in _DOTTED.finditer(view.folded):
        sentence, rest = view.folded[slice(*view.sentence(match.start()))], view.folded[match.end() :][:6]
        alone = re.match(r"[|\t]", rest) or (
            rest[:1] == ")" and view.folded[match.start() - 1 : match.start()] == "("
        )
        opening = view.folded[: match.start()].rstrip(" ")[-1:]
        last = len(view.folded) - match.end() <= _SIGNATURE and rest[:1] == " " and opening == "。"
        led = (
            (opening in ("", ":", "|", "\n") and rest[:1] in (" ", "|", ""))
            or last
            or (opening in _OPENING and match["s"] == "/" and _HAN.match(rest))
        )
        if not _HAN.search(sentence) or not (
            match["mark"] or alone or led or after_words.match(rest.lstrip())
        ):
            continue
        if match["mark"] == "日" and lexicon.pattern("dates", "duration_after").match(rest):
            continue
        base = bases.at(match.start())
        parts = (int(match["m"]), int(match["d"]), base, None)
        yield match.span(), _in_year(view, lexicon, match.span(), parts)


def _day_only(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    for match in _DAY.finditer(view.folded):
        before, rest, number = (
            view.words_before(match.start(), 24),
            view.after(match.end(), 6),
            _number(match["d"]),
        )
        if re.search(rf"[\d{_DN}十] ?月$", before):
            continue  # taken as a whole already, or a lunar day
        month_word = lexicon.pattern("dates", *_MONTH_WORDS, after="的? ?$").search(before)
        base, start = bases.at(match.start()), match.start()
        if month_word:
            said = (name for name in _MONTH_WORDS if lexicon.pattern("dates", name).match(month_word[0]))
            start -= len(before) - month_word.start()
            yield (start, match.end()), days.day_of_month(number, base, _MONTH_WORDS[next(said)])
            continue
        span_of = _RANGE_BEFORE.search(before)
        if span_of:
            yield match.span(), days.latest(_number(span_of["m"]), number, base)
        elif match["mark"] == "日" and not match["d"].isdecimal() and re.match(r"[之以]?前", rest):
            continue  # 三日前: three days ago, or before the third
        elif _is_day(lexicon, match["mark"], before, rest):
            coming = days.coming_day(number, base) if ahead(view, lexicon, match.span()) else None
            told = coming or _going_on(view, match.start(), number, base)
            yield match.span(), told or days.day_of_month(number, base, None)


def _markless(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    for match in lexicon.pattern("dates", *_MONTH_WORDS, after=_MARKLESS).finditer(view.folded):
        said = next(name for name in _MONTH_WORDS if lexicon.pattern("dates", name).match(match[0]))
        yield (
            match.span(),
            days.day_of_month(_number(match["d"]), bases.at(match.start()), _MONTH_WORDS[said]),
        )


def _going_on(view: View, at: int, number: int, base: date) -> date | None:
    """“11月13日寄出，…16日自提”: a later day of the month named last, if that is not the month of entry."""
    start = max(0, at - _SAME_MONTH)
    named = [*_MONTH_DAY.finditer(view.folded, start, at), *_DOTTED_BEFORE.finditer(view.folded, start, at)]
    if not named:
        return None
    last = max(named, key=lambda one: one.start())
    month, day = (
        _number(last["m"]),
        next(last[key] for key in ("d", "bare", "tens") if last.groupdict().get(key)),
    )
    return days.latest(month, number, base) if number >= _number(day) else None


def _is_day(lexicon: Lexicon, mark: str, before: str, rest: str) -> bool:
    if _DAY_BEFORE.search(before):
        return True
    if lexicon.pattern("dates", "sure_day_after").match(rest) and before.endswith(("件", "包裹", "信")):
        return True
    if lexicon.pattern("dates", "not_day_before", after=" ?$").search(before):
        return False
    if _NEXT_DAY.match(rest):
        return True
    if mark == "日" and re.search(r"(?:^|[,于在到至自从:(])$", before):
        return lexicon.pattern("dates", "duration_after").match(rest) is None
    if lexicon.pattern("dates", "not_day_after").match(rest):
        return False
    if mark == "日" and lexicon.pattern("dates", "duration_after").match(rest):
        return False
    return mark == "号" or lexicon.pattern("dates", "day_after").match(rest) is not None


def _words(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    table = lexicon.numbers["day_words"]["days"]
    ordered = sorted((word for word in table if _HAN.search(word)), key=len, reverse=True)
    expression = lexicon.compiled(
        "day words", r"(?<![以之当目提先最然])(?:" + "|".join(map(re.escape, ordered)) + r")(?![气天子女媳])"
    )
    for match in expression.finditer(view.folded):
        near = view.folded[max(0, match.start() - 24) : match.end() + 24]
        if (
            ("今天" in near and "明天" in near)
            or view.folded.startswith("头条", match.end())
            or _quoted(view, match.start())
        ):
            continue  # 今天推明天 is a complaint, “明天再来” was said on another day
        yield match.span(), days.shifted(bases.at(match.start()), int(table[match[0]]))


def _quoted(view: View, at: int) -> bool:
    """True inside “…”: what somebody said is not said on the day of entry."""
    start, end = view.sentence(at)
    return (
        view.text.rfind("“", start, at) > view.text.rfind("”", start, at)
        and view.text.find("”", at, end + 2) >= 0
    )


def _weekdays(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    table, weeks = lexicon.numbers["day_words"]["weekdays"], lexicon.numbers["day_words"]["weeks"]
    prefix = "|".join(sorted((re.escape(word) for word in weeks), key=len, reverse=True))
    names = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    expression = lexicon.compiled(
        "weekdays",
        rf"(?P<week>{prefix})?(?<![每逢双单一两二三四几半至到\d])(?:周|星期|礼拜)(?P<day>{names})(?![日天](?:[^气]|$))(?!\s*[至到~-]\s*(?:周|星期|礼拜)?[一二三四五六日天]|、)",
    )
    for match in expression.finditer(view.folded):
        week = match["week"]
        clause = view.folded[slice(*view.clause(match.start()))]
        if week is None and lexicon.pattern("dates", "any_week").search(clause):
            continue
        if week is None and _BESIDE_DAY.search(view.folded[: match.start()][-4:]):
            continue  # “5月3日(周五)” is one day
        if (
            week is None
            and match[0].startswith("周")
            and _HAN.match(view.folded[match.end() :][:1] or "。") is None
        ):
            before = view.folded[match.start() - 1 : match.start()]
            if before and before in "叫姓是":
                continue
        yield (
            match.span(),
            days.weekday(
                int(table[match["day"]]), bases.at(match.start()), None if week is None else int(weeks[week])
            ),
        )


def _ago(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    vague = lexicon.pattern("dates", "vague_ago_before", after="$")
    for match in _AGO.finditer(view.folded):
        text = match["n"]
        if vague.search(view.words_before(match.start(), 4)) or (
            len(text) > 1 and not text.isdecimal() and "十" not in text
        ):
            continue
        if re.search(rf"[\d{_DN}十几百]$", view.folded[: match.start()][-1:]):
            continue
        yield match.span(), days.shifted(bases.at(match.start()), -_number(text))


def _festivals(view: View, bases: Bases, lexicon: Lexicon) -> Resolved:
    table = lexicon.numbers["day_words"]["festivals"]
    names = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    expression = lexicon.compiled(
        "festivals",
        rf"(?P<name>{names})(?=节?(?:当[天日]|那[天日]|这[天日]|早上|晚上|上午|下午|买|网购|抢购|下单|起|在(?:网上|网店|淘宝|京东|抖音|拼多多|直播间)))",
    )
    for match in expression.finditer(view.folded):
        month, day = divmod(int(table[match["name"]]), 100)
        yield match.span(), days.latest(month, day, bases.at(match.start()))


_FORMS: tuple[Callable[[View, Bases, Lexicon], Resolved], ...] = (
    _absolute, _month_day, _markless, english_dates, _words, _weekdays, _ago, _festivals, _dotted, _day_only,
)  # fmt: skip
