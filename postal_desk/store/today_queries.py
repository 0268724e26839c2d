"""What is to be done on a day. Each question walks the front of an index that holds open work only, and stops at a
limit: a desk of a million cases answers as one of a thousand does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from postal_desk.store.work import Work

_WHO = "LEFT JOIN outlets ON outlets.id = cases.outlet_id LEFT JOIN staff ON staff.id = cases.handler_id"
_UNREPLIED = (
    "cases INDEXED BY ix_cases_first_due {who} WHERE cases.deleted_at IS NULL AND cases.replied_on IS NULL "
    "AND cases.first_due IS NOT NULL AND cases.first_due BETWEEN ? AND ?"
)
_PROMISED = (
    "cases INDEXED BY ix_cases_follow_up {who} WHERE cases.deleted_at IS NULL "
    "AND cases.follow_up_on IS NOT NULL AND cases.follow_up_on BETWEEN ? AND ?"
)
_RECHECKS = (
    "rechecks INDEXED BY ix_rechecks_open CROSS JOIN measures ON measures.id = rechecks.measure_id "
    "WHERE rechecks.done_on IS NULL AND rechecks.due BETWEEN ? AND ? "
    "AND measures.deleted_at IS NULL AND measures.status = 'finished'"
)
_CASE = (
    "cases.number, cases.subject, coalesce(outlets.name, ''), coalesce(staff.name, ''), "
    "cases.status, cases.category, coalesce(cases.customer_name, '')"
)
#: kind of work → what is asked, and in which order
QUESTIONS: Mapping[str, str] = {
    "due": f"SELECT {_CASE}, cases.first_due, '' FROM {_UNREPLIED.format(who=_WHO)} "
    "ORDER BY cases.first_due, cases.sort_key",
    "follow_up": f"SELECT {_CASE}, cases.follow_up_on, coalesce((SELECT text FROM steps "
    "WHERE steps.case_id = cases.id AND steps.follow_up_on = cases.follow_up_on ORDER BY position LIMIT 1), '') "
    f"FROM {_PROMISED.format(who=_WHO)} ORDER BY cases.follow_up_on, cases.sort_key",
    "recheck": "SELECT measures.number, measures.title, measures.owner_unit, measures.owner, measures.status, '', '', "
    f"rechecks.due, '' FROM {_RECHECKS} ORDER BY rechecks.due, measures.number",
}
_COUNTED: Mapping[str, str] = {
    "due": _UNREPLIED.format(who=""),
    "follow_up": _PROMISED.format(who=""),
    "recheck": _RECHECKS,
}
_BEGINNING = "0001-01-01"


class Task(NamedTuple):
    """One row: the record's number, what it is about, who has it, its day, the words of a promise."""

    number: str
    subject: str
    outlet: str
    handler: str
    status: str
    category: str
    customer: str  # to mask the name where it stands in the subject
    day: str
    text: str


def tasks(work: Work, kind: str, first: date | None, last: date, limit: int) -> list[Task]:
    """The tasks of a kind whose day lies in the span (``first`` ``None``: from the beginning), the oldest first."""
    rows: Any = work.rows(f"{QUESTIONS[kind]} LIMIT ?", (*_span(first, last), limit))
    return [Task(*row) for row in rows]


def count(work: Work, kind: str, first: date | None, last: date, most: int) -> int:
    """How many there are, counted no further than ``most``."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {_COUNTED[kind]} LIMIT ?)"
    return int(work.rows(sql, (*_span(first, last), most)).scalar_one())


def about_cases(work: Work, numbers: Sequence[str]) -> dict[str, tuple[str, str, str, str]]:
    """Subject, outlet, handler and the customer's name of some cases by number."""
    if not numbers:
        return {}
    marks = ", ".join("?" * len(numbers))
    sql = f"SELECT {_CASE} FROM cases {_WHO} WHERE cases.number IN ({marks})"
    return {row[0]: (row[1], row[2], row[3], row[6]) for row in work.rows(sql, tuple(numbers))}


def _span(first: date | None, last: date) -> tuple[str, str]:
    return (first.isoformat() if first else _BEGINNING, last.isoformat())
