"""The same problem again 屡查屡犯: counted for each outlet and category, or clause, in rolling months.

What counts is a case that is the post's responsibility, or a grievance whose responsibility is not decided; for a
clause, a problem on record. Crossing the limit (``seeds/accountability.toml``) calls a named person to account [S2].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from postal_desk.domain.fields import Field
from postal_desk.domain.measures import months_later
from postal_desk.domain.record_forms import RecordForm
from postal_desk.domain.rules import RecurrenceRule, Rules, current
from postal_desk.domain.sentences import FieldRefusal, Refusal, say


@dataclass(frozen=True, slots=True)
class Recurring:
    """One problem that came back at one outlet: by ``category`` (cases) or by ``clause`` (problems on record)."""

    outlet: str
    category: str
    clause: str
    times: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TakenMeasure:
    """What the board shows of a measure that aims at a category or a clause, at some outlets (none: everywhere)."""

    number: str
    title: str
    status: str
    category: str = ""
    clause: str = ""
    outlets: tuple[str, ...] = ()

    def answers(self, found: Recurring) -> bool:
        """True if it is against this category (or the one above it) or clause, at this outlet or everywhere."""
        if self.outlets and found.outlet not in self.outlets:
            return False
        if found.clause:
            return self.clause == found.clause
        return bool(self.category) and (
            self.category == found.category or found.category.startswith(f"{self.category}.")
        )


@dataclass(frozen=True, slots=True)
class Accountability:
    """Somebody is held to account because a problem came back: who, for what, until when, and what came of it."""

    person: str
    outlet: str
    category: str = ""
    clause: str = ""
    raised_on: date | None = None
    times: int = 0
    text: str = ""
    due_on: date | None = None
    done_on: date | None = None
    result: str = ""
    number: str = ""
    revision: int = 0
    created_at: str = ""
    changed_at: str = ""

    @property
    def begun_on(self) -> date:
        """The day on which it was raised."""
        return self.raised_on or date.fromisoformat(self.created_at[:10])

    @property
    def open(self) -> bool:
        """True until somebody wrote down what came of it."""
        return self.done_on is None

    def answers(self, found: Recurring, since: date) -> bool:
        """True if it is about this recurrence and not from before ``since``."""
        same = (self.outlet, self.category, self.clause) == (found.outlet, found.category, found.clause)
        return same and self.begun_on >= since


def limit_on(rules: Rules, on: date) -> RecurrenceRule:
    """The rule in force on a day. Refuses if there is none: somebody ended it and added no successor."""
    found = current(rules.recurrence, on)
    if not found:
        raise Refusal(
            say("No limit for recurring problems is in force on {day}; add one to the rules", day=on)
        )
    return found[0]


def rolling_since(rule: RecurrenceRule, until: date) -> date:
    """The first day of the rolling months that end with ``until``."""
    return months_later(until + timedelta(days=1), -rule.months)


def ranked(found: Iterable[Recurring]) -> list[Recurring]:
    """Most often first; among equals the one that came back last."""
    return sorted(
        found, key=lambda one: (-one.times, -one.last.toordinal(), one.outlet, one.category, one.clause)
    )


def unanswered(
    found: Iterable[Recurring], items: Sequence[Accountability], rule: RecurrenceRule, since: date
) -> list[Recurring]:
    """The recurrences at or over the limit for which nobody was held to account within the rolling months."""
    crossed = [one for one in found if one.times >= rule.limit]
    return [one for one in crossed if not any(item.answers(one, since) for item in items)]


def _check(item: Accountability) -> None:
    if not item.category and not item.clause:
        raise FieldRefusal("category", say("name the category or the clause that came back"))
    if bool(item.done_on) != bool(item.result):
        raise FieldRefusal("result", say("an item that is done has both a day and a result"))
    if item.done_on is not None and item.raised_on is not None and item.done_on < item.raised_on:
        reason = say(
            "{day} is before the day {raised} on which it was raised", day=item.done_on, raised=item.raised_on
        )
        raise FieldRefusal("done_on", reason)


ACCOUNTABILITY_FORM: RecordForm[Accountability] = RecordForm(
    "accountability",
    "A",
    Accountability,
    (
        Field("person", say("Person held to account"), "staff", max_length=60, required=True),
        Field("outlet", say("Outlet"), "outlet", max_length=60, required=True),
        Field("category", say("Category"), "category"),
        Field("clause", say("Clause of the standard"), "text", max_length=200),
        Field("raised_on", say("Raised on"), "date"),
        Field("times", say("Times"), "count"),
        Field("text", say("What is asked of the person"), "lines", max_length=10_000),
        Field("due_on", say("Due on"), "date"),
        Field("done_on", say("Done on"), "date"),
        Field("result", say("Result"), "lines", max_length=10_000),
    ),
    check=_check,
)
