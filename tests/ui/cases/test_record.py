"""One case: what is shown and what is hidden, steps by keyboard, closing, reopening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from postal_desk.domain.cases import Step
from postal_desk.services.cases import add_step, edit_case, show_case
from postal_desk.services.desk import Desk
from postal_desk.services.drafts import list_drafts
from postal_desk.ui.cases.cases_page import CasesPage
from postal_desk.ui.cases.close_dialog import CloseDialog
from postal_desk.ui.cases.moments import Moment
from postal_desk.ui.cases.record import Record
from postal_desk.ui.cases.record_header import RecordHeader
from postal_desk.ui.cases.reopen_dialog import ReopenDialog
from postal_desk.ui.cases.timeline import stamp_that_fits
from tests.ui.conftest import Hands

from .conftest import NEWEST

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def timeline(record: Record) -> list[str]:
    entries = record.timeline.entries
    return [str(entries.index(row, 0).data()) for row in range(entries.rowCount())]


def test_personal_data_is_masked_until_asked_for(record: Record) -> None:
    customer = record.header.customer
    shown = " ".join([customer.accessibleName(), record.header.items.accessibleName(), *timeline(record)])
    assert not any(secret in shown for secret in ("周建国", "13804321176", "XA22010000322"))
    QTest.mouseClick(customer, Qt.MouseButton.LeftButton)
    assert "周建国" in customer.accessibleName()
    assert "13804321176" in customer.accessibleName()
    QTest.mouseClick(record.reveal, Qt.MouseButton.LeftButton)
    assert "13804321176" in timeline(record)[0]


def test_the_next_case_is_masked_again(page: CasesPage, record: Record, qtbot: QtBot) -> None:
    record.set_personal_shown(True)
    page.table.choose_place(1)
    qtbot.waitUntil(lambda: record.view is not None and record.view.case.number != NEWEST)
    assert not record.reveal.isChecked()


def test_says_what_closing_still_needs(record: Record) -> None:
    assert record.header.missing.text().startswith("办结还缺：")
    assert "处理结果" in record.header.missing.text()


def test_says_when_the_reply_is_due_and_why(record: Record) -> None:
    assert "2019-08-16 前答复" in [
        part for words in record.header.badges.words() for part in words.split(" · ")
    ]


def test_a_step_takes_one_key_besides_its_text(
    page: CasesPage, record: Record, desk: Desk, hands: Hands, qtbot: QtBot
) -> None:
    page.table.setFocus()
    hands.press(Qt.Key.Key_Return)  # opens the case, ready to type
    qtbot.waitUntil(record.composer.text.hasFocus)
    hands.presses = 0
    hands.type("电话 刊社：接听方实为外地保健品公司，对方不符")
    hands.press(Qt.Key.Key_Return)
    assert hands.presses == 1
    step = show_case(desk, NEWEST).case.steps[-1]
    assert step == Step(
        at="2019-07-18T10:42",
        actor="苏阳",
        channel="telephone",
        counterpart="刊社",
        result="wrong_party",
        text="接听方实为外地保健品公司，对方不符",
    )
    assert record.composer.text.toPlainText() == ""
    assert "接听方实为外地保健品公司" in timeline(record)[-1]


def test_result_and_channel_are_set_by_keys(record: Record, desk: Desk, hands: Hands, qtbot: QtBot) -> None:
    record.focus_composer()
    hands.type("编辑部说再等等")
    hands.press(Qt.Key.Key_2, ALT)  # the second result: promised
    hands.press(Qt.Key.Key_C, ALT)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClicks(popup.focusWidget(), "xh")  # 信函
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(record.composer.text.hasFocus)
    hands.press(Qt.Key.Key_Return)
    step = show_case(desk, NEWEST).case.steps[-1]
    assert (step.channel, step.result, step.text) == ("letter", "promised", "编辑部说再等等")


def test_a_step_that_comes_in_one_piece_is_seen_whole(record: Record, hands: Hands, qtbot: QtBot) -> None:
    record.focus_composer()
    one_line = record.composer.text.height()
    hands.type("寄达局：已接通，答应明天回复，说邮件已经到了当地的投递部，今天下午就去查问，查到了马上回电话")
    qtbot.waitUntil(lambda: record.composer.text.height() > one_line)
    assert record.composer.text.verticalScrollBar().maximum() == 0


def test_a_step_that_is_refused_stays_typed(record: Record, desk: Desk, hands: Hands) -> None:
    record.focus_composer()
    hands.type("字" * 20_001)
    hands.press(Qt.Key.Key_Return)
    assert record.note.isVisible()
    assert len(record.composer.text.toPlainText()) == 20_001
    assert show_case(desk, NEWEST).case.steps == ()


def test_an_unfinished_step_comes_back_after_a_new_start(
    page: CasesPage,
    record: Record,
    desk: Desk,
    hands: Hands,
    open_page: Callable[..., CasesPage],
    qtbot: QtBot,
) -> None:
    record.focus_composer()
    hands.type("正在写的一步")
    page.keep()
    assert [draft.payload["text"] for draft in list_drafts(desk)] == ["正在写的一步"]
    again = open_page()
    assert again.desk is not None
    assert again.desk.record.composer.text.toPlainText() == "正在写的一步"
    again.desk.record.composer.save()
    assert list_drafts(desk) == []


def test_typing_survives_a_look_at_another_case(
    page: CasesPage, record: Record, hands: Hands, qtbot: QtBot
) -> None:
    record.focus_composer()
    hands.type("未写完")
    page.table.choose_place(1)
    qtbot.waitUntil(lambda: record.composer.number != NEWEST)
    assert record.composer.text.toPlainText() == ""
    page.table.choose_place(0)
    qtbot.waitUntil(lambda: record.composer.number == NEWEST)
    assert record.composer.text.toPlainText() == "未写完"


@pytest.fixture
def with_step(desk: Desk) -> None:
    add_step(desk, NEWEST, Step(at="2019-07-18T09:00", channel="visit", text="送还"))


def test_closing_takes_few_keys(
    with_step: None, page: CasesPage, record: Record, desk: Desk, hands: Hands
) -> None:
    page.table.setFocus()
    hands.press(Qt.Key.Key_Return, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CloseDialog)
    assert dialog.note.label.text().startswith("还缺：")
    hands.press(Qt.Key.Key_2)  # returned to the sender
    hands.press(Qt.Key.Key_A)  # fraud prevented
    hands.press(Qt.Key.Key_Return)  # on to what is missing: responsibility
    hands.press(Qt.Key.Key_2)  # not responsible
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1)  # satisfied
    hands.press(Qt.Key.Key_Return)
    case = show_case(desk, NEWEST).case
    assert case.status == "closed"
    assert [one.kind for one in case.dispositions] == ["returned_to_sender", "fraud_prevented"]
    assert (case.responsibility, case.opinion) == ("not_responsible", "satisfied")
    assert hands.presses <= 15
    assert record.header.reopen_button.isVisible()
    assert not record.composer.isVisible()


def test_closing_asks_for_the_amount_of_a_compensation(
    with_step: None, page: CasesPage, hands: Hands
) -> None:
    page.table.setFocus()
    hands.press(Qt.Key.Key_Return, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CloseDialog)
    assert not dialog.amount.isVisible()
    hands.press(Qt.Key.Key_3)  # compensated
    hands.press(Qt.Key.Key_Return)
    assert dialog.amount.hasFocus()
    hands.type("12.605")
    assert "金额" in dialog.note.label.text()
    dialog.amount.setText("12.60")
    assert "金额" not in dialog.note.label.text()
    dialog.reject()


def test_an_attempt_to_ask_does_instead_of_an_opinion(
    with_step: None, page: CasesPage, desk: Desk, hands: Hands
) -> None:
    page.table.setFocus()
    hands.press(Qt.Key.Key_Return, CTRL)
    for key in (
        Qt.Key.Key_4,
        Qt.Key.Key_Return,
        Qt.Key.Key_2,
        Qt.Key.Key_Return,
        Qt.Key.Key_4,
        Qt.Key.Key_Return,
    ):
        hands.press(key)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Return)
    case = show_case(desk, NEWEST).case
    assert case.status == "closed"
    assert len(case.opinion_attempts) == 1


def test_reopening_asks_for_the_reason(
    with_step: None, page: CasesPage, record: Record, desk: Desk, hands: Hands
) -> None:
    test_closing_takes_few_keys(None, page, record, desk, hands)
    QTest.mouseClick(record.header.reopen_button, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReopenDialog)
    dialog.try_reopen()
    assert dialog.note.isVisible()
    hands.type("客户又来电话")
    dialog.try_reopen()
    case = show_case(desk, NEWEST).case
    assert case.status == "reopened"
    assert "客户又来电话" in timeline(record)[-1]


def test_a_long_story_is_cut_in_the_timeline_and_whole_on_enter(
    page: CasesPage, record: Record, desk: Desk, qtbot: QtBot
) -> None:
    from postal_desk.services.cases import edit_case

    story = "很长的经过。" * 2000
    page.ctx.write(lambda: edit_case(desk, NEWEST, {"narrative": story}))
    assert "12000 字" in timeline(record)[0]
    record.timeline.setCurrentIndex(record.timeline.entries.index(0, 0))
    QTest.keyClick(record.timeline, Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.text.toPlainText() == story  # type: ignore[attr-defined]  # ReadingDialog
    dialog.close()


def test_every_control_has_a_name(record: Record, page: CasesPage) -> None:
    from PySide6.QtWidgets import (
        QAbstractButton,
        QAbstractItemView,
        QComboBox,
        QLineEdit,
        QPlainTextEdit,
        QWidget,
    )

    controls = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    unnamed = [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, controls)
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.isHidden()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert unnamed == []


def test_composer_stays_in_sight_in_a_small_window(page: CasesPage, record: Record, qtbot: QtBot) -> None:
    view = record.scroller.viewport()
    page.resize(930, 700)
    QApplication.processEvents()  # the head gets its columns
    qtbot.waitUntil(lambda: 0 < record.content.minimumHeight() < view.height())
    page.resize(930, 705 - (view.height() - record.content.minimumHeight()))  # 5 px more than it needs
    QApplication.processEvents()
    record.grab()
    assert view.height() >= record.content.minimumHeight()
    assert record.content.height() == view.height()


def test_tab_goes_down_the_right_column_as_it_stands(record: Record) -> None:
    record.composer.button.setFocus()
    record.focusNextPrevChild(True)
    seen: list[int] = []
    while (focus := record.window().focusWidget()) is not None and record.side_view.isAncestorOf(focus):
        seen.append(focus.mapTo(record, QPoint(0, 0)).y())
        record.focusNextPrevChild(True)
        if len(seen) > 40:
            break
    assert len(seen) > 4
    assert seen == sorted(seen)


def test_facts_of_a_record_have_their_parent_from_the_beginning(qtbot: QtBot) -> None:
    """Given one while a page comes to the front, they are never painted."""
    header = RecordHeader()
    qtbot.addWidget(header)
    assert header.isAncestorOf(header.category)
    assert header.isAncestorOf(header.customer)


def test_a_name_in_the_subject_is_masked_in_list_and_record(
    page: CasesPage, desk: Desk, qtbot: QtBot
) -> None:
    edited = edit_case(desk, NEWEST, {"subject": "周建国催问挂号信"})
    page.refresh(edited)
    assert page.desk is not None
    header = page.desk.record.header
    qtbot.waitUntil(lambda: header.subject.text() == "周**催问挂号信")
    assert str(page.model.index(0, 1).data()) == "周**催问挂号信"
    page.desk.record.set_personal_shown(True)
    assert header.subject.text() == "周建国催问挂号信"


def test_short_facts_are_whole_beside_a_long_one(page: CasesPage, record: Record, desk: Desk) -> None:
    page.resize(1198, 740)
    edit_case(desk, NEWEST, {"customer": {"address": "吉林市船营区珲春街138号幸福里23号楼5单元247室"}})
    record.reload()
    QApplication.processEvents()
    header = record.header
    header.opinion.setText("未回访")
    header._share_room()
    QApplication.processEvents()
    for fact in (header.opinion, header.channel, header.handler):
        assert fact.width() >= fact.fontMetrics().horizontalAdvance(fact.text()), fact.text()


def test_clock_of_a_step_gives_way_to_what_was_done(qapp: QApplication) -> None:
    moment = Moment(date(2019, 7, 18), "On-site visit", "", who="苏阳", clock="10:47")
    assert stamp_that_fits(moment, 400) == "苏阳  07-18  10:47"
    assert stamp_that_fits(moment, 20) == "苏阳  07-18"
