"""A chart whose bars can be pointed at, walked through by arrow keys, and opened."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from postal_desk.i18n import _
from postal_desk.render.chart_painter import paint
from postal_desk.reports.charts import Box, CategoryBars, Chart, MarkedBars, MonthBars, shapes
from postal_desk.ui import looks

#: roles of charts → roles of the window's palette
ROLES = {
    "ink": "ink",
    "muted": "ink3",
    "line": "line",
    "primary": "series2",
    "primary_soft": "series1",
    "gold": "gold",
    "red": "red",
    "ground": "card",
}


def chart_colours() -> dict[str, str]:
    """The colours of charts in the theme in use."""
    return {role: looks.hex_color(name) for role, name in ROLES.items()}


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart: where it stands in rows and columns, what it says, and its rectangle."""

    column: int
    row: int
    key: str
    words: str
    room: QRectF
    reach: QRectF  # what may be pressed: more than a low bar itself


class ChartView(QWidget):
    """Paints a chart of ``reports.charts``; ``asked`` gives key and series number of the bar that was opened.

    Arrows move from bar to bar, Enter or a click opens. ``size`` is the size of the words in px at 100 %.
    """

    asked = Signal(str, int)

    def __init__(self, name: str, size: float, least: QSize) -> None:
        super().__init__()
        self._chart: Chart | None = None
        self._size = size
        self._least = least
        self._current = -1
        self._hovered = -1
        self._name = name
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self._current, self._hovered = -1, -1
        self.updateGeometry()
        self.update()
        self._tell()

    def bars(self) -> list[Bar]:
        """The bars as they are laid out now."""
        chart = self._chart
        if chart is None or self.width() < 10:
            return []
        boxes = [
            shape
            for shape in shapes(chart, self.width(), self.height(), self._text_size())
            if isinstance(shape, Box) and shape.key
        ]
        if isinstance(chart, MonthBars | MarkedBars):
            series = len(chart.series) if isinstance(chart, MonthBars) else 1
            slot = self.width() / max(1, len(chart.labels))
            return [self._month_bar(box, at // series, at % series, slot) for at, box in enumerate(boxes)]
        return [self._category_bar(box, at, len(boxes)) for at, box in enumerate(boxes)]

    def sizeHint(self) -> QSize:
        height = self._least.height()
        if isinstance(self._chart, CategoryBars):
            height = max(height, 25 * len(self._chart.labels))
        return QSize(looks.px(self._least.width()), looks.px(height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # -- keys and mouse -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bars = self.bars()
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and 0 <= self._current < len(bars):
            bar = bars[self._current]
            self.asked.emit(bar.key, bar.row if isinstance(self._chart, MonthBars) else 0)
        elif bars and (to := self._step(bars, key)) is not None:
            self._go(bars, to)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        bars = self.bars()
        if bars and self._current < 0:
            upright = isinstance(self._chart, MonthBars)
            first_of_last = next(at for at, bar in enumerate(bars) if bar.column == bars[-1].column)
            self._go(bars, first_of_last if upright else 0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            bar = self.bars()[at]
            self._current = at
            self.asked.emit(bar.key, bar.row if isinstance(self._chart, MonthBars) else 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.bars()[at].words if at >= 0 else "", self)
            return True
        return super().event(event)

    def _step(self, bars: list[Bar], key: Qt.Key) -> int | None:
        """The bar that an arrow leads to; ``None`` for another key or past the edge."""
        if key == Qt.Key.Key_Home:
            return 0
        if key == Qt.Key.Key_End:
            return len(bars) - 1
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            return None
        along = 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1
        now = bars[max(0, min(self._current, len(bars) - 1))]
        across = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        wanted = (now.column + along, now.row) if across else (now.column, now.row + along)
        places = [(bar.column, bar.row) for bar in bars]
        return places.index(wanted) if wanted in places else None

    def _go(self, bars: list[Bar], to: int) -> None:
        self._current = to
        self._tell()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, bars[to].words))
        self.update()

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def _at(self, place: QPointF) -> int:
        """The bar at a place: one that is hit itself before one whose reach is."""
        bars = self.bars()
        for hit in (lambda bar: bar.room.contains(place), lambda bar: bar.reach.contains(place)):
            for at, bar in enumerate(bars):
                if hit(bar):
                    return at
        return -1

    def _tell(self) -> None:
        bars = self.bars()
        current = bars[self._current].words if 0 <= self._current < len(bars) else ""
        self.setAccessibleName(f"{self._name}: {current}" if current else self._name)
        self.setAccessibleDescription(_("Arrow keys move between the bars; Enter opens the cases"))

    # -- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chart is None:
            return
        painter = QPainter(self)
        room = QRectF(self.rect())
        size = self._text_size()
        paint(self._chart, painter, room, chart_colours(), size=size, families=looks.font().families())
        lit = self._hovered if self._hovered >= 0 else self._current if self.hasFocus() else -1
        bars = self.bars()
        if 0 <= lit < len(bars):
            self._light(painter, bars[lit])
        painter.end()

    def _light(self, painter: QPainter, bar: Bar) -> None:
        """Frame a bar and, where it stands upright, say its figure above it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(looks.color("ink"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(bar.room.adjusted(-1.5, -1.5, 1.5, 1.5), 2, 2)
        if isinstance(self._chart, MonthBars | MarkedBars):
            painter.setFont(looks.font(11, bold=True))
            height = painter.fontMetrics().height()
            above = QRect(round(bar.room.center().x()) - 40, round(bar.room.y()) - height - 2, 80, height)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, bar.words.rsplit(" ", 1)[-1])

    def _text_size(self) -> float:
        return float(looks.px(self._size))

    def _month_bar(self, box: Box, column: int, row: int, slot: float) -> Bar:
        room = QRectF(box.x, box.y, box.width, max(1.0, box.height))
        reach = QRectF(box.x, 0, box.width, self.height()).adjusted(-slot * 0.06, 0, slot * 0.06, 0)
        return Bar(column, row, box.key, box.tip, room, reach)

    def _category_bar(self, box: Box, place: int, count: int) -> Bar:
        slot = self.height() / max(1, count)
        reach = QRectF(0, slot * place, self.width(), slot)
        return Bar(0, place, box.key, box.tip, QRectF(box.x, box.y, box.width, box.height), reach)
