"""Which parts of the story are lit, and how: taken into the form, or only suggested. Plain data, no widgets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postal_desk.ui.entry.form import READ, Form, as_value

if TYPE_CHECKING:
    from postal_desk.domain.story.reading import Found

TAKEN = "taken"
UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Span:
    """``start`` to ``end`` in code points of the story; ``mark`` is ``taken`` or ``unsure``."""

    start: int
    end: int
    mark: str


def spans(form: Form) -> list[Span]:
    """The lit parts in the order of the text, not overlapping; what a person replaced by something else is not lit."""
    found = sorted(_all(form), key=lambda span: (span.start, span.mark != TAKEN, -span.end))
    kept: list[Span] = []
    for span in found:
        if span.start < span.end and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def _all(form: Form) -> Iterator[Span]:
    rows = {row.number for row in form.items.rows}
    for item in form.reading.items if form.reading is not None else ():
        if item.number in rows:
            yield Span(*item.at, UNSURE if item.check == "suspicious" else TAKEN)
    found = form.found()
    for name in READ:
        if name in found and (mark := _mark(form, name, found[name])):
            yield Span(*found[name].at, mark)
    if "fraud" in found and form.reading is not None and (mark := _mark(form, "fraud", found["fraud"])):
        yield from (Span(*place, mark) for place in form.reading.fraud_signs)
    named = form.mail_class
    if named is not None and any(row.slots["class"].value == named.value for row in form.items.rows):
        yield Span(*named.at, TAKEN)


def _mark(form: Form, name: str, found: Found) -> str:
    value, slot = as_value(found.value), form[name]
    if slot.value == value:
        return TAKEN
    return UNSURE if slot.suggestion == value else ""


class Positions:
    """Code points (what the reader counts) to the UTF-16 units that a text document counts."""

    def __init__(self, text: str) -> None:
        self._wide = [place for place, character in enumerate(text) if ord(character) > 0xFFFF]

    def units(self, point: int) -> int:
        """The position in UTF-16 units."""
        return point + bisect_left(self._wide, point)
