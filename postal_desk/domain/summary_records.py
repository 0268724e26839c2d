"""What a month's summary says by name of measures, errors and recurrences: plain values, so that they can be frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from postal_desk.domain.effects import EffectLine
from postal_desk.domain.sentences import Label

NEW, DUE, DONE, OVERDUE = "new", "due", "finished", "overdue"


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure of the month. ``states`` says why it is named (``new due finished overdue``); one that is named for
    its effect alone has none. ``verdict`` is what somebody judged, ``effect`` what the branch's own figures say.
    """

    number: str
    title: str
    owner: str
    states: tuple[str, ...] = ()
    due_on: date | None = None
    finished_on: date | None = None
    verdict: str = ""
    effect: EffectLine | None = None


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One error of the month: who, when, what was decided, on which ground."""

    number: str
    staff: str
    on: date
    decision: str
    ground: Label | None = None


@dataclass(frozen=True, slots=True)
class CalledLine:
    """One problem that came back as often as the limit allows; ``person`` is empty while nobody is held to account."""

    outlet: str
    name: Label
    times: int
    person: str = ""
    settled: bool = False
