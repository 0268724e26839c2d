"""Lists of cases: rows, counts, keys for a list of any length, and the hints shown while a case is entered."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services.desk import Desk
from postal_desk.store import case_queries
from postal_desk.store.batches import batches
from postal_desk.store.column_values import phone_digits
from postal_desk.store.work import Work

__all__ = [
    "CaseRow",
    "Counts",
    "Duplicate",
    "EntryHints",
    "ListHead",
    "count_cases",
    "entry_hints",
    "list_head",
    "list_keys",
    "rows_at",
    "rows_by_key",
]

#: A case of the same item or phone within these days, before or after, is probably the same matter.
DUPLICATE_DAYS = 30
_MOST_DUPLICATES = 5
_ROWS_AT_ONCE = 1000


class CaseRow(NamedTuple):
    """What a list shows of a case. ``customer`` is unmasked: the screen masks.

    ``due`` is the day by which the first reply is due, ``None`` without a reply clock; ``overdue_days`` is 0 unless
    that day is past and nobody replied; ``elapsed_days`` run to the closing, else to today.
    """

    key: int
    number: str
    subject: str
    customer: str
    kind: str
    category: str
    channel: str
    outlet: str
    handler: str
    status: str
    opened_on: date
    due: date | None
    overdue_days: int
    fraud: bool
    vulnerable: bool
    closed_on: date | None
    elapsed_days: int
    praise: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases a filter shows, how many of them are closed, how many overdue."""

    total: int
    closed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class ListHead:
    """The counts of a list and its first rows. ``searchable`` is false if the search text has no word in it."""

    total: int
    closed: int
    overdue: int
    rows: tuple[CaseRow, ...]
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case that may be the same matter, because of its ``item`` or its ``phone``."""

    row: CaseRow
    why: str

    def __iter__(self) -> Any:
        return iter((self.row, self.why))


@dataclass(frozen=True, slots=True)
class EntryHints:
    """What is known while a case is entered: probable duplicates, and how many cases this phone has already."""

    duplicates: tuple[Duplicate, ...]
    customer_cases: int


def list_head(desk: Desk, filter: CaseFilter, page: int = 100) -> ListHead:
    """Counts and the first ``page`` rows, newest first."""
    query = case_queries.query_of(filter, desk.today())
    if query is None:
        return ListHead(0, 0, 0, (), searchable=False)
    with desk.work() as work:
        counts = case_queries.counts(work, filter, desk.today())
        rows = tuple(_rows(case_queries.newest(work, query, page), desk.today()))
    return ListHead(*counts, rows)


def count_cases(desk: Desk, filter: CaseFilter) -> Counts:
    """The counts alone."""
    with desk.work() as work:
        return Counts(*case_queries.counts(work, filter, desk.today()))


def list_keys(desk: Desk, filter: CaseFilter, limit: int = 0, before: int | None = None) -> array[int]:
    """Sort keys, newest first, as an array of 64-bit integers (8 MB a million).

    In one go, or in pieces so that other actions get their turn: ``limit`` keys below the last one of the piece
    before.
    """
    query = case_queries.query_of(filter, desk.today())
    if query is None:
        return array("q")
    with desk.work() as work:
        return array("q", case_queries.keys(work, query, limit or -1, before))


def rows_at(desk: Desk, filter: CaseFilter, offset: int, count: int) -> list[CaseRow]:
    """``count`` rows from place ``offset`` (from 0) of a list; for lists whose keys are known, ``rows_by_key``."""
    query = case_queries.query_of(filter, desk.today())
    if query is None:
        return []
    with desk.work() as work:
        return list(_rows(case_queries.newest(work, query, count, offset=offset), desk.today()))


def rows_by_key(desk: Desk, keys: Sequence[int]) -> list[CaseRow]:
    """The rows of these keys, in their order; a key that is gone is left out."""
    rows: list[CaseRow] = []
    with desk.work() as work:
        for some in batches(keys, _ROWS_AT_ONCE):
            found = case_queries.of_keys(work, some)
            rows += _rows((found[key] for key in some if key in found), desk.today())
    return rows


def _rows(found: Iterable[Any], today: date) -> Iterable[CaseRow]:
    """Rows of ``case_queries.LIST_COLUMNS`` with outlet and handler; by place, as a list makes them by the hundred."""
    parsed = date.fromisoformat
    for row in found:
        key, number, subject, customer, kind, category, channel, status, opened_text, *rest = row
        due_text, replied, closed_text, fraud, vulnerable, praised, outlet, handler = rest
        opened = parsed(opened_text)
        closed = parsed(closed_text) if closed_text else None
        due = parsed(due_text) if due_text else None
        late = (today - due).days if due is not None and replied is None else 0
        yield CaseRow(
            key,
            number,
            subject,
            customer,
            kind,
            category,
            channel,
            outlet or "",
            handler or "",
            status,
            opened,
            due,
            late if late > 0 else 0,
            bool(fraud),
            bool(vulnerable),
            closed,
            ((closed or today) - opened).days,
            bool(praised),
        )


def entry_hints(
    desk: Desk, items: Sequence[str], phone: str, opened_on: date, exclude: str = ""
) -> EntryHints:
    """Probable duplicates of a case being entered (not ``exclude``, its own number), and the customer's other cases."""
    from postal_desk.domain import item_numbers

    span = (opened_on - timedelta(days=DUPLICATE_DAYS), opened_on + timedelta(days=DUPLICATE_DAYS))
    digits = phone_digits(phone)
    wanted = [number for item in items if (number := item_numbers.normalise(item))]
    with desk.work() as work:
        reasons = dict.fromkeys(case_queries.keys_of_phone(work, digits, span, _MOST_DUPLICATES + 1), "phone")
        for number in wanted:
            reasons.update(
                dict.fromkeys(case_queries.keys_of_item(work, number, span, _MOST_DUPLICATES + 1), "item")
            )
        rows = _newest_rows(work, sorted(reasons, reverse=True), desk.today())
        mine = case_queries.count_of_phone(work, digits, exclude) if digits else 0
    duplicates = tuple(Duplicate(row, reasons[row.key]) for row in rows if row.number != exclude)
    return EntryHints(duplicates[:_MOST_DUPLICATES], mine)


def _newest_rows(work: Work, keys: list[int], today: date) -> list[CaseRow]:
    found = case_queries.of_keys(work, keys)
    return list(_rows((found[key] for key in keys if key in found), today))
