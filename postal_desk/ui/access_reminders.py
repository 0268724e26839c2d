"""The strip about access: the recovery code that nobody typed back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.banner import Banner


class RecoveryReminder(Banner):
    """Goes once the code has been typed back. The old code is not kept anywhere, so a new one is made."""

    def __init__(self, ctx: Context) -> None:
        text = _(
            "The recovery code was never typed back: is it on paper? Without it a forgotten password ends all."
        )
        super().__init__(text, _("Make a new code"), self._make)
        self._ctx = ctx
        ctx.changed.connect(self._look_again)

    def _make(self) -> None:
        from postal_desk.ui.password_dialogs import open_new_code

        open_new_code(self._ctx, self.window())

    def _look_again(self, changes: Changes) -> None:
        if changes.users:
            _ask(self._ctx, lambda confirmed: self.setVisible(not confirmed), self)


def remind(ctx: Context, show: Callable[[Banner], object], owner: QObject) -> None:
    """``show`` gets the reminder if the open desk needs it and the user can do something about it."""
    if ctx.desk.user is not None and ctx.desk.may("user.recovery"):
        _ask(ctx, lambda confirmed: None if confirmed else show(RecoveryReminder(ctx)), owner)


def _ask(ctx: Context, told: Callable[[bool], object], owner: QObject) -> None:
    if not ctx.has_desk:
        return
    desk = ctx.desk

    def read() -> bool:
        from postal_desk.services.recovery import confirmed

        return confirmed(desk)

    ctx.background.db(read, told, owner=owner)
