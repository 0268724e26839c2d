"""Reading and writing problems, field visits, errors and accountability: one way for all, by their forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, insert, select, update

from postal_desk.domain.record_forms import R, RecordForm
from postal_desk.domain.record_numbers import format_number
from postal_desk.store import organisation_records
from postal_desk.store.bulk import insert_statement
from postal_desk.store.record_rows import (
    TABLES,
    PlacedRecord,
    Row,
    part_columns,
    part_rows,
    placed_of,
    record_values,
)
from postal_desk.store.work import Work

_TAKE = (
    "INSERT INTO record_sequences (prefix, letter, year, last) VALUES (?, ?, ?, 1) "
    "ON CONFLICT (prefix, letter, year) DO UPDATE SET last = last + 1 RETURNING last"
)


def take_number(work: Work, prefix: str, letter: str, year: int) -> str:
    """The next number of a year, taken for good; ``prefix`` is the branch code with the desk's letter."""
    return format_number(prefix, letter, year, int(work.rows(_TAKE, (prefix, letter, year)).scalar_one()))


def next_id(work: Work, form: RecordForm[Any]) -> int:
    """The id that the next record gets."""
    return int(work.rows(f"SELECT coalesce(max(id), 0) + 1 FROM {TABLES[form.kind].main.name}").scalar_one())


def by_number(work: Work, form: RecordForm[R], number: str) -> PlacedRecord[R] | None:
    """The record with this number, a deleted one too."""
    table = TABLES[form.kind].main
    return next(_placed(work, form, work.run(select(table).where(table.c.number == number)).all()), None)


def by_id(work: Work, form: RecordForm[R], record_id: int) -> PlacedRecord[R] | None:
    """The record with this id, a deleted one too."""
    table = TABLES[form.kind].main
    return next(_placed(work, form, work.run(select(table).where(table.c.id == record_id)).all()), None)


def listed(work: Work, form: RecordForm[R], limit: int = 0, deleted: bool = False) -> list[PlacedRecord[R]]:
    """The living records (or those in the recycle bin), newest first by the day they count from; 0 is all."""
    table = TABLES[form.kind].main
    state = table.c.deleted_at.is_not(None) if deleted else table.c.deleted_at.is_(None)
    wanted = select(table).where(state).order_by(table.c.begun_on.desc(), table.c.number.desc())
    return list(_placed(work, form, work.run(wanted.limit(limit) if limit else wanted).all()))


def insert_record(work: Work, form: RecordForm[R], placed: PlacedRecord[R]) -> None:
    """Add a record with its lists."""
    work.run(insert(TABLES[form.kind].main), record_values(form, placed, _ids(work)))
    _insert_parts(work, form, placed, {})


def replace_record(work: Work, form: RecordForm[R], old: PlacedRecord[R], new: PlacedRecord[R]) -> None:
    """Write a record over its old state, and those of its lists that differ."""
    tables = TABLES[form.kind]
    work.run(
        update(tables.main).where(tables.main.c.id == old.id).values(record_values(form, new, _ids(work)))
    )
    before = part_rows(form, old)
    for key, rows in part_rows(form, new).items():
        if rows != before[key]:
            table = tables.parts[key]
            work.run(table.delete().where(table.c.record_id == old.id))
    _insert_parts(work, form, new, before)


def remove(work: Work, form: RecordForm[Any], record_id: int) -> None:
    """Delete a record with its lists for good."""
    table = TABLES[form.kind].main
    work.run(table.delete().where(table.c.id == record_id))


def deleted_before(work: Work, table: Table, moment: str) -> list[int]:
    """Ids of the records of a table that went into the recycle bin before a moment."""
    return list(work.run(select(table.c.id).where(table.c.deleted_at < moment)).scalars())


def numbers_by_id(work: Work, form: RecordForm[Any]) -> dict[int, str]:
    """The number of each record, deleted ones too."""
    table = TABLES[form.kind].main
    return dict(work.run(select(table.c.id, table.c.number)).all())


def _ids(work: Work) -> dict[str, dict[str, int]]:
    return {table: organisation_records.names(work, table) for table in ("outlets", "staff")}


def _placed(work: Work, form: RecordForm[R], rows: Sequence[Any]) -> Iterator[PlacedRecord[R]]:
    if not rows:
        return
    ids = [row.id for row in rows]
    parts = {key: _rows_of(work, form, key, ids) for key in (*form.parts, *form.texts)}
    names = {table: {id_: name for name, id_ in known.items()} for table, known in _ids(work).items()}
    for row in rows:
        yield placed_of(form, row, {key: found[row.id] for key, found in parts.items()}, names)


def _rows_of(work: Work, form: RecordForm[Any], key: str, ids: Iterable[int]) -> defaultdict[int, list[Row]]:
    columns = TABLES[form.kind].parts[key].c
    wanted = (
        select(columns.record_id, *(columns[name] for name in part_columns(form, key)))
        .where(columns.record_id.in_(list(ids)))
        .order_by(columns.record_id, columns.position)
    )
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in work.run(wanted):
        found[row[0]].append(tuple(row[1:]))
    return found


def _insert_parts(
    work: Work, form: RecordForm[R], placed: PlacedRecord[R], present: dict[str, list[Row]]
) -> None:
    for key, rows in part_rows(form, placed).items():
        if rows != present.get(key, []):
            table = TABLES[form.kind].parts[key].name
            statement = insert_statement(table, ("record_id", "position", *part_columns(form, key)))
            work.run_many(statement, [(placed.id, at, *row) for at, row in enumerate(rows, start=1)])
