"""The day's work, and cases like the one being typed: many cases against few, ours against the raw search."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from postal_desk.services.similar_cases import similar_cases, telling
from postal_desk.services.today import badge, today
from postal_desk.store import similar_queries
from postal_desk.store.search_text import text_terms
from tests.benchmarks import desks
from tests.benchmarks.report import Figure, p95, timed

_STORIES = 30


def days(folder: Path, cases: tuple[int, int], quick: bool) -> Iterator[Figure]:
    """The page «Today» and its number in the sidebar."""
    whole, number, notes = [], [], []
    for count in cases:
        with desks.opened(desks.desk_path(folder, count)) as desk:
            found = today(desk)
            notes.append(f"{found.badge} to do")
            whole.append(timed(partial(today, desk), 5 if quick else 30))
            number.append(timed(partial(badge, desk), 5 if quick else 30))
    few, many = cases
    yield Figure(f"Today at {many:,} against {few:,}", whole[1], whole[0], 2, note=", ".join(notes))
    yield Figure(f"its number at {many:,} against {few:,}", number[1], number[0], 2)


def similar(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """Similar cases for stories of the desk itself, against the bare ranked search for the same terms."""
    path = desks.desk_path(folder, cases)
    connection = desks.raw(path)
    stories = _stories(connection, 6 if quick else _STORIES)
    connection.close()
    with desks.opened(path) as desk:
        asked = [(text, category, _terms(desk, text, category)) for text, category in stories]
        for text, category, _ in asked[:3]:
            similar_cases(desk, text, category)
        ours = [timed(partial(similar_cases, desk, text, category), 3) for text, category, _ in asked]
        with desk.work() as work:
            oldest = similar_queries.oldest_key(work)
    connection = desks.raw(path)
    limit = [timed(partial(_raw, connection, terms, oldest), 3) for _, _, terms in asked]
    connection.close()
    note = f"p95 {p95(ours) * 1000:.0f} ms"
    yield Figure(f"similar cases among {cases:,}", median(ours), median(limit), 3, note=note)


def _stories(connection: Any, count: int) -> list[tuple[str, str]]:
    teller = random.Random(7)
    last = connection.execute("SELECT max(id) FROM cases").fetchone()[0]
    sql = "SELECT subject || char(10) || narrative, category FROM cases JOIN case_texts ON case_id = id WHERE id = ?"
    return [connection.execute(sql, (teller.randint(1, last),)).fetchone() for _ in range(count)]


def _terms(desk: Any, text: str, category: str) -> str:
    """The expression that ours asks for this story."""
    with desk.work() as work:
        pool = similar_queries.finished(work, category[:2], False, 80)
    known = [frozenset(text_terms(one.text)) for one in pool]
    return " OR ".join(f'"{term}"' for term in telling(frozenset(text_terms(text)), known))


def _raw(connection: Any, expression: str, oldest: int) -> list[Any]:
    return list(connection.execute(similar_queries.RANKED, (expression, oldest, 40)).fetchall())
