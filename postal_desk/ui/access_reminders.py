"""The strips about access: the recovery code that nobody typed back, and copies that open without a password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from postal_desk.services.plain_copies import PlainCopies


@dataclass(frozen=True, slots=True)
class _State:
    confirmed: bool
    waits: bool
    plain: PlainCopies


class RecoveryReminder(Banner):
    """Goes once the code has been typed back. The old code is not kept anywhere, so whoever has it on paper types it,
    and else a new one is made.
    """

    def __init__(self, ctx: Context, waits: bool) -> None:
        if waits:
            text = _(
                "No copies are made automatically until the recovery code has been typed back: without it a forgotten "
                "password makes every copy worthless."
            )
        else:
            text = _(
                "The recovery code was never typed back: is it on paper? "
                "Without it a forgotten password locks everybody out."
            )
        super().__init__(text, _("Type it back…"), self._type, (_("Make a new code"), self._make))
        self._ctx = ctx
        ctx.changed.connect(self._look_again)

    def _type(self) -> None:
        from postal_desk.ui.password_dialogs import TypeCodeDialog

        TypeCodeDialog(self._ctx, self.window()).open()

    def _make(self) -> None:
        from postal_desk.ui.password_dialogs import open_new_code

        open_new_code(self._ctx, self.window())

    def _look_again(self, changes: Changes) -> None:
        if changes.users:
            _ask(self._ctx, lambda state: self.setVisible(not state.confirmed), self)


class PlainCopiesReminder(Banner):
    """Goes when no copy that the program can reach opens without a password any more."""

    def __init__(self, ctx: Context, plain: PlainCopies) -> None:
        text = _("Copies made before this desk had a password open without one: {count}")
        super().__init__(text.format(count=plain.count), _("Look at them…"), self._look)
        self._ctx = ctx
        ctx.changed.connect(self._look_again)

    def _look(self) -> None:
        from postal_desk.ui.plain_copies_dialog import PlainCopiesDialog

        PlainCopiesDialog(self._ctx, self.window()).open()

    def _look_again(self, changes: Changes) -> None:
        if changes.settings:
            _ask(self._ctx, lambda state: self.setVisible(bool(state.plain.own)), self)


class _Reminders(QObject):
    """Shows each of them once; the desk may get its first password while it is open."""

    def __init__(self, ctx: Context, show: Callable[[Banner], object], owner: QObject) -> None:
        super().__init__(owner)
        self._ctx, self._show = ctx, show
        self._shown: set[type[Banner]] = set()
        ctx.changed.connect(self._changed)
        self._look()

    def _changed(self, changes: Changes) -> None:
        if changes.users:
            self._look()

    def _look(self) -> None:
        if self._ctx.has_desk and self._ctx.desk.user is not None and offered(self._ctx, "user.recovery"):
            _ask(self._ctx, self._tell, self)

    def _tell(self, state: _State) -> None:
        if not state.confirmed and RecoveryReminder not in self._shown:
            self._shown.add(RecoveryReminder)
            self._show(RecoveryReminder(self._ctx, state.waits))
        if state.plain.own and PlainCopiesReminder not in self._shown:
            self._shown.add(PlainCopiesReminder)
            self._show(PlainCopiesReminder(self._ctx, state.plain))


def remind(ctx: Context, show: Callable[[Banner], object], owner: QObject) -> None:
    """``show`` gets the reminders that the open desk needs, if the user can do something about it."""
    _Reminders(ctx, show, owner)


def _ask(ctx: Context, told: Callable[[_State], object], owner: QObject) -> None:
    if not ctx.has_desk:
        return
    desk, place = ctx.desk, ctx.settings["copy_folder"]

    def read() -> _State:
        from postal_desk.services import plain_copies, recovery

        return _State(
            recovery.confirmed(desk),
            recovery.copies_wait(desk),
            plain_copies.find(desk, Path(place) if place else None),
        )

    ctx.background.db(read, told, owner=owner)
