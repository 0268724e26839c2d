"""The counts behind a month's figures, each by one pass over an index. Deleted cases count nowhere.

Days are ISO text. A span is its first and last day, both inclusive. Outlets are named, ``""`` where a case has none.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from postal_desk.domain.summaries import POSITIVE_OPINIONS
from postal_desk.store import numbers
from postal_desk.store.work import Work

Span = tuple[date, date]

LIVING = "cases.deleted_at IS NULL"
_OUTLET = "coalesce((SELECT name FROM outlets WHERE id = outlet_id), '')"
_STAFF_OUTLET = "coalesce((SELECT name FROM outlets WHERE id = staff.outlet_id), '')"
#: Kinds of cases that count as a problem before their responsibility is decided.
_GRIEVANCES = "('complaint', 'appeal', 'petition')"


class ReceivedNow(NamedTuple):
    """Cases received in the span, by their codes; ``accepted`` on the same day."""

    category: str
    kind: str
    channel: str
    business: str
    outlet: str
    cases: int
    accepted: int
    praised: int
    responsible: int


class ClosedTotals(NamedTuple):
    """What was closed in a span; ``days`` from opening to closing, summed; ``asked`` gave an opinion."""

    cases: int
    days: int
    asked: int
    positive: int


class ClosedNow(NamedTuple):
    """Cases closed in the span, by their codes and the customer's opinion."""

    category: str
    kind: str
    channel: str
    business: str
    outlet: str
    opinion: str
    cases: int


class Due(NamedTuple):
    """Cases whose last reply clock fell due in a span: ``closed`` by its end, ``in_time`` answered by the due date."""

    cases: int
    closed: int
    in_time: int


class OpenCases(NamedTuple):
    """Cases open at the end of a day, by their codes; ``overdue`` of them unanswered and past due."""

    category: str
    kind: str
    channel: str
    business: str
    outlet: str
    cases: int
    overdue: int


class Overdue(NamedTuple):
    """One case overdue at the end of a day; ``due`` is the reply day it missed first."""

    number: str
    category: str
    outlet: str
    handler: str
    due: date


def text_of(span: Span) -> tuple[str, str]:
    """First and last day as the tables hold them."""
    return span[0].isoformat(), span[1].isoformat()


def _one(work: Work, sql: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row of an aggregate: there is always one."""
    (row,) = work.cursor(sql, values)
    return row


def _count(work: Work, sql: str, values: tuple[Any, ...]) -> int:
    return int(_one(work, sql, values)[0])


def received_count(work: Work, span: Span) -> int:
    """How many cases were received."""
    sql = f"SELECT count(*) FROM cases WHERE {LIVING} AND opened_on BETWEEN ? AND ?"
    return _count(work, sql, text_of(span))


def received_by_category(work: Work, span: Span) -> dict[str, int]:
    """Received by top category."""
    sql = f"SELECT category_top, count(*) FROM cases WHERE {LIVING} AND opened_on BETWEEN ? AND ? GROUP BY 1"
    return dict(work.cursor(sql, text_of(span)))


def received_by_outlet(work: Work, span: Span) -> dict[str, int]:
    """Received by outlet."""
    sql = (
        f"SELECT {_OUTLET}, cases FROM (SELECT outlet_id, count(*) AS cases FROM cases "
        f"WHERE {LIVING} AND opened_on BETWEEN ? AND ? GROUP BY 1)"
    )
    return dict(work.cursor(sql, text_of(span)))


def received(work: Work, span: Span) -> list[ReceivedNow]:
    """Received in the span, by every code that the summary breaks down."""
    sql = (
        f"SELECT category_top, kind, channel, business, {_OUTLET}, cases, accepted, praised, responsible FROM ("
        "SELECT category_top, kind, channel, business, outlet_id, count(*) AS cases, "
        "total(accepted_on = opened_on) AS accepted, total(praised) AS praised, "
        "total(responsibility = 'responsible') AS responsible "
        f"FROM cases WHERE {LIVING} AND opened_on BETWEEN ? AND ? GROUP BY 1, 2, 3, 4, 5)"
    )
    return [ReceivedNow._make((*row[:6], *map(int, row[6:]))) for row in work.cursor(sql, text_of(span))]


def closed_count(work: Work, span: Span) -> int:
    """How many cases were closed."""
    sql = f"SELECT count(*) FROM cases WHERE {LIVING} AND closed_on BETWEEN ? AND ?"
    return _count(work, sql, text_of(span))


def closed_totals(work: Work, span: Span) -> ClosedTotals:
    """Closed cases with their days and opinions."""
    positive = " + ".join(f"total(opinion = '{code}')" for code in POSITIVE_OPINIONS)
    sql = (
        "SELECT count(*), total(julianday(closed_on) - julianday(opened_on)), "
        f"count(*) - total(opinion = '') - total(opinion = 'not_asked'), {positive} "
        f"FROM cases WHERE {LIVING} AND closed_on BETWEEN ? AND ?"
    )
    return ClosedTotals._make(map(round, _one(work, sql, text_of(span))))


def closed(work: Work, span: Span) -> list[ClosedNow]:
    """Closed in the span, by every code that the summary breaks down."""
    sql = (
        f"SELECT category_top, kind, channel, business, {_OUTLET}, opinion, cases FROM ("
        "SELECT category_top, kind, channel, business, outlet_id, opinion, count(*) AS cases "
        f"FROM cases WHERE {LIVING} AND closed_on BETWEEN ? AND ? GROUP BY 1, 2, 3, 4, 5, 6)"
    )
    return [ClosedNow(*row) for row in work.cursor(sql, text_of(span))]


def closed_after_reopening(work: Work, span: Span) -> int:
    """How many of the cases closed in the span had been reopened before."""
    sql = (
        f"SELECT count(*) FROM cases WHERE {LIVING} AND closed_on BETWEEN ? AND ? AND EXISTS "
        "(SELECT 1 FROM steps WHERE steps.case_id = cases.id AND steps.status = 'reopened')"
    )
    return _count(work, sql, text_of(span))


_DUE = "count(*) AS cases, total(closed_on <= ?) AS closed, total(replied_on <= last_due) AS in_time"


def due(work: Work, span: Span) -> Due:
    """The cases whose last reply clock falls due in the span."""
    sql = f"SELECT {_DUE} FROM cases WHERE {LIVING} AND last_due BETWEEN ? AND ?"
    return Due._make(map(round, _one(work, sql, (span[1].isoformat(), *text_of(span)))))


def due_by_outlet(work: Work, span: Span) -> dict[str, Due]:
    """The same by outlet."""
    sql = (
        f"SELECT {_OUTLET}, cases, closed, in_time FROM (SELECT outlet_id, {_DUE} "
        f"FROM cases WHERE {LIVING} AND last_due BETWEEN ? AND ? GROUP BY 1)"
    )
    rows = work.cursor(sql, (span[1].isoformat(), *text_of(span)))
    return {row[0]: Due._make(map(round, row[1:])) for row in rows}


def due_and_unanswered(work: Work, span: Span, day: date) -> int:
    """How many cases fall due in the span and were not answered at the end of ``day``."""
    sql = (
        f"SELECT count(*) FROM cases WHERE {LIVING} AND last_due BETWEEN ? AND ? "
        "AND (replied_on IS NULL OR replied_on > ?) AND opened_on <= ?"
    )
    return _count(work, sql, (*text_of(span), day.isoformat(), day.isoformat()))


#: Cases open at the end of a day: those open still, and those closed since. Two small parts instead of all cases.
STILL_OPEN = f"cases INDEXED BY ix_cases_open WHERE {LIVING} AND closed_on IS NULL AND opened_on <= ?"
CLOSED_SINCE = (
    f"cases INDEXED BY ix_cases_closed WHERE {LIVING} AND closed_on IS NOT NULL "
    "AND closed_on > ? AND opened_on <= ?"
)
_OVERDUE = "first_due < ? AND (replied_on IS NULL OR replied_on > ?)"


def open_cases(work: Work, day: date) -> list[OpenCases]:
    """Cases open at the end of a day, by every code that the summary breaks down."""
    codes = "category_top, kind, channel, business, outlet_id"
    both = " UNION ALL ".join(
        f"SELECT {codes}, {_OVERDUE} AS late FROM {source}" for source in (STILL_OPEN, CLOSED_SINCE)
    )
    sql = (
        f"SELECT category_top, kind, channel, business, {_OUTLET}, cases, overdue FROM ("
        f"SELECT {codes}, count(*) AS cases, total(late) AS overdue FROM ({both}) GROUP BY 1, 2, 3, 4, 5)"
    )
    return [OpenCases._make((*row[:6], int(row[6]))) for row in work.cursor(sql, (day.isoformat(),) * 7)]


def overdue_cases(work: Work, day: date) -> list[Overdue]:
    """The cases overdue at the end of a day, the longest overdue first."""
    both = " UNION ALL ".join(
        f"SELECT number, category, outlet_id, handler_id, first_due FROM {source} AND {_OVERDUE}"
        for source in (STILL_OPEN, CLOSED_SINCE)
    )
    handler = "coalesce((SELECT name FROM staff WHERE id = handler_id), '')"
    sql = f"SELECT number, category, {_OUTLET}, {handler}, first_due FROM ({both}) ORDER BY first_due, number"
    rows = work.cursor(sql, (day.isoformat(),) * 7)
    return [Overdue._make((*row[:4], date.fromisoformat(row[4]))) for row in rows]


def open_numbers(work: Work, day: date) -> list[str]:
    """Numbers of the cases open at the end of a day."""
    sql = f"SELECT number FROM {STILL_OPEN} UNION ALL SELECT number FROM {CLOSED_SINCE}"
    return [number for (number,) in work.cursor(sql, (day.isoformat(),) * 3)]


#: The day of an outcome: its own, else the day the case ended or was answered, else the day it came in.
_OUTCOME_DAY = 'coalesce(dispositions."on", cases.closed_on, cases.answered_on, cases.opened_on)'


def outcomes(work: Work, kind: str, span: Span) -> tuple[int, Decimal]:
    """In how many cases a disposition of this kind took effect in the span, and the yuan of its amounts."""
    sql = (
        "SELECT count(DISTINCT cases.id), coalesce(sum(dispositions.amount), 0) FROM dispositions "
        f"CROSS JOIN cases ON cases.id = dispositions.case_id WHERE dispositions.kind = ? AND {LIVING} "
        f"AND ({_WITHIN_INDEX}) AND {_OUTCOME_DAY} BETWEEN ? AND ?"
    )
    cases, fen = _one(work, sql, (kind, *text_of(span), *text_of(span)))
    return int(cases), Decimal(int(fen)).scaleb(-2)


#: What the index on kind and day can narrow down by; the outcome's own day decides.
_WITHIN_INDEX = 'dispositions."on" IS NULL OR dispositions."on" BETWEEN ? AND ?'


def outcome_numbers(work: Work, kind: str, span: Span) -> list[str]:
    """Numbers of the cases that :func:`outcomes` counts."""
    sql = (
        "SELECT DISTINCT cases.number FROM dispositions CROSS JOIN cases ON cases.id = dispositions.case_id "
        f"WHERE dispositions.kind = ? AND {LIVING} AND ({_WITHIN_INDEX}) AND {_OUTCOME_DAY} BETWEEN ? AND ?"
    )
    return [number for (number,) in work.cursor(sql, (kind, *text_of(span), *text_of(span)))]


_REPEATED = (
    "(EXISTS (SELECT 1 FROM relations WHERE relations.case_id = cases.id) "
    "OR (cases.phone_digits <> '' AND EXISTS (SELECT 1 FROM cases AS earlier WHERE earlier.deleted_at IS NULL "
    "AND earlier.phone_digits <> '' AND earlier.phone_digits = cases.phone_digits "
    "AND earlier.sort_key < cases.sort_key AND earlier.category_top = cases.category_top "
    "AND earlier.opened_on >= date(cases.opened_on, '-12 months'))))"
)


def repeated_numbers(work: Work, span: Span) -> list[str]:
    """Numbers of the cases received in the span that repeat an earlier one: linked, or same phone and top category."""
    sql = f"SELECT number FROM cases WHERE {LIVING} AND opened_on BETWEEN ? AND ? AND {_REPEATED}"
    return [number for (number,) in work.cursor(sql, text_of(span))]


COUNTS_AS_PROBLEM = (
    f"(responsibility = 'responsible' OR (kind IN {_GRIEVANCES} AND responsibility IN ('', 'pending')))"
)


def recurring_numbers(work: Work, span: Span, outlet: str, category: str) -> list[str]:
    """Numbers of the cases that :func:`recurring` counts for one outlet and category."""
    sql = (
        f"SELECT number FROM cases WHERE {LIVING} AND opened_on BETWEEN ? AND ? AND category = ? "
        f"AND {COUNTS_AS_PROBLEM} AND outlet_id = (SELECT id FROM outlets WHERE name = ?)"
    )
    return [number for (number,) in work.cursor(sql, (*text_of(span), category, outlet))]


def late_numbers(work: Work, span: Span) -> list[str]:
    """Numbers of the cases whose last reply clock falls due in the span and that were not answered by then."""
    sql = (
        f"SELECT number FROM cases WHERE {LIVING} AND last_due BETWEEN ? AND ? "
        "AND (replied_on IS NULL OR replied_on > last_due)"
    )
    return [number for (number,) in work.cursor(sql, text_of(span))]


def numbers_without_outlet(work: Work, column: str, span: Span) -> list[str]:
    """Numbers of the cases that name no outlet and whose ``column`` (a day of a case) lies in the span."""
    if column not in ("opened_on", "closed_on", "last_due"):
        raise ValueError(f"{column} is no day that figures are counted by")
    sql = f"SELECT number FROM cases WHERE {LIVING} AND {column} BETWEEN ? AND ? AND outlet_id IS NULL"
    return [number for (number,) in work.cursor(sql, text_of(span))]


def typical_numbers(work: Work, span: Span) -> list[str]:
    """Numbers of the cases closed in the span that were released as typical, in the order of their closing."""
    sql = (
        f"SELECT number FROM cases WHERE {LIVING} AND closed_on BETWEEN ? AND ? AND typical = 1 "
        "ORDER BY closed_on, sort_key"
    )
    return [number for (number,) in work.cursor(sql, text_of(span))]


def praised_people(work: Work, span: Span) -> list[tuple[str, str, int]]:
    """Who handled the praised cases received in the span: name, outlet, how many; most first."""
    first, after = numbers.first_key(span[0]), numbers.first_key(span[1] + timedelta(days=1))
    sql = (
        f"SELECT staff.name, {_STAFF_OUTLET}, count(*) FROM cases INDEXED BY ix_cases_codes "
        f"CROSS JOIN staff ON staff.id = cases.handler_id WHERE {LIVING} AND cases.sort_key >= ? "
        "AND cases.sort_key < ? AND cases.praised = 1 GROUP BY staff.id ORDER BY 3 DESC, 1"
    )
    return [(name, outlet, cases) for name, outlet, cases in work.cursor(sql, (first, after))]
