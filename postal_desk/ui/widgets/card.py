"""A white box with a hairline: the surface everything stands on."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class Card(QFrame):
    """A card with an optional heading; put the content into :attr:`body`."""

    def __init__(self, heading: str = "", margin: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, kind="card")
        self.body = QVBoxLayout(self)
        gap = looks.px(margin)
        self.body.setContentsMargins(gap, looks.px(max(0, margin - 4)), gap, looks.px(max(0, margin - 4)))
        self.body.setSpacing(looks.px(8))
        self.heading: QLabel | None = None
        if heading:
            self.heading = text_label(heading, "heading")
            self.body.addWidget(self.heading)
            self.setAccessibleName(heading)


class NoteBox(QFrame):
    """A tinted box with one message: ``tone`` good, attention or bad (the words carry the meaning, not the
    colour).
    """

    def __init__(self, text: str = "", tone: str = "good", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, kind="note", tone=tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(14), looks.px(10), looks.px(14), looks.px(10))
        self.label = text_label(text, wrap=True)
        row.addWidget(self.label)

    def show_text(self, text: str, tone: str = "good") -> None:
        """Say something else; an empty text hides the box."""
        dress(self, tone=tone)
        dress(self.label, tone=tone)  # its colour follows the box, which it would not notice by itself
        self.label.setText(text)
        self.label.setAccessibleName(text)
        self.setVisible(bool(text))
