"""Choices side by side, each with the digit that picks it: one key press instead of opening a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.flow_layout import FlowLayout

DIGITS = "1234567890"


class ChoiceRow(QWidget):
    """Pick with the digit, with arrows and Space, or with the mouse; one of them, or several if
    ``several``.
    """

    changed = Signal()

    def __init__(self, name: str, choices: Sequence[Choice], several: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._several = several
        self._chips: dict[str, Chip] = {}
        flow = FlowLayout(self, looks.px(6))
        for place, choice in enumerate(choices):
            digit = DIGITS[place] if place < len(DIGITS) else ""
            chip = Chip(f"{digit} {choice.text}".strip())
            chip.setAccessibleName(f"{name}: {choice.text}")
            chip.clicked.connect(lambda _on=False, value=choice.value: self._clicked(value))
            chip.installEventFilter(self)
            flow.addWidget(chip)
            self._chips[choice.value] = chip
        if self._chips:
            self.setFocusProxy(next(iter(self._chips.values())))
        self._digits = dict(zip(DIGITS, self._chips, strict=False))

    def values(self) -> tuple[str, ...]:
        """What is picked, in the list's order."""
        return tuple(value for value, chip in self._chips.items() if chip.isChecked())

    def value(self) -> str:
        """The one that is picked, or ``""``."""
        return next(iter(self.values()), "")

    def set_values(self, values: Sequence[str]) -> None:
        """Pick these; nothing is emitted."""
        for value, chip in self._chips.items():
            chip.setChecked(value in values)

    def pick(self, value: str) -> None:
        """Pick one (or drop it, if several may be picked and it is), as a key press does."""
        self._chips[value].setFocus()
        self._chips[value].click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(watched, Chip) and self._key(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, chip: Chip, event: QKeyEvent) -> bool:
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        if event.text() and event.text() in self._digits:
            self.pick(self._digits[event.text()])
            return True
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key()), 0
        )
        if step:
            chips = list(self._chips.values())
            chips[(chips.index(chip) + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _clicked(self, value: str) -> None:
        if not self._several:
            for other, chip in self._chips.items():
                chip.setChecked(other == value)
        self.changed.emit()
