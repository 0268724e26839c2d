"""The number in the sidebar and the notification in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from postal_desk.domain.case_json import parse_case
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.today_watch import TodayWatch


def fail(error: Exception) -> None:
    raise error


class Notice:
    """Stands in for the desktop."""

    def __init__(self) -> None:
        self.told: list[int] = []

    def tell(self, number: int) -> None:
        self.told.append(number)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    now = datetime(2019, 8, 20, 8, 30)
    with create_desk(tmp_path / "desk", "", "220204", now=lambda: now) as made:
        case = {
            "kind": "inquiry",
            "category": "07",
            "channel": "counter",
            "opened_on": "2019-07-02",
            "subject": "信",
        }
        add_cases(made, [parse_case(case, made.rules)])
        yield made


@pytest.fixture
def ctx(qapp: object, desk: Desk, tmp_path: Path) -> Context:
    made = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
    made.desk = desk
    return made


def watch(ctx: Context, notice: Notice) -> tuple[TodayWatch, list[int]]:
    counts: list[int] = []
    parent = QObject()
    made = TodayWatch(ctx, counts.append, lambda: notice, parent)  # type: ignore[arg-type, return-value]
    made.parent_kept = parent  # type: ignore[attr-defined]
    made.count()
    return made, counts


def test_number_and_notice_come_once_a_morning(ctx: Context) -> None:
    notice = Notice()
    made, counts = watch(ctx, notice)
    made.count()
    assert counts == [1, 1]
    assert notice.told == [1]


def test_no_notice_in_the_afternoon_or_where_it_is_not_wanted(ctx: Context, desk: Desk) -> None:
    notice = Notice()
    ctx.settings["morning_notice"] = False
    made, _ = watch(ctx, notice)
    ctx.settings["morning_notice"] = True
    desk.now = lambda: datetime(2019, 8, 20, 14, 0)
    made.count()
    assert notice.told == []
