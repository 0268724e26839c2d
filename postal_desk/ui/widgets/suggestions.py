"""The list under a field while one types in it: the field keeps the focus and hands over its arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.dressing import dress


class SuggestionList(QFrame):
    """Shown with :meth:`show_choices`, never takes the focus; :attr:`chosen` gives the value."""

    chosen = Signal(str)

    def __init__(self, field: QWidget, name: str) -> None:
        super().__init__(field, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress(self, kind="card")
        self._field, self._name = field, name
        self._choices: list[Choice] = []
        self._model = QStringListModel(self)
        self._list: QListView | None = None

    @property
    def list(self) -> QListView:
        """The list itself, made when it is first needed: a page has many such fields, and most are never opened."""
        if self._list is None:
            made = self._list = QListView()
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setModel(self._model)
            made.setUniformItemSizes(True)
            made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
            made.setAccessibleName(self._name)
            made.clicked.connect(lambda index: self._take(index.row()))
            box = QVBoxLayout(self)
            box.setContentsMargins(3, 3, 3, 3)
            box.addWidget(made)
        return self._list

    def show_choices(self, choices: Sequence[Choice], current: str) -> None:
        """Show these, with ``current`` (else the first) lit; an empty list hides."""
        self._choices = list(choices)
        if not self._choices:
            self.hide()
            return
        self._model.setStringList([f"{c.text}   {c.hint}" if c.hint else c.text for c in self._choices])
        lit = next((row for row, choice in enumerate(self._choices) if choice.value == current), 0)
        self.list.setCurrentIndex(self._model.index(lit))
        height = min(len(self._choices), 9) * looks.px(29) + 8
        place = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        if place.y() + height > self._field.screen().availableGeometry().bottom():
            place = self._field.mapToGlobal(QPoint(0, -height - 2))
        self.setGeometry(place.x(), place.y(), max(self._field.width(), looks.px(180)), height)
        self.show()
        self.list.scrollTo(self.list.currentIndex())

    def take_key(self, event: QKeyEvent) -> bool:
        """Handle a key the field received: arrows move, Enter takes, Esc hides. False for any other."""
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in moves:
            row = self.list.currentIndex().row() + moves[Qt.Key(event.key())]
            self.list.setCurrentIndex(self._model.index(max(0, min(row, len(self._choices) - 1))))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_current()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def take_current(self) -> None:
        """Choose what is lit."""
        self._take(self.list.currentIndex().row())

    def _take(self, row: int) -> None:
        self.hide()
        if 0 <= row < len(self._choices):
            self.chosen.emit(self._choices[row].value)
