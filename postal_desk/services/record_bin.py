"""Emptying the recycle bin of measures, problems, field visits, errors, accountability items and typed totals."""

from __future__ import annotations

from postal_desk.domain.changes import Changes
from postal_desk.services.desk import Desk
from postal_desk.services.record_kinds import REGISTERS
from postal_desk.store import audit, measure_records, record_store, total_records
from postal_desk.store.measure_tables import measures
from postal_desk.store.record_rows import TABLES
from postal_desk.store.work import Work


def purge_records(desk: Desk, work: Work, limit: str) -> Changes:
    """Remove for good what was deleted before the moment ``limit``, its history blanked; nothing is committed.

    Measures go first: a problem that one of them answers is kept until then.
    """
    gone = []
    ids = record_store.deleted_before(work, measures, limit)
    purged = desk.record(work, "bin.purge", "measure", count=len(ids)) if ids else 0
    for measure_id in ids:
        placed = measure_records.by_id(work, measure_id)
        assert placed is not None  # its id was read in this work
        audit.blank(work, "measure", measure_id, purged)
        measure_records.remove(work, measure_id)
        gone.append(placed.measure.number)
    totals = _purged_totals(desk, work, limit)
    return Changes(measures=tuple(gone), records=tuple(_purged_records(desk, work, limit)), totals=totals)


def _purged_totals(desk: Desk, work: Work, limit: str) -> bool:
    ids = [one.id for one in total_records.removed(work) if (one.deleted_at or limit) < limit]
    if ids:
        purged = desk.record(work, "bin.purge", "total", count=len(ids))
        for total_id in ids:
            audit.blank(work, "total", total_id, purged)
        total_records.purge(work, ids)
    return bool(ids)


def _purged_records(desk: Desk, work: Work, limit: str) -> list[tuple[str, str]]:
    gone = []
    for kind, register in REGISTERS.items():
        ids = record_store.deleted_before(work, TABLES[kind].main, limit)
        if kind == "problem":
            ids = [record_id for record_id in ids if not measure_records.answers(work, record_id)]
        purged = desk.record(work, "bin.purge", kind, count=len(ids)) if ids else 0
        for record_id in ids:
            placed = record_store.by_id(work, register.form, record_id)
            assert placed is not None  # its id was read in this work
            audit.blank(work, kind, record_id, purged)
            record_store.remove(work, register.form, record_id)
            gone.append((kind, placed.record.number))
    return gone
