"""A stored desk of each earlier schema version opens as a desk of this one, with all that it held."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import case_to_json
from postal_desk.domain.measures import Measure, Problem
from postal_desk.services.cases import read_cases, show_case
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.measures import add_measures, list_measures
from postal_desk.store import engine
from postal_desk.store.engine import SCHEMA_VERSION
from postal_desk.store.keys import DATABASE, FileKeyStore

DESKS = Path(__file__).parent / "desks"
NOW = datetime(2019, 9, 2, 9, 0)
RELEASED = 2


@pytest.fixture(params=range(1, RELEASED + 1))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the stored desk of one earlier version."""
    return Path(shutil.copytree(DESKS / f"version_{request.param}", tmp_path / "old"))


def raw_rows(folder: Path, sql: str) -> list[Any]:
    raw = engine.connect(folder / DATABASE, FileKeyStore(folder / "key").load())
    try:
        return list(raw.execute(sql).fetchall())
    finally:
        raw.close()


def schema_of(desk: Desk) -> dict[tuple[str, str], str]:
    with desk.work() as work:
        rows = work.rows("SELECT type, name, sql FROM sqlite_master WHERE name <> 'alembic_version'").all()
    return {(kind, name): " ".join((sql or "").split()) for kind, name, sql in rows}


def test_every_case_is_still_there_with_its_history(old: Path) -> None:
    numbers = [row[0] for row in raw_rows(old, "SELECT number FROM cases ORDER BY sort_key DESC")]
    audited = raw_rows(old, "SELECT id, hash FROM audit ORDER BY id")
    with open_desk(old, now=lambda: NOW) as desk:
        assert [case.number for case in read_cases(desk, CaseFilter())] == numbers
        with desk.work() as work:
            kept = work.rows("SELECT id, hash FROM audit ORDER BY id").all()
    assert [tuple(row) for row in kept[: len(audited)]] == [tuple(row) for row in audited]


def test_its_schema_is_that_of_a_new_desk(old: Path, tmp_path: Path) -> None:
    with (
        open_desk(old, now=lambda: NOW) as upgraded,
        create_desk(tmp_path / "new", "船营区分公司", "220204", now=lambda: NOW) as new,
    ):
        assert schema_of(upgraded) == schema_of(new)
    assert raw_rows(old, "PRAGMA user_version")[0][0] == SCHEMA_VERSION


def test_it_works_as_a_desk_of_this_version(old: Path) -> None:
    with open_desk(old, now=lambda: NOW) as desk:
        case = read_cases(desk, CaseFilter(), 1)[0]
        known = len(list_measures(desk))
        problem = Problem("客户找不到理赔窗口", found_on=date(2019, 8, 30))
        (number,) = add_measures(
            desk, [Measure("理赔一窗受理", problem, "corrective", cases=(case.number,))]
        ).measures
        assert number == f"220204-M-2019-{known + 1:04d}"
        assert json.loads(json.dumps(case_to_json(show_case(desk, case.number).case)))["measures"] == [number]
    with open_desk(old, now=lambda: NOW) as again:
        assert number in [view.measure.number for view in list_measures(again)]
