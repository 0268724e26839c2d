"""Texts: a label of a kind, and one that shortens itself where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from postal_desk.ui.widgets.dressing import dress


def text_label(text: str = "", kind: str = "", wrap: bool = False, selectable: bool = False) -> QLabel:
    """A plain-text label of a ``kind`` of the style sheet (title, heading, caption, hint, small, error,
    figure).
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return dress(label, kind=kind) if kind else label


class ElidedLabel(QLabel):
    """One line that ends in … where it is too long, with the whole text as its tool tip."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if kind:
            dress(self, kind=kind)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(" ".join(text.split()))
        self.setAccessibleName(self.text())
        self._tell()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") * 2, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()

    def _tell(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if cut else "")


class PartsLabel(ElidedLabel):
    """One line of parts with dots between them: those at the end for which there is no room stand in the tool tip."""

    def __init__(self, kind: str = "") -> None:
        self._parts: list[str] = []
        super().__init__(kind=kind)

    def show_parts(self, *parts: str) -> None:
        """Say something else; the first part always stands."""
        self._parts = [part for part in parts if part]
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._parts:
            return
        lines = [" · ".join(self._parts[:count]) for count in range(len(self._parts), 0, -1)]
        room = self.contentsRect().width()
        shown = next(
            (text for text in lines if self.fontMetrics().horizontalAdvance(text) <= room), lines[-1]
        )
        if shown != self.text():
            self.setText(shown)
        self.setAccessibleName(lines[0])
        self.setToolTip("" if shown == lines[0] else lines[0])
