"""Latin names in a story: Mr Harris, “my name is Emily Carter”, under a letter, a foreigner in a Chinese record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import Mention
from postal_desk.domain.story.view import View

_WORD = r"(?:[A-ZÀ-Þ]['’])?[A-ZÀ-Þ][a-zß-ÿ'’]+(?:-?[A-ZÀ-Þ][a-zß-ÿ]+)?"
_INITIAL = r"[A-Z]\."
_NAME = rf"{_WORD}(?:[ \u00b7](?:{_INITIAL}|{_WORD}|de|van|von|da|bin|al)){{0,3}}"
_TWO = rf"{_WORD}(?:[ \u00b7](?:{_INITIAL}|de|van|von|da))?[ \u00b7]{_WORD}"
_THREE = rf"{_WORD} {_WORD} {_WORD}"
#: What a record calls the customer right before the name: “Sender Xu Peiling (153…)”.
_PART = (
    r"(?:Sender|Appellant|Complainant|Claimant|Applicant|Petitioner|Remitter|Subscriber|Collector"
    r"|Caller|Customer|Client|Visitor)"
)
_BLOCK = rf"[A-Z]{{2,}}[ ,]+{_WORD}"
_SHORT = rf"(?:[A-Z]\. ?){{1,2}}{_WORD}"
_LAST_LINE = re.compile(
    rf"(?:^|\n|[.!?,] |—|-- ?)\s{{0,3}}(?P<name>{_THREE}|{_TWO}|{_SHORT})\s*"
    r"(?=$|\n|[,(;.]|\s(?:\+|\d|tel|Tel|phone|Phone))"
)
_WITH_CHINESE_TITLE = re.compile(
    r"(?<![A-Za-z])(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)? ?(?:老师|先生|女士|小姐|教授|太太|同学|师傅))"
)
_ACTING = re.compile(
    rf"(?:^|[.!?\n] ?)(?P<name>{_TWO})(?=,? (?:\d\d,|aged |came |here\b|called |phoned |rang "
    r"|wrote |asked |asks |says |said "
    r"|complain|reported|reports |visited |posted |wants ))"
)
_BESIDE_PHONE = re.compile(
    rf"(?:^|[.!?\n] ?)(?P<name>{_TWO})(?=(?: \([^()\n]{{1,20}}\))?[,:]? "
    r"(?:tel|Tel|phone|Phone|mobile|Mobile|\+?\d[\d -]{7}))"
)
_IN_CHINESE = re.compile(rf"(?<![A-Za-z])(?P<name>{_TWO}|{_BLOCK})(?![A-Za-z])")
_WITH_PART = re.compile(rf"(?<![A-Za-z])(?i:{_PART}):? (?P<name>{_TWO})(?![A-Za-z])")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def find_english_names(view: View, lexicon: Lexicon) -> list[Mention]:
    """Every Latin name that something marks as one, in order."""
    found: list[Mention] = []
    for way in (_titled, _parts, _introduced, _signed, _acting, _closing, _chinese):
        for mention in way(view, lexicon):
            overlaps = any(mention.at[0] < other.at[1] and other.at[0] < mention.at[1] for other in found)
            if not overlaps and not _is_stop(mention.name, lexicon):
                found.append(mention)
    return sorted(found, key=lambda mention: mention.at)


def _is_stop(name: str, lexicon: Lexicon) -> bool:
    words = {word.lower() for word in re.split(r"[ .·]+", name)}
    shop = re.search(r"['’]s\s", name) is not None  # “Grandma Mei's Bakery”
    return shop or bool(words & set(lexicon.words("people", "english_names_stops")))


def _mentions(expression: re.Pattern[str], view: View, how: str) -> Iterator[Mention]:
    for match in expression.finditer(view.text):
        start, end = match.span("name")
        name = re.sub(r"['’]s?$", "", view.text[start:end].rstrip(" .,"))
        yield Mention(name, (start, start + len(name)), how)


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _titled(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    titles = _either(lexicon.words("people", "english_titles"))
    yield from _mentions(_WITH_CHINESE_TITLE, view, "titled")
    expression = lexicon.compiled("english titled", rf"(?<![A-Za-z])(?P<name>(?:{titles})\.?\s+{_NAME})")
    yield from _mentions(expression, view, "titled")


def _parts(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    yield from _mentions(_WITH_PART, view, "labelled")


def _introduced(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    words = _either(
        (
            "my name is",
            "my name's",
            "I am",
            "I'm",
            "this is",
            "by the name of",
            "calling himself",
            "calling herself",
            "named",
            "name:",
            "customer:",
            "caller:",
            "from:",
            "sender:",
            "me:",
            "me only:",
        )
    )
    expression = lexicon.compiled(
        "english introduced", rf"(?<![A-Za-z])(?i:{words})\s+(?P<name>{_THREE}|{_TWO})(?=[\s,.;(<]|$)"
    )
    return _mentions(expression, view, "labelled")


def _signed(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    words = _either(tuple(word for word in lexicon.words("people", "sign_offs") if word.isascii()))
    expression = lexicon.compiled(
        "english signed", rf"(?<![A-Za-z])(?i:{words})[ ,.!\n-]{{1,4}}\s*(?P<name>{_NAME})(?=[\s,.;(\"”'’]|$)"
    )
    return _mentions(expression, view, "signed")


def _acting(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """A whole name at the head of a sentence, before an age or what a customer does."""
    yield from _mentions(_ACTING, view, "acting")
    yield from _mentions(_BESIDE_PHONE, view, "beside_phone")


def _closing(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """Two capitalised words alone at the end of a letter in English."""
    if len(_HAN.findall(view.text)) * 5 > len(view.text):
        return
    for mention in _mentions(_LAST_LINE, view, "signed"):
        if mention.at[0] > len(view.text) * 3 // 5:
            yield mention


def _chinese(view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """A Latin name inside Chinese text, where such a thing is rarely anything else."""
    for match in _IN_CHINESE.finditer(view.text):
        start, end = match.span("name")
        beside = view.text[max(0, start - 2) : start] + view.text[end : end + 2]
        if _HAN.search(beside):
            yield Mention(match["name"], (start, end), "english")
