"""What a role may not do, or a desk that is only read can't keep, is not offered: the buttons vanish.

The services refuse it all the same; this spares people the refusal.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.ui.context import Context

#: what leads out of a desk that can only be read
_ALSO_READ_ONLY = ("desk.move",)


class RoleGuard(QObject):
    """Hides ``widget`` while ``action`` can't be done here, however often a page shows it."""

    def __init__(self, ctx: Context, widget: QWidget, action: str) -> None:
        super().__init__(widget)
        self._ctx, self._widget, self._action = ctx, widget, action
        self._hidden = False
        widget.installEventFilter(self)
        ctx.opened.connect(self.look)
        ctx.changed.connect(self._changed)
        self.look()

    def look(self) -> None:
        """Ask the desk again: somebody else may be here, or an acting manager's days have begun."""
        allowed = offered(self._ctx, self._action)
        if not allowed and not self._widget.isHidden():
            self._hidden = True
            self._widget.hide()
        elif allowed and self._hidden:
            self._hidden = False
            self._widget.show()

    def _changed(self, changes: Changes) -> None:
        if changes.users:
            self.look()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent and not offered(self._ctx, self._action):
            self._hidden = True
            self._widget.hide()
        return False


def may(ctx: Context, action: str) -> bool:
    """True if whoever works here may do it, be it on own records only; also while no desk is open."""
    return not ctx.has_desk or ctx.desk.may(action)


def offered(ctx: Context, action: str) -> bool:
    """True if a button for it makes sense: the role allows it, and the desk can be written."""
    writable = not ctx.has_desk or ctx.desk.read_only is None
    return may(ctx, action) and (writable or action in _ALSO_READ_ONLY)


def offer(ctx: Context, action: str, *widgets: QWidget) -> None:
    """Offer these only to whoever may do ``action``."""
    for widget in widgets:
        RoleGuard(ctx, widget, action)


def choose_words(ctx: Context, with_new: str) -> str:
    """What a pane says that shows no record: ``with_new`` names the key for a new one, where the role may make it."""
    return with_new if offered(ctx, "measure.add") else _("Choose one in the list.")
