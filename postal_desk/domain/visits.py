"""A field visit 调研: planned with a purpose and questions, made on a day, with findings that become problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from postal_desk.domain.fields import Field
from postal_desk.domain.record_forms import RecordForm
from postal_desk.domain.sentences import FieldRefusal, Sentence, say

PLANNED, MADE = "planned", "made"


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be asked, and what was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``problem`` is the number of the problem that it became; empty while it is none."""

    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One field visit. ``unit`` is visited (``outlet`` if it is one of the desk's list), ``team`` are the visitors."""

    title: str
    purpose: str
    unit: str = ""
    outlet: str = ""
    planned_on: date | None = None
    visited_on: date | None = None
    report: str = ""
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    team: tuple[str, ...] = ()
    number: str = ""
    revision: int = 0
    created_at: str = ""
    changed_at: str = ""

    @property
    def begun_on(self) -> date:
        """The day it counts from: that of the visit, else of the plan, else of the recording."""
        return self.visited_on or self.planned_on or date.fromisoformat(self.created_at[:10])

    @property
    def status(self) -> str:
        """``made`` once it has a day on which it took place."""
        return MADE if self.visited_on is not None else PLANNED


def _check(visit: Visit) -> None:
    """A visit without questions is the visit without a plan that the measures forbid; findings need a visit."""
    if visit.findings and visit.visited_on is None:
        raise FieldRefusal("visited_on", say("findings need the day of the visit; give it"))


VISIT_FORM: RecordForm[Visit] = RecordForm(
    "visit",
    "V",
    Visit,
    (
        Field("title", say("Field visit"), "text", max_length=200, required=True),
        Field("purpose", say("Purpose"), "lines", max_length=10_000, required=True),
        Field("unit", say("Unit visited"), "text", max_length=100),
        Field("outlet", say("Outlet"), "outlet", max_length=60),
        Field("planned_on", say("Planned for"), "date"),
        Field("visited_on", say("Visited on"), "date"),
        Field("report", say("Report"), "lines", max_length=10_000),
    ),
    parts={
        "questions": (
            Question,
            (
                Field("questions.question", say("Question"), "lines", max_length=2_000, required=True),
                Field("questions.answer", say("Answer"), "lines", max_length=10_000),
            ),
        ),
        "findings": (
            Finding,
            (
                Field("findings.text", say("Finding"), "lines", max_length=10_000, required=True),
                Field("findings.problem", say("Problem"), "text", max_length=40),
            ),
        ),
    },
    texts={"team": Field("team", say("Visitors"), "text", max_length=100)},
    check=_check,
)
STATUS_NAMES: dict[str, Sentence] = {PLANNED: say("Planned"), MADE: say("Made")}
