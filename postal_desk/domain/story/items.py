"""Item numbers in a story: two letters with nine or eleven digits, or thirteen digits; also with blanks.

Order, complaint and account numbers and those of other carriers are told apart by the words before them.
"""

from __future__ import annotations

import re

from postal_desk.domain import item_numbers
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import ItemFound, Span
from postal_desk.domain.story.view import Taken, View

_LETTERED = re.compile(
    r"(?<![a-z0-9])(?:ems)?(?P<head>[a-z]{2})(?P<gap>[ -]{0,2})(?:\d[ -]?){8}\d[ -]{0,2}"
    r"(?P<tail>[a-z]{2}|\d ?\d)(?![a-z0-9])"
)
_DIGITS = re.compile(r"(?<![\d+])(?<![\d+][-.])\d(?:[ -]?\d){12}(?!\d)(?![.-]\d)")
_IDENTITY = re.compile(
    r"(?<![\da-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dx](?![\da-z])"
)
_LONG = re.compile(r"(?<![\d.])\d{14,}(?!\d)")
_OTHER = re.compile(r"(?<![a-z0-9])[a-z]{1,5}-?\d{6,}(?:-\d+)*(?![a-z0-9])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILE_86 = re.compile(r"861[3-9]")
_PLAIN_NUMBER = re.compile(r"(?<![\u4e00-\u9fff])编号[:是为 ]{0,2}$")
_LATIN_BEFORE = re.compile(r"[a-z]+[.:]?$")


_ABROAD = re.compile(r"00[1-9][\d ]{9,14}")


def find_items(view: View, lexicon: Lexicon, taken: Taken) -> tuple[ItemFound, ...]:
    """The item numbers in order, each once; everything that looks like a long number is put into ``taken``."""
    for match in _IDENTITY.finditer(view.folded):
        taken.add(match.span())
    found = [*_lettered(view, lexicon, taken), *_thirteen(view, lexicon, taken)]
    for expression in (_LONG, _OTHER):
        for match in expression.finditer(view.folded):
            if taken.free(match.span()) and not _ABROAD.fullmatch(match[0]):
                taken.add(match.span())
    found.sort(key=lambda item: item.at)
    first: dict[str, ItemFound] = {}
    for item in found:
        first.setdefault(item.number, item)
    return tuple(first.values())


def _lettered(view: View, lexicon: Lexicon, taken: Taken) -> list[ItemFound]:
    found = []
    for match in _LETTERED.finditer(view.folded):
        raw_head, tail = view.text[match.start("head") : match.end("head")], match["tail"]
        span = (match.start("head"), match.end())
        checked = item_numbers.check(view.text[slice(*span)])
        if match["gap"] and not raw_head.isupper() and _MOBILE.fullmatch(re.sub(r"\D", "", match[0])):
            continue  # “Mr. Gu 13604590073”
        if match["gap"] and raw_head.islower():
            word = match["head"] in lexicon.words("items", "not_prefixes")
            if word or (tail[0].isdigit() and checked.check != "ok"):
                continue
        if (
            tail.isalpha()
            and not raw_head.islower()
            and view.text[match.start("tail") : match.end("tail")].islower()
        ):
            continue  # “RR473124829 is lost”: the number lacks its country
        taken.add(span)
        # A right check digit says more than the word before it.
        sure = checked.check == "ok" and tail.isalpha()
        if checked.form != "unknown" and (sure or not _is_other(view, lexicon, span[0], lettered=True)):
            found.append(ItemFound(checked.number, span, checked.check))
    return found


def _thirteen(view: View, lexicon: Lexicon, taken: Taken) -> list[ItemFound]:
    found = []
    for match in _DIGITS.finditer(view.folded):
        span, shown = match.span(), match[0]
        groups = re.split(r"[ -]", shown)
        if not taken.free(span) or not _grouped(groups):
            continue
        digits = "".join(groups)
        if (
            _MOBILE_86.match(digits)
            or digits.startswith("00")
            or _looks_like_moment(shown)
            or _foreign_letters(view, lexicon, span)
        ):
            continue
        taken.add(span)
        if not _is_other(view, lexicon, span[0]):
            found.append(ItemFound(digits, span, "none"))
    return found


def _grouped(groups: list[str]) -> bool:
    """Groups as people write them: of three figures or more, or beginning as item numbers do: 9876 5432 01 584."""
    if all(len(group) >= 3 for group in groups[:-1]):
        return True
    return len(groups[0]) == 4 and groups[0][0] in "19" and groups[0][:2] not in ("19", "18")


def _looks_like_moment(shown: str) -> bool:
    """Two telephone numbers or a date before a time, run together by a blank."""
    groups = re.split(r"[ -]", shown)
    return len(groups) > 1 and (
        len(groups[0]) in (11, 12)
        or (len(groups[0]) == 4 and groups[0][:2] in ("19", "20") and len(groups) < 4)
    )


def _foreign_letters(view: View, lexicon: Lexicon, span: Span) -> bool:
    latin = _LATIN_BEFORE.search(view.folded[max(0, span[0] - 10) : span[0]])
    if latin is None:
        return False
    return latin[0].rstrip(".:") not in lexicon.words("items", "ems_words")


def _is_other(view: View, lexicon: Lexicon, start: int, lettered: bool = False) -> bool:
    """True if the nearest naming word before a number says that it is no item of the post.

    A plain “编号” says nothing against the letters of an item.
    """
    before = view.words_before(start, 22)
    if lettered:
        before = _PLAIN_NUMBER.sub("", before)
    if lexicon.pattern("items", "carriers").search(before):
        return True
    other = [match.end() for match in lexicon.pattern("items", "other_number_before").finditer(before)]
    item = [match.end() for match in lexicon.pattern("items", "item_before").finditer(before)]
    return bool(other) and max(other) >= max(item, default=-1)
