"""The line at the foot of a measure: a day, the value reached, what was done; Enter saves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel, text_label


class ProgressLine(QFrame):
    """``save_asked`` gives the entry as JSON has it: ``on``, ``value``, ``text``."""

    save_asked = Signal(dict)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        dress(self, kind="composer")
        self._today = today
        self.day = DateEdit(_("Day of the progress"), today)
        self.day.setPlaceholderText(_("today"))
        self.day.setFixedWidth(looks.px(112))
        self.value = QLineEdit()
        self.value.setAccessibleName(_("Value reached"))
        self.value.setFixedWidth(looks.px(84))
        self.text = QLineEdit()
        self.text.setAccessibleName(_("What was done"))
        self.text.setPlaceholderText(_("Add progress: what was done…"))
        self.button = HintButton(_("Add"), "Enter", primary=True)
        self.button.clicked.connect(self.save)
        self.note = NoteBox()
        self.note.hide()
        for field in (self.text, self.day, self.value):
            field.returnPressed.connect(self.save)
        first, self.details = QHBoxLayout(), QWidget()
        second = QHBoxLayout(self.details)
        second.setContentsMargins(0, 0, 0, 0)
        for row in (first, second):
            row.setSpacing(looks.px(8))
        first.addWidget(self.text, 1)
        first.addWidget(self.button)
        second.addWidget(text_label(_("Day"), "caption"))
        second.addWidget(self.day)
        second.addWidget(text_label(_("Value in figures"), "caption"))
        second.addWidget(self.value)
        self.unit = ElidedLabel(kind="caption")
        second.addWidget(self.unit, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(10), looks.px(8), looks.px(10), looks.px(8))
        box.setSpacing(looks.px(6))
        box.addWidget(self.note)
        box.addLayout(first)
        box.addWidget(self.details)
        self.text.installEventFilter(self)
        self.details.hide()

    def show_unit(self, unit: str) -> None:
        """What the value is counted in."""
        self.unit.setText(unit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Day and value come out once somebody is about to write."""
        if watched is self.text and event.type() == QEvent.Type.FocusIn:
            self.details.show()
        return super().eventFilter(watched, event)

    def save(self) -> None:
        """Ask to save what was typed; nothing typed asks for nothing."""
        value, text = self.value.text().strip(), self.text.text().strip()
        if self.day.problem is not None or not (value or text):
            (self.day if self.day.problem is not None else self.text).setFocus(
                Qt.FocusReason.OtherFocusReason
            )
            return
        on = self.day.value() or self._today()
        self.save_asked.emit({"on": on.isoformat(), "value": value, "text": text})

    def saved(self) -> None:
        """Empty for the next one; the focus stays."""
        self.note.hide()
        self.day.set_value(None)
        self.value.clear()
        self.text.clear()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Say why it was refused; what was typed stays."""
        self.note.show_text(words, "bad")
