"""Canned texts: which are offered where, and how their variables are filled.

A variable stands in braces, ``{customer}``; what is not known stays a blank to fill in by hand, never an empty place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from postal_desk.domain.rules import CannedText, current
from postal_desk.domain.sentences import Sentence, say

STEP, STORY = "step", "story"
PLACES = (STEP, STORY)
BLANK = "____"
#: What may stand in braces, and what it is.
VARIABLES: Mapping[str, Sentence] = {
    "customer": say("the customer's name"),
    "number": say("the case's number"),
    "subject": say("the case's subject"),
    "item": say("the first item's number"),
    "items": say("all item numbers"),
    "outlet": say("the outlet"),
    "handler": say("who handles it"),
    "opened": say("the opening day"),
    "due": say("the day the first reply is due"),
    "days": say("days since the opening"),
    "today": say("today"),
    "tomorrow": say("the next working day"),
    "branch": say("the branch"),
    "amount": say("the amount of the compensation"),
}
_VARIABLE = re.compile(r"\{(\w*)\}", re.ASCII)


def variables_in(text: str) -> tuple[str, ...]:
    """The names in braces, in order."""
    return tuple(_VARIABLE.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled; what is missing becomes a blank."""
    return _VARIABLE.sub(lambda found: values.get(found[1], "") or BLANK, text)


def offered(
    texts: Iterable[CannedText],
    on: date,
    place: str,
    *,
    result: str = "",
    channel: str = "",
    dispositions: Iterable[str] = (),
) -> list[CannedText]:
    """The texts of a place that hold on a day: those for what is set in the step or decided in the case come first."""
    wanted = set(dispositions)

    def fits(text: CannedText) -> int:
        found = bool(result and result in text.results) + bool(channel and channel in text.channels)
        return found + bool(wanted & set(text.dispositions))

    here = [text for text in current(texts, on) if place in (text.places or (STEP,))]
    return sorted(here, key=lambda text: -fits(text))
