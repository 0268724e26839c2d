"""What a record is called, and its badges behind it; they wrap where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.badge import Badge
from postal_desk.ui.widgets.flow_layout import FlowLayout


class BadgeRow(QWidget):
    """The badges are kept and filled anew: making them takes longer than the rest of a record's head."""

    def __init__(self, name: QWidget) -> None:
        super().__init__()
        self._badges: list[Badge] = []
        self._row = FlowLayout(self, looks.px(8), looks.px(3))
        self._row.addWidget(name)

    def show_badges(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Show these words, each in its tone."""
        while len(self._badges) < len(wanted):
            badge = Badge()
            self._badges.append(badge)
            self._row.addWidget(badge)
        for place, badge in enumerate(self._badges):
            words, tone = wanted[place] if place < len(wanted) else ("", "neutral")
            badge.show_text(words, tone)

    def words(self) -> list[str]:
        """What the badges say."""
        return [badge.text() for badge in self._badges if badge.text()]
