"""Lines of text for delegates: shortened to their room and shaped once, then only drawn."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QStaticText
from PySide6.QtWidgets import QStyleOptionViewItem

from postal_desk.ui import looks

_MOST = 2_000  # lines kept, some screens full


class LineCache(QObject):
    """Shortening and shaping a line takes three times as long as drawing it, and a list is drawn anew for every row
    that changes. One for each font.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: dict[tuple[str, int], QStaticText] = {}
        looks.notifier.changed.connect(self._lines.clear)

    def draw(self, painter: QPainter, room: QRect, text: str, option: QStyleOptionViewItem) -> None:
        """Draw ``text`` at the left of ``room``, centred in height, with … where it is too long, in the painter's
        pen.
        """
        width = room.width()
        line = self._lines.get((text, width))
        painter.setFont(option.font)
        if line is None:
            line = self._shaped(text, width, option)
        top = room.y() + (room.height() - line.size().height()) / 2
        painter.drawStaticText(QPointF(room.x(), top), line)

    def _shaped(self, text: str, width: int, option: QStyleOptionViewItem) -> QStaticText:
        if len(self._lines) >= _MOST:
            self._lines.clear()
        line = QStaticText(option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, width))
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.prepare(font=option.font)
        self._lines[text, width] = line
        return line
