"""Reading and writing whole measures, their numbers, and which measures answer a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, insert, or_, select, update

from postal_desk.domain.measures import Problem, format_number
from postal_desk.store import measure_tables
from postal_desk.store.bulk import insert_statement
from postal_desk.store.column_values import iso
from postal_desk.store.measure_rows import (
    PART_COLUMNS,
    PlacedMeasure,
    Row,
    measure_values,
    part_rows,
    placed_of,
)
from postal_desk.store.measure_tables import measure_cases, measures
from postal_desk.store.record_tables import problems
from postal_desk.store.tables import outlets
from postal_desk.store.work import Work

_PARTS: dict[str, Table] = {table: getattr(measure_tables, table) for table in PART_COLUMNS}
_TAKE = (
    "INSERT INTO measure_sequences (prefix, year, last) VALUES (?, ?, 1) "
    "ON CONFLICT (prefix, year) DO UPDATE SET last = last + 1 RETURNING last"
)


def take_number(work: Work, prefix: str, year: int) -> str:
    """The next number of a year, taken for good; ``prefix`` is the branch code with the desk's letter."""
    return format_number(prefix, year, int(work.rows(_TAKE, (prefix, year)).scalar_one()))


def next_id(work: Work) -> int:
    """The id that the next measure gets."""
    return int(work.rows("SELECT coalesce(max(id), 0) + 1 FROM measures").scalar_one())


def by_number(work: Work, number: str) -> PlacedMeasure | None:
    """The measure with this number, a deleted one too."""
    return next(_placed(work, work.run(select(measures).where(measures.c.number == number)).all()), None)


def by_id(work: Work, measure_id: int) -> PlacedMeasure | None:
    """The measure with this id, a deleted one too."""
    return next(_placed(work, work.run(select(measures).where(measures.c.id == measure_id)).all()), None)


def listed(
    work: Work, status: str = "", overdue_on: date | None = None, limit: int = 0
) -> list[PlacedMeasure]:
    """The living measures, newest first (the day they count from, then the number); ``limit`` 0 is all.

    ``overdue_on`` keeps those that are overdue on that day (``Measure.overdue``).
    """
    wanted = select(measures).where(measures.c.deleted_at.is_(None))
    if status:
        wanted = wanted.where(measures.c.status == status)
    if overdue_on is not None:
        wanted = wanted.where(_overdue(overdue_on))
    wanted = wanted.order_by(measures.c.begun_on.desc(), measures.c.number.desc())
    return list(_placed(work, work.run(wanted.limit(limit) if limit else wanted).all()))


def count_overdue(work: Work, on: date, most: int) -> int:
    """How many living measures are overdue on a day, counted no further than ``most``."""
    found = select(measures.c.id).where(measures.c.deleted_at.is_(None), _overdue(on)).limit(most)
    return int(work.run(select(func.count()).select_from(found.subquery())).scalar_one())


def _overdue(on: date) -> ColumnElement[bool]:
    day = on.isoformat()
    unfinished = or_(measures.c.finished_on.is_(None), measures.c.finished_on > day)
    return and_(
        measures.c.due_on < day, unfinished, measures.c.begun_on <= day, measures.c.status != "withdrawn"
    )


def insert_measure(work: Work, placed: PlacedMeasure) -> None:
    """Add a measure with its lists."""
    work.run(insert(measures), measure_values(placed))
    _insert_parts(work, placed, {})


def replace(work: Work, old: PlacedMeasure, new: PlacedMeasure) -> None:
    """Write a measure over its old state, and those of its lists that differ."""
    work.run(update(measures).where(measures.c.id == old.id).values(measure_values(new)))
    before = part_rows(old)
    for table, rows in part_rows(new).items():
        if rows != before[table]:
            columns = _PARTS[table]
            work.run(columns.delete().where(columns.c.measure_id == old.id))
    _insert_parts(work, new, before)


def _insert_parts(work: Work, placed: PlacedMeasure, present: dict[str, list[Row]]) -> None:
    """Insert the lists that differ from those ``present``."""
    for table, rows in part_rows(placed).items():
        if rows != present.get(table, []):
            statement = insert_statement(table, ("measure_id", "position", *PART_COLUMNS[table]))
            work.run_many(statement, [(placed.id, at, *row) for at, row in enumerate(rows, start=1)])


def copy_problem(work: Work, problem_id: int, content: Problem) -> None:
    """Carry a problem's content over to the measures that answer it: they show it without a look at the problem."""
    found = iso(content.found_on)
    values = {
        "problem": content.text,
        "source": content.source,
        "area": content.area,
        "cause": content.cause,
        "found_on": found,
        "found_at": content.unit,
        "begun_on": found if found is not None else func.substr(measures.c.created_at, 1, 10),
    }
    work.run(update(measures).where(measures.c.problem_id == problem_id).values(values))


def of_problems(work: Work) -> dict[int, list[tuple[str, str]]]:
    """Number and status of the living measures that answer each problem, by the problem's id, in number order."""
    wanted = (
        select(measures.c.problem_id, measures.c.number, measures.c.status)
        .where(measures.c.problem_id.is_not(None), measures.c.deleted_at.is_(None))
        .order_by(measures.c.number)
    )
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for problem, number, status in work.run(wanted):
        found[problem].append((number, status))
    return found


def answers(work: Work, problem_id: int) -> bool:
    """True if any measure answers the problem, one in the recycle bin too."""
    wanted = select(measures.c.id).where(measures.c.problem_id == problem_id).limit(1)
    return work.run(wanted).first() is not None


def remove(work: Work, measure_id: int) -> None:
    """Delete a measure with its lists for good."""
    work.run(measures.delete().where(measures.c.id == measure_id))


def numbers_of_cases(work: Work, numbers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The living measures that answer each of these cases, in number order; cases without any are absent."""
    wanted = (
        select(measure_cases.c.number, measures.c.number)
        .join(measures, measures.c.id == measure_cases.c.measure_id)
        .where(
            measure_cases.c.number.in_(numbers) if len(numbers) > 1 else measure_cases.c.number == numbers[0],
            measures.c.deleted_at.is_(None),
        )
        .order_by(measures.c.number)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for case, measure in work.run(wanted):
        found[case].append(measure)
    return {case: tuple(of_case) for case, of_case in found.items()}


def counts(work: Work, first: date, last: date, day: date) -> tuple[int, int, int, int]:
    """How many living measures count from a day in the span, fell due in it, were finished in it, and are overdue on
    ``day``. Withdrawn ones are not due.
    """
    span = (first.isoformat(), last.isoformat())
    found = work.rows(
        "SELECT count(*) FILTER (WHERE begun_on BETWEEN ? AND ?),"
        " count(*) FILTER (WHERE due_on BETWEEN ? AND ? AND status <> 'withdrawn'),"
        " count(*) FILTER (WHERE finished_on BETWEEN ? AND ?),"
        " count(*) FILTER (WHERE due_on < ? AND begun_on <= ? AND status <> 'withdrawn'"
        " AND (finished_on IS NULL OR finished_on > ?))"
        " FROM measures WHERE deleted_at IS NULL",
        (*span, *span, *span, *(day.isoformat(),) * 3),
    ).one()
    return found[0], found[1], found[2], found[3]


def _placed(work: Work, rows: Sequence[Any]) -> Iterator[PlacedMeasure]:
    if not rows:
        return
    parts = {table: _rows_of(work, table, [row.id for row in rows]) for table in PART_COLUMNS}
    names: dict[int, str] = dict(work.run(select(outlets.c.id, outlets.c.name)).all())
    numbers: dict[int, str] = dict(work.run(select(problems.c.id, problems.c.number)).all())
    for row in rows:
        yield placed_of(row, {table: found[row.id] for table, found in parts.items()}, names, numbers)


def _rows_of(work: Work, table: str, ids: list[int]) -> defaultdict[int, list[Row]]:
    columns = _PARTS[table].c
    wanted = (
        select(columns.measure_id, *(columns[name] for name in PART_COLUMNS[table]))
        .where(columns.measure_id.in_(ids))
        .order_by(columns.measure_id, columns.position)
    )
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in work.run(wanted):
        found[row[0]].append(tuple(row[1:]))
    return found
