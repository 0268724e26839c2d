"""A field whose value is one of a list: type part of the name, its pinyin initials or its code, Enter takes
it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolButton, QWidget

from postal_desk.i18n import _
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.choices import Choice, matching
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.suggestions import SuggestionList

_MARGIN = 2  # px that a line edit keeps before its text


class CodeCombo(QLineEdit):
    """``value()`` is the chosen choice's value, ``""`` for none. ``changed`` fires when the user changes it.

    Down or Alt+Down opens the whole list; leaving the field takes an only match and otherwise puts the last
    value back, marked bad while the text matches nothing.
    """

    changed = Signal(str)

    def __init__(self, name: str, choices: Sequence[Choice] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._choices: list[Choice] = list(choices)
        self._value = ""
        self._whole = ""
        self._list = SuggestionList(self, name)
        self._list.chosen.connect(self._take)
        opener = QAction(icon("chevron-down", "ink3"), _("Show the list"), self)
        opener.triggered.connect(self.open_list)
        self.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(lambda _text: self._tell_whole())

    def value(self) -> str:
        """The value chosen."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show a value; nothing is emitted. One that is no longer in the list is shown as it is."""
        self._value = value
        self.setText(self._text_of(value))
        self.setCursorPosition(0)
        dress(self, state="")

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; the value stays."""
        self._choices = list(choices)
        if not self.hasFocus():
            self.setText(self._text_of(self._value))

    def open_list(self) -> None:
        """Show all choices."""
        self.setFocus()
        self._list.show_choices(self._choices, self._value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where nobody types, a text that is too long ends in … instead of in half a letter."""
        if self.hasFocus() or not self._too_long():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self._room().width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self._room(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()

    def _room(self) -> QRect:
        """Where the text stands: beside it the arrow, and whatever else was put in."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        for child in self.findChildren(QToolButton):
            if child.isVisible() and child.x() > self.width() // 2:
                inside.setRight(min(inside.right(), child.x()))
        return inside.adjusted(_MARGIN, 0, 0, 0)

    def _too_long(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room().width()

    def _tell_whole(self) -> None:
        """The whole text as tool tip where the field has no room for it and says nothing else."""
        if self.toolTip() in ("", self._whole):
            self._whole = self.text() if self._too_long() else ""
            self.setToolTip(self._whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list.isVisible() and self._list.take_key(event):
            return
        if event.key() == Qt.Key.Key_Down:
            self.open_list()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._text_of(self._value):
            self.set_value(self._value)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and self._list.isVisible():
            self._list.take_current()  # Tab takes what is lit, then moves on
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._list.hide()
            self._settle()
            self.setCursorPosition(0)

    def _typed(self, typed: str) -> None:
        found = matching(self._choices, typed) if typed.strip() else self._choices
        dress(self, state="" if found else "bad")
        if not typed.strip() and any(choice.value == "" for choice in self._choices):
            self._set("")
        self._list.show_choices(found, "")

    def _settle(self) -> None:
        typed = self.text().strip()
        if typed == self._text_of(self._value):
            return
        if not typed:
            self._set("")
            return
        exact = [choice for choice in self._choices if typed in (choice.text, choice.value)]
        found = exact or matching(self._choices, typed)
        if len(found) == 1:
            self._take(found[0].value)
        else:
            self.set_value(self._value)

    def _take(self, value: str) -> None:
        self.setText(self._text_of(value))
        dress(self, state="")
        self._set(value)

    def _set(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def _text_of(self, value: str) -> str:
        return next((choice.text for choice in self._choices if choice.value == value), value)
