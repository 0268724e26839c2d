"""Of whom something is said: of the customer, or of a relative, a member of staff or another."""

from __future__ import annotations

import re

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import is_full_name
from postal_desk.domain.story.reading import Found, Span
from postal_desk.domain.story.view import View

#: “七八十岁的人”: nobody in particular.
_PEOPLE = ("的人", "的群众", "的乡亲", "的五保", "的都", "的老百姓")
#: “家里87岁老人”: one of the customer's family.
_AT_HOME = re.compile(r"(?<!老)家(?:里|中|里有|中有|有)(?:个|位|一位|一个)?$")
#: An age of whom one begins with.
_MYSELF = ("我", "俺", "我都", "我也", "我是", "我一个", "我这")
_I = ("我", "俺", "本人", "i am", "i'm")
#: How far back the person is looked for of whom an age is said.
REACH = 60
_ASIDE_OF = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,4})\((?:[男女],)?$")
#: How many characters may lie between such a word and the customer's name, and what may not.
_BESIDE = 6
_PARTED = re.compile(r"[,。!?;:()\n|]|[来去给帮替为对向由被是说称]|[他她其我]")


def is_about_customer(view: View, span: Span, customer: Found | None, lexicon: Lexicon) -> bool:
    """True unless the nearest person named before or right after is a relative, a member of staff or another."""
    before, after = view.before(span[0], REACH), view.folded[span[1] : span[1] + 6]
    if not before.strip(" ,") or lexicon.pattern("ages", "pronouns").match(before.strip(" ,")):
        before = view.folded[max(0, span[0] - REACH) : span[0]]
    if view.folded[span[0] : span[1]].startswith(_I) or stands_by_name(view, span, customer, lexicon):
        return True
    if after.startswith(_PEOPLE) and not before.endswith(_MYSELF):
        return False
    if _is_after_another(before, customer, lexicon) or _is_my_old_one(view, before, span[0], lexicon):
        return False
    if lexicon.pattern("people", "relatives", "children", before="[ 的高龄老岁]{0,4}").match(after):
        return False
    if _AT_HOME.search(before):
        return False
    ends = {
        name: last_person(lexicon, name, before)
        for name in ("not_self", "relatives", "children", "staff_people", "self")
    }
    if _is_anothers(view, before, ends["self"], span[0], lexicon):
        return False
    own = max(ends.pop("self"), customer_end(before, customer))
    return own >= max(ends.values()) or max(ends.values()) < 0


def stands_by_name(view: View, span: Span, customer: Found | None, lexicon: Lexicon) -> bool:
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


def _is_after_another(before: str, customer: Found | None, lexicon: Lexicon) -> bool:
    """“支部书记姚汉民(84岁)” beside another customer."""
    aside = _ASIDE_OF.search(before)
    if aside is None or customer is None or aside["who"].endswith(str(customer.value).lower()):
        return False
    return any(is_full_name(lexicon, aside["who"][-length:]) for length in (3, 2))


def _is_my_old_one(view: View, before: str, at: int, lexicon: Lexicon) -> bool:
    """“我妈去寄药…。老太太八十二了”: a sentence that begins with her speaks of the relative named before."""
    who = lexicon.pattern("ages", "anyone", before="^[ ,]*", after="(?:今年|都|快|已经?)?$").match(before)
    mine = lexicon.pattern("people", "relatives", "children", before="[我俺]")
    return who is not None and mine.search(view.folded, 0, at) is not None


def _is_anothers(view: View, before: str, end: int, at: int, lexicon: Lexicon) -> bool:
    """True if the nearest person is “he” or “she” of one who says 我 and spoke of a relative: “我妈…她瘫痪”."""
    if end < 0 or before[end - 1] not in "他她":
        return False
    told = view.folded[:at]
    return (
        "我" in told
        and lexicon.pattern("people", "relatives", "children", before="[我俺]").search(told) is not None
    )


def customer_end(before: str, customer: Found | None) -> int:
    if customer is None:
        return -1
    name = str(customer.value).lower()
    called = (name, f"老{name[:1]}")  # 庞世荣 … 老庞七十五了
    return max((at + len(one) for one in called if (at := before.rfind(one)) >= 0), default=-1)


def last_person(lexicon: Lexicon, name: str, before: str) -> int:
    return max((match.end() for match in lexicon.pattern("people", name).finditer(before)), default=-1)
