"""Who may log in at this desk, as what; the recovery code; when the window locks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from postal_desk.domain.roles import NAMES, role_on
from postal_desk.i18n import _, label
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.password_dialogs import ChangePasswordDialog, ProtectDialog, open_new_code
from postal_desk.ui.role_guard import offered
from postal_desk.ui.settings.confirm_dialog import ConfirmDialog
from postal_desk.ui.settings.list_section import ListSection
from postal_desk.ui.settings.user_dialogs import GivePasswordDialog, UserDialog
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.form import ChoiceField
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.record_table import Column

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.drafts import OpenDrafts
    from postal_desk.services.users import User


class UsersSection(ListSection):
    """A desk without a password says so and offers one; names stay, as the audit knows people by them."""

    name = "users"
    help = "passwords"
    icon = "lock-open"
    scrolls = True

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, _("Add user"), _("Shut out"), _("Former users too"))
        self.password_button = QPushButton(_("New password…"))
        self.password_button.clicked.connect(self._give)
        self.head.insert_widget(self.head.indexOf(self.edit_button) + 1, self.password_button)
        self._drafts: dict[str, OpenDrafts] = {}
        self.confirmed = text_label(kind="hint", wrap=True)
        self.code_button = QPushButton(_("Make a new code…"))
        self.code_button.clicked.connect(self._new_code)
        self.own_button = QPushButton(_("Change my password…"))
        self.own_button.clicked.connect(lambda: self.open_dialog(ChangePasswordDialog(ctx, self)))
        self.minutes = ChoiceField([])
        self.minutes.picked.connect(self._lock_after)
        self.more = self._more_card()
        self.body.addWidget(self.more)

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Full name"), lambda u: u.name, 120),
            Column(_("Role"), lambda u: label(NAMES[u.role]), 150),
            Column(_("Member of staff"), lambda u: u.staff, drop=1),
            Column(_("Acting manager"), self._acting, 190, drop=2),
            Column(_("Open drafts"), self._drafts_of, 150, drop=3),
            Column(_("Status"), self._state, 130, self._tone),
        ]

    def read(self, desk: Desk) -> list[User]:
        from postal_desk.services.drafts import open_drafts
        from postal_desk.services.idle_lock import lock_minutes
        from postal_desk.services.recovery import confirmed
        from postal_desk.services.users import list_users

        self._facts = (confirmed(desk), lock_minutes(desk))
        self._drafts = open_drafts(desk) if desk.may("user.edit") else {}
        return list_users(desk)

    def holds(self, row: User) -> bool:
        return row.active

    def told(self, holding: int, ended: int) -> str:
        if self.ctx.desk.user is None:
            return ""
        facts = _("1 user") if holding == 1 else _("{count} users").format(count=holding)
        return facts + (" · " + _("{count} shut out").format(count=ended) if ended else "")

    def draw(self) -> None:
        super().draw()
        desk = self.ctx.desk
        manages = desk.user is not None and offered(self.ctx, "user.edit")
        for button in (self.add_button, self.edit_button, self.end_button, self.password_button):
            button.setVisible(manages)
        self.more.setVisible(desk.user is not None)
        self.code_button.setVisible(manages)
        self.minutes.setEnabled(manages)
        if desk.practice:
            self.empty.show_text(
                _("A practice desk has no password"),
                _("Nothing in it is real. The real desk has its users and passwords."),
            )
        else:
            self.empty.show_text(
                _("This desk has no password"),
                _(
                    "Anybody who uses this PC can open it and do everything. For learning that is enough; for real "
                    "customers' data give it a password: you become its first user."
                ),
                _("Give this desk a password…"),
                self._protect,
            )
        self._draw_facts()

    def add(self) -> None:
        if self.ctx.desk.user is not None:
            self.open_dialog(UserDialog(self.ctx, None, self))

    def edit(self, row: User) -> None:
        if offered(self.ctx, "user.edit"):
            self.open_dialog(UserDialog(self.ctx, row, self))

    def end(self, row: User) -> None:
        from postal_desk.services.users import edit_user

        desk = self.ctx.desk
        self.ctx.write(lambda: edit_user(desk, row.name, {"active": False}))

    def _give(self) -> None:
        row = self.table.current()
        if row is not None and self.ctx.desk.user is not None:
            own = row.name == self.ctx.desk.actor
            dialog = ChangePasswordDialog(self.ctx, self) if own else GivePasswordDialog(self.ctx, row, self)
            self.open_dialog(dialog)

    def _new_code(self) -> None:
        """Another code; where the one of now is on paper, whoever has that sheet is to be thought of first."""
        if not self._facts[0]:
            open_new_code(self.ctx, self.window())
            return
        told = _(
            "The sheet with the code of now opens the desk no more, only copies made until now. The new code has to be "
            "put on paper and typed back."
        )
        dialog = ConfirmDialog(_("Make a new recovery code?"), told, _("Make a new code"), self)
        dialog.confirmed.connect(lambda: open_new_code(self.ctx, self.window()))
        self.open_dialog(dialog)

    def _protect(self) -> None:
        self.open_dialog(ProtectDialog(self.ctx, self))

    def _lock_after(self, minutes: object) -> None:
        from postal_desk.services.idle_lock import set_lock_minutes

        desk = self.ctx.desk
        if isinstance(minutes, int):
            self.ctx.write(lambda: set_lock_minutes(desk, minutes))

    def _draw_facts(self) -> None:
        from postal_desk.services.idle_lock import MINUTES

        known, minutes = self._facts
        self.confirmed.setText(
            _("The recovery code is on paper: somebody typed it back.")
            if known
            else _("Nobody typed the recovery code back yet; make a new one and put it on paper.")
            if offered(self.ctx, "user.recovery")
            else _("Nobody typed the recovery code back yet; ask a manager to put it on paper.")
        )
        if self.minutes.count() == 0:
            for choice in MINUTES:
                self.minutes.addItem(_("after {minutes} minutes").format(minutes=choice), choice)
        self.minutes.show_value(minutes)

    def _acting(self, user: User) -> str:
        if user.acting_from is None and user.acting_to is None:
            return ""
        return f"{user.acting_from or '…'} – {user.acting_to or '…'}"

    def _drafts_of(self, user: User) -> str:
        """That there are some, for the manager; what is in them is their user's alone."""
        left = self._drafts.get(user.name)
        if left is None:
            return ""
        return f"{left.count} · {left.last[5:16].replace('T', ' ')}"

    def _state(self, user: User) -> str:
        if not user.active:
            return _("shut out")
        if not user.slot:
            return _("needs a password")
        acts = role_on(user.role, user.acting_from, user.acting_to, self.today) != user.role
        return _("acts as manager") if acts else _("may log in")

    def _tone(self, user: User) -> str:
        if not user.active:
            return "neutral"
        return "good" if user.slot else "attention"

    def _more_card(self) -> Card:
        card = Card()
        honest = _(
            "Roles are rules of this program, not locks: whoever has a password here holds the key of the whole desk. "
            "Give one to people you trust; everything they do stands in the audit."
        )
        card.body.addWidget(text_label(honest, "hint", wrap=True))
        for caption, told, tool in (
            (_("Recovery code"), self.confirmed, self.code_button),
            (_("Lock the window"), self.minutes, self.own_button),
        ):
            row = QHBoxLayout()
            row.setSpacing(looks.px(12))
            name = text_label(caption, "caption")
            name.setMinimumWidth(looks.px(112))
            row.addWidget(name)
            row.addWidget(told, 1 if told is self.confirmed else 0)
            if told is not self.confirmed:
                row.addStretch(1)
            row.addWidget(tool)
            card.body.addLayout(row)
        self.minutes.setAccessibleName(_("Lock the window"))
        self.minutes.setMinimumWidth(looks.px(180))
        return card
