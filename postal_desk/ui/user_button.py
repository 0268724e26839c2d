"""Who is logged in, at the foot of the sidebar, with the ways out; at a desk without a password, that it has none."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton

from postal_desk.domain.changes import Changes
from postal_desk.domain.roles import NAMES
from postal_desk.i18n import _, label
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.icons import paint_icon
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.dressing import dress

_NARROWEST = 38


class UserButton(QPushButton):
    """Hidden until a desk is open. ``lock_asked`` gives ``asked`` or ``switch``."""

    lock_asked = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.narrow = False
        self._icon, self._tone = "user", "ink2"
        dress(self, kind="side")
        self.clicked.connect(self._pressed)
        self.hide()

    def tell(self) -> None:
        """Say who works at the desk that is open now."""
        if not self._ctx.has_desk or self._ctx.desk.practice:
            self.hide()
            return
        user = self._ctx.desk.user
        if user is None:
            self._icon, self._tone = "lock-open", "amber_ink"
            self.setText(_("No password"))
            hint = _("This desk has no password: anybody who uses this PC can open it. Press to give it one.")
        else:
            self._icon, self._tone = "user", "ink2"
            self.setText(user.name)
            role = label(NAMES[self._ctx.desk.role])
            hint = _("{name}, {role}: lock, switch user, change the password").format(
                name=user.name, role=role
            )
        self.setToolTip(hint)
        self.setAccessibleName(hint)
        self.show()
        self.update()

    def refresh(self, changes: Changes) -> None:
        """The desk may have got its first user, or this one another role."""
        if changes.users:
            self.tell()

    def menu_of_user(self) -> QMenu:
        """What can be done: lock, switch, change the password."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Lock now") + "\tCtrl+L", lambda: self.lock_asked.emit("asked"))
        menu.addAction(_("Switch user"), lambda: self.lock_asked.emit("switch"))
        if offered(self._ctx, "access.password"):
            menu.addSeparator()
            menu.addAction(_("Change my password…"), self._change)
        return menu

    def minimumSizeHint(self) -> QSize:
        return QSize(looks.px(_NARROWEST), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        size = looks.px(18)
        left = (self.width() - size) // 2 if self.narrow else looks.px(9)
        paint_icon(painter, QRect(left, (self.height() - size) // 2, size, size), self._icon, self._tone)
        if not self.narrow:
            painter.setPen(looks.color(self._tone))
            room = self.rect().adjusted(looks.px(36), 0, -looks.px(4), 0)
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()

    def _pressed(self) -> None:
        if not self._ctx.has_desk:
            return
        if self._ctx.desk.user is None:
            self._ctx.navigator.go("settings", section="users")
        else:
            menu = self.menu_of_user()
            menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _change(self) -> None:
        from postal_desk.ui.password_dialogs import ChangePasswordDialog

        dialog = ChangePasswordDialog(self._ctx, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
