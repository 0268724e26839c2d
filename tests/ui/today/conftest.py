"""The page «Today» over a real desk with something in several groups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import shiboken6

from postal_desk.domain.case_json import parse_case
from postal_desk.domain.claim_json import parse_claim
from postal_desk.services.cases import add_cases
from postal_desk.services.claims import add_claims
from postal_desk.services.desk import Desk, create_desk
from postal_desk.ui.context import Context
from postal_desk.ui.today.today_page import TodayPage
from tests.ui.conftest import Window

NOW = datetime(2019, 8, 20, 8, 30)
LATE, PROMISED, CLAIM = "220204-2019-07-0001", "220204-2019-08-0001", "220204-C-2019-0001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with create_desk(tmp_path / "desk", "", "220204", actor="苏阳", now=lambda: NOW) as made:
        plain = {"kind": "inquiry", "channel": "counter", "category": "07.domestic"}
        step = {"at": "2019-08-12", "text": "答应20日回电", "follow_up_on": "2019-08-20"}
        cases = (
            {"opened_on": "2019-07-02", "subject": "挂号信未到"},
            {"opened_on": "2019-08-12", "subject": "汇款未到", "steps": [step]},
        )
        add_cases(made, [parse_case({**plain, **case}, made.rules) for case in cases])
        add_claims(made, [parse_claim({"case": LATE, "opened_on": "2019-08-19"}, made.rules, made.today())])
        yield made


@pytest.fixture
def page(ctx: Context, window: Window) -> Iterator[TodayPage]:
    made = TodayPage(ctx)
    ctx.changed.connect(made.refresh)
    made.resize(1198, 736)
    made.show()
    made.shown()
    yield made
    shiboken6.delete(made)
    assert window.faults == []
