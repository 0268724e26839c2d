""":: in the line for steps by keyboard alone; the checklist beside the record, and on closing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from postal_desk.services.checklists import checklist
from postal_desk.services.desk import Desk
from postal_desk.ui.cases.close_dialog import CloseDialog
from postal_desk.ui.cases.record import Record
from postal_desk.ui.widgets.card import NoteBox
from tests.ui.conftest import Hands

from .conftest import NEWEST


def typed(record: Record, hands: Hands, text: str, qtbot: QtBot) -> None:
    record.focus_composer()
    qtbot.waitUntil(record.composer.text.hasFocus)
    hands.type(text)


def test_two_colons_and_enter_put_a_text_in_and_set_the_result(
    record: Record, hands: Hands, qtbot: QtBot
) -> None:
    typed(record, hands, "::", qtbot)
    popup = record.canned.popup
    assert popup.list.isVisible()
    hands.type("无人")
    hands.press(Qt.Key.Key_Return)
    assert not popup.list.isVisible()
    assert record.composer.text.toPlainText().startswith("致电周建国无人接听，2019-07-19")
    step = record.composer.step()
    assert step is not None
    assert step["result"] == "no_answer"


def test_full_width_colons_work_too_and_escape_only_closes_the_list(
    record: Record, hands: Hands, qtbot: QtBot
) -> None:
    typed(record, hands, "已联系：：", qtbot)
    assert record.canned.popup.list.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert not record.canned.popup.list.isVisible()
    assert record.composer.text.toPlainText() == "已联系：："


def test_first_blank_is_selected_to_be_typed_over(record: Record, hands: Hands, qtbot: QtBot) -> None:
    typed(record, hands, "::跟踪", qtbot)
    hands.press(Qt.Key.Key_Tab)
    assert record.composer.text.textCursor().selectedText() == "____"


def test_nothing_is_offered_where_nothing_matches(record: Record, hands: Hands, qtbot: QtBot) -> None:
    typed(record, hands, "::zzzz", qtbot)
    assert not record.canned.popup.list.isVisible()


def test_checklist_line_is_ticked_by_pressing_it(record: Record, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(record.checklist.lines) == 5)
    row = record.checklist.section._rows[2]
    row.link.click()
    assert checklist(desk, NEWEST)[2].done == "hand"
    qtbot.waitUntil(lambda: record.checklist.section._rows[2].mark.name == "square-check")


def test_closing_reminds_of_open_lines_and_does_not_block(record: Record, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(record.checklist.lines) == 5)
    record.asked.emit("close")
    dialog = record.window().findChild(CloseDialog)
    assert isinstance(dialog, CloseDialog)
    notes = [note.label.text() for note in dialog.findChildren(NoteBox)]
    assert any("查询跟踪信息" in note for note in notes)
    dialog.reject()
