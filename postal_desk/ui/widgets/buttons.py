"""Buttons: the main action with its key in small letters, a plain one, and one that is only an icon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)

from postal_desk.ui import looks
from postal_desk.ui.icons import icon, paint_icon
from postal_desk.ui.widgets.dressing import dress


def _pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the focus; in a dialog Qt decides, which knows its default button."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or isinstance(button.window(), QDialog):
        return False
    button.click()
    return True


class PressButton(QPushButton):
    """A button that Enter presses as well as Space, on a page too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)


class IconButton(QToolButton):
    """The same for a button that is only an icon."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)


class HintButton(PressButton):
    """A button that shows its key behind its text: «＋ 登记案例 Ctrl+N»."""

    def __init__(
        self, text: str, hint: str = "", primary: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._hint = hint
        self._primary = primary
        self.setAccessibleName(text.lstrip("＋+ "))
        self.setAccessibleDescription(hint)
        if primary:
            dress(self, kind="primary")

    def sizeHint(self) -> QSize:
        base = super().sizeHint()
        return QSize(base.width() + self._hint_width(), base.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        text_width = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - text_width - self._hint_width()) // 2
        painter.setFont(self.font())
        painter.setPen(self._ink("on_primary" if self._primary else "ink"))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRect(left, 0, text_width + 4, self.height()), middle, self.text())
        if self._hint:
            painter.setFont(looks.font(11))
            painter.setPen(self._ink("on_primary2" if self._primary else "ink3"))
            start = left + text_width + looks.px(6)
            painter.drawText(QRect(start, 1, self._hint_width(), self.height()), middle, self._hint)
        painter.end()

    def _ink(self, role: str) -> QColor:
        return looks.color(role if self.isEnabled() else "disabled")

    def _hint_width(self) -> int:
        if not self._hint:
            return 0
        return QFontMetrics(looks.font(11)).horizontalAdvance(self._hint) + looks.px(6)


def paint_list_arrow(button: QAbstractButton) -> None:
    """The small arrow at the end of a button that opens a list, where ``arrow="true"`` keeps room for it. Drawn, as not
    every font has a letter for it.
    """
    side = looks.px(12)
    place = QRect(button.width() - side - looks.px(8), (button.height() - side + 1) // 2, side, side)
    painter = QPainter(button)
    paint_icon(painter, place, "chevron-down", "ink3" if button.isEnabled() else "disabled")
    painter.end()


class ListButton(PressButton):
    """A button that opens a menu (``setMenu``), with the arrow that all lists here have."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        dress(self, arrow="true")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_list_arrow(self)


def icon_button(icon_name: str, name: str, pressed: Callable[[], object], role: str = "ink2") -> QToolButton:
    """A flat button with an icon only; ``name`` is its accessible name and tool tip."""
    button = IconButton()
    button.setIcon(icon(icon_name, role))
    button.setIconSize(QSize(looks.px(16), looks.px(16)))
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: pressed())
    return dress(button, kind="flat")


def link_button(text: str, pressed: Callable[[], object]) -> QPushButton:
    """A text one can press."""
    button = PressButton(text)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(lambda: pressed())
    return dress(button, kind="link")
