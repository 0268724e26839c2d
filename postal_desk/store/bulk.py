"""Many new cases in few statements: what the command line, imports and the demo write through."""

from __future__ import annotations

from collections.abc import Sequence

from postal_desk.store import search
from postal_desk.store.case_rows import (
    CASE_COLUMNS,
    PART_COLUMNS,
    Placed,
    case_row,
    part_rows,
    searched_texts,
)
from postal_desk.store.work import Work


def insert_statement(table: str, columns: Sequence[str]) -> str:
    """``INSERT`` for driver parameters."""
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


_CASES = insert_statement("cases", CASE_COLUMNS)
_TEXTS = insert_statement("case_texts", ("case_id", "narrative", "remedy", "praise"))
_PARTS = {
    table: insert_statement(table, ("case_id", "position", *columns))
    for table, columns in PART_COLUMNS.items()
}


def insert_batch(work: Work, batch: Sequence[Placed]) -> None:
    """Insert cases with all their parts and their search terms. The caller keeps batches to some thousands."""
    work.run_many(_CASES, [case_row(placed) for placed in batch])
    insert_content(work, batch)
    search.add(work, [(placed.sort_key, searched_texts(placed.case)) for placed in batch])


def insert_content(work: Work, batch: Sequence[Placed]) -> None:
    """Insert the texts and lists of cases whose rows are there already."""
    work.run_many(_TEXTS, [(p.id, p.case.narrative, p.case.remedy, p.case.praise) for p in batch])
    for table, statement in _PARTS.items():
        rows = [
            (placed.id, position, *row)
            for placed in batch
            for position, row in enumerate(part_rows(placed.case, table), start=1)
        ]
        work.run_many(statement, rows)


def next_case_id(work: Work) -> int:
    """The id that the next case gets; the ids of one batch follow each other from it."""
    return int(work.rows("SELECT coalesce(max(id), 0) + 1 FROM cases").scalar_one())
