"""The recurrence board 屡查屡犯, and who is held to account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from postal_desk.domain.changes import Changes
from postal_desk.domain.recurrences import (
    ACCOUNTABILITY_FORM,
    Accountability,
    Recurring,
    TakenMeasure,
    limit_on,
    ranked,
    rolling_since,
    unanswered,
)
from postal_desk.domain.rules import RecurrenceRule
from postal_desk.domain.sentences import say
from postal_desk.services.desk import Desk
from postal_desk.services.registers import RecordView, Register
from postal_desk.store import organisation_records, record_queries, record_store
from postal_desk.store.organisation_records import Staff
from postal_desk.store.work import Work

__all__ = [
    "ACCOUNTABILITY",
    "Board",
    "BoardRow",
    "delete_accountability",
    "edit_accountability",
    "list_accountability",
    "raise_accountability",
    "recurrence_board",
    "restore_accountability",
    "settle_accountability",
    "show_accountability",
]

#: positions of those who answer for an outlet, the first that is held there counts
HEADS = ("branch_head", "delivery_head", "office_head")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One problem that came back: its place, the measures taken against it, who answers for it.

    ``crossed`` tells that the limit is reached; ``person`` is who is, or would be, held to account.
    """

    place: int
    found: Recurring
    crossed: bool
    measures: tuple[TakenMeasure, ...]
    item: Accountability | None
    person: str

    @property
    def calls(self) -> bool:
        """True if somebody has still to be held to account."""
        return self.crossed and self.item is None


@dataclass(frozen=True, slots=True)
class Board:
    """The rows, most often first, with the rule they were counted by and the days it covers."""

    rule: RecurrenceRule
    since: date
    until: date
    rows: tuple[BoardRow, ...]


ACCOUNTABILITY: Register[Accountability] = Register(
    ACCOUNTABILITY_FORM, missing=say("There is no accountability item {number}; look it up in the list")
)


def recurrence_board(desk: Desk, until: date | None = None) -> Board:
    """What came back within the rolling months that end with ``until`` (today). Refuses if no limit is in force."""
    with desk.work() as work:
        return board_within(desk, work, until or desk.today())


def board_within(desk: Desk, work: Work, until: date) -> Board:
    """The same within one open work."""
    rule = limit_on(desk.rules, until)
    since = rolling_since(rule, until)
    cases = work.once(record_queries.recurring_cases, since, until)
    found = ranked([*cases, *record_queries.recurring_clauses(work, since, until)])
    measures = record_queries.aimed_measures(work)
    items = [placed.record for placed in record_store.listed(work, ACCOUNTABILITY_FORM)]
    heads = heads_of(organisation_records.all_staff(work), until)
    open_calls = set(unanswered(found, items, rule, since))
    rows = []
    for place, one in enumerate(found, start=1):
        item = next((item for item in items if item.answers(one, since)), None)
        crossed = one in open_calls or (item is not None and one.times >= rule.limit)
        taken = tuple(measure for measure in measures if measure.answers(one))
        person = item.person if item else heads.get(one.outlet, "")
        rows.append(BoardRow(place, one, crossed, taken, item, person))
    return Board(rule, since, until, tuple(rows))


def heads_of(staff: Sequence[Staff], on: date) -> dict[str, str]:
    """Who answers for each outlet on a day."""
    found: dict[str, tuple[int, str]] = {}
    for person in staff:
        here = (person.joined_on is None or person.joined_on <= on) and (
            person.left_on is None or on <= person.left_on
        )
        if here and person.outlet and person.position in HEADS:
            rank = HEADS.index(person.position)
            if person.outlet not in found or rank < found[person.outlet][0]:
                found[person.outlet] = (rank, person.name)
    return {outlet: name for outlet, (_rank, name) in found.items()}


def raise_accountability(desk: Desk, item: Accountability) -> Changes:
    """Hold a named person to account for a problem that came back; raised today unless it says when."""
    raised = item.raised_on or desk.today()
    return ACCOUNTABILITY.add(desk, [replace(item, raised_on=raised)], "accountability.raise")


def settle_accountability(desk: Desk, number: str, result: str, done_on: date | None = None) -> Changes:
    """Write down what came of it."""
    values = {"result": result, "done_on": done_on or desk.today()}
    return ACCOUNTABILITY.edit(desk, number, values)


def edit_accountability(
    desk: Desk, number: str, changes: Mapping[str, object], revision: int | None = None
) -> Changes:
    """Change fields of an item."""
    return ACCOUNTABILITY.edit(desk, number, changes, revision)


def delete_accountability(desk: Desk, number: str) -> Changes:
    """Put an item into the recycle bin; the recurrence calls for somebody again."""
    return ACCOUNTABILITY.delete(desk, number)


def restore_accountability(desk: Desk, number: str) -> Changes:
    """Bring an item back from the recycle bin."""
    return ACCOUNTABILITY.restore(desk, number)


def show_accountability(desk: Desk, number: str) -> RecordView[Accountability]:
    """One item with its history."""
    return ACCOUNTABILITY.show(desk, number)


def list_accountability(desk: Desk, limit: int = 0) -> list[Accountability]:
    """The living items, newest first."""
    return ACCOUNTABILITY.all(desk, limit)
