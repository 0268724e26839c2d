"""Labelled fields of the first run, and the letter of a second desk."""

from __future__ import annotations

from string import ascii_uppercase

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.labels import text_label


class Fields(QGridLayout):
    """Labels at the left, fields at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(looks.px(12))
        self.setVerticalSpacing(looks.px(8))
        self.setColumnMinimumWidth(0, looks.px(120))
        self.setColumnStretch(1, 1)
        self._labels: dict[QWidget, QLabel] = {}

    def add(self, label: str, field: QWidget, hidden: bool = False) -> None:
        """One row; ``hidden`` ones are shown later with their label (:meth:`label_of`)."""
        row = self.rowCount()
        self.addWidget(field, row, 1)
        if label:
            name = text_label(label, "caption")
            name.setBuddy(field)
            name.setHidden(hidden)
            self._labels[field] = name
            self.addWidget(name, row, 0)

    def label_of(self, field: QWidget) -> QLabel:
        """The label before a field."""
        return self._labels[field]


class LetterField(QComboBox):
    """A letter from B on: the first desk of a branch has none."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.addItems(list(ascii_uppercase[1:]))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaximumWidth(looks.px(90))
        self.activated.connect(lambda place: self.picked.emit(self.itemText(place)))

    def value(self) -> str:
        """The letter."""
        return self.currentText()

    def set_value(self, letter: str) -> None:
        """Show a letter; nothing is emitted."""
        self.setCurrentText(letter)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
