"""Telephone numbers in a story, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.phone_owners import owner_of
from postal_desk.domain.story.phone_people import Known, Owner
from postal_desk.domain.story.phone_settling import settle_owners
from postal_desk.domain.story.reading import PhoneFound, Span
from postal_desk.domain.story.view import Taken, View

_ABROAD = re.compile(r"(?<![\d+])(?:\+|00)(?!86)(?P<digits>[1-9]\d{0,2}(?:[ ().-]{0,3}\d){6,14})(?!\d)")
_MOBILE = re.compile(
    r"(?<![\d.])(?<!\d-)(?:(?:\+|00)?86[ -]?)?(?P<digits>1[3-9]\d(?:[ -]?\d){8})(?![\d.]\d|\d)(?!-\d)"
)
# One figure a blank, and figures as they are spoken.
_SPELT = re.compile(
    r"(?<![\d.])1(?: [3-9])(?: \d){9}(?! ?\d)"
    r"|一[三四五六七八九](?:[零〇○一幺二三四五六七八九]){9}(?![零〇○一幺二三四五六七八九])"
)
_SPOKEN = str.maketrans("零〇○一幺二三四五六七八九", "0001123456789")
_LANDLINE = re.compile(
    r"(?<![\d])(?<!\d-)(?:(?:\+|00)?86[ -]?)?\(?(?P<area>0?(?:10|2\d|[3-9]\d{2}))\)?"
    r"[ -]{0,3}(?P<local>[2-8](?:[ -]?\d){6,7})(?![\d])(?!-\d{4})"
)
_LOCAL = re.compile(r"(?<![\d.])(?<!\d[:/-])(?P<local>[2-8]\d{2,3}[ -]?\d{4})(?![\d%]|[.:/-]\d)")
_LIKE_DAY = re.compile(r"20[0-3]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_TOLL_FREE = re.compile(r"(?<![\d-])(?P<digits>[48]00[ -]?\d{3,4}[ -]?\d{3,4})(?!\d)")
_SHORT = re.compile(r"(?<![\d./+-])(?<!\d:)(?P<digits>\d{3,6})(?![\d%]|[.:/]\d|-\d)")


#: A text with more numbers than this is a directory and no story.
MOST = 100


def find_phones(view: View, lexicon: Lexicon, taken: Taken, known: Known) -> tuple[PhoneFound, ...]:
    """The numbers in order, each once, with their owners; ``known``: what was found out before."""
    found: list[tuple[Span, str, Owner | None]] = []
    for form in (_abroad, _toll_free, _mobiles, _landlines, _locals, _short):
        for span, number, owner in islice(form(view, lexicon, known), MOST):
            if taken.free(span):
                taken.add(span)
                found.append((span, number, owner))
    found.sort()
    owners = settle_owners(
        view,
        [(span, number, owner or owner_of(view, span, lexicon, known)) for span, number, owner in found],
        known,
        lexicon,
    )
    first: dict[str, PhoneFound] = {}
    for span, number, owner in owners:
        first.setdefault(number, PhoneFound(number, owner, span))
    return tuple(first.values())


Forms = Iterator[tuple[Span, str, "Owner | None"]]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _abroad(view: View, lexicon: Lexicon, known: Known) -> Forms:
    for match in _ABROAD.finditer(view.folded):
        digits = _digits(match["digits"].replace("(0)", ""))
        if 8 <= len(digits) <= 15:
            yield match.span(), f"+{digits}", None


def _mobiles(view: View, lexicon: Lexicon, known: Known) -> Forms:
    for match in _MOBILE.finditer(view.folded):
        groups = re.split(r"[ -]", match["digits"])
        if all(len(group) >= 2 for group in groups):
            yield match.span(), _digits(match["digits"]), None
    for match in _SPELT.finditer(view.folded):
        yield match.span(), _digits(match[0].translate(_SPOKEN)), None


def _landlines(view: View, lexicon: Lexicon, known: Known) -> Forms:
    for match in _LANDLINE.finditer(view.folded):
        area, local = match["area"], _digits(match["local"])
        if not area.startswith("0"):
            if not match[0].lstrip("(+").startswith(("86", "0086")):
                continue
            area = f"0{area}"
        yield match.span(), f"{area}-{local}", None


def _locals(view: View, lexicon: Lexicon, known: Known) -> Forms:
    """Seven or eight digits without area code, only beside a word for telephone."""
    near = lexicon.pattern(
        "phones", "labels", "dialling", "other_before", "own_places", after=r"[^,。!?;\n\d]{0,8}$"
    )
    home = lexicon.pattern("phones", "own_places", before=r" ?\(", after=r"\)")
    for match in _LOCAL.finditer(view.folded):
        digits = _digits(match["local"])
        behind = view.folded[match.end() : match.end() + 8]
        told = (
            near.search(view.words_before(match.start(), 24))
            or home.match(behind)
            or any(0 <= max(one.at[0] - match.end(), match.start() - one.at[1]) <= 2 for one in known.names)
        )
        if told and len(digits) in (7, 8) and not _LIKE_DAY.fullmatch(digits):
            yield match.span(), digits, None


def _toll_free(view: View, lexicon: Lexicon, known: Known) -> Forms:
    for match in _TOLL_FREE.finditer(view.folded):
        digits = _digits(match["digits"])
        if len(digits) == 10:
            owner = owner_of(view, match.span(), lexicon, known, suspects_only=True)
            office = lexicon.pattern("phones", "own_line_before").search(view.words_before(match.start(), 16))
            yield (
                match.span(),
                digits,
                "other" if owner == "other" or (known.fraud and not office) else "service",
            )


def _short(view: View, lexicon: Lexicon, known: Known) -> Forms:
    numbers, prefixes = (
        lexicon.words("phones", "service_numbers"),
        lexicon.words("phones", "service_prefixes"),
    )
    for match in _SHORT.finditer(view.folded):
        digits = match["digits"]
        if digits not in numbers and not (len(digits) == 5 and digits.startswith(prefixes)):
            continue
        before, after = view.words_before(match.start(), 8), view.folded[match.end() :][:4].lstrip()
        if lexicon.pattern("phones", "not_phone_after").match(after) or lexicon.pattern(
            "phones", "not_phone_before", after="$"
        ).search(before):
            continue
        if len(digits) == 3 and not _dialled(before, after, lexicon):
            continue
        suspect = owner_of(view, match.span(), lexicon, known, suspects_only=True) == "other"
        yield match.span(), digits, "other" if suspect else "service"


def _dialled(before: str, after: str, lexicon: Lexicon) -> bool:
    return bool(
        lexicon.pattern("phones", "dialling", "labels", after=r"[^,。!?;\n\d]{0,5}$").search(before)
        or lexicon.pattern("phones", "dialling", "labels").match(after)
    )
