"""The page of cases: list, filters, search, several at once, and the way in from other pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Step
from postal_desk.services import cases, copies
from postal_desk.services.cases import add_step, delete_cases, show_case
from postal_desk.services.desk import Desk
from postal_desk.services.undo import undo
from postal_desk.services.views import list_views, save_view
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.cases.case_table import CaseTable
from postal_desk.ui.cases.cases_page import CasesPage
from postal_desk.ui.cases.columns import COLUMNS
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.line_dialog import LineDialog
from tests.ui.conftest import Window

from .conftest import NEWEST, SUBJECT

SUBJECT_COLUMN = [column.name for column in COLUMNS].index("subject")


def subjects(page: CasesPage) -> list[str]:
    return [str(page.model.index(place, SUBJECT_COLUMN).data()) for place in range(page.model.rowCount())]


def test_opens_at_the_newest_case(page: CasesPage) -> None:
    assert page.desk is not None
    assert page.desk.record.number == NEWEST
    assert page.desk.record.header.subject.text() == SUBJECT
    assert page.tools is not None
    assert page.tools.header.facts.text() == "4 件，办结 0，超期 2"


def test_the_table_can_be_seen_as_soon_as_it_has_the_focus(
    window: Window, dressed: None, tmp_path: Path, qtbot: QtBot
) -> None:
    """A window that comes to the front in that very moment would pass the focus on to the sidebar."""
    before_a_desk = Context(
        InlineBackground(window.faults.append), Settings(tmp_path / "settings.json"), window
    )
    page = CasesPage(before_a_desk)
    qtbot.addWidget(page)
    page.show()
    page.complete()
    assert page.focusWidget() is page.table
    assert page.table.isVisible()


def test_search_finds_two_characters_and_goes_to_the_list(page: CasesPage, qtbot: QtBot) -> None:
    assert page.command("search")
    assert page.tools is not None
    page.tools.search.setText("样刊")
    QTest.keyClick(page.tools.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: subjects(page) == ["样刊诈骗，老人欲汇款"])
    assert page.table.hasFocus()


def test_a_search_without_a_word_says_what_to_type(page: CasesPage, qtbot: QtBot) -> None:
    page.show_filter(CaseFilter(text="，"))
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.title.text() == "没有可搜索的词"


def test_chips_filter_and_clear(page: CasesPage, qtbot: QtBot) -> None:
    assert page.tools is not None
    page.tools.bar.fraud.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.tools.bar.fraud.click()
    page.tools.bar.outlet._take("船营投递部")
    qtbot.waitUntil(lambda: subjects(page) == [SUBJECT])
    QTest.keyClick(page.tools.bar.outlet, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)


def test_the_period_chip_speaks_of_this_month(page: CasesPage, qtbot: QtBot) -> None:
    assert page.tools is not None
    page.tools.bar.month._take("2019-07")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.tools.bar.month.text() == "本月 ×"
    assert page.tools.header.facts.text().startswith("本月 · ")


def test_a_filter_without_a_chip_of_its_own_is_told_and_can_be_cleared(page: CasesPage, qtbot: QtBot) -> None:
    page.show_filter(CaseFilter(numbers=(NEWEST,), kind="inquiry"))
    assert page.tools is not None
    rest = page.tools.bar.rest
    assert rest.text() == "查询、选定的 1 件 ×"
    QTest.keyClick(rest, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    assert not rest.isVisible()


def test_no_match_offers_all_cases(page: CasesPage, qtbot: QtBot) -> None:
    page.show_filter(CaseFilter(text="没有这样的词"))
    qtbot.waitUntil(page.empty.isVisible)
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)


def test_the_filter_is_remembered_without_the_search(
    page: CasesPage, open_page: Callable[..., CasesPage]
) -> None:
    page.show_filter(CaseFilter(fraud=True, text="样刊"))
    again = open_page()
    assert again.model.filter == CaseFilter(fraud=True)


def test_a_case_asked_for_by_number_comes_to_the_front(open_page: Callable[..., CasesPage]) -> None:
    page = open_page(number="220204-2019-05-0001")
    assert page.desk is not None
    assert page.desk.record.number == "220204-2019-05-0001"
    row = page.table.current_case()
    assert row is not None
    assert row.number == "220204-2019-05-0001"


def test_deleting_goes_to_the_bin_and_undo_brings_back(
    page: CasesPage, desk: Desk, window: Window, qtbot: QtBot
) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    sentence, history = window.said[-1]
    assert sentence.msgid == "Deleted {number}"
    page.show_filter(CaseFilter(deleted=True))
    qtbot.waitUntil(lambda: subjects(page) == [SUBJECT])
    assert isinstance(history, int)
    page.ctx.write(lambda: undo(desk, history))
    page.show_filter(CaseFilter())
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)


def test_the_bin_restores(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    delete_cases(desk, [NEWEST])
    page.show_filter(CaseFilter(deleted=True))
    qtbot.waitUntil(lambda: page.desk is not None and page.desk.record.header.restore_button.isVisible())
    assert page.desk is not None
    assert not page.desk.record.composer.isVisible()
    QTest.mouseClick(page.desk.record.header.restore_button, Qt.MouseButton.LeftButton)
    assert show_case(desk, NEWEST).deleted_at is None


def test_several_cases_are_assigned_at_once(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    page.table.selectAll()
    assert page.desk is not None
    bar = page.desk.bar
    assert bar.count.text() == "已选 4 件"
    QTest.mouseClick(bar.assign, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClicks(popup.focusWidget(), "zm")  # pinyin initials of 赵敏
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Return)
    assert {show_case(desk, number).case.handler for number in all_numbers(page)} == {"赵敏"}


def all_numbers(page: CasesPage) -> list[str]:
    rows = [page.model.row(place) for place in range(page.model.rowCount())]
    return [row.number for row in rows if row is not None]


def test_a_view_is_kept_and_chosen_with_its_count(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    save_view(desk, "涉诈", CaseFilter(fraud=True))
    assert page.tools is not None
    page.tools.bar.views.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text().startswith("涉诈"))
    assert action.text().split() == ["涉诈", "1"]
    action.trigger()
    menu.close()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_due_follow_ups_are_one_choice_away(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    promise = Step(
        at="2019-07-17T15:00", channel="telephone", text="答应回复", follow_up_on=date(2019, 7, 18)
    )
    page.ctx.write(lambda: add_step(desk, NEWEST, promise))
    assert page.desk is not None
    assert page.tools is not None
    assert "跟进日期 2019-07-18" in page.desk.record.header.badges.words()
    page.tools.bar.views.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text().startswith("到期待跟进")).trigger()
    menu.close()
    qtbot.waitUntil(lambda: subjects(page) == [SUBJECT])


def test_saving_a_view_asks_for_its_name(page: CasesPage, desk: Desk) -> None:
    page.show_filter(CaseFilter(fraud=True))
    assert page.tools is not None
    page.tools.bar.keep.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LineDialog)
    assert not dialog.button.isEnabled()  # a view without a name can't be saved
    dialog.line.setText("涉诈")
    dialog.button.click()
    assert [(view.name, view.filter) for view in list_views(desk)] == [("涉诈", CaseFilter(fraud=True))]


def test_columns_are_remembered(page: CasesPage, ctx: Context, qtbot: QtBot) -> None:
    handler = [column.name for column in COLUMNS].index("handler")
    page.table._show_column(handler, True)
    qtbot.waitUntil(lambda: "handler" in ctx.settings["cases_columns"].get("shown", []))
    again = CaseTable(page.model, ctx.settings)
    assert not again.horizontalHeader().isSectionHidden(handler)
    again.deleteLater()


def test_the_menu_key_offers_what_can_be_done(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    rect = page.table.visualRect(page.table.currentIndex())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, rect.center(), rect.center())
    page.table.contextMenuEvent(event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["编辑", "办结", "复制编号", "打印登记表", "其他单据", "指派承办人…", "暂缓清除…", "删除"]
    menu.actions()[-1].trigger()
    menu.close()
    assert show_case(desk, NEWEST, deleted=True).deleted_at is not None


def test_edit_goes_to_the_entry_page(page: CasesPage, window: Window) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert window.went == [("entry", {"number": NEWEST})]


def test_list_and_record_take_turns_where_there_is_little_room(
    open_page: Callable[..., CasesPage], qtbot: QtBot
) -> None:
    page = open_page(width=640)
    assert page.panes.left.isVisible()
    assert not page.panes.right.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.panes.right.isVisible()
    assert not page.panes.left.isVisible()
    assert page.command("back")
    assert page.panes.left.isVisible()


def test_the_same_place_after_a_rebuild(open_page: Callable[..., CasesPage]) -> None:
    first = open_page(number="220204-2019-05-0001", filter=CaseFilter(fraud=True))
    again = open_page(**first.place())
    assert again.model.filter == CaseFilter(fraud=True)
    assert again.desk is not None
    assert again.desk.record.number == "220204-2019-05-0001"


def test_a_bulk_deletion_is_copied_first_and_not_on_the_desks_thread(
    page: CasesPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "BULK", 1)
    drawn: list[bool] = []
    pool = page.ctx.background.pool
    monkeypatch.setattr(
        page.ctx.background, "pool", lambda *what, **how: drawn.append(True) or pool(*what, **how)
    )
    assert page.desk is not None
    page.desk.actions.delete([NEWEST])
    assert drawn
    assert show_case(desk, NEWEST, deleted=True).deleted_at is not None
    assert len(copies.list_copies(desk)) == 1, "of before the deletion, and no second one"
