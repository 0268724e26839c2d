"""Who works at a desk with users: locked out after a while, and brought back to where they were by the next login."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from postal_desk.domain.changes import Changes
from postal_desk.ui.context import Context
from postal_desk.ui.idle_watch import IdleWatch

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.ui.main_window import MainWindow

#: pages that are left behind once a desk is open
_DOORS = ("login", "first_run", "rescue")


class UserSession:
    """One for the program, whichever desk is open. ``lock`` is called when nobody has touched anything for a while."""

    def __init__(self, app: QApplication, lock: Callable[[], object]) -> None:
        self.idle = IdleWatch(app)
        self.idle.idle.connect(lock)
        self.why = ""  # of the last lock
        self._left: tuple[str, list[tuple[str, dict[str, object]]]] = ("", [])  # who was where before it

    @property
    def expected(self) -> str:
        """Who is likely to log in next."""
        return self._left[0] if self.why != "switch" else ""

    def leave(self, desk: Desk, window: MainWindow, why: str) -> None:
        """The desk is being locked: keep who was there and where."""
        self._left, self.why = (desk.actor, window.places()), why

    def forget(self) -> None:
        """Another desk is opened: nobody was there before."""
        self._left, self.why = ("", []), ""

    def go_in(self, window: MainWindow, desk: Desk) -> None:
        """From the login back to where they were, a new face to the cases; nothing if no door is in front."""
        if window.page is None or window.page.name not in _DOORS:
            return
        who, places = self._left
        self.forget()
        wanted = [place for place in places if place[0] not in _DOORS] if who == desk.actor else []
        for name, request in wanted or [("cases", {})]:
            window.go(name, **request)
        if desk.user is not None and desk.user.must_change:
            from postal_desk.ui.password_dialogs import ChangePasswordDialog

            ChangePasswordDialog(window.ctx, window, given=True).open()

    def watch(self, ctx: Context) -> None:
        """Lock by itself, where there is somebody to lock out."""
        if ctx.has_desk and ctx.desk.user is not None:
            self.idle.start(self.idle.minutes)
        else:
            self.idle.stop()

    def written(self, ctx: Context, changes: Changes) -> None:
        """There may be users now, or another number of minutes."""
        if changes.users:
            self.watch(ctx)
        if changes.settings and ctx.has_desk:
            from postal_desk.services.idle_lock import lock_minutes

            ctx.background.db(partial(lock_minutes, ctx.desk), partial(setattr, self.idle, "minutes"))


def close_dialogs() -> None:
    """Close what stands before the window, until something that may not be left."""
    while (dialog := QApplication.activePopupWidget() or QApplication.activeModalWidget()) is not None:
        dialog.close()
        if dialog.isVisible():
            break
