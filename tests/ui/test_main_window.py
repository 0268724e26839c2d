"""The window as a whole: ways between pages, messages, undo, language, closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from postal_desk import paths
from postal_desk.app import Program
from postal_desk.domain.case_json import parse_case
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.sentences import Refusal, say
from postal_desk.picture import render_main_window
from postal_desk.services.cases import add_cases, delete_cases, show_case
from postal_desk.services.desk import create_desk
from postal_desk.services.measures import add_measures
from postal_desk.settings import Settings
from postal_desk.ui import pages
from postal_desk.ui.background import Background
from postal_desk.ui.cases.cases_page import CasesPage
from postal_desk.ui.go_anywhere import GoAnywhere
from postal_desk.ui.messages import CrashDialog, SentenceDialog
from postal_desk.ui.shortcut_sheet import ShortcutSheet
from postal_desk.ui.widgets.banner import Banner
from postal_desk.ui.widgets.toast import Toast

NUMBER = "220204-2019-07-0001"
CTRL = Qt.KeyboardModifier.ControlModifier


def make_desk(folder: Path, practice: bool = False) -> Path:
    now = datetime(2019, 7, 18, 10, 42)
    with create_desk(folder, "船营区分公司", "220204", practice=practice, now=lambda: now) as desk:
        case = {
            "kind": "inquiry",
            "category": "07",
            "channel": "counter",
            "opened_on": "2019-07-17",
            "subject": "挂号信未到",
        }
        add_cases(desk, [parse_case(case, desk.rules)])
    return folder


@pytest.fixture
def desk_path(tmp_path: Path) -> Path:
    return make_desk(tmp_path / "desk")


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, desk_path: Path, tmp_path: Path) -> Iterator[Program]:
    made = start(qapp, desk_path, tmp_path)
    qtbot.waitUntil(lambda: made.ctx.has_desk and made.window.windowTitle().endswith("船营区分公司"))
    yield made
    made.close()
    made.window.retire()


def start(qapp: QApplication, desk_path: Path, tmp_path: Path) -> Program:
    def fail(error: Exception) -> None:
        raise error

    made = Program(qapp, Settings(tmp_path / "settings.json"), desk_path, Background(fail))
    made.window.resize(1366, 768)
    made.window.show()
    made.window.when_painted(made.start)
    return made


def case_list_is_filled(program: Program) -> bool:
    page = program.window.page
    return page is not None and page.name == "cases" and page.model.rowCount() == 1  # type: ignore[attr-defined]


def test_the_window_fills_itself_after_it_was_painted(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: case_list_is_filled(program))
    assert program.window.sidebar is not None
    assert program.window.sidebar.truth.text() == "● All saved · offline"


def test_every_page_opens_and_lights_its_entry(program: Program) -> None:
    assert program.window.sidebar is not None
    for page in pages.PAGES:
        if page.place == pages.NOWHERE:
            continue
        assert program.window.go(page.name)
        lit = [name for name, button in program.window.sidebar._buttons.items() if button.isChecked()]
        assert lit == [page.under or page.name]
    program.window.back()
    assert program.window.page is not None
    shown = [page.name for page in pages.PAGES if page.place != pages.NOWHERE]
    assert program.window.page.name == shown[-2]


def test_every_control_of_the_window_has_a_name(program: Program) -> None:
    for page in pages.PAGES:
        if page.place != pages.NOWHERE:
            program.window.go(page.name)
    unnamed = [
        (widget.metaObject().className(), widget.parent())
        for widget in program.window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit)
        and not widget.isHidden()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox)  # the box itself is named
    ]
    assert unnamed == []


def test_keys_lead_to_pages(program: Program) -> None:
    QTest.keyClick(program.window, Qt.Key.Key_N, CTRL)
    assert program.window.page is not None
    assert program.window.page.name == "entry"
    QTest.keyClick(program.window, Qt.Key.Key_2, CTRL)
    assert program.window.page.name == "cases"


def test_question_mark_shows_the_keys_but_not_while_typing(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: case_list_is_filled(program))
    page = program.window.page
    assert page is not None
    page.command("search")
    search = QApplication.focusWidget()
    assert isinstance(search, QLineEdit)
    QTest.keyClick(search, "?")
    assert search.text() == "?"
    assert QApplication.activeModalWidget() is None
    QTest.keyClick(program.window, "?")
    assert isinstance(QApplication.activeModalWidget(), ShortcutSheet)


def test_go_anywhere_finds_a_case_by_its_number(program: Program, qtbot: QtBot) -> None:
    program.window.go("settings")
    QTest.keyClick(program.window, Qt.Key.Key_K, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, GoAnywhere)
    QTest.keyClicks(dialog.field, "2019-07-0001")
    qtbot.waitUntil(lambda: any("挂号信未到" in text for text in dialog._model.stringList()))
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert program.window.page is not None
    assert program.window.page.name == "cases"


def test_go_anywhere_opens_a_measure_by_its_words(program: Program, qtbot: QtBot) -> None:
    desk = program.ctx.desk
    measure = {"title": "退件专人登记", "kind": "corrective", "problem": {"text": "退件慢"}}
    program.ctx.write(lambda: add_measures(desk, [parse_measure(measure, desk.rules)]))
    program.window.go("settings")
    QTest.keyClick(program.window, Qt.Key.Key_K, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, GoAnywhere)
    dialog.field.setText("专人登记")
    qtbot.waitUntil(lambda: any("退件专人登记" in text for text in dialog._model.stringList()))
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert program.window.page is not None
    assert program.window.page.name == "measures"


def test_escape_returns_to_the_page_that_asked(program: Program) -> None:
    window = program.window

    def front() -> str:
        assert window.page is not None
        return window.page.name

    window.go("summary")
    window.go("cases", number=NUMBER)
    window.go("settings", section="branch")
    for name in ("cases", "summary", "summary"):
        window.command("back")
        if front() == "cases" and name != "cases":  # first from the record to the list
            window.command("back")
        assert front() == name
    window.go("settings")
    window.command("back")
    assert front() == "settings"  # nobody asked for it


def test_undo_takes_the_last_change_back(program: Program, qtbot: QtBot) -> None:
    desk = program.ctx.desk
    program.ctx.write(lambda: delete_cases(desk, [NUMBER]))
    qtbot.waitUntil(lambda: program.window.toast.isVisible())
    program.window.setFocus()
    QTest.keyClick(program.window, Qt.Key.Key_Z, CTRL)
    found: list[str | None] = []
    qtbot.waitUntil(lambda: case_list_is_filled(program))
    program.background.db(lambda: show_case(desk, NUMBER), lambda view: found.append(view.deleted_at))
    qtbot.waitUntil(lambda: found == [None])


def test_what_was_taken_back_can_be_done_again(program: Program, qtbot: QtBot) -> None:
    desk, toast = program.ctx.desk, program.window.toast
    program.ctx.write(lambda: delete_cases(desk, [NUMBER]))
    for told in (("Taken back", "Redo"), ("Done again", "Undo"), ("Taken back", "Redo")):
        qtbot.waitUntil(lambda: toast.undo_button.isVisible())
        toast.undo_button.click()
        qtbot.waitUntil(partial(tells, toast, told))


def tells(toast: Toast, told: tuple[str, str]) -> bool:
    return (toast.label.text(), toast.undo_button.text()) == told


def test_the_language_changes_at_once_and_the_page_stays(program: Program, qtbot: QtBot) -> None:
    program.window.go("settings")
    old = program.window
    program.settings["language"] = "zh_CN"
    qtbot.waitUntil(lambda: program.window is not old)
    assert program.window.windowTitle() == "邮政服务案例台 Postal Desk — 船营区分公司"
    assert program.window.page is not None
    assert program.window.page.name == "settings"
    assert program.window.isVisible()
    assert not old.isVisible()


def test_the_theme_changes_at_once(program: Program) -> None:
    light = program.app.palette().window().color()
    program.settings["theme"] = "dark"
    assert program.app.palette().window().color().lightness() < light.lightness()
    program.settings["theme"] = "light"


def test_a_practice_desk_says_so(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    made = start(qapp, make_desk(tmp_path / "practice", practice=True), tmp_path)
    qtbot.waitUntil(lambda: made.window._column.count() > 1)
    banner = made.window._column.itemAt(0).widget()
    assert "Practice desk" in banner.accessibleName()
    made.close()
    made.window.retire()


def test_a_refusal_is_told_in_its_own_words(program: Program) -> None:
    program.window.tell_fault(Refusal(say("There is no case {number}; look it up in the list", number="9")))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SentenceDialog)
    assert dialog.label.text() == "There is no case 9; look it up in the list"


def test_a_bug_is_logged_and_can_be_copied(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    program.window.tell_fault(ZeroDivisionError("周建国"))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CrashDialog)
    dialog.copy()
    (kept,) = paths.user_logs().glob("fault-*.txt")
    for told in (QGuiApplication.clipboard().text(), caplog.text, kept.read_text("utf-8")):
        assert "ZeroDivisionError" in told
        assert "周建国" not in told


def test_a_locked_desk_is_told_and_can_be_tried_again(
    qapp: QApplication, qtbot: QtBot, desk_path: Path, tmp_path: Path
) -> None:
    from postal_desk.services.desk import open_desk

    holder = open_desk(desk_path)
    made = start(qapp, desk_path, tmp_path)
    page = made.window.page
    assert isinstance(page, CasesPage)
    qtbot.waitUntil(lambda: page._complete and page.empty.isVisible())
    assert page.empty.title.text() == "The desk is not open"
    holder.close()
    page.empty.button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: case_list_is_filled(made))
    made.close()
    made.window.retire()


def test_where_there_is_no_desk_the_first_run_begins(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    made = start(qapp, tmp_path / "nothing", tmp_path)
    qtbot.waitUntil(lambda: made.window.page is not None and made.window.page.name == "first_run")
    assert made.window.sidebar is not None
    assert not made.window.sidebar.isVisible()
    made.close()
    made.window.retire()


def test_closing_waits_for_what_is_being_saved(program: Program, qtbot: QtBot) -> None:
    gate, saved = threading.Event(), []
    program.background.db(lambda: gate.wait(5) and saved.append(1))
    program.window.close()
    assert program.window.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not program.window.isVisible())
    assert saved == [1]


def test_narrow_windows_show_icons_only(program: Program) -> None:
    program.window.resize(700, 500)
    assert program.window.sidebar is not None
    assert program.window.sidebar.width() < 80
    program.window.resize(1366, 768)
    assert program.window.sidebar.width() == 168


@pytest.mark.parametrize("page", ["cases", "summary", "settings", "entry"])
def test_the_window_can_be_drawn_without_being_shown(
    qapp: QApplication, desk_path: Path, tmp_path: Path, page: str
) -> None:
    from PySide6.QtGui import QImage

    out = render_main_window(
        desk_path, tmp_path / "shots" / f"{page}.png", "zh_CN", "dark", page, (1366, 768)
    )
    picture = QImage(str(out))
    assert (picture.width(), picture.height()) == (1366, 768)
    colours = {picture.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
    assert len(colours) > 30


def test_a_window_that_filled_the_screen_comes_back_as_large(program: Program) -> None:
    main = program.window
    main.showMaximized()
    main.setWindowState(main.windowState() | Qt.WindowState.WindowMinimized)
    main.come()
    assert main.isMaximized()
    assert not main.isMinimized()
    main.showNormal()


def test_a_strip_that_goes_hands_the_focus_to_the_page(program: Program) -> None:
    window = program.window
    window.complete()
    strip = Banner("there", "act", lambda: None)
    window._column.insertWidget(0, strip)
    strip.show()
    strip.findChildren(QAbstractButton)[0].setFocus()
    strip.hide()
    lit = window.focusWidget()
    assert window.page is not None
    assert lit is not None
    assert window.page.isAncestorOf(lit)


def test_enter_presses_a_button_on_a_page_as_space_does(program: Program) -> None:
    window, pressed = program.window, []
    window.complete()
    assert window.page is not None
    button, box = QPushButton("act", window.page), QCheckBox("agree", window.page)
    button.clicked.connect(lambda: pressed.append("act"))
    for widget in (button, box):
        widget.show()
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Return)
    assert pressed == ["act"]
    assert not box.isChecked()
