"""Whole cases: one with everything about it, or a run of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from postal_desk.domain import numbering, states
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.domain.deadlines import Deadline, clocks_for_case
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.services.desk import Desk
from postal_desk.store import audit, case_queries, case_records, keeping_records, ledger_records
from postal_desk.store.batches import batches
from postal_desk.store.case_rows import Placed
from postal_desk.store.column_values import phone_digits
from postal_desk.store.ledger_records import Origin
from postal_desk.store.work import Work

_BATCH = 200


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done to a case: when, by whom, which action (``case.edit``), which fields."""

    at: str
    who: str
    action: str
    fields: tuple[str, ...]
    audit_id: int


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """A case that this one names, or that names this one (``incoming``). A case of another desk has no subject."""

    number: str
    kind: str
    incoming: bool
    subject: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with what today and its surroundings add. ``elapsed_days`` run to the closing, else to today.

    ``missing`` is what closing still needs; ``customer_cases`` counts the cases of the same phone, this one included.
    In a view from :func:`iter_views` the surroundings (``missing`` and what follows it) are left empty.
    """

    case: Case
    deadlines: tuple[Deadline, ...]
    overdue: bool
    elapsed_days: int
    key: int = 0
    deleted_at: str | None = None
    missing: tuple[Sentence, ...] = ()
    related: tuple[RelatedCase, ...] = ()
    customer_cases: int = 0
    history: tuple[HistoryLine, ...] = ()
    origin: Origin | None = None  # the row of the ledger it was imported from
    hold: str = ""  # why the case is under legal hold


def show_case(desk: Desk, number: str, *, deleted: bool = False) -> CaseView:
    """One case by number (the short form of lists will do). Refuses an unknown number and, unless ``deleted`` says
    that the recycle bin counts too, a deleted case.
    """
    with desk.work() as work:
        known = case_records.by_numbers(work, [full_number(desk, number)])
        in_bin = any(placed.deleted_at for placed in known.values())
        placed = found_case(desk, work, number, deleted=deleted and in_bin, known=known)
        case = placed.case
        return replace(
            _view(desk, placed),
            missing=states.missing_for_closing(case) if case.is_open else (),
            related=tuple(_related(work, case)),
            customer_cases=_customer_cases(work, case),
            hold=keeping_records.of_cases(work, [placed.id]).get(placed.id, (None, "", None))[1],
            origin=ledger_records.origin(work, placed.id),
            history=tuple(
                HistoryLine(row.at, row.who, row.action, row.fields, row.id)
                for row in audit.of_record(work, "case", placed.id, placed.added_by)
            ),
        )


def _view(desk: Desk, placed: Placed) -> CaseView:
    case, today = placed.case, desk.today()
    deadlines = clocks_for_case(case, desk.rules, today, desk.branch.code)
    return CaseView(
        case=case,
        deadlines=deadlines,
        overdue=any(deadline.reply and deadline.state == "overdue" for deadline in deadlines),
        elapsed_days=((case.closed_on or today) - case.opened_on).days,
        key=placed.sort_key,
        deleted_at=placed.deleted_at,
    )


def _related(work: Work, case: Case) -> Iterator[RelatedCase]:
    named = {relation.number: relation.kind for relation in case.related}
    naming = dict(case_queries.naming(work, case.number))
    known = case_records.by_numbers(work, [*named, *naming])
    for numbers, incoming in ((named, False), (naming, True)):
        for number, kind in numbers.items():
            other = known.get(number)
            if other is None:
                yield RelatedCase(number, kind, incoming)
            elif other.deleted_at is None:
                yield RelatedCase(number, kind, incoming, other.case.subject, other.case.status)


def _customer_cases(work: Work, case: Case) -> int:
    digits = phone_digits(case.customer.phone)
    return case_queries.count_of_phone(work, digits) if digits else 0


def found_case(
    desk: Desk,
    work: Work,
    number: str,
    *,
    deleted: bool = False,
    known: Mapping[str, Placed] | None = None,
) -> Placed:
    """The case with this number, living or (``deleted``) in the recycle bin, else a refusal."""
    wanted = full_number(desk, number)
    placed = case_records.by_number(work, wanted) if known is None else known.get(wanted)
    if placed is None:
        raise Refusal(say("There is no case {number}; look it up in the list", number=wanted))
    if deleted and placed.deleted_at is None:
        raise Refusal(say("{number} is not in the recycle bin", number=wanted))
    if not deleted and placed.deleted_at is not None:
        raise Refusal(say("{number} was deleted; restore it from the recycle bin first", number=wanted))
    return placed


def full_number(desk: Desk, number: str) -> str:
    """The whole number of what somebody typed, or a refusal."""
    return str(numbering.parse_number(number, desk.branch.code))


def read_cases(desk: Desk, filter: CaseFilter, limit: int = 0) -> list[Case]:
    """Whole cases, newest first; ``limit`` 0 is all."""
    return list(iter_cases(desk, filter, limit))


def iter_cases(desk: Desk, filter: CaseFilter, limit: int = 0) -> Iterator[Case]:
    """Whole cases, newest first, some hundreds in memory at a time. Other works may run between two cases."""
    return (placed.case for placed in _iter_placed(desk, filter, limit))


def read_views(desk: Desk, filter: CaseFilter, limit: int = 0) -> list[CaseView]:
    """Cases with deadlines, newest first; ``limit`` 0 is all."""
    return list(iter_views(desk, filter, limit))


def iter_views(desk: Desk, filter: CaseFilter, limit: int = 0) -> Iterator[CaseView]:
    """Cases with deadlines, newest first, some hundreds in memory at a time."""
    return (_view(desk, placed) for placed in _iter_placed(desk, filter, limit))


def _iter_placed(desk: Desk, filter: CaseFilter, limit: int) -> Iterator[Placed]:
    query = case_queries.query_of(filter, desk.today())
    if query is None:
        return
    with desk.work() as work:
        keys = list(case_queries.keys(work, query, limit or -1))
    for some in batches(keys, _BATCH):
        with desk.work() as work:
            placed = list(case_records.by_keys(work, some))
        yield from placed
