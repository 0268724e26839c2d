"""The shared parts, by keyboard and by mouse."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from postal_desk import i18n
from postal_desk.ui import looks
from postal_desk.ui.background import Background
from postal_desk.ui.widgets import progress
from postal_desk.ui.widgets.chip import FilterChip
from postal_desk.ui.widgets.choice_row import ChoiceRow
from postal_desk.ui.widgets.choices import Choice, matching
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.fitting import LEFT_FREE, Fitting, fit_height, resize_within
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.initials import initials
from postal_desk.ui.widgets.labels import ElidedLabel, PartsLabel, text_label
from postal_desk.ui.widgets.masked_label import MaskedLabel
from postal_desk.ui.widgets.progress import ProgressStrip
from postal_desk.ui.widgets.record_table import Column, RecordTable
from postal_desk.ui.widgets.toast import Toast
from postal_desk.ui.widgets.widths import fitted

RESULTS = [
    Choice("answered", "已接通"),
    Choice("no_answer", "无人接听"),
    Choice("gone", "空号", "号码不存在"),
]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    i18n.use("en")
    if not qapp.styleSheet():
        looks.apply(qapp, "light")


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("空号", "kh"),
        ("原址查无此单位", "yzcwcdw"),
        ("苏阳", "sy"),
        ("12305 转办", "12305zb"),
        ("𬱖某", "m"),
        ("", ""),
    ],
)
def test_pinyin_initials(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_choices_are_found_by_name_initials_code_and_hint() -> None:
    for typed in ("空", "kh", "gon", "不存在"):
        assert matching(RESULTS, typed) == [RESULTS[2]]
    assert matching(RESULTS, "接") == RESULTS[:2]


@pytest.fixture
def combo(qtbot: QtBot) -> CodeCombo:
    made = CodeCombo("Result", RESULTS)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def test_typing_initials_and_enter_takes_the_choice(combo: CodeCombo, qtbot: QtBot) -> None:
    with qtbot.waitSignal(combo.changed) as changed:
        QTest.keyClicks(combo, "kh")
        QTest.keyClick(combo, Qt.Key.Key_Return)
    assert changed.args == ["gone"]
    assert (combo.value(), combo.text()) == ("gone", "空号")


def test_down_opens_the_list_and_arrows_choose(combo: CodeCombo) -> None:
    QTest.keyClick(combo, Qt.Key.Key_Down)
    QTest.keyClick(combo, Qt.Key.Key_Down)
    QTest.keyClick(combo, Qt.Key.Key_Return)
    assert combo.value() == "no_answer"


def test_a_text_that_is_no_choice_is_marked_and_not_taken(combo: CodeCombo) -> None:
    combo.set_value("answered")
    combo.selectAll()
    QTest.keyClicks(combo, "xyz")
    assert combo.property("state") == "bad"
    QTest.keyClick(combo, Qt.Key.Key_Escape)
    assert (combo.value(), combo.text(), combo.property("state")) == ("answered", "已接通", "")


def test_a_value_that_left_the_list_is_still_shown(combo: CodeCombo) -> None:
    combo.set_value("retired_code")
    assert combo.text() == "retired_code"


@pytest.fixture
def day(qtbot: QtBot) -> DateEdit:
    made = DateEdit("Day", lambda: date(2019, 7, 18))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("typed", ["0702", "7-2", "2019/7/2"])
def test_days_are_typed_as_people_write_them(day: DateEdit, typed: str) -> None:
    QTest.keyClicks(day, typed)
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert day.value() == date(2019, 7, 2)
    assert day.text() == "2019-07-02"


def test_a_day_that_is_none_says_so(day: DateEdit) -> None:
    QTest.keyClicks(day, "7-32")
    assert day.value() is None
    assert day.problem is not None
    assert day.property("state") == "bad"
    assert day.toolTip()


def test_a_filter_chip_shows_its_value_and_clears_by_key(qtbot: QtBot) -> None:
    chip = FilterChip("Result", lambda: RESULTS)
    qtbot.addWidget(chip)
    chip.show_value("gone", "空号")
    assert (chip.text(), chip.property("arrow")) == ("空号 ×", "false")
    with qtbot.waitSignal(chip.changed) as changed:
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert changed.args == [""]
    assert (chip.text(), chip.property("arrow")) == ("Result", "true")


def test_a_click_on_the_cross_clears(qtbot: QtBot) -> None:
    chip = FilterChip("Result", lambda: RESULTS)
    qtbot.addWidget(chip)
    chip.show_value("gone", "空号")
    chip.adjustSize()
    chip.show()
    place = chip.rect().center()
    place.setX(chip.width() - 8)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=place)
    assert chip.value == ""


def test_a_row_of_choices_is_picked_by_digit(qtbot: QtBot) -> None:
    row = ChoiceRow("Result", RESULTS)
    qtbot.addWidget(row)
    row.show()
    row.setFocus()
    QTest.keyClick(row.focusWidget(), Qt.Key.Key_2)
    assert row.value() == "no_answer"
    QTest.keyClick(row.focusWidget(), Qt.Key.Key_3)
    assert row.values() == ("gone",)


def test_several_may_be_picked_and_dropped(qtbot: QtBot) -> None:
    row = ChoiceRow("Result", RESULTS, several=True)
    qtbot.addWidget(row)
    row.show()
    row.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_1):
        QTest.keyClick(row.focusWidget(), key)
    assert row.values() == ("gone",)


def test_a_masked_label_opens_by_key(qtbot: QtBot) -> None:
    label = MaskedLabel("Phone")
    qtbot.addWidget(label)
    label.show_value("13804321176", "138******76")
    assert "13804321176" not in label.accessibleName() + label.toolTip() + label.text()
    QTest.keyClick(label, Qt.Key.Key_Space)
    assert "13804321176" in label.accessibleName()


def test_an_elided_label_keeps_the_whole_text_as_its_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("a rather long text that has no room")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_a_toast_undoes_once(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(600, 400)
    over.show()
    toast, undone = Toast(over), []
    toast.show_text("Deleted", lambda: undone.append(1))
    assert toast.isVisible()
    assert toast.geometry().bottom() < over.height()
    assert toast.undo()
    assert not toast.undo()
    assert undone == [1]


def test_a_toast_leaves_free_where_somebody_types(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    frame = QFrame(over)
    frame.setGeometry(200, 520, 400, 70)
    line = QLineEdit(frame)
    over.show()
    over.activateWindow()
    line.setFocus()
    toast = Toast(over)
    toast.show_text("Step saved")
    assert not toast.geometry().intersects(frame.geometry())
    assert toast.geometry().top() > 300


def test_progress_shows_after_a_while_and_can_be_given_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE_MS", 20)
    background, gate = Background(lambda error: None), threading.Event()
    strip, given_up, got = ProgressStrip(), [], []
    qtbot.addWidget(strip)
    task = background.pool(lambda: gate.wait(5), got.append)
    strip.watch(task, "Writing…", lambda: given_up.append(1))
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible)
    strip.cancel_button.click()
    gate.set()
    qtbot.waitUntil(lambda: not background.busy)
    background.close()
    assert (given_up, got) == ([1], [])


def test_a_flow_wraps_where_there_is_no_room(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    labels = [text_label("a word") for _number in range(6)]
    for label in labels:
        flow.addWidget(label)
    one_line = flow.heightForWidth(2000)
    assert flow.heightForWidth(80) > 3 * one_line
    labels[0].hide()
    assert flow.sizeHint().width() < 2000


def test_a_flow_asked_again_after_a_change_says_its_new_size(qtbot: QtBot) -> None:
    box, row = QWidget(), QHBoxLayout()
    qtbot.addWidget(box)
    row_holder = QVBoxLayout(box)
    flow = FlowLayout()
    row.addLayout(flow)
    row_holder.addLayout(row)
    first, second = text_label("a word"), text_label("another")
    flow.addWidget(first)
    flow.addWidget(second)
    box.show()

    def sizes() -> tuple[int, int, int]:
        QApplication.processEvents()
        return flow.sizeHint().width(), flow.minimumSize().width(), flow.heightForWidth(120)

    before = sizes()
    assert sizes() == before
    second.setText("another word, and some more of them")
    longer = sizes()
    assert all(one > other for one, other in zip(longer, before, strict=True))
    second.hide()
    assert sizes()[0] < before[0]
    second.show()
    assert sizes() == longer
    flow.takeAt(1)
    assert sizes()[0] < before[0]


def test_a_choice_that_has_no_room_is_told_whole(combo: CodeCombo) -> None:
    combo.set_choices([Choice("long", "Registered letter with advice of delivery"), Choice("short", "EMS")])
    combo.resize(110, 30)
    combo.set_value("long")
    assert combo.toolTip() == "Registered letter with advice of delivery"
    combo.set_value("short")
    assert combo.toolTip() == ""


def test_what_others_do_not_need_goes_to_what_would_be_cut() -> None:
    assert fitted(300, planned=[100, 200], needed=[150, 60]) == [150, 150]
    assert fitted(400, planned=[100, 200], needed=[150, 60]) == [150, 200]
    assert sum(fitted(300, planned=[100, 200], needed=[300, 300])) == 300
    assert fitted(400, [130, 80, 100, 80], [300, 100, 110, 60]) == [140, 90, 110, 60], (
        "the most demanding gives way"
    )


def test_columns_are_as_wide_as_their_texts_where_there_is_room(qtbot: QtBot) -> None:
    name = "Inquiry window, designated remote areas"
    table = RecordTable(
        "Rules", [Column("Rule", lambda row: row, 140), Column("Says", lambda _row: "7 days")]
    )
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show()
    table.show_rows([name])
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(name)


def test_an_empty_state_says_its_line_in_one(qtbot: QtBot) -> None:
    state = EmptyState("inbox")
    qtbot.addWidget(state)
    state.show_text("No case fits", "Take a filter away or search for something else.")
    state.resize(900, 400)
    state.show()
    assert state.text.height() < 2 * state.text.fontMetrics().height()


def test_an_empty_state_stands_in_the_middle(qtbot: QtBot) -> None:
    state = EmptyState("inbox")
    qtbot.addWidget(state)
    state.show_text("The desk is not open", "Its drive can't be reached; connect it again, and then try " * 2)
    state.resize(700, 400)
    state.show()
    for words in (state.title, state.text):
        assert abs(words.geometry().center().x() - state.rect().center().x()) <= 2
    state.resize(200, 400)
    assert state.text.geometry().right() <= 200, "and gives way where there is less room"


def test_parts_for_which_there_is_no_room_stand_in_the_tip(qtbot: QtBot) -> None:
    label = PartsLabel()
    qtbot.addWidget(label)
    label.show_parts("Figures as at 31 July", "compared with last month and the same month last year")
    label.resize(180, 20)
    label.show()
    assert label.text() == "Figures as at 31 July"
    assert label.toolTip().endswith("last year")
    label.resize(900, 20)
    assert label.text().endswith("last year")
    assert label.toolTip() == ""


def test_a_dialog_takes_no_more_than_the_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    content = QWidget()
    content.setFixedHeight(4000)
    QVBoxLayout(dialog).addWidget(Fitting(content, "all of it", 300))
    dialog.show()
    fit_height(dialog)
    assert dialog.height() < dialog.screen().availableGeometry().height()


def test_a_field_of_a_form_keeps_what_matches_nothing_and_says_so(combo: CodeCombo, qtbot: QtBot) -> None:
    combo.keeps = True
    combo.set_value("answered")
    combo.selectAll()
    QTest.keyClicks(combo, "xyz")
    with qtbot.waitSignal(combo.unmatched) as left:
        combo.settle()
    assert left.args == ["xyz"]
    assert (combo.value(), combo.text(), combo.property("state")) == ("", "xyz", "bad")
    problem = combo.problem()
    assert problem is not None
    assert problem.msgid.startswith("Nothing in the list matches")
    with qtbot.waitSignal(combo.changed) as back:
        QTest.keyClick(combo, Qt.Key.Key_Escape)
    assert back.args == ["answered"]
    assert (combo.value(), combo.problem()) == ("answered", None)


def test_a_field_of_a_form_says_that_several_match(combo: CodeCombo) -> None:
    combo.keeps = True
    QTest.keyClicks(combo, "j")  # 接通, 接听: the initials of two
    combo.settle()
    problem = combo.problem()
    assert problem is not None
    assert problem.msgid.startswith("Several in the list match")


def test_a_dialog_is_no_larger_than_the_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableGeometry()
    resize_within(dialog, room.width() * 2, room.height() * 2)
    assert dialog.width() < room.width()
    assert dialog.height() <= room.height() - LEFT_FREE
    resize_within(dialog, 300, 200)
    assert (dialog.width(), dialog.height()) == (looks.px(300), looks.px(200))
