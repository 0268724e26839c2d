"""Choices side by side, each with the key that picks it: one press instead of opening a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.flow_layout import FlowLayout

KEYS = "1234567890abcdefgh"


class ChoiceRow(QWidget):
    """Pick with the digit, with arrows and Space, or with the mouse; one of them, or several if
    ``several``.
    """

    changed = Signal()
    entered = Signal()  # Enter was pressed: the form decides

    def __init__(self, name: str, choices: Sequence[Choice], several: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._several = several
        self._chips: dict[str, Chip] = {}
        flow = FlowLayout(self, looks.px(6))
        for place, choice in enumerate(choices):
            key = KEYS[place] if place < len(KEYS) else ""
            chip = Chip(f"{key} {choice.text}".strip())
            chip.setAccessibleName(f"{name}: {choice.text}")
            chip.clicked.connect(lambda _on=False, value=choice.value: self._clicked(value))
            chip.installEventFilter(self)
            flow.addWidget(chip)
            self._chips[choice.value] = chip
        if self._chips:
            self.setFocusProxy(next(iter(self._chips.values())))
        for chip in list(self._chips.values())[1:]:
            chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._keys = dict(zip(KEYS, self._chips, strict=False))

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
        self._enter(self._chips[value])
        self._chips[value].click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and isinstance(watched, Chip)
            and event.type() == QEvent.Type.KeyPress
        ):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, chip: Chip, event: QKeyEvent) -> bool:
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        if event.text() and event.text().lower() in self._keys:
            self.pick(self._keys[event.text().lower()])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key()), 0
        )
        if step:
            chips = list(self._chips.values())
            self._enter(chips[(chips.index(chip) + step) % len(chips)])
            return True
        return False

    def _enter(self, chip: Chip) -> None:
        """Tab stops at the row once: at the chip that was used last."""
        for other in self._chips.values():
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is chip else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(chip)
        chip.setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self, value: str) -> None:
        if not self._several:
            for other, chip in self._chips.items():
                chip.setChecked(other == value)
        self.changed.emit()
