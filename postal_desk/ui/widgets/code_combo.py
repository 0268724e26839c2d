"""A field whose value is one of a list: type part of the name, its pinyin initials or its code, Enter takes
it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolButton, QWidget

from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.choices import Choice, matching
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.suggestions import SuggestionList

_MARGIN = 2  # px that a line edit keeps before its text


class CodeCombo(QLineEdit):
    """``value()`` is the chosen choice's value, ``""`` for none. ``changed`` fires when the user changes it.

    Down or Alt+Down opens the whole list; leaving the field takes an only match and otherwise puts the last
    value back, marked bad while the text matches nothing. A field of a form keeps (:attr:`keeps`) what was typed
    instead: its value is then none, :meth:`problem` says why, and ``unmatched`` has fired.
    """

    changed = Signal(str)
    unmatched = Signal(str)

    def __init__(self, name: str, choices: Sequence[Choice] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._choices: list[Choice] = list(choices)
        self._value = ""
        self._wrong = False
        self.keeps = False
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
        return "" if self._wrong else self._value

    def problem(self) -> Sentence | None:
        """Why what stands there is no choice; for a field that has been left, or settled."""
        typed = self.text().strip()
        if not self._wrong or not typed:
            return None
        if matching(self._choices, typed):
            return say(
                "Several in the list match “{typed}”: type more of the name, or choose one", typed=typed
            )
        return say(
            "Nothing in the list matches “{typed}”: choose one with the arrow down, or empty the field",
            typed=typed,
        )

    def show_unmatched(self, typed: str) -> None:
        """Show a text that is no choice; nothing is emitted."""
        self._wrong = True
        self.setText(typed)
        self.setCursorPosition(0)
        dress(self, state="bad")

    def set_value(self, value: str) -> None:
        """Show a value; nothing is emitted. One that is no longer in the list is shown as it is."""
        self._value, self._wrong = value, False
        self.setText(self._text_of(value))
        self.setCursorPosition(0)
        dress(self, state="")

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; the value stays."""
        self._choices = list(choices)
        if not self.hasFocus() and not self._wrong:
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
            was_wrong = self._wrong
            self.set_value(self._value)
            if was_wrong:
                self.changed.emit(self._value)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and self._list.isVisible():
            self._list.take_current()  # Tab takes what is lit, then moves on
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
            self.setCursorPosition(0)

    def _typed(self, typed: str) -> None:
        found = matching(self._choices, typed) if typed.strip() else self._choices
        dress(self, state="" if found else "bad")
        if not typed.strip() and any(choice.value == "" for choice in self._choices):
            self._set("")
        self._list.show_choices(found, "")

    def settle(self) -> None:
        """Make a value of what was typed, as leaving the field does."""
        self._list.hide()
        typed = self.text().strip()
        if typed == self._text_of(self._value):
            self._set(self._value)
            return
        if not typed:
            self._set("")
            return
        exact = [choice for choice in self._choices if typed in (choice.text, choice.value)]
        found = exact or matching(self._choices, typed)
        if len(found) == 1:
            self._take(found[0].value)
        elif self.keeps:
            self.show_unmatched(typed)
            self.unmatched.emit(typed)
        else:
            self.set_value(self._value)

    def _take(self, value: str) -> None:
        self.setText(self._text_of(value))
        dress(self, state="")
        self._set(value)

    def _set(self, value: str) -> None:
        if value != self._value or self._wrong:
            self._value, self._wrong = value, False
            dress(self, state="")
            self.changed.emit(value)

    def _text_of(self, value: str) -> str:
        return next((choice.text for choice in self._choices if choice.value == value), value)
