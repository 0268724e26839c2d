"""The customer's age band and vulnerability: only from what is said of the customer, not of a relative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from postal_desk.domain.story import numerals
from postal_desk.domain.story.days import make
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Found, Span
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
    r"(?<![\d一二三四五六七八九十])(?P<n>[1-9]0|[二三四五六七八九]十)岁?(?:刚|才)?(?:出头|开外|挂零|好几)"
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
#: “七八十岁的人”: nobody in particular.
_PEOPLE = ("的人", "的群众", "的乡亲", "的五保", "的都", "的老百姓")
#: “家里87岁老人”: one of the customer's family.
_AT_HOME = re.compile(r"(?<!老)家(?:里|中|里有|中有|有)(?:个|位|一位|一个)?$")
#: An age of whom one begins with.
_I = ("我", "俺", "本人", "i am", "i'm")
#: How far back the person is looked for of whom an age is said.
REACH = 60
#: How many characters may lie between such a word and the customer's name, and what may not.
_BESIDE = 6
_PARTED = re.compile(r"[,。!?;:()\n|]|[来去给帮替为对向由被是说称]|[他她其我]")
#: A story that begins with an old or disabled person is about the customer.
_OPENING = 24


def band(age: int) -> str:
    """The age band of an age in years."""
    return next(name for limit, name in _BANDS if age < limit) if 0 <= age < 131 else ""


def find_age(view: View, on: date, customer: Found | None, lexicon: Lexicon) -> Found | None:
    """The band of the age said of the customer, or of the birth date."""
    for span, name in (*_born(view, on), *_by_name(view, customer), *_ages(view, lexicon)):
        if name and is_about_customer(view, span, customer, lexicon):
            return Found(name, span, 0.9)
    return None


def _value(text: str) -> int:
    number = numerals.parse(text)
    return int(number) if number is not None else -1


def _ages(view: View, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
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
        rf"{name}(?:,? ?\((?:[^()\d]{{1,6}},)?|, ?)(?P<n>[1-9]\d)(?=[,.;。)]|岁|$)", view.folded
    ):
        yield match.span("n"), band(int(match["n"]))


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


def is_about_customer(view: View, span: Span, customer: Found | None, lexicon: Lexicon) -> bool:
    """True unless the nearest person named before or right after is a relative, a member of staff or another."""
    before, after = view.before(span[0], REACH), view.folded[span[1] : span[1] + 6]
    if not before.strip(" ,") or lexicon.pattern("ages", "pronouns").match(before.strip(" ,")):
        before = view.folded[max(0, span[0] - REACH) : span[0]]
    if view.folded[span[0] : span[1]].startswith(_I) or _stands_by_name(view, span, customer, lexicon):
        return True
    if after.startswith(_PEOPLE):
        return False
    if lexicon.pattern("people", "relatives", "children", before="[ 的高龄老岁]{0,4}").match(after):
        return False
    if _AT_HOME.search(before):
        return False
    ends = {
        name: _last(lexicon, name, before)
        for name in ("not_self", "relatives", "children", "staff_people", "self")
    }
    if _is_anothers(view, before, ends["self"], span[0], lexicon):
        return False
    own = max(ends.pop("self"), _customer_end(before, customer))
    return own >= max(ends.values()) or max(ends.values()) < 0


def _stands_by_name(view: View, span: Span, customer: Found | None, lexicon: Lexicon) -> bool:
    """“盲人按摩师郭铁民”, “82岁的葛老太太”, “邱占林(肢残二级)”: said right beside the customer's name."""
    if customer is None:
        return False
    name = str(customer.value).lower()
    behind = view.folded[span[1] : span[1] + _BESIDE + len(name)]
    if name.isascii():
        behind = behind.replace(",", " ", 1)  # “in a wheelchair, Ms. Sokolova”
    if name in behind and not _PARTED.search(behind[: behind.index(name)]):
        return True
    aside = view.folded[max(0, span[0] - _BESIDE - len(name)) : span[0]]
    inside = re.search(rf"{re.escape(name)}(?P<mark>[(,])(?P<words>[^()]*)$", aside)
    if inside is None or (inside["mark"] == "," and _PARTED.search(inside["words"])):
        return False
    return lexicon.pattern("people", "relatives", "children").search(inside["words"]) is None


def _is_anothers(view: View, before: str, end: int, at: int, lexicon: Lexicon) -> bool:
    """True if the nearest person is “he” or “she” of one who says 我 and spoke of a relative: “我妈…她瘫痪”."""
    if end < 0 or before[end - 1] not in "他她":
        return False
    told = view.folded[:at]
    return (
        "我" in told
        and lexicon.pattern("people", "relatives", "children", before="[我俺]").search(told) is not None
    )


def _customer_end(before: str, customer: Found | None) -> int:
    if customer is None:
        return -1
    name = str(customer.value).lower()
    called = (name, f"老{name[:1]}")  # 庞世荣 … 老庞七十五了
    return max((at + len(one) for one in called if (at := before.rfind(one)) >= 0), default=-1)


def _last(lexicon: Lexicon, name: str, before: str) -> int:
    return max((match.end() for match in lexicon.pattern("people", name).finditer(before)), default=-1)


def find_vulnerable(view: View, customer: Found | None, age: Found | None, lexicon: Lexicon) -> Found | None:
    """``elderly``, ``disabled``, ``minor``, in this order, as far as they are said of the customer."""
    found: dict[str, Span] = {}
    if age and age.value in ("60_79", "80_plus"):
        found["elderly"] = age.at
    elif age and age.value == "under_18":
        found["minor"] = age.at
    if customer and lexicon.pattern("people", "elder_titles", after="$").search(str(customer.value)):
        found.setdefault("elderly", customer.at)
    if not (age and age.value in ("under_18", "18_59")):
        _add(found, "elderly", _said(view, "elder_words", customer, lexicon))
    _add(found, "disabled", _said(view, "disabled_words", customer, lexicon))
    adult = customer and lexicon.pattern("people", "adult_titles", after="$").search(str(customer.value))
    if not (age and age.value != "under_18") and "elderly" not in found and not adult:
        _add(found, "minor", _said(view, "minor_words", customer, lexicon))
    codes = tuple(code for code in ("elderly", "disabled", "minor") if code in found)
    return Found(codes, found[codes[0]], 0.85) if codes else None


def _in_title(view: View, at: int) -> bool:
    """True inside 《…》: 《中学生阅读》 is a paper."""
    start, end = view.sentence(at)
    return view.text.rfind("《", start, at) > view.text.rfind("》", start, at) and "》" in view.text[at:end]


def _add(found: dict[str, Span], code: str, span: Span | None) -> None:
    if span is not None:
        found.setdefault(code, span)


def _said(view: View, words: str, customer: Found | None, lexicon: Lexicon) -> Span | None:
    """The first such word that is said of the customer and not of people in general.

    Once a story has called somebody else so, the same word without more is that person again: “我爸是听障人士…”.
    """
    general_before = lexicon.pattern("ages", "general_before", after="$")
    general_after = lexicon.pattern("ages", "general_after")
    elsewhere = _somebody_else(view, customer, lexicon) if words == "elder_words" else False
    for match in lexicon.pattern("people", words).finditer(view.folded):
        before, after = view.words_before(match.start(), 8), view.folded[match.end() : match.end() + 6]
        if general_before.search(before) or general_after.match(after) or _in_title(view, match.start()):
            continue
        if _stands_by_name(view, match.span(), customer, lexicon):
            return match.span()
        if match[0].endswith("的"):
            continue  # “四年级的” says it of the one who is named behind
        if words == "elder_words" and match.start() > _OPENING:
            continue  # deep in the story it was as often somebody else
        about = (
            is_about_customer(view, match.span(), customer, lexicon)
            and not _told_by_another(view, match.start(), lexicon)
            and not (words == "elder_words" and _is_named_otherwise(view, match.start(), customer, lexicon))
        )
        if about and match.start() > _OPENING and not _person_before(view, match.start(), customer, lexicon):
            continue  # deep in the story, and nobody was named of whom it could be said
        if not about:
            elsewhere = True
        elif (not elsewhere or not _may_be_anyone(match[0], before, lexicon)) and (
            customer is None or _is_one(match[0], before, after, lexicon)
        ):
            return match.span()
    return None


def _told_by_another(view: View, at: int, lexicon: Lexicon) -> bool:
    start, _end = view.sentence(at)
    told = view.folded[start:at]
    return lexicon.pattern("ages", "told_by_another").search(told) is not None


def _is_named_otherwise(view: View, at: int, customer: Found | None, lexicon: Lexicon) -> bool:
    """“蓝阿公” beside a customer of another surname."""
    before = view.folded[max(0, at - 1) : at]
    return customer is not None and before in lexicon.surnames and before not in str(customer.value).lower()


def _person_before(view: View, at: int, customer: Found | None, lexicon: Lexicon) -> bool:
    before = view.before(at, REACH)
    return _last(lexicon, "self", before) >= 0 or _customer_end(before, customer) >= 0


def _somebody_else(view: View, customer: Found | None, lexicon: Lexicon) -> bool:
    """True if an age of sixty or more is said of somebody else than the customer."""
    return any(
        name in ("60_79", "80_plus") and not is_about_customer(view, span, customer, lexicon)
        for span, name in _ages(view, lexicon)
    )


def _may_be_anyone(word: str, before: str, lexicon: Lexicon) -> bool:
    named = lexicon.pattern("ages", "one_person_before", after="$").search(before)
    return named is None and lexicon.pattern("ages", "anyone").fullmatch(word) is not None


def _is_one(word: str, before: str, after: str, lexicon: Lexicon) -> bool:
    """True unless “老人” beside a customer with a title of his own may be anybody: “群众取钱,老人来回车费30元”."""
    if not _may_be_anyone(word, before, lexicon):
        return True
    return lexicon.pattern("ages", "one_person_after").match(after) is not None
