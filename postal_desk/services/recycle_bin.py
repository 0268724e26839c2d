"""The recycle bin of every kind of record: what is in it, back again, or gone before its 30 days are over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from postal_desk.domain.changes import Changes
from postal_desk.domain.masking import mask_free_text
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services import attachments, cases, claims, measures, typed_totals
from postal_desk.services.attachment_intake import shown_name
from postal_desk.services.attachments import list_removed
from postal_desk.services.desk import Desk
from postal_desk.services.purging import clear_shelf, purge_cases, purge_files
from postal_desk.services.record_kinds import REGISTERS
from postal_desk.services.undo import BIN_DAYS
from postal_desk.store import (
    attachment_records,
    audit,
    case_records,
    claim_records,
    keeping_records,
    measure_records,
    record_store,
    total_records,
)
from postal_desk.store.measure_tables import measures as measure_table
from postal_desk.store.work import Work

_AFTER_ALL = "9999"  # a moment after every other


@dataclass(frozen=True, slots=True)
class BinEntry:
    """One deleted record: its kind, what it is called by (a number; a file's id), what it was about (masked), when it
    was deleted, and the day it goes for good; ``None`` while a legal hold keeps it.
    """

    kind: str
    key: str
    title: str
    deleted_at: str
    goes_on: date | None


def list_bin(desk: Desk) -> list[BinEntry]:
    """Everything in the bin, what was deleted last first."""
    found = [*_of_records(desk), *_of_files(desk), *_of_totals(desk)]
    return sorted(found, key=lambda entry: entry.deleted_at, reverse=True)


def entries_of(desk: Desk, keys: Sequence[str]) -> list[BinEntry]:
    """The entries with these numbers or ids; a short number will do. Refuses what is not in the bin."""
    known = list_bin(desk)
    found = []
    for key in dict.fromkeys(keys):
        same = [one for one in known if one.key == key or one.key.endswith(f"-{key}")]
        if not same:
            raise Refusal(say("{number} is not in the recycle bin", number=key))
        found.append(same[0])
    return found


def restore(desk: Desk, entries: Sequence[BinEntry]) -> Changes:
    """Bring records back, each kind by its own service. With several, the undo is that of the last."""
    if not entries:
        return Changes()
    by_kind = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry.key)
    done = [change for kind, keys in by_kind.items() for change in _restorer(kind)(desk, keys)]
    return _joined(done, len(entries))


def delete_for_good(desk: Desk, entries: Sequence[BinEntry]) -> Changes:
    """Take records out of the bin before their days are over. It can't be taken back; held cases stay."""
    if not entries:
        return Changes()
    with desk.work(write=True) as work:
        desk.record(work, "bin.delete", entries[0].kind if len(entries) == 1 else "", count=len(entries))
        for kind in dict.fromkeys(entry.kind for entry in entries):
            keys = [entry.key for entry in entries if entry.kind == kind]
            _REMOVERS.get(kind, _remove_records)(desk, work, kind, keys)
        work.commit()
    clear_shelf(desk)
    numbers = [(entry.kind, entry.key) for entry in entries]
    said = say("Deleted for good: {count}", count=len(entries))
    return Changes(
        cases=tuple(key for kind, key in numbers if kind == "case"),
        measures=tuple(key for kind, key in numbers if kind == "measure"),
        claims=tuple(key for kind, key in numbers if kind == "claim"),
        records=tuple((kind, key) for kind, key in numbers if kind in REGISTERS),
        totals=any(kind == "total" for kind, _key in numbers),
        said=said,
    )


# -- what is in it ------------------------------------------------------------------------------------------


def _of_records(desk: Desk) -> Iterator[BinEntry]:
    with desk.work() as work:
        held = keeping_records.held_ids(work)
        for case in case_records.by_ids(work, case_records.deleted_before(work, _AFTER_ALL)):
            title = _hidden(desk, case.case.subject, case.case.customer.name)
            yield _entry("case", case.case.number, title, case.deleted_at, kept=case.id in held)
        for measure_id in record_store.deleted_before(work, measure_table, _AFTER_ALL):
            measure = measure_records.by_id(work, measure_id)
            if measure is not None:
                title = _hidden(desk, measure.measure.title)
                yield _entry("measure", measure.measure.number, title, measure.deleted_at)
        for claim in claim_records.deleted_before(work, _AFTER_ALL):
            yield _entry("claim", claim.claim.number, claim.claim.case, claim.deleted_at)
        for kind, register in REGISTERS.items():
            for placed in record_store.listed(work, register.form, deleted=True):
                yield _entry(kind, placed.record.number, _title(desk, placed.record), placed.deleted_at)


def _of_totals(desk: Desk) -> Iterator[BinEntry]:
    with desk.work() as work:
        for one in total_records.removed(work):
            title = f"{one.total.month} · {_hidden(desk, one.total.source)}".removesuffix(" · ")
            yield _entry("total", str(one.id), title, one.deleted_at)


def _of_files(desk: Desk) -> Iterator[BinEntry]:
    for file in list_removed(desk):
        yield _entry("attachment", str(file.id), f"{shown_name(file.name)} · {file.number}", file.deleted_at)


def _entry(kind: str, key: str, title: str, deleted_at: str | None, *, kept: bool = False) -> BinEntry:
    moment = deleted_at or ""
    goes = datetime.fromisoformat(moment).date() + timedelta(days=BIN_DAYS)
    return BinEntry(kind, key, title, moment, None if kept else goes)


def _title(desk: Desk, record: Any) -> str:
    for name in ("title", "text", "purpose", "cause", "note"):
        if isinstance(value := getattr(record, name, None), str) and value:
            return _hidden(desk, value.splitlines()[0])
    return ""


def _hidden(desk: Desk, text: str, name: str = "") -> str:
    return mask_free_text(text, [name] if name else [], desk.rules.compound_surnames).text


# -- back again ---------------------------------------------------------------------------------------------


def _restorer(kind: str) -> Callable[[Desk, list[str]], list[Changes]]:
    if kind == "case":
        return lambda desk, keys: [cases.restore_cases(desk, keys)]
    if kind == "attachment":
        return lambda desk, keys: [attachments.restore_attachments(desk, [int(key) for key in keys])]
    if kind == "measure":
        return lambda desk, keys: [measures.restore_measure(desk, key) for key in keys]
    if kind == "claim":
        return lambda desk, keys: [claims.restore_claim(desk, key) for key in keys]
    if kind == "total":
        return lambda desk, keys: [typed_totals.restore_totals(desk, [int(key) for key in keys])]
    if kind in REGISTERS:
        return lambda desk, keys: [REGISTERS[kind].restore(desk, key) for key in keys]
    raise Refusal(say("There is nothing of the kind “{kind}” in the recycle bin", kind=kind))


def _joined(done: Sequence[Changes], count: int) -> Changes:
    """One change to refresh by; a single record keeps its own words and undo."""
    if len(done) == 1:
        return done[0]
    return Changes(
        cases=tuple(number for one in done for number in one.cases),
        measures=tuple(number for one in done for number in one.measures),
        attachments=tuple(owner for one in done for owner in one.attachments),
        claims=tuple(number for one in done for number in one.claims),
        records=tuple(record for one in done for record in one.records),
        totals=any(one.totals for one in done),
        said=say("Restored: {count}", count=count),
    )


# -- gone for good ------------------------------------------------------------------------------------------


def _remove_cases(desk: Desk, work: Work, _kind: str, keys: Sequence[str]) -> None:
    known = case_records.by_numbers(work, keys)
    held = keeping_records.held_ids(work)
    for placed in known.values():
        if placed.id in held:
            raise Refusal(say("{number} is under legal hold; end the hold first", number=placed.case.number))
    purge_cases(desk, work, [one.id for one in known.values() if one.deleted_at is not None])


def _remove_files(desk: Desk, work: Work, _kind: str, keys: Sequence[str]) -> None:
    files = attachment_records.by_ids(work, [int(key) for key in keys])
    gone = [file for file in files if file.deleted_at is not None]
    purge_files(work, gone, desk.record(work, "bin.purge", "attachment", count=len(gone)))


def _remove_measures(desk: Desk, work: Work, _kind: str, keys: Sequence[str]) -> None:
    purged = desk.record(work, "bin.purge", "measure", count=len(keys))
    for key in keys:
        placed = measure_records.by_number(work, key)
        if placed is not None and placed.deleted_at is not None:
            audit.blank(work, "measure", placed.id, purged)
            _remove_files_of(work, "measure", placed.id, purged)
            measure_records.remove(work, placed.id)


def _remove_claims(desk: Desk, work: Work, _kind: str, keys: Sequence[str]) -> None:
    purged = desk.record(work, "bin.purge", "claim", count=len(keys))
    for key in keys:
        placed = claim_records.by_number(work, key)
        if placed is not None and placed.deleted_at is not None:
            audit.blank(work, "claim", placed.id, purged)
            _remove_files_of(work, "claim", placed.id, purged)
            claim_records.remove(work, placed)


def _remove_records(desk: Desk, work: Work, kind: str, keys: Sequence[str]) -> None:
    register = REGISTERS[kind]
    purged = desk.record(work, "bin.purge", kind, count=len(keys))
    for key in keys:
        placed = record_store.by_number(work, register.form, key)
        if placed is None or placed.deleted_at is None:
            continue
        if kind == "problem" and measure_records.answers(work, placed.id):
            raise Refusal(say("A measure answers {number}; delete that for good first", number=key))
        audit.blank(work, kind, placed.id, purged)
        _remove_files_of(work, kind, placed.id, purged)
        record_store.remove(work, register.form, placed.id)


def _remove_files_of(work: Work, kind: str, record_id: int, purged: int) -> None:
    purge_files(work, attachment_records.of_record(work, kind, record_id, removed=True), purged)


def _remove_totals(desk: Desk, work: Work, _kind: str, keys: Sequence[str]) -> None:
    purged = desk.record(work, "bin.purge", "total", count=len(keys))
    for key in keys:
        audit.blank(work, "total", int(key), purged)
    total_records.purge(work, [int(key) for key in keys])


_REMOVERS: dict[str, Callable[[Desk, Work, str, Sequence[str]], None]] = {
    "case": _remove_cases,
    "attachment": _remove_files,
    "measure": _remove_measures,
    "claim": _remove_claims,
    "total": _remove_totals,
}
