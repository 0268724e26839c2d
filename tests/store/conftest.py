"""Desks of a test's own, in real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.case_json import parse_case
from postal_desk.domain.cases import Case
from postal_desk.services.desk import Desk, create_desk

NOW = datetime(2019, 8, 20, 10, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk on 20 August 2019."""
    with create_desk(tmp_path / "desk", "船营区分公司", "220204", actor="苏阳", now=lambda: NOW) as desk:
        yield desk


@pytest.fixture
def make_case(desk: Desk) -> Callable[..., Case]:
    """Make a case from contract JSON: a plain inquiry of 2 July 2019 with what the test changes."""

    def make(**values: Any) -> Case:
        plain = {
            "kind": "inquiry",
            "category": "07.domestic",
            "channel": "counter",
            "opened_on": date(2019, 7, 2).isoformat(),
            "subject": "挂号信未收到",
        }
        return parse_case({**plain, **values}, desk.rules)

    return make
