"""Reading and changing single cases and runs of them, whole."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, select

from postal_desk.store import bulk, case_tables, measure_records, search
from postal_desk.store.batches import batches
from postal_desk.store.case_rows import (
    CASE_COLUMNS,
    PART_COLUMNS,
    Placed,
    Row,
    case_of,
    case_row,
    part_rows,
    searched_texts,
)
from postal_desk.store.case_tables import case_texts, cases
from postal_desk.store.tables import outlets, staff
from postal_desk.store.work import Work

_BATCH = 500
_PARTS: dict[str, Table] = {table: getattr(case_tables, table) for table in PART_COLUMNS}
_WHOLE = (
    select(
        cases,
        outlets.c.name.label("outlet"),
        staff.c.name.label("handler"),
        case_texts.c.narrative,
        case_texts.c.remedy,
        case_texts.c.praise,
    )
    .outerjoin(outlets, outlets.c.id == cases.c.outlet_id)
    .outerjoin(staff, staff.c.id == cases.c.handler_id)
    .join(case_texts, case_texts.c.case_id == cases.c.id)
)


def by_number(work: Work, number: str) -> Placed | None:
    """The case with this number, a deleted one too."""
    return next(_placed(work, work.run(_WHOLE.where(cases.c.number == number)).all()), None)


def by_numbers(work: Work, numbers: Sequence[str]) -> dict[str, Placed]:
    """The cases with these numbers, deleted ones too; unknown numbers are absent."""
    found: dict[str, Placed] = {}
    for some in batches(numbers, _BATCH):
        for placed in _placed(work, work.run(_WHOLE.where(cases.c.number.in_(some))).all()):
            found[placed.case.number] = placed
    return found


def by_ids(work: Work, ids: Sequence[int]) -> Iterator[Placed]:
    """The cases with these ids, in the order given, deleted ones too."""
    for some in batches(ids, _BATCH):
        found = {p.id: p for p in _placed(work, work.run(_WHOLE.where(cases.c.id.in_(some))).all())}
        yield from (found[number] for number in some if number in found)


def by_keys(work: Work, keys: Sequence[int]) -> Iterator[Placed]:
    """The cases with these sort keys, in the order given, deleted ones too."""
    for some in batches(keys, _BATCH):
        rows = work.run(_WHOLE.where(cases.c.sort_key.in_(some))).all()
        found = {p.sort_key: p for p in _placed(work, rows)}
        yield from (found[key] for key in some if key in found)


def _placed(work: Work, rows: Sequence[Any]) -> Iterator[Placed]:
    if not rows:
        return
    parts = {table: _parts(work, table, [row.id for row in rows]) for table in PART_COLUMNS}
    measures = measure_records.numbers_of_cases(work, [row.number for row in rows])
    for row in rows:
        of_case = {table: found[row.id] for table, found in parts.items()}
        case = case_of(
            row, (row.narrative, row.remedy, row.praise), of_case, row.outlet or "", row.handler or ""
        )
        if row.number in measures:
            case = dataclasses.replace(case, measures=measures[row.number])
        dues = (
            (date.fromisoformat(row.first_due), date.fromisoformat(row.last_due)) if row.first_due else None
        )
        yield Placed(
            case,
            row.id,
            row.uid,
            row.sort_key,
            row.outlet_id,
            row.handler_id,
            dues,
            row.added_by,
            row.deleted_at,
        )


def _parts(work: Work, table: str, ids: list[int]) -> defaultdict[int, list[Row]]:
    columns = _PARTS[table].c
    wanted = (
        select(columns.case_id, *(columns[name] for name in PART_COLUMNS[table]))
        .where(columns.case_id.in_(ids) if len(ids) > 1 else columns.case_id == ids[0])
        .order_by(columns.case_id, columns.position)
    )
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in work.run(wanted):
        found[row[0]].append(tuple(row[1:]))
    return found


def replace(work: Work, old: Placed, new: Placed) -> None:
    """Write what differs between two states of one case, and its search terms if they or its place changed.

    A deleted case (``deleted_at``) is not in the search index.
    """
    changed = [
        (column, after)
        for column, before, after in zip(CASE_COLUMNS, case_row(old), case_row(new), strict=True)
        if before != after
    ]
    if changed:
        settings = ", ".join(f"{column} = ?" for column, _ in changed)
        work.rows(f"UPDATE cases SET {settings} WHERE id = ?", (*(value for _, value in changed), old.id))
    _replace_texts(work, old, new)
    for table in PART_COLUMNS:
        _replace_parts(work, table, old, new)
    _replace_terms(work, old, new)


def _replace_texts(work: Work, old: Placed, new: Placed) -> None:
    after = (new.case.narrative, new.case.remedy, new.case.praise)
    if after != (old.case.narrative, old.case.remedy, old.case.praise):
        work.rows(
            "UPDATE case_texts SET narrative = ?, remedy = ?, praise = ? WHERE case_id = ?", (*after, old.id)
        )


def _replace_parts(work: Work, table: str, old: Placed, new: Placed) -> None:
    before, after = list(part_rows(old.case, table)), list(part_rows(new.case, table))
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    if len(before) > same:
        work.rows(f"DELETE FROM {table} WHERE case_id = ? AND position > ?", (old.id, same))
    statement = bulk.insert_statement(table, ("case_id", "position", *PART_COLUMNS[table]))
    work.run_many(statement, [(old.id, at, *row) for at, row in enumerate(after[same:], start=same + 1)])


def _replace_terms(work: Work, old: Placed, new: Placed) -> None:
    was_in, is_in = old.deleted_at is None, new.deleted_at is None
    before, after = searched_texts(old.case), searched_texts(new.case)
    if was_in == is_in and before == after and old.sort_key == new.sort_key:
        return
    if was_in:
        search.remove(work, [old.sort_key])
    if is_in:
        search.add(work, [(new.sort_key, after)])


def remove(work: Work, placed: Placed) -> None:
    """Take a case out for good. Its number is not given again."""
    if placed.deleted_at is None:
        search.remove(work, [placed.sort_key])
    work.rows("DELETE FROM cases WHERE id = ?", (placed.id,))


def opened_on_range(work: Work) -> tuple[date, date] | None:
    """The first and the last business date of the living cases."""
    first, last = work.rows("SELECT min(opened_on), max(opened_on) FROM cases WHERE deleted_at IS NULL").one()
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None


def open_of_handler(work: Work, handler_id: int) -> Iterator[Placed]:
    """The living cases of one handler that are not closed."""
    wanted = _WHOLE.where(
        cases.c.handler_id == handler_id, cases.c.closed_on.is_(None), cases.c.deleted_at.is_(None)
    )
    return _placed(work, work.run(wanted).all())


def deleted_before(work: Work, moment: str) -> list[int]:
    """Ids of the cases that were deleted before a moment."""
    found = work.rows(
        "SELECT id FROM cases INDEXED BY ix_cases_bin WHERE deleted_at IS NOT NULL AND deleted_at < ?",
        (moment,),
    )
    return [number for (number,) in found]
