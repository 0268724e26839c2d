"""A part of a page that scrolls as a whole where the window is too small for it, instead of being squeezed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from postal_desk.ui.widgets.dressing import dress


class Scrolled(QScrollArea):
    """Holds ``content``: as large as there is room, never smaller than it can be."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.content = content
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(content.accessibleName())
        self.setWidget(content if content.property("kind") else dress(content, kind="plain"))
