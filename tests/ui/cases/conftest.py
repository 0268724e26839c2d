"""The cases page over a real desk with a few varied cases, everything at once on the test's own thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from postal_desk.domain.case_json import parse_case
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.ui.cases.cases_page import CasesPage
from postal_desk.ui.cases.record import Record
from postal_desk.ui.context import Context
from tests.ui.conftest import Window

NOW = datetime(2019, 7, 18, 10, 42)
SUBJECT = "挂号稿件寄出半月无音讯"
CASES: tuple[dict[str, Any], ...] = (
    {
        "opened_on": "2019-05-17",
        "subject": "样刊诈骗，老人欲汇款",
        "category": "14.fake_periodical",
        "fraud": True,
    },
    {"opened_on": "2019-06-03", "subject": "报纸两日未投", "category": "10", "kind": "complaint"},
    {"opened_on": "2019-07-02", "subject": "排队时间过长", "category": "05", "kind": "suggestion"},
    {
        "opened_on": "2019-07-17",
        "subject": SUBJECT,
        "category": "07.domestic",
        "channel": "carrier",
        "narrative": "周建国打电话说两封挂号信没有回音，电话13804321176。",
        "outlet": "船营投递部",
        "handler": "苏阳",
        "customer": {
            "name": "周建国",
            "phone": "13804321176",
            "age_band": "80_plus",
            "vulnerable": ["elderly"],
        },
        "items": [{"number": "XA22010000322", "class": "registered_letter"}],
    },
)
NEWEST = "220204-2019-07-0002"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with create_desk(tmp_path / "desk", "", "220204", actor="苏阳", now=lambda: NOW) as made:
        add_outlet(made, "船营投递部", kind="delivery_unit")
        add_staff(made, "苏阳", outlet="船营投递部")
        add_staff(made, "赵敏", outlet="船营投递部")
        plain = {"kind": "inquiry", "channel": "counter"}
        add_cases(made, [parse_case({**plain, **case}, made.rules) for case in CASES])
        yield made


@pytest.fixture
def open_page(ctx: Context, window: Window, qtbot: QtBot) -> Iterator[Callable[..., CasesPage]]:
    """Opens the page and waits for its first record; called again, it is the page after a new start."""
    opened: list[CasesPage] = []

    def open_one(width: int = 1198, **request: object) -> CasesPage:
        page = CasesPage(ctx)
        page.complete()
        opened.append(page)
        ctx.changed.connect(page.refresh)
        page.resize(width, 736)
        page.show()
        page.shown(**request)
        qtbot.waitUntil(
            lambda: (page.desk is not None and page.desk.record.view is not None) or no_rows(page)
        )
        return page

    yield open_one
    for page in opened:
        shiboken6.delete(page)
    assert window.faults == []


def no_rows(page: CasesPage) -> bool:
    return page.desk is not None and page.model.rowCount() == 0


@pytest.fixture
def page(open_page: Callable[..., CasesPage]) -> CasesPage:
    return open_page()


@pytest.fixture
def record(page: CasesPage) -> Record:
    assert page.desk is not None
    return page.desk.record


def today() -> date:
    return NOW.date()
