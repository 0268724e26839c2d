"""A text field of one line that grows while one writes more."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress

_LINES = 4


class GrowingText(QPlainTextEdit):
    """One to four lines high; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, kind="growing")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain text only."""
        self.insertPlainText(source.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = max(1, round(self.document().size().height()))
        height = looks.px(30) + self.fontMetrics().lineSpacing() * (min(_LINES, wanted) - 1)
        scrolls = wanted > _LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if height != self.height():
            self.setFixedHeight(height)
