"""Reading the audit: who did what and when, and whether all of it is still there; giving it away as a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say
from postal_desk.reports.audit_list import AuditLine, AuditSheet, write_csv, write_xlsx
from postal_desk.reports.safe_files import write_file
from postal_desk.services.desk import Desk
from postal_desk.store import audit, audit_queries, organisation_records, user_records
from postal_desk.store.audit import AuditRow
from postal_desk.store.audit_queries import AuditFilter
from postal_desk.store.faults import environment_faults
from postal_desk.store.work import Work

__all__ = [
    "AuditCheck",
    "AuditFilter",
    "AuditRow",
    "audit_head",
    "export_audit",
    "head_words",
    "names_in_audit",
    "read_audit",
    "read_page",
    "seen_in_audit",
    "verify_audit",
]

FORMS = ("xlsx", "csv")
_BATCH = 1000
_BY_ID = {"outlet": "outlets", "staff": "staff"}
_SHORT = 16  # characters of a hash that are printed: enough to compare by eye


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """``rows`` in the chain, its ``head`` (hexadecimal); the first row at which it breaks, and the first whose
    values are not those that were written, ``None`` where all holds.
    """

    rows: int
    head: str
    broken_at: int | None
    spoilt_at: int | None

    @property
    def ok(self) -> bool:
        """True if all of it holds."""
        return self.broken_at is None and self.spoilt_at is None


def read_audit(
    desk: Desk,
    *,
    month: Month | None = None,
    record: str = "",
    action: str = "",
    who: str = "",
    first: date | None = None,
    last: date | None = None,
    limit: int = 100,
) -> list[AuditRow]:
    """Rows of the audit, newest first. ``action`` takes the first part of one too (``case``); limit 0: all.

    For managers and auditors.
    """
    wanted = AuditFilter(str(month) if month else "", record, action, who, first, last)
    desk.require("audit.read")
    with desk.work() as work:
        return _named(work, audit_queries.find(work, _meant(work, wanted), limit))


def read_page(desk: Desk, wanted: AuditFilter, limit: int, before: int = 0) -> tuple[int, list[AuditRow]]:
    """How many rows there are, and those that follow the row ``before``, newest first."""
    desk.require("audit.read")
    with desk.work() as work:
        wanted = _meant(work, wanted)
        found = audit_queries.find(work, wanted, limit, before)
        return audit_queries.count(work, wanted), _named(work, found)


def _meant(work: Work, wanted: AuditFilter) -> AuditFilter:
    """With the outlets and staff whose name holds what was asked for: their rows keep ids."""
    if not wanted.record:
        return wanted
    named = [
        (kind, str(number))
        for kind, table in _BY_ID.items()
        for name, number in organisation_records.names(work, table).items()
        if wanted.record in name
    ]
    return replace(wanted, named=tuple(named))


def names_in_audit(desk: Desk) -> list[str]:
    """The names that can be asked for besides numbers: outlets, staff, users."""
    desk.require("audit.read")
    with desk.work() as work:
        found = [name for table in _BY_ID.values() for name in organisation_records.names(work, table)]
        found += [user.name for user in user_records.all_users(work)]
    return sorted(set(found))


def _named(work: Work, rows: list[AuditRow]) -> list[AuditRow]:
    """Outlets and staff by the names of today: the rows themselves keep ids, as names may change."""
    kinds = {row.kind for row in rows} & _BY_ID.keys()
    names = {
        (kind, str(number)): name
        for kind in kinds
        for name, number in organisation_records.names(work, _BY_ID[kind]).items()
    }
    return [replace(row, record=names.get((row.kind, row.record), row.record)) for row in rows]


def seen_in_audit(desk: Desk) -> tuple[list[str], list[str]]:
    """Who and which actions can be asked for."""
    desk.require("audit.read")
    with desk.work() as work:
        return audit_queries.seen(work)


def verify_audit(desk: Desk) -> AuditCheck:
    """Go through the whole chain and the values behind it."""
    with desk.work() as work:
        end = audit.end(work)
        broken, spoilt = audit.first_broken(work), audit.first_spoilt_history(work, desk.audit_secrets)
    return AuditCheck(end.number, end.head.hex(), broken, spoilt)


def audit_head(desk: Desk) -> tuple[int, str]:
    """How far the audit has come: its last row and the hash that stands for all of it (hexadecimal)."""
    with desk.work() as work:
        end = audit.end(work)
    return end.number, end.head.hex()


def head_words(desk: Desk) -> str:
    """The same as documents carry it, so that a page on file proves what the audit held then: ``128-0f3a…``."""
    number, head = audit_head(desk)
    return f"{number}-{head[:_SHORT]}"


def export_audit(desk: Desk, form: str, path: Path, wanted: AuditFilter, lang: str) -> Path:
    """Write the rows as ``xlsx`` or ``csv``, never over another file; returns where the list stands.

    The list itself is written to the audit first, and its head stands in the file.
    """
    if form not in FORMS:
        raise Refusal(say("There is no format {form}; use one of: {forms}", form=form, forms=FORMS))
    if not path.parent.is_dir():
        raise Refusal(say("There is no folder {folder}; choose another", folder=str(path.parent)))
    desk.require("audit.read")
    with desk.work(write=True) as work:
        desk.record(work, "audit.export", "audit", fields=(form,))
        work.commit()
    sheet = AuditSheet(desk.branch.name, desk.moment(), head_words(desk), lang)
    write = write_xlsx if form == "xlsx" else write_csv
    target = path if path.suffix.lower() == f".{form}" else path.with_name(f"{path.name}.{form}")
    with environment_faults(target.parent):
        return write_file(target, lambda part: write(sheet, _lines(desk, wanted), part), replace=False)


def _lines(desk: Desk, wanted: AuditFilter) -> Iterator[AuditLine]:
    before = 0
    while True:
        with desk.work() as work:
            found = _named(work, audit_queries.find(work, _meant(work, wanted), _BATCH, before))
        for row in found:
            yield AuditLine(row.id, row.at, row.who, row.action, row.record, row.fields, row.count)
        if len(found) < _BATCH:
            return
        before = found[-1].id
