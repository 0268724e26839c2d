"""The measures page over a real desk with a visit, a problem, two measures and some cases, all on the test's thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from postal_desk.domain.case_json import parse_case
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.record_forms import parse_record
from postal_desk.domain.visits import VISIT_FORM
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.measures import add_measures
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.services.visits import add_visits
from postal_desk.ui.context import Context
from postal_desk.ui.measures.measures_page import MeasuresPage
from tests.ui.conftest import Window

NOW = datetime(2019, 8, 2, 9, 30)
COUNTERS = "220204-M-2019-0001"
DELIVERY = "220204-M-2019-0002"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with create_desk(tmp_path / "desk", "", "220204", actor="苏阳", now=lambda: NOW) as made:
        add_outlet(made, "船营投递部", kind="delivery_unit")
        add_staff(made, "孟庆国", position="delivery_head", outlet="船营投递部")
        add_staff(made, "宋佳", outlet="船营投递部", joined_on=NOW.date())
        add_cases(made, [parse_case(case, made.rules) for case in misdeliveries()])
        add_visits(made, [parse_record(VISIT_FORM, VISIT, made.rules)])
        add_measures(made, [parse_measure(measure, made.rules) for measure in MEASURES])
        yield made


def misdeliveries() -> list[dict[str, Any]]:
    """Nine complaints a month until April, one a month from May on."""
    plain = {"kind": "complaint", "category": "01.misdelivery", "channel": "counter", "subject": "错投"}
    return [
        {**plain, "outlet": "船营投递部", "opened_on": f"2019-{month:02d}-{day:02d}"}
        for month in range(1, 8)
        for day in range(1, 10 if month < 4 else 2)
    ]


VISIT = {
    "title": "到船营投递部调研",
    "purpose": "退件为什么慢",
    "outlet": "船营投递部",
    "visited_on": "2019-07-15",
    "questions": [{"question": "退件几天到客户手上", "answer": "约三天"}],
    "findings": [{"text": "退件没有专人登记"}, {"text": "包装台不够用"}],
}
MEASURES: tuple[dict[str, Any], ...] = (
    {
        "title": "为网点补齐点钞机",
        "kind": "corrective",
        "problem": {"text": "点钞机不够用", "found_on": "2019-07-01", "area": "staff"},
        "baseline": "0",
        "target": "60",
        "unit": "台",
        "due": {"on": "2019-07-20"},
        "progress": [{"on": "2019-07-05", "value": "12", "text": "河南街支局到货"}],
    },
    {
        "title": "按名址投递",
        "kind": "preventive",
        "problem": {"text": "错投多", "found_on": "2019-07-02", "area": "customer_service"},
        "category": "01",
        "outlets": ["船营投递部"],
        "in_force_on": "2019-04-03",
    },
)


class PagedWindow(Window):
    """Going to the page itself reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self.page: MeasuresPage | None = None

    def go(self, name: str, /, **request: object) -> bool:
        if name == "measures" and self.page is not None:
            self.page.shown(**request)
        return super().go(name, **request)


@pytest.fixture
def window() -> PagedWindow:
    return PagedWindow()


@pytest.fixture
def page(ctx: Context, window: PagedWindow, qtbot: QtBot) -> Iterator[MeasuresPage]:
    made = window.page = MeasuresPage(ctx)
    ctx.changed.connect(made.refresh)
    made.resize(1198, 736)
    made.show()
    made.shown()
    qtbot.waitUntil(lambda: made.register.number != "")
    yield made
    shiboken6.delete(made)
    assert window.faults == []


def dialog() -> QDialog:
    """The dialog in front."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found
