"""What the first save needs is read before it: the very pages, and no others worth speaking of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from postal_desk.domain.periods import Month
from postal_desk.services.demo import make_demo
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.warming import Warmer
from postal_desk.store import warming


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    make_demo(tmp_path / "desk", cases=300, months=2, until=Month(2026, 10))
    with open_desk(tmp_path / "desk", today=lambda: date(2026, 11, 1)) as opened:
        yield opened


def test_every_index_of_the_cases_is_asked_at_one_place(desk: Desk) -> None:
    with desk.work() as work:
        asked = warming.questions(work.cursor)
        known = {row[1] for row in work.cursor("PRAGMA index_list(cases)")}
        for sql, values in asked:
            plan = [row[3] for row in work.cursor(f"EXPLAIN QUERY PLAN {sql}", values)]
            assert plan[0].startswith("SEARCH") or "LIMIT 1" in sql or "search_config" in sql, plan
            assert "TEMP B-TREE" not in " ".join(plan), f"{sql} sorts, so it reads all: {plan}"
    assert {name for name in known if any(f'"{name}"' in sql for sql, _ in asked)} == known


def test_reading_is_cut_into_slices_and_ends(desk: Desk) -> None:
    warmer = Warmer(desk)
    slices = 1
    while not warmer.slice(0):
        slices += 1
        assert slices < 200
    assert slices > 20
    assert warmer.slice(0), "nothing is read twice"


def test_a_desk_without_cases_has_nothing_to_read(empty_desk: Desk) -> None:
    assert Warmer(empty_desk).slice()
