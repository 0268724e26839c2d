"""«Today» by keyboard: the arrow keys pass over headings, Enter opens, Space ticks off what can be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from postal_desk.services.cases import show_case
from postal_desk.services.desk import Desk
from postal_desk.ui.today.task_model import Heading
from postal_desk.ui.today.today_page import TodayPage

from .conftest import CLAIM, LATE, PROMISED, Window


def press(page: TodayPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page.list, key)


def lit(page: TodayPage) -> str:
    task = page.model.task(page.list.currentIndex().row())
    return task.number if task is not None else ""


def test_model_keeps_the_rules_of_models(page: TodayPage) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.shown()


def test_groups_stand_in_the_order_of_urgency(page: TodayPage) -> None:
    titles = [line.title for line in page.model.lines if isinstance(line, Heading)]
    assert titles == ["超期", "约定跟进", "未结理赔", "待封存的月份"]


def test_arrows_pass_over_headings_and_enter_opens_each_record(page: TodayPage, window: Window) -> None:
    assert lit(page) == LATE
    press(page, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.went == [
        ("cases", {"number": LATE}),
        ("cases", {"number": PROMISED}),
        ("cases", {"number": LATE, "claim": CLAIM}),
        ("summary", {"month": "2019-07"}),
    ]


def test_space_keeps_a_promise(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert show_case(desk, PROMISED).case.steps[-1].text == "已按约定跟进"
    qtbot.waitUntil(lambda: "约定跟进" not in {getattr(line, "title", "") for line in page.model.lines})
    assert lit(page) != ""


def test_space_says_what_does_it_where_it_can_t(page: TodayPage, window: Window) -> None:
    press(page, Qt.Key.Key_Space)
    assert "answered" in str(window.said[-1])


def test_rows_are_spoken_whole(page: TodayPage) -> None:
    row = page.list.currentIndex()
    assert (
        row.data(Qt.ItemDataRole.AccessibleTextRole)
        == "超期 19 天 · 2019-07-0001 · 挂号信未到 · 请核对是否应当赔偿"
    )
