"""The first row of a page: title, what it shows, and the tools at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.labels import ElidedLabel, text_label


class PageHeader(QWidget):
    """Title 17 px, a line of facts in grey, then what :meth:`add` puts at the right end."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(looks.px(10))
        self.title = text_label(title, "title")
        self.facts = ElidedLabel(kind="hint")
        self.row.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        self.row.addWidget(self.facts, 1)
        self.setMinimumHeight(looks.px(30))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a tool at the right end."""
        self.row.addWidget(widget, stretch)
