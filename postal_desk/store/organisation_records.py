"""Outlets and staff: the rows behind the names that cases carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, insert, select, update

from postal_desk.store.column_values import day, iso
from postal_desk.store.tables import outlets, staff
from postal_desk.store.uids import uuid7
from postal_desk.store.work import Work


@dataclass(frozen=True, slots=True)
class Outlet:
    """A place of the branch: office, counter, delivery unit, agency point. ``successor`` is another outlet's name."""

    id: int
    name: str
    kind: str = ""
    grade: int | None = None
    address: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """One person who handles cases. ``outlet`` is the outlet's name, ``left_on`` the last day."""

    id: int
    name: str
    position: str = ""
    outlet: str = ""
    joined_on: date | None = None
    left_on: date | None = None


def all_outlets(work: Work) -> list[Outlet]:
    """All outlets, those of the past too, in the order they were added."""
    rows = work.run(select(outlets).order_by(outlets.c.id)).all()
    names = {row.id: row.name for row in rows}
    return [
        Outlet(
            row.id,
            row.name,
            row.kind,
            row.grade,
            row.address,
            day(row.valid_from),
            day(row.valid_to),
            names.get(row.successor_id, ""),
        )
        for row in rows
    ]


def all_staff(work: Work) -> list[Staff]:
    """All staff, those who left too, in the order they were added."""
    wanted = (
        select(staff, outlets.c.name.label("outlet"))
        .outerjoin(outlets, outlets.c.id == staff.c.outlet_id)
        .order_by(staff.c.id)
    )
    return [
        Staff(row.id, row.name, row.position, row.outlet or "", day(row.joined_on), day(row.left_on))
        for row in work.run(wanted)
    ]


def names(work: Work, table: str) -> dict[str, int]:
    """Ids by name of ``outlets`` or ``staff``."""
    columns = _TABLES[table].c
    return dict(work.run(select(columns.name, columns.id)).all())


def insert_outlet(work: Work, moment: str, outlet: Outlet) -> int:
    """Add an outlet (its ``id`` is ignored); returns the id."""
    return _insert(work, outlets, moment, _outlet_values(work, outlet))


def update_outlet(work: Work, moment: str, outlet: Outlet) -> None:
    """Write an outlet's values over those of its id."""
    _update(work, outlets, moment, outlet.id, _outlet_values(work, outlet))


def insert_staff(work: Work, moment: str, person: Staff) -> int:
    """Add a person (the ``id`` is ignored); returns the id."""
    return _insert(work, staff, moment, _staff_values(work, person))


def update_staff(work: Work, moment: str, person: Staff) -> None:
    """Write a person's values over those of the id."""
    _update(work, staff, moment, person.id, _staff_values(work, person))


_USES: Mapping[str, tuple[str, ...]] = {
    "outlets": (
        "SELECT 1 FROM cases WHERE outlet_id = ?",
        "SELECT 1 FROM staff WHERE outlet_id = ?",
        "SELECT 1 FROM outlets WHERE successor_id = ?",
        "SELECT 1 FROM measure_outlets WHERE outlet_id = ?",
        "SELECT 1 FROM problems WHERE outlet_id = ?",
        "SELECT 1 FROM visits WHERE outlet_id = ?",
        "SELECT 1 FROM errors WHERE outlet_id = ?",
        "SELECT 1 FROM accountability WHERE outlet_id = ?",
        "SELECT 1 FROM volumes WHERE outlet_id = ?",
    ),
    "staff": (
        "SELECT 1 FROM cases WHERE handler_id = ?",
        "SELECT 1 FROM errors WHERE staff_id = ?",
        "SELECT 1 FROM accountability WHERE person_id = ?",
    ),
}


def is_used(work: Work, table: str, record_id: int) -> bool:
    """True if anything refers to this outlet or person."""
    return any(work.rows(f"{sql} LIMIT 1", (record_id,)).first() is not None for sql in _USES[table])


def remove(work: Work, table: str, record_id: int) -> None:
    """Delete a row that nothing refers to (the undo of an addition)."""
    columns = _TABLES[table]
    work.run(columns.delete().where(columns.c.id == record_id))


_TABLES: Mapping[str, Table] = {"outlets": outlets, "staff": staff}


def _outlet_values(work: Work, outlet: Outlet) -> dict[str, Any]:
    return {
        "name": outlet.name,
        "kind": outlet.kind,
        "grade": outlet.grade,
        "address": outlet.address,
        "valid_from": iso(outlet.valid_from),
        "valid_to": iso(outlet.valid_to),
        "successor_id": names(work, "outlets")[outlet.successor] if outlet.successor else None,
    }


def _staff_values(work: Work, person: Staff) -> dict[str, Any]:
    return {
        "name": person.name,
        "position": person.position,
        "outlet_id": names(work, "outlets")[person.outlet] if person.outlet else None,
        "joined_on": iso(person.joined_on),
        "left_on": iso(person.left_on),
    }


def _insert(work: Work, table: Table, moment: str, values: dict[str, Any]) -> int:
    given = {"uid": uuid7(), "revision": 1, "created_at": moment, "changed_at": moment}
    key = work.run(insert(table), {**values, **given}).inserted_primary_key
    assert key is not None
    return int(key[0])


def _update(work: Work, table: Table, moment: str, record_id: int, values: dict[str, Any]) -> None:
    changed = {**values, "revision": table.c.revision + 1, "changed_at": moment}
    work.run(update(table).where(table.c.id == record_id).values(changed))
