"""Dialogs about passwords that several places open: the change of one's own, and the first one of a desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.recovery_dialog import RecoveryDialog
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.password_edit import NewPassword, PasswordEdit


class PasswordEditor(Editor):
    """An editor with a new password, typed twice."""

    help = "passwords"

    def __init__(self, ctx: Context, title: str, parent: QWidget, save: str = "") -> None:
        super().__init__(ctx, title, parent, save)
        self.new = NewPassword()

    def add_new_password(self) -> None:
        """The two rows of the form."""
        hint = _("At least 8 characters; a short sentence is easy to keep in mind and hard to guess")
        self.form.add(_("New password"), self.new.first, hint, "password")
        self.form.add(_("Once more"), self.new.second, key="again")

    def checked(self, name: str = "") -> str:
        """The new password. Raises :class:`FieldRefusal` if it can't be one."""
        from postal_desk.domain.passwords import check_password

        check_password(self.new.value(), name)
        if self.new.first.text() != self.new.second.text():
            raise FieldRefusal("again", say("the two passwords are not the same"))
        return self.new.value()


class ChangePasswordDialog(PasswordEditor):
    """One's own password. ``given`` says that somebody else chose the one of now."""

    def __init__(self, ctx: Context, parent: QWidget, given: bool = False) -> None:
        super().__init__(ctx, _("Change my password"), parent, _("Change"))
        if given:
            note = _("A manager chose your password. Choose one that only you know.")
            self.inner.insertWidget(0, NoteBox(note, "attention"))
        self.old = PasswordEdit(_("Current password"))
        self.form.add(_("Current password"), self.old, key="old")
        self.add_new_password()

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.users import change_password

        desk = self.ctx.desk
        old, new = self.old.text(), self.checked(desk.actor)
        return lambda: change_password(desk, old, new)


class ProtectDialog(PasswordEditor):
    """The first user of a desk that anybody can open; then the recovery code is shown."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, _("Give this desk a password"), parent, _("Set the password"))
        what = _(
            "You become its first user, with the manager's role, and can add others. The whole desk is encrypted anew "
            "with another key. Copies made until now still open without a password: they are listed afterwards, so "
            "that you can remove them."
        )
        self.inner.insertWidget(0, NoteBox(what))
        self.name_field = QLineEdit(ctx.settings["user"])
        self.form.add(_("My name"), self.name_field, _("As the history of each change shows it"), "name")
        self.add_new_password()
        self._over = parent.window()
        self._code = ""

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.users import protect

        desk, name = self.ctx.desk, self.name_field.text()
        if not name.strip():
            raise FieldRefusal("name", say("this field is required"))
        password = self.checked(name.strip())

        def write() -> Changes:
            changes, self._code = protect(desk, name, password)
            return changes

        return write

    def accept(self) -> None:
        super().accept()
        if self._code:
            show_code(self.ctx, self._code, self._over)


class TypeCodeDialog(Editor):
    """Takes the recovery code from the sheet; typed right, the desk knows that it is on paper."""

    help = "passwords"

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(ctx, _("Recovery code"), parent, _("That is it"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = QLineEdit()
        self.code.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        hint = _("From the sheet; if there is none, make a new code")
        self.form.add(_("The code, typed from the sheet"), self.code, hint, "code")

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.recovery import confirm_code

        desk, typed = self.ctx.desk, self.code.text()
        return lambda: confirm_code(desk, typed)


def show_code(ctx: Context, code: str, parent: QWidget, old: bool = False) -> RecoveryDialog:
    """Show a recovery code of the open desk and ask it back; typed right, the desk knows it."""
    desk = ctx.desk

    def confirm(typed: str) -> Callable[[], Changes]:
        from postal_desk.services.recovery import confirm_code

        return lambda: confirm_code(desk, typed)

    dialog = RecoveryDialog(ctx, code, desk.branch.name, parent, old)

    def typed_back(typed: str) -> None:
        ctx.write(confirm(typed), lambda _changes: dialog.accept(), dialog.refused, owner=dialog)

    dialog.typed.connect(typed_back)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # what had the focus before, a button of the first run or of a strip, is gone by then
    dialog.finished.connect(lambda _result: QTimer.singleShot(0, parent, ctx.navigator.focus_page))
    dialog.open()
    return dialog


def open_new_code(ctx: Context, parent: QWidget) -> None:
    """Make another recovery code and show it."""
    desk = ctx.desk
    made: list[str] = []

    def work() -> Changes:
        from postal_desk.services.recovery import new_code

        changes, code = new_code(desk)
        made.append(code)
        return changes

    ctx.write(work, lambda _changes: show_code(ctx, made[0], parent, old=True), owner=parent)
