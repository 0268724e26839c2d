"""Saving one case durably, and making many, against bare SQLite commits of the same rows."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from postal_desk.domain.cases import Case
from postal_desk.domain.periods import months_until
from postal_desk.services import cases as case_service
from postal_desk.services.demo import make_demo, sample_grammar
from postal_desk.services.demo_cases import CaseMaker, Place
from postal_desk.services.desk import create_desk, open_desk
from postal_desk.store import case_records
from postal_desk.store.case_rows import PART_COLUMNS, searched_texts
from postal_desk.store.search_text import index_text
from tests.benchmarks import desks
from tests.benchmarks.report import Figure, alternately

_TABLES = ("cases", "case_texts", *PART_COLUMNS, "audit", "history", "sequences")


def one_case(folder: Path, quick: bool) -> Iterator[Figure]:
    """One case with five steps: number, rules, audit and search index, until the disk has it."""
    sample = _sample()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        with create_desk(Path(place) / "desk", "", "220204", today=lambda: date(2026, 11, 1)) as desk:
            case_service.add_cases(desk, [sample])
            with desk.work() as work:
                rows = {
                    table: [tuple(row) for row in work.rows(f"SELECT * FROM {table}")] for table in _TABLES
                }
                terms = _terms(work)
        bare = _bare(Path(place) / "bare", Path(place) / "desk", rows, terms)
        with create_desk(Path(place) / "desk2", "", "220204", today=lambda: date(2026, 11, 1)) as desk:
            case_service.add_cases(desk, [sample])
            ours, limit = alternately(
                lambda: case_service.add_cases(desk, [sample]), bare, 30 if quick else 200
            )
    yield Figure("one case saved durably, against a bare commit of its rows", ours, limit, 4)


def _sample() -> Case:
    maker = CaseMaker(sample_grammar(), [Place("甲支局", 1, 1, ("张三",))], "220204", 5, date(2026, 11, 1))
    made = maker.cases(50, months_until(desks.UNTIL, 1))
    case = next(case for case in islice(made, 50) if len(case.steps) >= 5 and case.closed_on)
    return replace(case, outlet="", handler="")


def _terms(work: Any) -> str:
    return index_text(searched_texts(_sample()))


def _bare(place: Path, like: Path, rows: dict[str, list[tuple[Any, ...]]], terms: str) -> Any:
    """An action that commits the same rows and search terms with the bare driver, in a file of the same schema."""
    shutil.copytree(like, place)
    connection = desks.raw(place)
    connection.execute("PRAGMA foreign_keys = OFF")
    counter = iter(range(1000, 10_000_000))

    def commit() -> None:
        number = next(counter)
        connection.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            if table == "sequences":
                connection.execute("UPDATE sequences SET last = ?", (number,))
                continue
            shifted = [_shifted(table, row, number) for row in found]
            if shifted:
                marks = ", ".join("?" * len(shifted[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", shifted)
        connection.execute("INSERT INTO search (rowid, terms) VALUES (?, ?)", (number, terms))
        connection.execute("COMMIT")

    return commit


def _shifted(table: str, row: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """The row with keys of its own, so that it can be inserted once more."""
    if table == "cases":
        return (number, number.to_bytes(16, "big"), *row[2:6], f"x{number}", number, *row[8:-1], None)
    if table == "history":
        return (number, *row[1:])
    return (number, *row[1:])


def many(folder: Path, quick: bool) -> Iterator[Figure]:
    """The demo against ``executemany`` of the same rows into the same tables and indexes."""
    count = 2_000 if quick else 20_000
    with tempfile.TemporaryDirectory(dir=folder) as place:
        made = Path(place) / "desk"
        start = time.perf_counter()
        make_demo(made, cases=count, months=60, until=desks.UNTIL)
        ours = time.perf_counter() - start
        limit = copy_rows(made, Path(place) / "bare")
    yield Figure(f"demo of {count:,} cases, against executemany of its rows", ours, limit, 3)


def copy_rows(made: Path, bare: Path) -> float:
    """Seconds for inserting all rows of a desk into an empty one with the bare driver, in the demo's batches."""
    with open_desk(made) as desk, desk.work() as work:
        rows = {
            t: [tuple(r) for r in work.rows(f"SELECT * FROM {t}")]
            for t in ("cases", "case_texts", *PART_COLUMNS)
        }
        keys = {row[0]: row[7] for row in rows["cases"]}
        terms = [
            (keys[placed.id], index_text(searched_texts(placed.case)))
            for placed in case_records.by_ids(work, sorted(keys))
        ]
    create_desk(bare, "", "220204").close()
    connection = desks.raw(bare)
    connection.execute("PRAGMA foreign_keys = OFF")
    start = time.perf_counter()
    step = 2000
    ids = sorted(keys)
    for low in range(0, len(ids), step):
        wanted = set(ids[low : low + step])
        connection.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            batch = [row for row in found if row[0] in wanted]
            if batch:
                connection.executemany(
                    f"INSERT INTO {table} VALUES ({', '.join('?' * len(batch[0]))})", batch
                )
        batch_terms = [(keys[i], terms[n][1]) for n, i in enumerate(ids[low : low + step], low)]
        connection.executemany("INSERT INTO search (rowid, terms) VALUES (?, ?)", batch_terms)
        connection.execute("COMMIT")
    taken = time.perf_counter() - start
    connection.close()
    return taken
