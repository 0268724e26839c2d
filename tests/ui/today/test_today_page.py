"""«Today» by keyboard: the arrow keys pass over headings, Enter opens, Space does what comes next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from postal_desk.services.cases import show_case
from postal_desk.services.desk import Desk
from postal_desk.services.today import Task
from postal_desk.ui.today.task_model import Heading
from postal_desk.ui.today.task_words import next_act
from postal_desk.ui.today.today_page import TodayPage
from tests.ui.conftest import Window

from .conftest import CLAIM, LATE, PROMISED


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


def test_space_opens_each_record_where_the_work_goes_on(page: TodayPage, window: Window) -> None:
    press(page, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert window.went == [
        ("cases", {"number": LATE, "act": "step"}),
        ("cases", {"number": LATE, "claim": CLAIM}),
        ("summary", {"month": "2019-07", "act": "close"}),
    ]


def test_line_below_says_what_the_keys_do_with_what_is_lit(page: TodayPage) -> None:
    told = []
    for _row in range(4):
        told.append(page.keys.text())
        press(page, Qt.Key.Key_Down)
    assert told == [
        "Enter 打开 · 空格记下一步处理",
        "Enter 打开 · 空格把约定跟进标记为已办",
        "Enter 打开 · 空格继续办理理赔",
        "Enter 打开 · 空格核对并封存该月",
    ]


def test_measures_are_rechecked_and_finished_from_here() -> None:
    recheck = Task("rechecks", "measure", "220204-M-2019-0001", "补齐点钞机")
    late = Task("measures_overdue", "measure", "220204-M-2019-0001", "补齐点钞机")
    assert next_act(recheck) == ("measures", {"number": recheck.number, "act": "recheck"})
    assert next_act(late) == ("measures", {"number": late.number, "act": "finish"})


def test_rows_are_spoken_whole(page: TodayPage) -> None:
    row = page.list.currentIndex()
    assert (
        row.data(Qt.ItemDataRole.AccessibleTextRole)
        == "超期 19 天 · 2019-07-0001 · 挂号信未到 · 请核对是否应当赔偿"
    )


def test_who_only_reads_is_offered_nothing_to_write(
    page: TodayPage, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(page.ctx.desk), "may", lambda _desk, _action: False)
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert page.keys.text() == "Enter 打开"
    press(page, Qt.Key.Key_Space)
    assert window.went == [("cases", {"number": LATE})]
