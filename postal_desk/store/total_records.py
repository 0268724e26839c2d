"""Reading and writing typed totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from postal_desk.domain.periods import Month
from postal_desk.domain.typed_totals import TypedTotal
from postal_desk.store.total_tables import COUNTS, typed_categories, typed_totals
from postal_desk.store.uids import uuid7
from postal_desk.store.work import Work


@dataclass(frozen=True, slots=True)
class PlacedTotal:
    """A typed total with its id and revision; ``deleted_at`` where it lies in the recycle bin."""

    id: int
    revision: int
    total: TypedTotal
    deleted_at: str | None = None


def all_totals(work: Work) -> dict[Month, PlacedTotal]:
    """All typed months, oldest first. There are some dozens at most."""
    return {one.total.month: one for one in _every(work) if one.deleted_at is None}


def removed(work: Work) -> list[PlacedTotal]:
    """Those in the recycle bin, oldest month first; one month may be there more than once."""
    return [one for one in _every(work) if one.deleted_at is not None]


def _every(work: Work) -> list[PlacedTotal]:
    categories: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in work.run(select(typed_categories).order_by(typed_categories.c.category)):
        categories[row.total_id][row.category] = row.received
    found = []
    for row in work.run(select(typed_totals).order_by(typed_totals.c.month, typed_totals.c.id)):
        month = Month.parse(row.month)
        counts = {name: getattr(row, name) for name in COUNTS}
        total = TypedTotal(month, **counts, categories=categories[row.id], source=row.source)
        found.append(PlacedTotal(row.id, row.revision, total, row.deleted_at))
    return found


def put(work: Work, total: TypedTotal, known: PlacedTotal | None, moment: str) -> PlacedTotal:
    """Write one month: new, over the one known, or the very same one back out of the recycle bin."""
    if known is None:
        known = next((one for one in removed(work) if one.total == total), None)
    values = {name: getattr(total, name) for name in COUNTS}
    values |= {"source": total.source, "changed_at": moment, "deleted_at": None}
    if known is None:
        first = {"uid": uuid7(), "revision": 1, "created_at": moment, "month": str(total.month)}
        made = work.run(insert(typed_totals), {**first, **values}).lastrowid
        placed = PlacedTotal(made, 1, total)
    else:
        placed = PlacedTotal(known.id, known.revision + 1, total)
        here = typed_totals.c.id == known.id
        work.run(update(typed_totals).where(here).values(**values, revision=placed.revision))
        work.run(delete(typed_categories).where(typed_categories.c.total_id == known.id))
    rows = [
        {"total_id": placed.id, "category": code, "received": count}
        for code, count in total.categories.items()
    ]
    if rows:
        work.run(insert(typed_categories), rows)
    return placed


def remove(work: Work, known: PlacedTotal, moment: str) -> None:
    """Put one month into the recycle bin."""
    here = typed_totals.c.id == known.id
    values = {"deleted_at": moment, "changed_at": moment, "revision": known.revision + 1}
    work.run(update(typed_totals).where(here).values(**values))


def purge(work: Work, ids: Iterable[int]) -> None:
    """Take months out of the recycle bin for good."""
    gone = list(ids)
    work.run(delete(typed_totals).where(typed_totals.c.id.in_(gone), typed_totals.c.deleted_at.is_not(None)))


def months_with_cases(work: Work, months: Iterable[Month]) -> set[Month]:
    """Those of the months in which a living case was received or closed: typed totals say nothing about them."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM cases WHERE deleted_at IS NULL AND opened_on BETWEEN ? AND ?) "
        "OR EXISTS (SELECT 1 FROM cases WHERE deleted_at IS NULL AND closed_on BETWEEN ? AND ?)"
    )
    found = set()
    for month in months:
        span = (month.first.isoformat(), month.last.isoformat())
        if work.rows(sql, (*span, *span)).scalar_one():
            found.add(month)
    return found
