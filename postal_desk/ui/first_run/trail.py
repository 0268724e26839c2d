"""The steps as a row: which one is in front, which are behind. Each may be pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.labels import text_label


class Trail(QWidget):
    """``asked`` gives the step somebody wants, counted from 0."""

    asked = Signal(int)

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(_("Steps"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(6))
        self._titles = list(titles)
        self.chips: list[Chip] = []
        for at, _title in enumerate(titles):
            if at:
                row.addWidget(text_label("›", "hint"))
            chip = Chip("")
            chip.clicked.connect(lambda _on=False, at=at: self._pressed(at))
            self.chips.append(chip)
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._at = 0
        self.light(0)

    def light(self, at: int) -> None:
        """Show which step is in front; those before it are ticked."""
        self._at = at
        for place, chip in enumerate(self.chips):
            chip.setText(f"{'✓' if place < at else place + 1}  {self._titles[place]}")
            chip.setChecked(place == at)
            state = _("finished") if place < at else _("current step") if place == at else _("still to come")
            spoken = _("Step {number} of {total}: {title}, {state}")
            chip.setAccessibleName(
                spoken.format(number=place + 1, total=len(self.chips), title=self._titles[place], state=state)
            )

    def _pressed(self, at: int) -> None:
        self.light(self._at)  # a chip toggles itself when pressed
        self.asked.emit(at)
