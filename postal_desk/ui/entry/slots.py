"""One value of the form and where it comes from. The rule of the page lives here: what a person said is never touched.

Values have the form of the JSON contract: text, code, ``YYYY-MM-DD``, ``True``/``False``, or a tuple of codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from postal_desk.domain.sentences import Sentence

Value = str | bool | tuple[str, ...]

#: From this confidence on, what was read in the story is filled in; below it is only offered.
SURE = 0.8


class Origin(StrEnum):
    """Who put the value there. ``OWN`` is a person's word, or the stored record's; an empty one was cleared by hand."""

    EMPTY = "empty"
    DEFAULT = "default"
    RECOGNISED = "recognised"
    OWN = "own"


@dataclass(slots=True)
class Slot:
    """A value, its origin, and what the story suggests instead of it.

    ``typed`` holds what was typed but could not be understood (a date, an amount) with the reason in ``problem``;
    ``value`` is then ``blank``. ``default`` is what stands there until somebody says something else.
    """

    blank: Value = ""
    default: Value | None = None
    suggestion: Value | None = None
    typed: str = ""
    problem: Sentence | None = None
    value: Value = ""
    origin: Origin = Origin.EMPTY

    def __post_init__(self) -> None:
        self._vacate()

    @property
    def given(self) -> bool:
        """True if a value, or something to put right, stands there."""
        return self.value != self.blank or bool(self.typed)

    def enter(self, value: Value) -> bool:
        """A person typed, chose or cleared the value. True if anything changed."""
        before = (self.value, self.origin, self.typed)
        self.value, self.origin = value, Origin.OWN
        self.typed, self.problem, self.suggestion = "", None, None
        return before != (value, Origin.OWN, "")

    def enter_wrong(self, typed: str, problem: Sentence) -> bool:
        """A person typed something that is no such value; it stays in the field, with the reason."""
        before = (self.typed, self.problem)
        self.value, self.origin = self.blank, Origin.OWN
        self.typed, self.problem, self.suggestion = typed, problem, None
        return before != (typed, problem)

    def confirm(self) -> bool:
        """A person saw the recognised value and went on: from now on it is theirs."""
        if self.origin is not Origin.RECOGNISED:
            return False
        self.origin = Origin.OWN
        return True

    def accept(self) -> bool:
        """A person took the suggestion. False if there is none."""
        return self.suggestion is not None and self.enter(self.suggestion)

    def load(self, value: Value) -> None:
        """Take the stored record's value; an empty one may still be suggested."""
        if value == self.blank:
            self.default = None
            self._vacate()
        else:
            self.enter(value)

    def read(self, value: Value | None, confidence: float, offer_only: bool = False) -> bool:
        """The story was read again; ``None``: it says nothing here (any more). True if anything changed.

        A person's value stays. A recognised value follows the story; with ``offer_only`` nothing is filled in.
        """
        before = (self.value, self.origin, self.suggestion)
        if self.origin is Origin.OWN:
            self.suggestion = None
        elif value is not None and confidence >= SURE and not offer_only:
            self.value, self.origin, self.suggestion = value, Origin.RECOGNISED, None
        else:
            if self.origin is Origin.RECOGNISED:
                self._vacate()
            self.suggestion = None if value == self.value else value
        return before != (self.value, self.origin, self.suggestion)

    def to_payload(self) -> dict[str, object]:
        """What a draft keeps; suggestions are read anew."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        kept: dict[str, object] = {"origin": self.origin.value, "value": value}
        if self.typed:
            kept["typed"] = self.typed
        return kept

    def restore(self, payload: Mapping[str, object]) -> None:
        """Take the value from a draft; one of the wrong type (another version's draft) is left out."""
        value = payload.get("value", self.blank)
        if isinstance(value, list):
            value = tuple(str(part) for part in value)
        if isinstance(value, str | bool | tuple) and type(value) is type(self.blank):
            self.value = value
            self.origin = Origin(str(payload.get("origin", Origin.OWN.value)))
            self.typed = str(payload.get("typed", ""))

    def _vacate(self) -> None:
        if self.default is None:
            self.value, self.origin = self.blank, Origin.EMPTY
        else:
            self.value, self.origin = self.default, Origin.DEFAULT
