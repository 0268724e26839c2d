"""A record as rows of its tables, and back, by its form (``domain.record_forms``): one place for both ways.

An outlet or a member of staff is kept by id (``outlet_id``, ``staff_id``), since names change; everything else under
its own name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic

from sqlalchemy import Table

from postal_desk.domain.error_records import ERROR_FORM
from postal_desk.domain.fields import Field
from postal_desk.domain.problems import PROBLEM_FORM
from postal_desk.domain.record_forms import R, RecordForm
from postal_desk.domain.recurrences import ACCOUNTABILITY_FORM
from postal_desk.domain.visits import VISIT_FORM
from postal_desk.store import record_tables as tables
from postal_desk.store.column_values import day, iso

Row = tuple[Any, ...]
#: kinds of fields that name a row of another table → that table
NAMED = {"outlet": "outlets", "staff": "staff"}


@dataclass(frozen=True, slots=True)
class PlacedRecord(Generic[R]):
    """A record with what the desk gives it beside its content."""

    record: R
    id: int
    uid: bytes
    deleted_at: str | None = None


@dataclass(frozen=True)
class RecordTables:
    """Where one kind of record is kept: its table, and the table of each of its lists."""

    main: Table
    parts: Mapping[str, Table]


TABLES: Mapping[str, RecordTables] = {
    PROBLEM_FORM.kind: RecordTables(tables.problems, {"cases": tables.problem_cases}),
    VISIT_FORM.kind: RecordTables(
        tables.visits,
        {"questions": tables.visit_questions, "findings": tables.visit_findings, "team": tables.visit_team},
    ),
    ERROR_FORM.kind: RecordTables(
        tables.errors, {"evidence": tables.error_evidence, "cases": tables.error_cases}
    ),
    ACCOUNTABILITY_FORM.kind: RecordTables(tables.accountability, {}),
}


def column_of(field: Field) -> str:
    """The column of a single field."""
    return f"{field.name}_id" if field.kind in NAMED else field.name


def record_values(
    form: RecordForm[R], placed: PlacedRecord[R], ids: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    """The row of the kind's table; ``ids`` gives the ids of ``outlets`` and ``staff`` by name."""
    record = placed.record
    values: dict[str, Any] = {
        "id": placed.id,
        "uid": placed.uid,
        "revision": record.revision,
        "created_at": record.created_at,
        "changed_at": record.changed_at,
        "deleted_at": placed.deleted_at,
        "number": record.number,
        "begun_on": iso(record.begun_on),
    }
    for field in form.fields:
        value = getattr(record, field.name)
        if field.kind in NAMED:
            values[column_of(field)] = ids[NAMED[field.kind]][value] if value else None
        else:
            values[field.name] = iso(value) if field.kind == "date" else value
    return values


def part_rows(form: RecordForm[R], placed: PlacedRecord[R]) -> dict[str, list[Row]]:
    """The rows of each list, by key, in order."""
    found: dict[str, list[Row]] = {}
    for key, (_make, fields) in form.parts.items():
        found[key] = [tuple(getattr(part, one.key) for one in fields) for part in getattr(placed.record, key)]
    for key in form.texts:
        found[key] = [(text,) for text in getattr(placed.record, key)]
    return found


def part_columns(form: RecordForm[R], key: str) -> tuple[str, ...]:
    """The columns of a list after ``position``."""
    return tuple(one.key for one in form.parts[key][1]) if key in form.parts else ("text",)


def placed_of(
    form: RecordForm[R],
    row: Any,
    parts: Mapping[str, Sequence[Row]],
    names: Mapping[str, Mapping[int, str]],
) -> PlacedRecord[R]:
    """The record of a row and the rows of its lists; ``names`` gives names of ``outlets`` and ``staff`` by id."""
    values: dict[str, Any] = {
        "number": row.number,
        "revision": row.revision,
        "created_at": row.created_at,
        "changed_at": row.changed_at,
    }
    for field in form.fields:
        kept = getattr(row, column_of(field))
        if field.kind in NAMED:
            values[field.name] = names[NAMED[field.kind]][kept] if kept is not None else ""
        else:
            values[field.name] = _day(field, kept) if field.kind == "date" else kept
    for key, (make, _fields) in form.parts.items():
        values[key] = tuple(make(*one) for one in parts[key])
    for key in form.texts:
        values[key] = tuple(text for (text,) in parts[key])
    return PlacedRecord(form.make(**values), row.id, row.uid, row.deleted_at)


def _day(field: Field, kept: str | None) -> date | None:
    found = day(kept)
    if found is None and field.required:
        raise ValueError(f"{field.name} is missing")
    return found
