"""Finding placeholders in texts, and saying which of them nobody knows and where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from postal_desk.domain.sentences import Sentence, say
from postal_desk.domain.text_rule import excerpt
from postal_desk.reports.template_values import NAMES

PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_BROKEN = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a form; ``fatal`` keeps it from being used."""

    place: Sentence
    what: Sentence
    fatal: bool = True


def known(name: str) -> tuple[str, str] | None:
    """List (``""`` for none) and field of a placeholder as it is written."""
    return NAMES.get(re.sub(r"\s", "", name).replace("．", ".").replace("。", "."))


def lists_in(text: str) -> set[str]:
    """The lists that the placeholders of a text belong to."""
    found = (known(name) for name in PLACEHOLDER.findall(text))
    return {pair[0] for pair in found if pair is not None and pair[0]}


def problems_in(text: str, place: Sentence) -> Iterator[Problem]:
    """What is wrong with the placeholders of a text."""
    for name in PLACEHOLDER.findall(text):
        if known(name) is None:
            near = get_close_matches(name.strip(), NAMES, 2, 0.5)
            what = (
                say("“{name}” is no placeholder; near it: {near}", name=excerpt(name), near=tuple(near))
                if near
                else say("“{name}” is no placeholder; see the list", name=excerpt(name))
            )
            yield Problem(place, what)
    if _BROKEN.search(PLACEHOLDER.sub("", text)):
        yield Problem(place, say("a placeholder begins with {open} and ends with {end}", open="{{", end="}}"))
    if len(lists := lists_in(text)) > 1:
        yield Problem(place, say("two lists ({names}) can't fill the same row", names=tuple(sorted(lists))))


def replaced(text: str, value: Callable[[str, str], str]) -> str:
    """The text with each known placeholder replaced by ``value(list, field)``."""

    def one(found: re.Match[str]) -> str:
        pair = known(found[1])
        return found[0] if pair is None else value(*pair)

    return PLACEHOLDER.sub(one, text)
