"""The outlets: what stands in each cell, and the cases that a cell opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu

from postal_desk import i18n
from postal_desk.domain.sentences import Label
from postal_desk.domain.summaries import OutletFigures, Rate, Recurrence
from postal_desk.services.summary_cases import Figure
from postal_desk.ui import looks
from postal_desk.ui.summaries import outlet_table
from postal_desk.ui.summaries.outlet_model import COLUMNS, FIGURE_ROLE, OutletModel
from postal_desk.ui.summaries.outlet_table import OutletTable

PLACE = {column.name: at for at, column in enumerate(COLUMNS)}
MISDELIVERED = Recurrence("10.misdelivery", Label("报刊 › 报刊误投", "Newspapers › Misdelivery"), 3)
LOST = Recurrence("03.lost", Label("丢失 › 邮件丢失", "Loss › Item lost"), 2)
ROW = OutletFigures("搜登站支局", 8, 7, 1, Rate(7, 8), Rate(6, 7), (MISDELIVERED,), (4, 5, 5, 6, 6, 8))
QUIET = OutletFigures("", trend=(0, 0, 0, 0, 0, 0))


@pytest.fixture
def table(dressed: None) -> Any:
    i18n.use("en")
    made = OutletTable()
    made.resize(780, 200)
    made.show_outlets((ROW, QUIET))
    made.show()
    yield made
    made.close()


def asked_of(table: OutletTable) -> list[Figure]:
    asked: list[Figure] = []
    table.asked.connect(asked.append)
    return asked


def test_the_model_keeps_the_rules_of_models(qapp: QApplication) -> None:
    model = OutletModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_outlets((ROW, QUIET))
    model.show_outlets(())
    assert model.rowCount() == 0


def test_cells_say_the_figures(table: Any) -> None:
    model = table.outlets
    texts = [model.index(0, at).data() for at in range(len(COLUMNS))]
    assert texts == ["搜登站支局", "8", "7", "1", "87.5%", "85.7%", "Misdelivery, 3 times", "4 5 5 6 6 8"]
    quiet = [model.index(1, at).data() for at in range(len(COLUMNS))]
    assert quiet == ["No outlet", "0", "0", "0", "—", "—", "—", "0 0 0 0 0 0"]


def test_a_screen_reader_hears_outlet_title_and_counts(table: Any) -> None:
    spoken = table.outlets.index(0, PLACE["in_time"]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "搜登站支局, In time: 87.5% 7/8"


def test_arrows_and_enter_open_the_cases_of_a_cell(table: Any) -> None:
    asked = asked_of(table)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert asked == [Figure("received", "搜登站支局"), Figure("closed", "搜登站支局")]


def test_a_click_opens_the_cases_of_a_cell(table: Any) -> None:
    asked = asked_of(table)
    cell = table.visualRect(table.outlets.index(0, PLACE["satisfaction"]))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert asked == [Figure("asked", "搜登站支局")]


def test_a_figure_of_nought_opens_nothing(table: Any) -> None:
    assert {table.outlets.index(1, at).data(FIGURE_ROLE) for at in range(len(COLUMNS))} == {None}


def test_one_problem_that_came_back_opens_at_once(table: Any) -> None:
    asked = asked_of(table)
    table.setCurrentIndex(table.outlets.index(0, PLACE["recurrences"]))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert asked == [Figure("recurrence", "搜登站支局", "10.misdelivery")]


def test_of_several_problems_one_is_chosen(table: Any) -> None:
    asked = asked_of(table)
    table.show_outlets((replace(ROW, recurrences=(MISDELIVERED, LOST)),))
    table.setCurrentIndex(table.outlets.index(0, PLACE["recurrences"]))
    QTest.keyClick(table, Qt.Key.Key_Return)
    (menu,) = table.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Newspapers › Misdelivery · 3 times in 12 months",
        "Loss › Item lost · 2 times in 12 months",
    ]
    menu.actions()[1].trigger()
    menu.close()
    assert asked == [Figure("recurrence", "搜登站支局", "03.lost")]


def test_columns_fill_the_width_and_cut_no_title(table: Any) -> None:
    head = table.horizontalHeader()
    for width in (640, 780, 1200):
        table.resize(width, 200)
        assert head.length() <= table.viewport().width() or width < 700
        for at in range(len(COLUMNS)):
            title = str(table.outlets.headerData(at, Qt.Orientation.Horizontal))
            assert head.sectionSize(at) >= head.fontMetrics().horizontalAdvance(title)


def test_the_count_of_a_problem_is_never_cut(dressed: None) -> None:
    i18n.use("zh_CN")
    long = Recurrence(
        "01.no_consent", Label("投递服务 › 未经同意代签、投柜", "Delivery › Left without consent"), 3
    )
    metrics = QFontMetrics(looks.font(11))
    for room in range(90, 200):
        words = outlet_table._fitting(long, metrics, room)
        assert metrics.elidedText(words, Qt.TextElideMode.ElideRight, room).endswith("3 次")
