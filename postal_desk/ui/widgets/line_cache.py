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
        self._new = _MOST  # lines that may still be shaped in this painting
        looks.notifier.changed.connect(self._lines.clear)

    def begin(self, most: int = _MOST) -> None:
        """A painting begins, in which so many lines that are not known yet may be drawn."""
        self._new = most

    def draw(self, painter: QPainter, room: QRect, text: str, option: QStyleOptionViewItem) -> bool:
        """Draw ``text`` at the left of ``room``, centred in height, with … where it is too long, in the painter's
        pen. False if it is left for the next painting.
        """
        width = room.width()
        line = self._lines.get((text, width))
        if line is None:
            if self._new <= 0:
                return False
            self._new -= 1
            line = self._shaped(text, width, option)
        painter.setFont(option.font)
        top = room.y() + (room.height() - line.size().height()) / 2
        painter.drawStaticText(QPointF(room.x(), top), line)
        return True

    def _shaped(self, text: str, width: int, option: QStyleOptionViewItem) -> QStaticText:
        if len(self._lines) >= _MOST:
            self._lines.clear()
        line = QStaticText(option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, width))
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.prepare(font=option.font)
        self._lines[text, width] = line
        return line
