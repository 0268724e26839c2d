"""A problem as a record of its own: found somewhere, by somebody, on a day; answered by measures or not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from postal_desk.domain.fields import Field
from postal_desk.domain.measures import Problem
from postal_desk.domain.record_forms import RecordForm
from postal_desk.domain.sentences import Sentence, say

OPEN, ANSWERED, SOLVED = "open", "answered", "solved"


@dataclass(frozen=True, slots=True)
class ProblemRecord:
    """One problem. ``unit`` is where it was found, in words; ``outlet`` the outlet of the desk's list, if it is one.

    ``cases`` are numbers of cases that show it.
    """

    text: str
    source: str = ""
    area: str = ""
    cause: str = ""
    found_on: date | None = None
    unit: str = ""
    outlet: str = ""
    category: str = ""
    clause: str = ""
    cases: tuple[str, ...] = ()
    number: str = ""
    revision: int = 0
    created_at: str = ""
    changed_at: str = ""

    @property
    def begun_on(self) -> date:
        """The day it counts from: that of the finding, else of the recording."""
        return self.found_on or date.fromisoformat(self.created_at[:10])

    @property
    def content(self) -> Problem:
        """What a measure says of the problem that it answers."""
        return Problem(self.text, self.source, self.area, self.cause, self.found_on, self.unit or self.outlet)


PROBLEM_FORM: RecordForm[ProblemRecord] = RecordForm(
    "problem",
    "P",
    ProblemRecord,
    (
        Field("text", say("Problem"), "lines", max_length=10_000, required=True),
        Field("source", say("Source"), "code", codes="problem_sources"),
        Field("area", say("Area"), "code", codes="problem_areas"),
        Field("cause", say("Cause"), "lines", max_length=10_000),
        Field("found_on", say("Found on"), "date"),
        Field("unit", say("Found at"), "text", max_length=100),
        Field("outlet", say("Outlet"), "outlet", max_length=60),
        Field("category", say("Category"), "category"),
        Field("clause", say("Clause of the standard"), "text", max_length=200),
    ),
    texts={"cases": Field("cases", say("Cases"), "text", max_length=40)},
)


def problem_of(content: Problem) -> ProblemRecord:
    """The record of a problem that came with a measure."""
    return ProblemRecord(
        content.text, content.source, content.area, content.cause, content.found_on, content.unit
    )


def status_of(measure_statuses: tuple[str, ...]) -> str:
    """``open`` without a measure that counts, ``answered`` with one, ``solved`` once all of them are finished."""
    counting = [status for status in measure_statuses if status != "withdrawn"]
    if not counting:
        return OPEN
    return SOLVED if all(status == "finished" for status in counting) else ANSWERED


STATUS_NAMES: dict[str, Sentence] = {
    OPEN: say("No measure yet"),
    ANSWERED: say("Being answered"),
    SOLVED: say("Answered, finished"),
}
