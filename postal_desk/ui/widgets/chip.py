"""Chips: a switch (超期), and a filter that opens a list and can be cleared (状态 ⌄ → 办结 ×)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import paint_list_arrow
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.dressing import dress


class Chip(QToolButton):
    """A chip that is on or off (``toggled``), or a plain small button where ``checkable`` is False."""

    def __init__(self, text: str, checkable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dress(self, kind="chip")

    def show_arrow(self, shown: bool) -> None:
        """Show by a small arrow that a list opens."""
        dress(self, arrow="true" if shown else "false")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.property("arrow") == "true":
            paint_list_arrow(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class FilterChip(Chip):
    """The title with an arrow while it filters nothing, ``value ×`` while it does.

    ``choices`` is asked each time the list opens. :attr:`changed` gives the new value, empty for none.
    Enter or Space opens the list; Delete, or a click on ×, clears.
    """

    changed = Signal(str)

    def __init__(
        self, title: str, choices: Callable[[], Sequence[Choice]], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, checkable=False, parent=parent)
        self._title = title
        self._choices = choices
        self._value = ""
        self.clicked.connect(self.open_list)
        self.show_value("", "")

    @property
    def value(self) -> str:
        """What is chosen; empty for nothing."""
        return self._value

    def show_value(self, value: str, text: str) -> None:
        """Show a value set from outside; nothing is emitted."""
        self._value = value
        self.setText(f"{text} ×" if value else self._title)
        self.show_arrow(not value)
        spoken = _("{filter}: {value}. Delete clears it.") if value else _("{filter}: all")
        self.setAccessibleName(spoken.format(filter=self._title, value=text))
        dress(self, on="true" if value else "false")

    def open_list(self) -> None:
        """Open the list of choices."""
        from postal_desk.ui.widgets.choice_popup import choose

        choose(self, self._title, self._choices(), self._take, self._value)

    def clear(self) -> None:
        """Filter nothing any more."""
        if self._value:
            self._take("")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        on_cross = event.position().x() > self.width() - looks.px(22)
        if self._value and on_cross and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.clear()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._value:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _take(self, value: str) -> None:
        if value == self._value:
            return
        text = next((choice.text for choice in self._choices() if choice.value == value), value)
        self.show_value(value, text)
        self.changed.emit(value)
