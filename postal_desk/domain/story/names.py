"""Chinese personal names in a story: 刘先生, 李大爷, 欧阳女士, full names beside the words that announce them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Span
from postal_desk.domain.story.view import Taken, View

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_HAN_ONLY = re.compile(rf"[{_HAN}]+")
_HEAD = re.compile(rf"(?:^|(?<=[,。!?;\n:|\]() —-]))(?P<self>我|俺|本人)?(?P<run>[{_HAN}]{{2,9}})")
_ASIDE = re.compile(r"^\([^()\n]{1,30}\)")
_PHONE_NEXT = re.compile(
    rf"[,:( |、]{{0,3}}(?:[男女][,:) |、]{{0,2}})?(?:\d{{2}}岁?,|[{_HAN}]{{2,8}},)?"
    rf"(?:[{_HAN}]{{0,6}}[:是 ]{{0,2}})?(?=\(?\+?\d[\d -]{{6}})|[,( |、]+[男女][,) |、]"
)
_AGE_NEXT = re.compile(
    r"[,( ]{1,2}(?:[男女][, ])?(?:今年|现年|年龄)?"
    r"(?:\d{2}|[一二三四五六七八九]?十[一二三四五六七八九]?)多?岁"
)
_ALONE = re.compile(r"[,。;)\n ]|$")
_RUN = re.compile(rf"[{_HAN}]{{2,12}}")
_DOTTED = re.compile(rf"[{_HAN}]{{1,7}}[·•.][{_HAN}]{{1,8}}(?:[·•.][{_HAN}]{{1,8}})?")
_CLOSING = re.compile(
    rf"(?:^|[。!?\n ,—-])[ —-]{{0,4}}(?P<name>[{_HAN}]{{2,4}})[ ]*"
    rf"(?=\n|$|\"|\([^()\n]{{1,8}}\)[。 ]*$|。 *$| ?\((?:签?[字章]|盖章|签名|公章|手印|印)\)| ?于[{_HAN}]{{2,5}}[。 ]*$"
    rf"|[,( ]*(?:电话|手机|tel|\d|[〇○零一二三四五六七八九十]{{1,4}}(?:[年月岁]|[。 ]*$)))"
)


_SURNAME_FIRST = re.compile(
    rf"姓(?P<surname>[{_HAN}]{{1,2}})[,。:;( ]{{1,2}}(?:叫)?"
    rf"(?P<name>(?P=surname)[{_HAN}]{{1,2}})(?=[,。;!() \d]|$)"
)
_BEHIND_PHONE = re.compile(rf"\d{{7}}[ ]?[(,][ ]?(?P<name>[{_HAN}]{{2,4}})(?=\)|[,。;!]|$)")


#: “周老今年…”: the title is one character, whatever follows.
_OLD = re.compile(rf"[{_HAN}]{{1,2}}?老(?=家属|来|说|称|反映|讲|今年|现年)")
#: “商会孙会长”: the body before the surname.
_ORGANISED = re.compile(rf".[会社司厂校院局站部所队村店行班级科室][{_HAN}]")
_TOLD = re.compile(rf"[{_HAN}]{{2,3}}?(?:反映|反应|投诉|申请|汇报|请示|提出|说明|打听|询问|咨询|求助|要)")


#: “我叫钦明德,六十三,…”: any name before an age, a telephone or a place.
_SAYS_NAME = (
    rf"[我俺]叫(?P<name>[{_HAN}]{{2,3}})"
    r"(?=[,(] ?(?:今年|现年|家?住|是|男|女|\d{2}|[一二三四五六七八九]?十|电话|手机|联系))"
)
#: What stands in a mark of the system and in no name: “已签收·门卫”.
_MARKS = frozenset("签收卫寄邮件包裹单查询投诉楼室第言板")


#: A text with more names than this is a list of people and no story.
MOST = 60
_CLOSE = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """A name with its place; ``how`` it was told: titled, labelled, signed, introduced, acting,
    beside_phone, alone, english."""

    name: str
    at: Span
    how: str


def find_names(view: View, lexicon: Lexicon) -> list[Mention]:
    """Every name that can be told from other words, in order; the same stretch once."""
    found, taken = list[Mention](), Taken()
    ways = (
        _dotted, _tibetan, _titled, _signed, _surname_first, _called, _labelled, _behind_phone, _heads,
    )  # fmt: skip
    for way in ways:
        for mention in islice(way(view, lexicon), MOST):
            if taken.free(mention.at):
                taken.add(mention.at)
                found.append(mention)
    return sorted(found, key=lambda mention: mention.at)


def may_be_one(one: str, other: str, lexicon: Lexicon) -> bool:
    """True if two names may mean one person: the same surname, in Latin letters a word in common besides the title."""
    if not (one.isascii() and other.isascii()):
        return one[:1] == other[:1]
    titles = {title.lower() for title in lexicon.words("people", "english_titles")}
    words = [set(re.split(r"[ .-]+", name.lower())) - titles - {""} for name in (one, other)]
    return bool(words[0] & words[1])


def is_surname(lexicon: Lexicon, text: str) -> bool:
    """True for a usual surname of one or two characters."""
    return text in lexicon.surnames or text in lexicon.compound_surnames


def _surname_length(lexicon: Lexicon, text: str) -> int:
    if text[:2] in lexicon.compound_surnames:
        return 2
    return 1 if text[:1] in lexicon.surnames else 0


def is_full_name(lexicon: Lexicon, text: str) -> bool:
    """True if the text has the shape of a surname and a given name of one or two characters."""
    return _may_be_name(lexicon, text, _surname_length(lexicon, text))


def _may_be_name(lexicon: Lexicon, text: str, surname: int) -> bool:
    given = text[surname:]
    if not surname or not 1 <= len(given) <= 2 or not _HAN_ONLY.fullmatch(text):
        return False
    if text[:2] in lexicon.words("people", "not_names") or text.endswith("本人"):
        return False
    return not set(given) & set("".join(lexicon.words("people", "given_name_stops")))


def _titled(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    titles = lexicon.pattern("people", "titles", "elder_titles")
    for match in titles.finditer(view.folded):
        start = _name_start(view, lexicon, match.start())
        if start is None:
            continue
        old = _OLD.match(view.folded, start)
        end = old.end() if old else match.end()
        name = view.text[start:end]
        if view.folded[max(0, start - 1) : start] in ("小", "老"):
            continue  # “窗口的小韩同志”, “老王太太”: how neighbours call each other
        if name[:2] not in lexicon.words("people", "not_names") and name not in lexicon.words(
            "people", "not_names"
        ):
            yield Mention(name, (start, end), "titled")


def _name_start(view: View, lexicon: Lexicon, title: int) -> int | None:
    """Where the name before a title begins: the longest that stands after a boundary or an announcing word."""
    best = None
    for length in (1, 2, 3, 4):
        start = title - length
        if start < 0:
            break
        text = view.folded[start:title]
        if length > 1 and view.folded[start - 1 : start].isdecimal():
            break  # “17段梁大爷”
        surname = _surname_length(lexicon, text)
        if length == 1 and not surname and _rare_surname(view, lexicon, start):
            best = start
        if surname and (
            length == surname
            or (
                is_full_name(lexicon, text)
                and _announced(view, lexicon, start)
                and not _ORGANISED.match(text)
            )
        ):
            best = start
            if _announced(view, lexicon, start, by_word=True):
                break
    if best == title - 1 and view.folded[best] == "向" and _TOLD.match(view.folded, title):
        return None  # “向经理反映”
    if best == title - 1 and view.folded[best - 1 : best + 1] in lexicon.words("people", "ordinary_words"):
        return None
    return best


def _rare_surname(view: View, lexicon: Lexicon, at: int) -> bool:
    """A character alone between a boundary and a title can only be a surname, however rare: “。相先生”."""
    usual = view.folded[at] in "".join(lexicon.words("people", "rare_surnames"))
    if not usual and lexicon.pattern("people", "sure_titles").match(view.folded, at + 1) is None:
        return False
    return (
        _announced(view, lexicon, at)
        and bool(_HAN_ONLY.fullmatch(view.folded[at]))
        and view.folded[at] not in "".join(lexicon.words("people", "no_surnames"))
    )


def _announced(view: View, lexicon: Lexicon, start: int, by_word: bool = False) -> bool:
    before = view.folded[max(0, start - 6) : start]
    if not before or not re.match(rf"[{_HAN}]", before[-1]):
        return not by_word
    return bool(
        lexicon.pattern(
            "people", "before_name", "customer_roles", "young_roles", "other_roles", "staff_roles", after="$"
        ).search(before)
    )


def cut_name(lexicon: Lexicon, run: str, rare: bool = False) -> str:
    """The full name at the head of a run of Chinese characters, or ``""`` if its end can't be told.

    A surname that is a usual word is one only where nothing but the name stands, and if it is none of the usual
    surnames, only with ``rare``.
    """
    if run[0] in "".join(lexicon.words("people", "rare_surnames")):
        if not (rare or run[0] in lexicon.surnames):
            return ""
        acts = lexicon.pattern("people", "after_name", "customer_acts")
        shortest = 3 if run[0] in lexicon.surnames else 2  # “来闹”, “都接到”
        ends = (length for length in (3, 2) if length >= shortest and _may_be_name(lexicon, run[:length], 1))
        told = (end for end in ends if len(run) == end or ((act := acts.match(run, end)) and len(act[0]) > 1))
        return next((run[:end] for end in told if len(run) >= end and run[0] != run[1]), "")
    after = lexicon.pattern("people", "after_name", "titles", "customer_acts")
    surname = _surname_length(lexicon, run)
    if not surname:
        return ""
    best, name = 0, ""
    for length in (surname + 2, surname + 1):
        if not is_full_name(lexicon, run[:length]):
            continue
        following = after.match(run[length:])
        reach = 9 if len(run) == length else len(following[0]) if following else 0
        unnamed = reach and name[surname : surname + 1] == "某"  # “解某|嫌…”
        if reach > best or reach == best == 2 or unnamed:  # “蒋华|申诉称”, not “蒋华申|诉称”
            best, name = reach, run[:length]
    return name


def _labelled(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    labels = lexicon.pattern(
        "people", "customer_roles", "young_roles", "introductions", "other_roles", after=r"[ :是为叫名(]{0,3}"
    )
    for match in labels.finditer(view.folded):
        run = _RUN.match(view.folded, match.end())
        name = cut_name(lexicon, run[0], rare=True) if run else ""
        if name:
            yield Mention(
                view.text[match.end() : match.end() + len(name)],
                (match.end(), match.end() + len(name)),
                "labelled",
            )


def _called(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """Whatever name follows words that leave no doubt: “老板名叫吉布木果”, “姓名:朝克”."""
    sure = lexicon.pattern(
        "people", "sure_introductions", after=rf"[: ]{{0,2}}(?P<name>[{_HAN}]{{2,5}})(?=[,。;)( ]|$)"
    )
    mine = lexicon.compiled("says own name", _SAYS_NAME)
    for match in (*sure.finditer(view.folded), *mine.finditer(view.folded)):
        name = match["name"]
        stops = set("".join(lexicon.words("people", "given_name_stops")))
        nick = (name[0] in "小老阿大" and len(name) == 2) or name[0] == name[1]
        if not nick and not stops & set(name) and not lexicon.pattern("people", "no_name").fullmatch(name):
            yield Mention(view.text[slice(*match.span("name"))], match.span("name"), "introduced")


def _surname_first(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """The whole name after the surname: “我姓冷,冷玉春”."""
    others = lexicon.pattern("people", "other_roles", "staff_roles", "not_self", after="$")
    for match in _SURNAME_FIRST.finditer(view.folded):
        if others.search(view.words_before(match.start(), 8)):
            continue  # “对方姓王,叫王强”
        if is_full_name(lexicon, match["name"]):
            yield Mention(view.text[slice(*match.span("name"))], match.span("name"), "introduced")


def _behind_phone(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """A full name in brackets, or alone, right after a telephone number: “138…(孟祥贵)”."""
    for match in _BEHIND_PHONE.finditer(view.folded):
        if is_full_name(lexicon, match["name"]):
            yield Mention(view.text[slice(*match.span("name"))], match.span("name"), "beside_phone")


def _dotted(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """Names with a middle dot: 约翰·史密斯, 买买提·艾力."""
    for match in _DOTTED.finditer(view.folded):
        if "." in match[0] or _MARKS & set(match[0]):
            continue
        start, end = match.span()
        announced = list(
            lexicon.pattern("people", "before_name", "customer_roles", "young_roles", "other_roles").finditer(
                view.folded, start, end
            )
        )
        start = (
            announced[-1].end() if announced and announced[-1].end() < view.folded.find("·", start) else start
        )
        dot = max(view.folded.rfind("·", start, end), view.folded.rfind("•", start, end))
        ways = lexicon.pattern("people", "after_name", "titles", "customer_acts")
        found = ways.finditer(view.folded, dot + 2, end + 4)
        stop = next((way for way in found if len(way[0]) > 1 or way[0] in "在说称" or way.end() > end), None)
        if stop and stop.start() <= end:
            title = lexicon.pattern("people", "titles").match(view.folded, stop.start())
            end = title.end() if title else stop.start()
        yield Mention(view.text[start:end], (start, end), "labelled")


def _tibetan(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """Names without a surname, known by their syllables: 卓玛次仁."""
    title = r"(?:先生|女士|大[爷妈叔娘]|老师|阿[妈爸])"
    names = lexicon.pattern("people", "tibetan", before="(?:", after=rf"){{2,3}}{title}?")
    titled = lexicon.pattern("people", "tibetan", after=title)
    for match in (*names.finditer(view.folded), *titled.finditer(view.folded)):
        yield Mention(view.text[slice(*match.span())], match.span(), "labelled")


def _signed(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    for match in _CLOSING.finditer(view.folded):
        if match.end() > min(len(view.folded) * 2 // 3, len(view.folded) - _CLOSE) and is_full_name(
            lexicon, match["name"]
        ):
            yield Mention(view.text[slice(*match.span("name"))], match.span("name"), "signed")
    marks = lexicon.pattern(
        "people", "sign_offs", before=rf"(?P<name>[{_HAN}]{{2,3}})[ ]?", after=r"(?=[\s,。!\d(]|$)"
    )
    for match in marks.finditer(view.folded):
        if is_full_name(lexicon, match["name"]):
            yield Mention(view.text[slice(*match.span("name"))], match.span("name"), "signed")


def _heads(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """A full name at the head of a clause: of one who acts as a customer, whose phone follows, or who says 我."""
    acts = lexicon.pattern("people", "customer_acts")
    for match in _HEAD.finditer(view.folded):
        name = cut_name(lexicon, match["run"])
        if not name:
            continue
        start = match.start("run")
        at = (start, start + len(name))
        following = _ASIDE.sub("", view.folded[at[1] : at[1] + 60], count=1).lstrip(" ")
        act = acts.match(following)
        if name[0] == "向" and act and not match["self"]:
            continue  # “向企业反映”
        if match["self"] and name[0] in "".join(lexicon.words("people", "verb_surnames")):
            continue  # “我查一下”
        if match["self"]:
            how = "introduced"
        elif (act and (len(name) > 2 or len(act[0]) > 1 or act[0] in "称说诉讲问" or "某" in name)) or (
            len(match["run"]) == len(name) and _AGE_NEXT.match(view.folded, at[1])
        ):
            how = "acting"
        elif len(match["run"]) == len(name) and (
            _PHONE_NEXT.match(view.folded, at[1]) or _PHONE_NEXT.match(following)
        ):
            how = "beside_phone"
        elif len(match["run"]) == len(name) and _ALONE.match(view.folded, at[1]):
            how = "alone"
        else:
            continue
        yield Mention(view.text[slice(*at)], at, how)
