"""Several entries of a list: a chip for each that is chosen, and a field that adds another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.flow_layout import FlowLayout


class CodesField(QWidget):
    """Type part of a name, Enter adds it; Backspace in the empty field, or pressing a chip, takes one away."""

    changed = Signal()

    def __init__(self, name: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = list(choices)
        self._values: list[str] = []
        self._chips: dict[str, Chip] = {}
        self.setAccessibleName(name)
        self.adder = CodeCombo(name, self._choices)
        self.adder.setPlaceholderText(_("add one…"))
        self.adder.changed.connect(self._add)
        self.adder.installEventFilter(self)
        self.setFocusProxy(self.adder)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, looks.px(6))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(4))
        box.addWidget(self._holder)
        box.addWidget(self.adder)
        self._holder.hide()

    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order it was added."""
        return tuple(self._values)

    def set_values(self, values: Sequence[str]) -> None:
        """Show these; nothing is emitted. One that is no longer in the list is shown as it is."""
        self._values = list(dict.fromkeys(values))
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        backspace = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Backspace
        )
        if backspace and self._values and not self.adder.text():
            self._drop(self._values[-1])
            return True
        return super().eventFilter(watched, event)

    def _add(self, value: str) -> None:
        if value:
            self.adder.set_value("")
            self._values.append(value)
            self._draw()
            self.changed.emit()

    def _drop(self, value: str) -> None:
        self._values.remove(value)
        self._draw()
        self.adder.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _draw(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        names = {choice.value: choice.text for choice in self._choices}
        for value in self._values:
            text = names.get(value, value)
            chip = Chip(f"{text}  ×", checkable=False)
            chip.setAccessibleName(_("Take away: {name}").format(name=text))
            chip.clicked.connect(lambda _on=False, value=value: self._drop(value))
            self._flow.addWidget(chip)
        self._holder.setVisible(bool(self._values))
        self.adder.set_choices([choice for choice in self._choices if choice.value not in self._values])
        self.updateGeometry()
