"""Search and list against the same queries in raw sqlcipher3, and the search's recall against a scan."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services import case_lists
from postal_desk.store.search_text import match_expression
from tests.benchmarks import desks
from tests.benchmarks.report import Figure, p95, timed

_RAW_ROWS = (
    "SELECT cases.sort_key, cases.number, cases.subject, cases.customer_name, cases.kind, cases.category, "
    "cases.channel, cases.status, cases.opened_on, cases.first_due, cases.replied_on, cases.closed_on, cases.fraud, "
    "cases.vulnerable, cases.praised, outlets.name, staff.name FROM search CROSS JOIN cases "
    "ON cases.sort_key = search.rowid LEFT JOIN outlets ON outlets.id = cases.outlet_id "
    "LEFT JOIN staff ON staff.id = cases.handler_id "
    "WHERE search MATCH ? AND cases.deleted_at IS NULL ORDER BY search.rowid DESC LIMIT 100"
)


_SAMPLE = 20_000  # cases that are scanned in a larger desk


def words(connection: Any, count: int) -> list[str]:
    """Two-character words as people would type them: from subjects and narratives of cases all over the desk."""
    teller = random.Random(11)
    last = connection.execute("SELECT max(id) FROM cases").fetchone()[0]
    found: dict[str, None] = {}
    while len(found) < count:
        (text,) = connection.execute(
            "SELECT narrative FROM case_texts WHERE case_id = ?", (teller.randint(1, last),)
        ).fetchone()
        at = teller.randrange(len(text) - 1)
        if all("一" <= char <= "鿿" for char in text[at : at + 2]):
            found[text[at : at + 2]] = None
    return list(found)


def search(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """First hundred hits of two Chinese characters, newest first."""
    path = desks.desk_path(folder, cases)
    connection = desks.raw(path)
    queries = words(connection, 12 if quick else 60)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {_RAW_ROWS}", ("x",))]
    if any(step.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in step for step in plan):
        raise AssertionError(f"the search scans: {plan}")
    limit = [timed(partial(_raw, connection, match_expression(q)), 5) for q in queries]
    looked_at, found = _scan(connection, queries[:4], min(cases, _SAMPLE))
    connection.close()
    with desks.opened(path) as desk:
        for q in queries[:4]:
            case_lists.rows_at(desk, CaseFilter(text=q), 0, 100)
        ours = [timed(partial(case_lists.rows_at, desk, CaseFilter(text=q), 0, 100), 5) for q in queries]
        for query, expected in found.items():
            if looked_at.intersection(case_lists.list_keys(desk, CaseFilter(text=query))) != expected:
                raise AssertionError(f"search and scan differ for {query}")
    note = f"p95 {p95(ours) * 1000:.1f} ms, recall 1.0 of a scan of {len(looked_at):,}"
    yield Figure(f"search, 2 characters, first 100 of {cases:,}", median(ours), median(limit), 3, note=note)


def _raw(connection: Any, expression: str | None) -> list[Any]:
    return list(connection.execute(_RAW_ROWS, (expression,)).fetchall())


def _scan(connection: Any, wanted: list[str], count: int) -> tuple[set[int], dict[str, set[int]]]:
    """The sort keys of ``count`` cases from all over the desk, and by word of those that hold it."""
    last = connection.execute("SELECT max(id) FROM cases").fetchone()[0]
    sample = json.dumps(random.Random(7).sample(range(1, last + 1), min(count, last)))
    keys = "SELECT sort_key FROM cases WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))"
    sql = (
        "SELECT sort_key FROM json_each(?) JOIN cases ON cases.id = json_each.value "
        "JOIN case_texts ON case_id = cases.id WHERE deleted_at IS NULL AND ("
        "instr(narrative, ?) OR instr(subject, ?) OR instr(remedy, ?) OR instr(praise, ?) OR "
        "instr(customer_name, ?) OR instr(customer_address, ?) OR "
        "EXISTS (SELECT 1 FROM steps WHERE steps.case_id = cases.id AND "
        "(instr(text, ?) OR instr(actor, ?) OR instr(counterpart, ?))))"
    )
    looked_at = {key for (key,) in connection.execute(keys, (sample,))}
    return looked_at, {
        word: {key for (key,) in connection.execute(sql, (sample, *(word,) * 9))} for word in wanted
    }


def lists(folder: Path, cases: tuple[int, int], quick: bool) -> Iterator[Figure]:
    """The first page and a jump to any place of the list: many cases against few."""
    teller = random.Random(3)
    first, jump = [], []
    for count in cases:
        with desks.opened(desks.desk_path(folder, count)) as desk:
            everything = CaseFilter()
            case_lists.rows_at(desk, everything, 0, 100)
            first.append(timed(lambda: case_lists.rows_at(desk, everything, 0, 100), 20))  # noqa: B023
            start = time.perf_counter()
            keys = case_lists.list_keys(desk, everything)
            built = time.perf_counter() - start

            def page() -> object:
                at = teller.randrange(max(1, len(keys) - 100))  # noqa: B023
                return case_lists.rows_by_key(desk, keys[at : at + 100])  # noqa: B023

            jump.append(timed(page, 10 if quick else 60))
    few, many = cases
    yield Figure(f"first 100 rows at {many:,} against {few:,}", first[1], first[0], 2)
    yield Figure(
        f"100 rows at any place at {many:,} against {few:,}",
        jump[1],
        jump[0],
        2,
        note=f"keys built in {built:.2f} s",
    )
