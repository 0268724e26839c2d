"""What stands where nothing is: why, and what to do next."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from postal_desk.ui import looks
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.labels import text_label

_LINE = 440  # px that a line of text is wide at most


class EmptyState(QWidget):
    """An icon, one bold line, one line what to do, and perhaps the button that does it."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setSpacing(looks.px(8))
        box.addStretch(1)
        self.picture = QLabel()
        self.picture.setPixmap(icon(icon_name, "faint").pixmap(looks.px(36), looks.px(36)))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = text_label(kind="heading", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text = text_label(kind="hint", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.clicked.connect(self._act)
        self._action: Callable[[], object] | None = None
        box.addWidget(self.picture)
        for words in (self.title, self.text):
            box.addLayout(_in_the_middle(words))
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)

    def show_text(
        self, title: str, text: str, button: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Say what is missing and what to do."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        for words in (self.title, self.text):
            _balance(words)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._action = action

    def _act(self) -> None:
        if self._action is not None:
            self._action()


def _in_the_middle(label: QLabel) -> QHBoxLayout:
    """A row that gives a label all the width it may have, and shares out the rest to its sides."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 1000)
    row.addStretch(1)
    return row


def _balance(label: QLabel) -> None:
    """Break a long text into lines of about the same length: no single word is left over for the last."""
    label.ensurePolished()
    whole, widest = label.fontMetrics().horizontalAdvance(label.text()), looks.px(_LINE)
    lines = max(1, math.ceil(whole / widest))
    label.setMaximumWidth(widest if lines == 1 else min(widest, whole // lines + looks.px(40)))
