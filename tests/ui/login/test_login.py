"""Logging in, locking, changing places: in the real program, on a desk with two users."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from postal_desk import i18n, paths
from postal_desk.app import Program
from postal_desk.domain.sentences import say
from postal_desk.services import recovery, users
from postal_desk.services.access import Credential
from postal_desk.services.audit_log import read_audit
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.drafts import list_drafts
from postal_desk.services.idle_lock import set_lock_minutes
from postal_desk.services.moving import move_out
from postal_desk.settings import Settings
from postal_desk.ui.access_reminders import RecoveryReminder
from postal_desk.ui.background import Background, InlineBackground
from postal_desk.ui.draft_reminder import DraftReminder
from postal_desk.ui.first_window import _is_read, letter_box
from postal_desk.ui.login.forgotten_dialog import ForgottenDialog
from postal_desk.ui.login.login_page import LoginPage
from postal_desk.ui.password_dialogs import ChangePasswordDialog, TypeCodeDialog
from postal_desk.ui.recovery_dialog import RecoveryDialog
from postal_desk.ui.second_start import may_be_open

pytestmark = pytest.mark.usefixtures("quick_keys")
WANG, LI = "wang's password", "li's password"


@pytest.fixture
def code(tmp_path: Path) -> str:
    """The recovery code of a desk with 王芳, a manager, and 李娜, a clerk."""
    owner = users.checked_owner("王芳", WANG)
    with create_desk(tmp_path / "d", "船营区分公司", "220204", owner=owner) as desk:
        users.add_user(desk, "李娜", "clerk", LI)
    return owner.recovery_code


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, code: str) -> Iterator[Program]:
    def fault(error: Exception) -> None:
        raise error

    settings = Settings(tmp_path / "settings.json")
    settings["language"] = "en"
    made = Program(qapp, settings, tmp_path / "d", InlineBackground(fault))
    made.window.resize(1366, 768)
    made.window.show()
    made.start()
    yield made
    made.close()
    shiboken6.delete(made.window)
    i18n.use("zh_CN")


def login(program: Program) -> LoginPage:
    page = program.window.page
    assert isinstance(page, LoginPage)
    return page


def enter(program: Program, password: str, user: str) -> None:
    page = login(program)
    page.user.setCurrentText(user)
    page.password.line.setText(password)
    QTest.keyClick(page.password.line, Qt.Key.Key_Return)


def front(program: Program) -> str:
    assert program.window.page is not None
    return program.window.page.name


def test_a_second_start_finds_the_window_that_waits_at_the_login(program: Program, qtbot: QtBot) -> None:
    assert _is_read(letter_box(login(program).path))
    (program.path / "holder.json").unlink(missing_ok=True)
    assert may_be_open(program.path)  # asked before the second start shows a window
    enter(program, WANG, "王芳")
    assert _is_read(letter_box(program.path))
    qtbot.waitUntil(lambda: not paths.login_note().exists())
    program.lock("asked")
    assert _is_read(letter_box(program.path))
    assert paths.login_note().exists()


def test_nothing_is_shown_before_somebody_logs_in(program: Program) -> None:
    page = login(program)
    assert [page.user.itemText(place) for place in range(page.user.count())] == ["王芳", "李娜"]
    assert program.window.sidebar is not None
    assert program.window.sidebar.isHidden()
    for name in ("cases", "entry", "settings"):
        assert not program.window.go(name)
    assert front(program) == "login"


def test_the_right_password_opens_the_desk(program: Program) -> None:
    enter(program, WANG, "王芳")
    assert program.ctx.desk.actor == "王芳"
    assert front(program) == "cases"
    assert program.window.sidebar is not None
    assert program.window.sidebar.user is not None
    assert program.window.sidebar.user.text() == "王芳"


def test_after_the_login_the_list_has_the_focus(program: Program) -> None:
    enter(program, WANG, "王芳")
    page = program.window.page
    assert page is not None
    assert page.focusWidget() is not None
    assert program.window.focusWidget() is page.focusWidget()


def test_a_desk_that_moved_says_so_at_the_door(program: Program, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    enter(program, WANG, "王芳")
    move_out(program.ctx.desk, stick)
    program.lock("asked")
    told = login(program).note.label.text()
    assert "moved to another PC" in told
    assert "Locked" in told


def test_a_wrong_password_is_told_and_the_field_emptied(program: Program) -> None:
    enter(program, "not it", "王芳")
    told = login(program).problem.text()
    assert told.startswith("Wrong password")
    assert "Forgot the password" in told
    assert str(login(program).path) not in told, "the folder stands above already"
    assert login(program).password.text() == ""
    assert not program.ctx.has_desk


def test_after_five_wrong_ones_the_page_counts_down(program: Program) -> None:
    for _ in range(6):
        enter(program, "not it", "王芳")
    page = login(program)
    assert re.search("try again in 1[0-5] seconds", page.problem.text())
    assert not page.button.isEnabled()
    page._seconds = 1
    page._tick()
    assert page.button.isEnabled()


def test_the_recovery_code_gives_a_new_password(program: Program, code: str) -> None:
    dialog = login(program).forgot()
    assert isinstance(dialog, ForgottenDialog)
    dialog.code.setText("ABC")
    for field in (dialog.new.first, dialog.new.second):
        field.line.setText("remembered now")
    dialog.save()
    assert "25 letters" in dialog.form.problem("code")
    dialog.code.setText(code.lower())
    dialog.save()
    assert program.ctx.desk.actor == "王芳"
    program.lock("asked")
    enter(program, "remembered now", "王芳")
    assert program.ctx.has_desk


def begin_a_case(program: Program) -> None:
    """Type a story into the form, and leave it unsaved."""
    program.window.go("entry")
    focus = program.window.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "registered letter not received")


def test_locking_keeps_what_is_typed_and_comes_back_to_it(program: Program) -> None:
    enter(program, WANG, "王芳")
    begin_a_case(program)
    program.lock("locked")
    assert "draft" in login(program).note.label.text()
    assert not program.ctx.has_desk
    enter(program, WANG, "王芳")
    assert front(program) == "entry"
    assert [draft.payload for draft in list_drafts(program.ctx.desk)]
    actions = [row.action for row in read_audit(program.ctx.desk)]
    assert actions[:2] == ["access.login", "access.lock"]


def test_another_user_starts_at_the_cases(program: Program) -> None:
    enter(program, WANG, "王芳")
    program.window.go("settings")
    program.lock("switch")
    enter(program, LI, "李娜")
    assert front(program) == "cases"
    assert program.ctx.desk.role == "clerk"


def test_ctrl_l_locks_and_closes_dialogs_first(program: Program) -> None:
    enter(program, WANG, "王芳")
    program.window.command("sheet")
    assert QApplication.activeModalWidget() is not None
    program.window.command("lock")
    assert front(program) == "login"
    assert QApplication.activeModalWidget() is None


def test_a_given_password_is_changed_at_the_first_login(program: Program, tmp_path: Path) -> None:
    with open_desk(tmp_path / "d", credential=Credential.password(WANG)) as desk:
        users.set_password(desk, "李娜", "given by wang", must_change=True)
    enter(program, "given by wang", "李娜")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ChangePasswordDialog)
    dialog.old.line.setText("given by wang")
    for field in (dialog.new.first, dialog.new.second):
        field.line.setText("chosen by li")
    dialog.save()
    assert program.ctx.desk.user is not None
    assert not program.ctx.desk.user.must_change


def test_the_code_that_nobody_typed_back_is_reminded_of(program: Program) -> None:
    enter(program, WANG, "王芳")
    program.ctx.settle()
    (reminder,) = program.window.findChildren(RecoveryReminder)
    reminder._make()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecoveryDialog)
    dialog.back.setText(dialog.shown.text())
    dialog.confirm()
    assert reminder.isHidden()


def test_the_code_is_typed_back_from_the_sheet(program: Program, tmp_path: Path) -> None:
    with open_desk(tmp_path / "d", credential=Credential.password(WANG)) as desk:
        _changes, code = recovery.new_code(desk)
    enter(program, WANG, "王芳")
    program.ctx.settle()
    (reminder,) = program.window.findChildren(RecoveryReminder)
    assert "No copies are made automatically" in reminder.accessibleName()
    reminder._type()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TypeCodeDialog)
    dialog.code.setText("ABC")
    dialog.save()
    assert not recovery.confirmed(program.ctx.desk)
    dialog.code.setText(code)
    dialog.save()
    assert reminder.isHidden()


def test_nobody_is_reminded_in_a_desk_for_reading_only(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "read_only", property(lambda _desk: say("It can't be written")))
    enter(program, WANG, "王芳")
    program.ctx.settle()
    assert program.window.findChildren(RecoveryReminder) == []


def test_a_clerk_is_not_reminded_of_what_a_clerk_can_not_do(program: Program) -> None:
    enter(program, LI, "李娜")
    program.ctx.settle()
    assert program.window.findChildren(RecoveryReminder) == []


def test_an_auditor_is_told_before_typing(program: Program, tmp_path: Path) -> None:
    with open_desk(tmp_path / "d", credential=Credential.password(WANG)) as desk:
        users.edit_user(desk, "李娜", {"role": "auditor"})
    enter(program, LI, "李娜")
    assert not program.window.go("entry")
    assert front(program) == "cases"


def test_the_setting_of_the_desk_is_what_locks(program: Program) -> None:
    enter(program, WANG, "王芳")
    assert program.session.idle.minutes == 10
    program.ctx.write(lambda: set_lock_minutes(program.ctx.desk, 5))
    assert program.session.idle.minutes == 5


def test_the_way_from_a_language_to_the_other_stays_at_the_door(program: Program) -> None:
    login(program)._speak("zh_CN")
    QApplication.processEvents()
    assert login(program).button.text() == "登录"


def test_tab_goes_down_the_page(program: Program) -> None:
    page = login(program)
    page.user.setFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(program.window, Qt.Key.Key_Tab)
        seen.append(program.window.focusWidget())
    assert seen == [page.password.line, page.password.eye, page.button, page.forgotten]


def test_with_threads_the_same_user_comes_back_to_the_draft(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, code: str
) -> None:
    """As it runs: the desk's thread closes the desk while the next one already asks who is there."""

    def fault(error: Exception) -> None:
        raise error

    settings = Settings(tmp_path / "settings.json")
    settings["language"] = "en"
    program = Program(qapp, settings, tmp_path / "d", Background(fault))
    program.window.show()
    program.window.when_painted(program.start)
    qtbot.waitUntil(lambda: front(program) == "login")
    enter(program, WANG, "王芳")
    qtbot.waitUntil(lambda: program.ctx.has_desk and front(program) == "cases")
    begin_a_case(program)
    program.lock("locked")
    qtbot.waitUntil(lambda: front(program) == "login")
    enter(program, WANG, "王芳")
    qtbot.waitUntil(lambda: program.ctx.has_desk and front(program) == "entry")
    found: list[int] = []
    program.background.db(lambda: len(list_drafts(program.ctx.desk)), found.append)
    qtbot.waitUntil(lambda: found == [1])
    program.close()
    program.window.retire()


def test_only_who_typed_wrong_too_often_waits(program: Program) -> None:
    for _ in range(6):
        enter(program, "not it", "王芳")
    page = login(program)
    page.user.setCurrentText("李娜")
    page.user.activated.emit(1)
    enter(program, LI, "李娜")
    assert program.ctx.desk.actor == "李娜"


def test_the_recovery_code_ends_the_wait(program: Program, code: str) -> None:
    for _ in range(6):
        enter(program, "not it", "王芳")
    dialog = login(program).forgot()
    dialog.code.setText(code)
    for field in (dialog.new.first, dialog.new.second):
        field.line.setText("remembered now")
    dialog.save()
    assert program.ctx.desk.actor == "王芳"


def test_what_is_refused_is_seen_whole(program: Program, code: str, qtbot: QtBot) -> None:
    dialog = login(program).forgot()
    dialog.code.setText(code)
    dialog.new.first.line.setText("remembered now")
    before = dialog.height()
    dialog.save()
    assert "not the same" in dialog.form.problem("again")
    qtbot.waitUntil(lambda: dialog.height() > before)
    dialog.reject()


@pytest.mark.parametrize(
    ("letter", "keys", "told"),
    [
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("a", Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_caps_lock_is_told(program: Program, letter: str, keys: Qt.KeyboardModifier, told: bool) -> None:
    password = login(program).password
    QApplication.sendEvent(password.line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, keys, letter))
    assert password.capitals.isVisible() == told


def test_back_at_the_form_its_draft_is_not_offered(program: Program) -> None:
    enter(program, WANG, "王芳")
    begin_a_case(program)
    program.lock("locked")
    enter(program, WANG, "王芳")
    program.ctx.settle()
    assert front(program) == "entry"
    assert program.window.findChildren(DraftReminder) == []


def test_in_a_low_window_the_door_scrolls_instead_of_cutting(program: Program) -> None:
    enter(program, WANG, "王芳")
    program.window.resize(683, 360)
    program.lock("locked")
    page = login(program)
    QApplication.processEvents()
    assert page.password.line.height() >= page.password.line.minimumSizeHint().height()
    assert page.note.label.height() >= page.note.label.heightForWidth(page.note.label.width())
