"""The known outlet a story is about, and the known member of staff who takes or handles the matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Found, Span
from postal_desk.domain.story.view import View, fold

#: A name so near the beginning, followed by a colon, is the one a letter or message is written to.
_SALUTATION = 24


def find_outlet(view: View, outlets: Sequence[str], lexicon: Lexicon) -> Found | None:
    """The outlet; silent if the text names several without saying which one it is about."""
    scores: dict[str, tuple[float, Span]] = {}
    for outlet, span, exact in _mentions(view, outlets, lexicon):
        score = (0.8 if exact else 0.7) + _here(view, span, lexicon)
        if outlet not in scores or score > scores[outlet][0]:
            scores[outlet] = (score, span)
    ranked = sorted(((score, outlet, span) for outlet, (score, span) in scores.items()), reverse=True)
    if not ranked or ranked[0][0] < 0.5:
        return None
    score, outlet, span = ranked[0]
    if len(ranked) > 1 and score - ranked[1][0] < 0.1:
        return None
    return Found(outlet, span, min(0.95, score + 0.1))


def _here(view: View, span: Span, lexicon: Lexicon) -> float:
    before, after = view.words_before(span[0], 10), view.after(span[1], 8)
    if lexicon.pattern("places", "not_here_after").match(after) or lexicon.pattern(
        "places", "not_here_before", after="$"
    ).search(before):
        return -0.5
    near = lexicon.pattern("places", "here_before", after="[^,。]{0,2}$").search(before) or lexicon.pattern(
        "places", "here_after"
    ).match(after)
    return 0.15 if near else 0.0


def _mentions(view: View, outlets: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, Span, bool]]:
    """Every place where an outlet's name stands, whole or in a usual short form that fits one outlet only."""
    covered: list[Span] = []
    for alias, name, exact in _names(tuple(outlets), lexicon):
        for span in _places(alias, view.folded):
            if not any(start < span[1] and span[0] < end for start, end in covered):
                covered.append(span)
                yield name, span, exact


@lru_cache(maxsize=4)
def _names(outlets: tuple[str, ...], lexicon: Lexicon) -> list[tuple[str, str, bool]]:
    """Folded names and short forms, the longest first."""
    names = [(fold(name), name, True) for name in outlets]
    names += [(alias, name, False) for alias, name in short_names(outlets, lexicon).items()]
    return sorted(names, key=lambda entry: -len(entry[0]))


def _places(name: str, folded: str) -> Iterator[Span]:
    """Where a folded name stands; a Latin one only as a word of its own."""
    start = folded.find(name)
    while start >= 0:
        end = start + len(name)
        beside = folded[start - 1 : start] + folded[end : end + 1]
        if not (name.isascii() and any(char.isascii() and char.isalpha() for char in beside)):
            yield start, end
        start = folded.find(name, end)


def short_names(outlets: Sequence[str], lexicon: Lexicon) -> dict[str, str]:
    """Short forms (folded) → the one outlet they can mean: 河南街支局 for 河南街邮政支局."""
    owners: dict[str, set[str]] = {}
    for outlet in outlets:
        for alias in _short_forms(fold(outlet), lexicon):
            owners.setdefault(alias, set()).add(outlet)
    whole = {fold(outlet) for outlet in outlets}
    return {
        alias: next(iter(names)) for alias, names in owners.items() if len(names) == 1 and alias not in whole
    }


def _short_forms(name: str, lexicon: Lexicon) -> set[str]:
    endings = sorted(lexicon.words("places", "outlet_endings"), key=len, reverse=True)
    ending = next((word for word in endings if name.endswith(word)), "")
    stem = name[: len(name) - len(ending)] if ending else ""
    if not stem:
        return set()
    stems = {stem}
    divided = lexicon.pattern("places", "prefixes_dropped").match(name)
    if divided and len(stem) - divided.end() >= 2:
        stems.add(stem[divided.end() :])
    if len(stem) >= 4 and not stem.isascii():
        stems.add(stem[2:])
    return {one + word for one in stems if len(one) >= 2 for word in endings} - {name}


def find_handler(
    view: View,
    staff: Sequence[str],
    lexicon: Lexicon,
    writing: Mapping[str, Span] | None = None,
    by_customer: bool = False,
) -> Found | None:
    """The member of staff who takes, handles or is asked for help; never one who is praised or complained of.

    ``writing``: members of staff who answer in a chat, with the place of their name. ``by_customer``: the customer
    tells the story, so that who does something in it is spoken of, and only who is asked handles it.
    """
    scores: dict[str, tuple[float, Span]] = {name: (0.7, span) for name, span in (writing or {}).items()}
    for name in staff:
        for span in _places(fold(name), view.folded):
            score = _handling(view, span, lexicon, by_customer)
            known = scores.get(name)
            if known is None or score < -0.5 or (score > known[0] > -0.5):
                scores[name] = (score, span)
    ranked = sorted(((score, name, span) for name, (score, span) in scores.items()), reverse=True)
    if not ranked or ranked[0][0] < 0.5 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.1):
        return None
    score, name, span = ranked[0]
    return Found(name, span, min(0.95, 0.3 + score * 0.7))


def _handling(view: View, span: Span, lexicon: Lexicon, by_customer: bool) -> float:
    before, after = view.words_before(span[0], 18), view.after(span[1], 24)
    title = lexicon.pattern("places", "title_after").match(after)
    after = after[title.end() :] if title else after
    if span[0] < _SALUTATION and re.match(
        r"\s*[:,]\s*(?:\n|我|帮|请|麻烦|你好|您好"
        r"|i |i'm |could |can |please |hi\b|hello\b|my |would )|\s*(?:你好|您好)|[:,]$",
        after + view.folded[span[1] + len(after) :][:3],
    ):
        return 0.8
    if _signs(view, span, lexicon) or before.endswith("我("):
        return 0.8  # also “我(费敏)手把手教他写”
    if lexicon.pattern("places", "not_handler_before", after=r"[^,。!?;\n]{0,4}$").search(before):
        return -1.0
    if lexicon.pattern("places", "not_handler_after").match(after.lstrip()):
        return -1.0
    score = 0.0
    if not by_customer and not before.strip() and re.match(r"[\u4e00-\u9fff]", after):
        score += 0.55  # the subject of its clause, and nothing bad is said
    if lexicon.pattern("places", "handler_before", after=r"[^,。!?;\n]{0,7}$").search(before):
        score += 0.75
    acts = "handler_formally" if by_customer else "handler_after"
    if lexicon.pattern("places", acts, before=r"[^,。!?;\n]{0,8}?").match(after):
        score += 0.75
    return min(score, 1.0)


def _signs(view: View, span: Span, lexicon: Lexicon) -> bool:
    """True for a name alone at the end of the record, also with a part or an outlet beside it: “投递员 柏松”."""
    if view.folded[span[1] :].count("\n") > 1 or len(view.folded) - span[1] > _SALUTATION:
        return False
    outlet = lexicon.pattern("places", "outlet_endings", before=r"[\u4e00-\u9fff]{0,8}")
    part = lexicon.pattern("people", "staff_people")
    before, after = view.before(span[0], 24), view.folded[span[1] :]
    return all(
        not (outlet.fullmatch(rest) is None and part.fullmatch(rest) is None) or not rest
        for rest in (before.strip(" —-/·:([,"), after.strip(" —-/·。.!)],\n"))
    )


def asked_carrier(view: View, fields: Mapping[str, Found], lexicon: Lexicon) -> Found | None:
    """The channel ``carrier``, if the customer asks a member of staff in person and the outlet is a delivery unit."""
    handler, outlet = fields.get("handler"), fields.get("outlet")
    if handler is None or outlet is None:
        return None
    delivery = lexicon.pattern("places", "delivery_outlets").search(fold(str(outlet.value)))
    before = view.words_before(handler.at[0], 10)
    if delivery and lexicon.pattern("places", "asked", after=r"[^,。!?;\n]{0,3}$").search(before):
        return Found("carrier", handler.at, 0.7)
    return None
