"""Desks of a test's own, in real files, with one outlet and two people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.case_json import parse_case
from postal_desk.domain.cases import Case
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.organisation import add_outlet, add_staff

NOW = datetime(2019, 8, 20, 10, 30)


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk without lists, on 20 August 2019."""
    with create_desk(tmp_path / "desk", "船营区分公司", "220204", actor="苏阳", now=lambda: NOW) as desk:
        yield desk


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A desk with the outlet 船营投递部 and the staff 苏阳 and 赵敏."""
    add_outlet(empty_desk, "船营投递部", kind="delivery_unit")
    add_staff(empty_desk, "苏阳", position="carrier", outlet="船营投递部")
    add_staff(empty_desk, "赵敏", position="counter_clerk")
    return empty_desk


@pytest.fixture
def make_case(empty_desk: Desk) -> Callable[..., Case]:
    """Make a case from contract JSON: a plain inquiry of 2 July 2019 with what the test changes."""

    def make(**values: Any) -> Case:
        plain = {
            "kind": "inquiry",
            "category": "07.domestic",
            "channel": "counter",
            "opened_on": date(2019, 7, 2).isoformat(),
            "subject": "挂号信未收到",
        }
        return parse_case({**plain, **values}, empty_desk.rules)

    return make


@pytest.fixture
def finished() -> dict[str, Any]:
    """What a case needs besides to be closed on 10 July 2019."""
    return {
        "steps": [
            {"at": "2019-07-03T09:00", "channel": "telephone", "result": "answered", "text": "已告知查询结果"}
        ],
        "dispositions": [{"kind": "found_and_delivered", "on": "2019-07-09"}],
        "responsibility": "not_responsible",
        "opinion": "satisfied",
        "closed_on": "2019-07-10",
    }
