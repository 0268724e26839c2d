"""Asking for a user: name, role, staff member, days as acting manager, and the first password."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.roles import CLERK, DUTIES, NAMES, ROLES
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _, label
from postal_desk.ui.context import Context
from postal_desk.ui.password_dialogs import PasswordEditor
from postal_desk.ui.settings.outlet_dialogs import typed_day
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import changed_only
from postal_desk.ui.widgets.form import ChoiceField, with_none

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.users import User


class UserDialog(PasswordEditor):
    """A new user, or a change of ``user`` (the name and the password are not changed here)."""

    def __init__(self, ctx: Context, user: User | None, parent: QWidget) -> None:
        title = _("Edit {name}").format(name=user.name) if user else _("Add user")
        super().__init__(ctx, title, parent)
        self._user = user
        self.name_field = QLineEdit()
        self.role = ChoiceField([(role, label(NAMES[role])) for role in ROLES])
        self.duty = NoteBox()
        self.role.currentIndexChanged.connect(lambda _place: self._tell_duty())
        self.staff = CodeCombo(_("Member of staff"), with_none([], _("nobody of the list")))
        self.first, self.last = (
            DateEdit(_("Acting manager from"), ctx.desk.today),
            DateEdit(_("Acting manager to"), ctx.desk.today),
        )
        self.active = QCheckBox(_("May log in"))
        self.must_change = QCheckBox(_("Asks for a password of their own at the first login"))
        self.must_change.setChecked(True)
        if user is None:
            stays = _("As the history shows it; it can't be changed later")
            self.form.add(_("Full name"), self.name_field, stays, "name")
        self.form.add(_("Role"), self.role, key="role")
        self.inner.insertWidget(0, self.duty)
        self.form.add(_("Member of staff"), self.staff, _("Cases this person handles count as own"), "staff")
        if user is None:
            self.add_new_password()
            self.form.add("", self.must_change, key="must_change")
        else:
            self.form.add(_("Acting from"), self.first, key="acting_from")
            until = _("Between the two days, both included, this user has the manager's role")
            self.form.add(_("Acting to"), self.last, until, "acting_to")
        if user is not None and not user.active:
            self.form.add("", self.active, _("Then give a new password: the old one is gone"), "active")
        self._fill(user)
        ctx.background.db(self._read_staff, self._offer_staff, owner=self)

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.users import add_user, edit_user

        desk, user = self.ctx.desk, self._user
        values: dict[str, object] = {
            "staff": self.staff.value(),
            "acting_from": typed_day(self.first, "acting_from"),
            "acting_to": typed_day(self.last, "acting_to"),
        }
        role = str(self.role.currentData())
        if user is None:
            name, must_change = self.name_field.text(), self.must_change.isChecked()
            if not name.strip():
                raise FieldRefusal("name", say("this field is required"))
            password = self.checked(name.strip())
            return lambda: add_user(desk, name, role, password, must_change=must_change, **values)
        changes = changed_only(
            user, {**values, "role": role, "active": user.active or self.active.isChecked()}
        )
        return lambda: edit_user(desk, user.name, changes) if changes else Changes()

    def _fill(self, user: User | None) -> None:
        self.role.show_value(user.role if user else CLERK)
        self._tell_duty()
        if user is not None:
            self.staff.set_value(user.staff)
            self.first.set_value(user.acting_from)
            self.last.set_value(user.acting_to)

    def _tell_duty(self) -> None:
        self.duty.show_text(label(DUTIES[str(self.role.currentData())]))
        if self.isVisible():
            QTimer.singleShot(0, self, self.grow)

    def _read_staff(self) -> list[str]:
        from postal_desk.services.organisation import list_staff

        desk: Desk = self.ctx.desk
        return [person.name for person in list_staff(desk, desk.today())]

    def _offer_staff(self, names: list[str]) -> None:
        kept = self.staff.value()
        known = [*names, kept] if kept and kept not in names else names
        self.staff.set_choices(with_none([Choice(name, name) for name in known], _("nobody of the list")))


class GivePasswordDialog(PasswordEditor):
    """A new password for somebody who forgot theirs."""

    def __init__(self, ctx: Context, user: User, parent: QWidget) -> None:
        super().__init__(ctx, _("A new password for {name}").format(name=user.name), parent)
        self._user = user
        self.must_change = QCheckBox(_("Asks for a password of their own at the first login"))
        self.must_change.setChecked(True)
        self.add_new_password()
        self.form.add("", self.must_change, key="must_change")

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.users import set_password

        desk, name, must_change = self.ctx.desk, self._user.name, self.must_change.isChecked()
        password = self.checked(name)
        return lambda: set_password(desk, name, password, must_change=must_change)
