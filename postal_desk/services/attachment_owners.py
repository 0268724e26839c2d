"""Which records files can be kept with, and how each is found by its number. A new kind of record adds a line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from postal_desk.domain import claims as rules_of_claims
from postal_desk.domain import measures as rules_of_measures
from postal_desk.domain.attachments import CASE, CLAIM, DRAFT, MEASURE
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services.case_reading import found_case
from postal_desk.services.desk import Desk
from postal_desk.services.record_kinds import REGISTERS
from postal_desk.services.registers import Register
from postal_desk.store import attachment_records, claim_records, measure_records, record_store
from postal_desk.store.attachment_records import StoredFile
from postal_desk.store.batches import batches
from postal_desk.store.work import Work


@dataclass(frozen=True, slots=True)
class Owner:
    """A record that has files: its kind, id and whole number. ``parts`` are the moments of its steps, in order."""

    kind: str
    record_id: int | None
    number: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnerKind:
    """How one kind of record is found by its number (a refusal if it is unknown or deleted), and named by its ids.

    ``letter`` is what its numbers have behind the branch code (``-M-``); empty for cases.
    """

    find: Callable[[Desk, Work, str], Owner]
    numbers: Callable[[Work, Sequence[int]], dict[int, str]]
    letter: str = ""


def _case(desk: Desk, work: Work, number: str) -> Owner:
    placed = found_case(desk, work, number)
    return Owner(CASE, placed.id, placed.case.number, tuple(step.at for step in placed.case.steps))


def _case_numbers(work: Work, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in batches(ids, 500):
        marks = ", ".join("?" * len(some))
        found |= dict(work.rows(f"SELECT id, number FROM cases WHERE id IN ({marks})", tuple(some)).all())
    return found


def _measure(desk: Desk, work: Work, number: str) -> Owner:
    whole = rules_of_measures.full_number(number, desk.branch.prefix)
    placed = measure_records.by_number(work, whole)
    if placed is None or placed.deleted_at is not None:
        raise Refusal(say("There is no measure {number}; look it up in the list", number=whole))
    return Owner(MEASURE, placed.id, whole, tuple(entry.on.isoformat() for entry in placed.measure.progress))


def _measure_numbers(work: Work, ids: Sequence[int]) -> dict[int, str]:
    placed = (measure_records.by_id(work, number) for number in ids)
    return {one.id: one.measure.number for one in placed if one is not None}


def _claim(desk: Desk, work: Work, number: str) -> Owner:
    whole = rules_of_claims.full_number(number, desk.branch.prefix)
    placed = claim_records.by_number(work, whole)
    if placed is None or placed.deleted_at is not None:
        raise Refusal(say("There is no claim {number}; look it up in the list", number=whole))
    return Owner(CLAIM, placed.id, whole)


def _claim_numbers(work: Work, ids: Sequence[int]) -> dict[int, str]:
    placed = (claim_records.by_id(work, number) for number in ids)
    return {one.id: one.claim.number for one in placed if one is not None}


def _of_register(register: Register[Any]) -> OwnerKind:
    def find_one(desk: Desk, work: Work, number: str) -> Owner:
        placed = register.found(desk, work, number)
        return Owner(register.form.kind, placed.id, placed.record.number)

    def numbers(work: Work, ids: Sequence[int]) -> dict[int, str]:
        known = record_store.numbers_by_id(work, register.form)
        return {number: known[number] for number in ids if number in known}

    return OwnerKind(find_one, numbers, register.form.letter)


#: Every kind of record that can have files, by its word in audit and history.
KINDS: dict[str, OwnerKind] = {
    CASE: OwnerKind(_case, _case_numbers),
    MEASURE: OwnerKind(_measure, _measure_numbers, "M"),
    CLAIM: OwnerKind(_claim, _claim_numbers, "C"),
    **{kind: _of_register(register) for kind, register in REGISTERS.items()},
}


def kind_of(number: str) -> str:
    """The kind of record that a number is written like; what is like none is a case's, whose refusal explains it."""
    written = number.strip().upper()
    for kind, owner in KINDS.items():
        if owner.letter and (f"-{owner.letter}-" in written or written.startswith(f"{owner.letter}-")):
            return kind
    return CASE


def find(desk: Desk, work: Work, kind: str, number: str) -> Owner:
    """The record that a file goes to. A draft is named by its key, and need not be on disk yet."""
    if kind == DRAFT:
        return Owner(DRAFT, None, number)
    return KINDS[kind].find(desk, work, number)


def numbers_of(work: Work, files: Sequence[StoredFile]) -> dict[int, str]:
    """The number (or a draft's key) behind each file, by the file's id; empty for a record that is gone."""
    found = {file.id: file.draft for file in files if file.kind == DRAFT}
    for kind, owner in KINDS.items():
        ids = {file.record_id for file in files if file.kind == kind and file.record_id is not None}
        names = owner.numbers(work, sorted(ids)) if ids else {}
        found |= {file.id: names.get(file.record_id or 0, "") for file in files if file.kind == kind}
    return found


def without_record(work: Work) -> list[StoredFile]:
    """Files whose record does not exist any more."""
    gone = []
    for kind, owner in KINDS.items():
        ids = attachment_records.record_ids(work, kind)
        known = owner.numbers(work, ids) if ids else {}
        for record_id in ids:
            if record_id not in known:
                gone += attachment_records.of_record(work, kind, record_id, removed=True)
    return gone
