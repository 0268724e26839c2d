"""Users in the settings: a desk gets its first one, then others; roles are said honestly."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from postal_desk.services import recovery, users
from postal_desk.services.desk import Desk
from postal_desk.ui.password_dialogs import ChangePasswordDialog, ProtectDialog
from postal_desk.ui.recovery_dialog import RecoveryDialog
from postal_desk.ui.settings.confirm_dialog import ConfirmDialog
from postal_desk.ui.settings.user_dialogs import GivePasswordDialog, UserDialog

pytestmark = pytest.mark.usefixtures("quick_keys")


def type_new(dialog: Any, password: str) -> None:
    for field in (dialog.new.first, dialog.new.second):
        field.line.setText(password)


@pytest.fixture
def section(window: Any, desk: Desk) -> Any:
    """The section at a desk where 王芳 is the manager."""
    users.protect(desk, "王芳", "wang's password")
    users.add_user(desk, "李娜", "clerk", "li's password")
    return window.section("users")


def names(section: Any) -> list[str]:
    return [user.name for user in section.table.records.rows]


def test_a_desk_without_password_says_so_on_every_screen_and_gets_one(window: Any, desk: Desk) -> None:
    button = window.main.sidebar.user
    assert button.text() == "No password"
    for page in ("cases", "summary", "settings"):
        window.main.go(page)
        assert button.isVisible()
    button.click()
    window.section("users")._protect()
    dialog = window.dialog()
    assert isinstance(dialog, ProtectDialog)
    dialog.save()
    assert "required" in dialog.form.problem("name")
    dialog.name_field.setText("王芳")
    type_new(dialog, "short")
    dialog.save()
    assert "at least 8" in dialog.form.problem("password")
    type_new(dialog, "wang's password")
    dialog.save()
    assert desk.actor == "王芳"
    assert button.text() == "王芳"
    code = window.dialog()
    assert isinstance(code, RecoveryDialog)
    code.back.setText(code.shown.text())
    code.confirm()
    assert QApplication.activeModalWidget() is None


def test_users_are_added_and_named_with_their_duty(window: Any, section: Any) -> None:
    section.add()
    dialog = window.dialog()
    assert isinstance(dialog, UserDialog)
    assert "Logs cases" in dialog.duty.label.text()
    dialog.role.show_value("auditor")
    assert "changes nothing" in dialog.duty.label.text()
    dialog.name_field.setText("周审")
    type_new(dialog, "zhou's password")
    dialog.save()
    assert names(section) == ["王芳", "李娜", "周审"]
    assert users.list_users(window.ctx.desk)[2].must_change


def test_acting_days_are_set_and_shown(window: Any, section: Any) -> None:
    section.edit(section.table.records.rows[1])
    dialog = window.dialog()
    dialog.first.setText("2026-11-20")
    dialog.first.textEdited.emit("2026-11-20")
    dialog.save()
    assert section._acting(section.table.records.rows[1]) == "2026-11-20 – …"
    assert section._state(section.table.records.rows[1]) == "acts as manager"


def test_shutting_out_and_the_last_manager(window: Any, section: Any) -> None:
    section.end(section.table.records.rows[1])
    assert names(section) == ["王芳"]
    section.end(section.table.records.rows[0])
    assert "last manager" in str(window.faults.pop())


def test_passwords_are_given_and_changed(window: Any, section: Any) -> None:
    section.table.light(1)
    section._give()
    dialog = window.dialog()
    assert isinstance(dialog, GivePasswordDialog)
    type_new(dialog, "a new one for li")
    dialog.save()
    section.table.light(0)
    section._give()
    assert isinstance(window.dialog(), ChangePasswordDialog)


def test_a_clerk_sees_the_list_and_no_tools(window: Any, section: Any, desk: Desk) -> None:
    desk.user = users.list_users(desk)[1]
    section.load()
    assert section.add_button.isHidden()
    assert section.code_button.isHidden()
    section.edit(section.table.records.rows[0])
    assert QApplication.activeModalWidget() is None


def test_roles_are_said_to_be_rules(section: Any) -> None:
    texts = [label.text() for label in section.findChildren(QLabel)]
    assert any("not locks" in text for text in texts)


def test_the_minutes_until_the_lock(window: Any, section: Any) -> None:
    from postal_desk.services.idle_lock import lock_minutes

    section.minutes.picked.emit(30)
    assert lock_minutes(window.ctx.desk) == 30


def test_a_new_code_in_place_of_one_on_paper_is_asked_about(window: Any, section: Any, desk: Desk) -> None:
    _changes, code = recovery.new_code(desk)
    recovery.confirm_code(desk, code)
    section.load()
    section._new_code()
    asked = window.dialog()
    assert isinstance(asked, ConfirmDialog)
    asked.reject()
    assert recovery.confirmed(desk)
    section._new_code()
    window.dialog().act_button.click()
    shown = window.dialog()
    assert isinstance(shown, RecoveryDialog)
    assert shown.shown.text() != code
    shown.reject()
