"""The first run in the real program: from no desk at all to an open one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from postal_desk import i18n, paths
from postal_desk.app import Program
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services import recovery
from postal_desk.services.case_lists import list_head
from postal_desk.services.desk import open_desk
from postal_desk.services.organisation import list_outlets, list_staff
from postal_desk.ui.first_run.first_run_page import FirstRunPage
from postal_desk.ui.recovery_dialog import RecoveryDialog
from tests.ui.first_run.conftest import fill, finish, front

Press = Callable[..., None]
PASSWORD = "correct horse"
pytestmark = pytest.mark.usefixtures("quick_keys")


def press(page: FirstRunPage, key: Qt.Key, text: str = "") -> None:
    """Type text, then one key, where the focus is."""
    focus = page.window().focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    QTest.keyClick(page.window().focusWidget() or focus, key)


def test_program_without_a_desk_begins_with_the_first_run(page: FirstRunPage, program: Program) -> None:
    assert program.window.sidebar is not None
    assert program.window.sidebar.isHidden()
    assert not program.ctx.has_desk


def test_desk_is_made_by_keyboard_alone(page: FirstRunPage, program: Program) -> None:
    press(page, Qt.Key.Key_Return, "cying")  # initials of no division: the name in English narrows down
    assert page.branch.code.code() == ""
    page.branch.code.clear()
    press(page, Qt.Key.Key_Return, "chuanying")  # takes it from the list
    press(page, Qt.Key.Key_Return)  # outlets and staff
    press(page, Qt.Key.Key_Tab)
    page.next_button.setFocus()
    press(page, Qt.Key.Key_Return)  # left for later
    press(page, Qt.Key.Key_Return, "Wang Fang")  # the password is missing: the focus goes there
    press(page, Qt.Key.Key_Return, PASSWORD)
    press(page, Qt.Key.Key_Return, PASSWORD)
    assert not program.ctx.has_desk
    press(page, Qt.Key.Key_Return)  # where copies go is left for later
    assert program.ctx.has_desk
    assert program.settings["copy_folder"] == ""
    assert program.ctx.desk.branch.prefix == "220204"
    assert program.ctx.desk.actor == "Wang Fang"
    assert program.window.page is not None
    assert program.window.page.name == "cases"


def test_known_code_gives_the_usual_name(page: FirstRunPage) -> None:
    i18n.use("zh_CN")
    page.branch.code._take("220204")
    assert page.branch.branch.text() == "吉林市船营区分公司"
    page.branch.code._take("220281")
    assert page.branch.branch.text() == "蛟河市分公司"


def test_name_typed_by_hand_is_never_overwritten(page: FirstRunPage) -> None:
    page.branch.branch.setText("船营分公司")
    page.branch.code._take("220204")
    assert page.branch.branch.text() == "船营分公司"


def test_unknown_code_asks_for_the_name(page: FirstRunPage) -> None:
    QTest.keyClicks(page.branch.code, "310115")
    assert page.branch.code.code() == "310115"
    page.forward()
    assert page.stack.currentIndex() == 0
    assert "name" in page.problem.text()
    page.branch.branch.setText("浦东新区分公司")
    page.forward()
    assert page.stack.currentIndex() == 1


@pytest.mark.parametrize("typed", ["22020", "2202045", "２２０２０", "abcdef", ""])
def test_what_is_no_code_goes_no_further(page: FirstRunPage, typed: str) -> None:
    page.branch.code.setText(typed)
    page.branch.code.textEdited.emit(typed)
    page.forward()
    assert page.stack.currentIndex() == 0
    assert page.problem.isVisible()


def test_second_desk_gets_its_letter(page: FirstRunPage, program: Program) -> None:
    page.branch.second.setChecked(True)
    fill(page)
    assert "220204B-" in page.branch.number.label.text()
    page.me.user.setEditText("王芳")
    page.me.open.setChecked(True)
    finish(page)
    assert program.ctx.desk.branch.prefix == "220204B"


def test_pasted_lists_are_in_the_desk(page: FirstRunPage, program: Program) -> None:
    fill(page)
    page.me.user.setEditText("王芳")
    page.me.open.setChecked(True)
    finish(page)
    desk = program.ctx.desk
    assert [(o.name, o.kind) for o in list_outlets(desk)] == [
        ("河南街支局", "branch_office"),
        ("船营投递部", "delivery_unit"),
    ]
    assert [(s.name, s.position, s.outlet) for s in list_staff(desk)] == [
        ("王芳", "counter_clerk", "河南街支局")
    ]
    assert program.settings["user"] == "王芳"


def test_typing_into_the_table_is_settled_to_what_is_meant(page: FirstRunPage) -> None:
    rows = page.people.outlets.rows
    rows.setData(rows.index(0, 0), "河南街支局")
    assert rows.rows() == [("河南街支局", "Branch office", "")]
    rows.setData(rows.index(0, 1), "counter o")
    assert rows.rows() == [("河南街支局", "Counter office", "")]


def test_cell_that_means_nothing_stops_the_step_and_is_named(page: FirstRunPage) -> None:
    fill(page)
    page._to(1)
    rows = page.people.staff.rows
    rows.setData(rows.index(0, 2), "城北支局")
    page.forward()
    assert page.stack.currentIndex() == 1
    assert page.problem.text().startswith("Staff, row 1, Outlet")


def test_name_given_twice_is_told(page: FirstRunPage) -> None:
    page.people.paste_outlets("河南街支局\n河南街支局")
    assert "twice" in page.people.problem()


def test_delete_takes_a_row_out(page: FirstRunPage) -> None:
    page.people.paste_outlets("河南街支局\n船营投递部")
    table = page.people.outlets
    table.setCurrentIndex(table.rows.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert [row[0] for row in table.rows.rows()] == ["船营投递部"]


def test_paste_key_takes_the_clipboard(page: FirstRunPage) -> None:
    QApplication.clipboard().setText("河南街支局\t支局\t河南街 66 号")
    QTest.keyClick(page.people.outlets, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.people.outlets.rows.rows() == [("河南街支局", "Branch office", "河南街 66 号")]


def test_other_language_keeps_what_was_typed(page: FirstRunPage, program: Program, qtbot: QtBot) -> None:
    fill(page)
    page._to(1)
    place, old = page.place(), program.window
    page.chips["zh_CN"].click()
    qtbot.waitUntil(lambda: program.window is not old)
    again = front(program)
    assert again.stack.currentIndex() == 1
    assert again.branch.values() == page_values(place)
    assert again.people.outlets.rows.rows()[0] == ("河南街支局", "支局", "")


def page_values(place: dict[str, object]) -> tuple[object, ...]:
    """Name, code, letter out of what the page keeps of itself."""
    state = place["state"]
    assert isinstance(state, tuple)
    _typed, code, branch, _second, _letter = state[1]
    return (branch, code, "")


def test_fault_is_one_sentence_and_everything_typed_stays(page: FirstRunPage, program: Program) -> None:
    program.path.mkdir(parents=True)
    (program.path / "letter.docx").write_bytes(b"mine")
    fill(page)
    page.me.user.setEditText("王芳")
    page.me.open.setChecked(True)
    finish(page)
    assert not program.ctx.has_desk
    assert str(program.path) in page.problem.text()
    assert page.me.value() == "王芳"
    assert page.next_button.isEnabled()


def test_practice_desk_is_apart_and_the_real_one_starts_at_its_own_number(
    page: FirstRunPage, program: Program
) -> None:
    page.practise_button.click()
    assert program.ctx.desk.practice
    assert program.ctx.desk.path == paths.practice_desk()
    assert list_head(program.ctx.desk, CaseFilter()).total > 200
    assert not paths.default_desk().exists()


def test_practice_desk_is_kept_when_it_is_opened_again(page: FirstRunPage, program: Program) -> None:
    page.practise_button.click()
    first = program.ctx.desk.id
    program.switch(paths.default_desk())
    front(program).practise_button.click()
    assert program.ctx.desk.id == first


def test_stopped_making_leaves_nothing(page: FirstRunPage, program: Program) -> None:
    page.progress.watch = lambda *_args: None  # type: ignore[method-assign]  # nobody looks: it is over at once
    begun: list[object] = []

    def work(progress: Callable[[int, int], bool]) -> None:
        from postal_desk.services.demo import make_demo

        assert page._making is not None
        begun.append(page._making)
        page._making.stop()
        make_demo(paths.practice_desk(), cases=5, months=2, progress=progress)

    page._start(paths.practice_desk(), work, "")
    assert begun
    assert not paths.practice_desk().exists()
    assert "nothing was made" in page.problem.text()
    assert page.next_button.isEnabled()


def test_made_desk_can_be_opened_again(page: FirstRunPage, program: Program) -> None:
    fill(page)
    page.me.user.setEditText("王芳")
    page.me.open.setChecked(True)
    finish(page)
    path = program.path
    program.close()
    with open_desk(path) as desk:
        assert not desk.practice


def test_steps_may_be_pressed_but_not_jumped_over(page: FirstRunPage) -> None:
    QTest.mouseClick(page.trail.chips[2], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert page.stack.currentIndex() == 0
    assert page.problem.isVisible()
    fill(page)
    QTest.mouseClick(page.trail.chips[0], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert page.stack.currentIndex() == 0


def test_it_says_honestly_that_there_is_no_password(page: FirstRunPage) -> None:
    from postal_desk.ui.widgets.card import NoteBox

    page.me.open.setChecked(True)
    notes = [box.label.text() for box in page.me.findChildren(NoteBox)]
    assert any("no password" in note for note in notes)


def protected(page: FirstRunPage) -> None:
    """Answer everything, with a password."""
    fill(page)
    page.me.user.setEditText("王芳")
    for field in (page.me.new.first, page.me.new.second):
        field.line.setText(PASSWORD)
    finish(page)


def test_the_password_opens_the_desk_and_the_code_is_asked_back(
    page: FirstRunPage, program: Program, qtbot: QtBot
) -> None:
    protected(page)
    assert program.ctx.desk.actor == "王芳"
    assert program.ctx.desk.role == "manager"
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecoveryDialog)
    code = dialog.shown.text()
    dialog.back.setText("wrong")
    assert code not in dialog.shown.text()  # it is typed from the sheet
    dialog.confirm()
    assert "25 letters" in dialog.problem.text()
    dialog.back.setText(code)
    assert program.window.sidebar is not None
    program.window.sidebar._buttons["cases"].setFocus()  # what had the focus is gone
    dialog.confirm()
    assert recovery.confirmed(program.ctx.desk)
    qtbot.waitUntil(lambda: front_has_focus(program))


def front_has_focus(program: Program) -> bool:
    lit, page = program.window.focusWidget(), program.window.page
    return lit is not None and page is not None and page.isAncestorOf(lit)


def test_a_password_is_asked_for_and_typed_twice(page: FirstRunPage) -> None:
    fill(page)
    page.me.user.setEditText("王芳")
    page.forward()
    assert "learning only" in page.problem.text()
    page.me.new.first.line.setText("short")
    page.forward()
    assert "at least 8" in page.problem.text()
    page.me.new.first.line.setText(PASSWORD)
    page.forward()
    assert "not the same" in page.problem.text()


def test_a_desk_for_everyone_stands_where_all_may_write(
    page: FirstRunPage, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "everyone" / "desk"
    monkeypatch.setattr(paths, "shared_desk", lambda: place)
    fill(page)
    page.me.everyones.setChecked(True)
    page.me.user.setEditText("王芳")
    page.me.open.setChecked(True)
    finish(page)
    assert program.ctx.desk.path == place
    assert paths.usual_desk() == place
    if sys.platform != "win32":
        assert place.parent.stat().st_mode & 0o777 == 0o777


def test_a_named_folder_is_not_asked_about(page: FirstRunPage, tmp_path: Path) -> None:
    page.shown(path=tmp_path / "somewhere")
    fill(page)
    assert page.me.everyones.isHidden()
    assert page.me.place() == tmp_path / "somewhere"


def test_a_small_window_cuts_no_field_at_the_right(page: FirstRunPage, program: Program) -> None:
    program.window.resize(683, 384)  # 1366 × 768 at 200 %
    fill(page)
    for at in range(page.stack.count()):
        page.stack.setCurrentIndex(at)
        QApplication.processEvents()
        area = page.stack.widget(at)
        assert isinstance(area, QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0, area.accessibleName()
    assert page.people.outlets.mapTo(page, QPoint()).y() < page.people.staff.mapTo(page, QPoint()).y()
