"""The outlets of a month: figures that open their cases, a badge for problems that came back, a line of six months."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from postal_desk.domain.summaries import OutletFigures, Recurrence
from postal_desk.i18n import _, label
from postal_desk.render.chart_painter import paint as paint_chart
from postal_desk.reports.charts import Sparkline
from postal_desk.services.summary_cases import Figure
from postal_desk.ui import looks
from postal_desk.ui.summaries.figure_words import NONE, counts
from postal_desk.ui.summaries.outlet_model import (
    COLUMNS,
    FIGURE_ROLE,
    ROW_ROLE,
    OutletModel,
    problem_words,
    recurrence_words,
)
from postal_desk.ui.widgets.badge import paint_badge
from postal_desk.ui.widgets.chart_view import chart_colours

ROW_HEIGHT = 34
_PAD = 8
_HEAD = 31


class OutletTable(QTableView):
    """``asked`` gives the :class:`Figure` of a cell that is clicked or in which Enter is pressed."""

    asked = Signal(object)  # Figure

    def __init__(self) -> None:
        super().__init__()
        self.outlets = OutletModel(self)
        self.setModel(self.outlets)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(_("Figures by outlet"))
        self.setAccessibleDescription(_("Arrow keys move, Enter opens the cases behind a figure"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(looks.px(ROW_HEIGHT))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(looks.px(40))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._open)

    def show_outlets(self, rows: tuple[OutletFigures, ...]) -> None:
        """Show the outlets of another month."""
        self.outlets.show_outlets(rows)
        if rows:
            self.setCurrentIndex(self.outlets.index(0, 1))

    def whole_height(self) -> int:
        """The height that shows every row."""
        return looks.px(_HEAD) + self.outlets.rowCount() * looks.px(ROW_HEIGHT) + 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        opens = self.indexAt(event.position().toPoint()).data(FIGURE_ROLE) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.viewport().unsetCursor()
        return super().viewportEvent(event)

    def _open(self, index: QModelIndex) -> None:
        figure = index.data(FIGURE_ROLE)
        if figure is None:
            return
        row: OutletFigures = index.data(ROW_ROLE)
        if figure.name == "recurrence" and len(row.recurrences) > 1:
            self._choose_problem(row, self.visualRect(index))
        else:
            self.asked.emit(figure)

    def _choose_problem(self, row: OutletFigures, cell: QRect) -> None:
        """Several problems came back: which one's cases?"""
        menu = QMenu(self)
        for found in row.recurrences:
            words = f"{label(found.name)} · {_('{n} times in 12 months').format(n=found.times)}"
            figure = Figure("recurrence", row.outlet, found.category)
            menu.addAction(words).triggered.connect(lambda _on=False, figure=figure: self.asked.emit(figure))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(cell.bottomLeft()))

    def _share_width(self) -> None:
        """Each column as wide as its title and figures need; what is left goes to those that stretch."""
        metrics = QFontMetrics(looks.font(12))
        titles = [
            metrics.horizontalAdvance(str(self.outlets.headerData(at, Qt.Orientation.Horizontal)))
            for at in range(len(COLUMNS))
        ]
        widths = [
            max(looks.px(column.width), title + looks.px(_PAD + 8))
            for column, title in zip(COLUMNS, titles, strict=True)
        ]
        spare = max(0, self.viewport().width() - sum(widths))
        stretching = [at for at, column in enumerate(COLUMNS) if column.stretch]
        for at in stretching:
            widths[at] += spare // len(stretching)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)


class _CellDelegate(QStyledItemDelegate):
    """Draws a cell: text, percent with its counts, badge or line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(looks.px(40), looks.px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        room: QRect = option.rect
        row: OutletFigures = index.data(ROW_ROLE)
        name = COLUMNS[index.column()].name
        opens = index.data(FIGURE_ROLE) is not None
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if hovered and opens:
            painter.fillRect(room, looks.color("hover"))
        painter.fillRect(QRect(room.x(), room.bottom(), room.width(), 1), looks.color("line2"))
        inner = room.adjusted(looks.px(_PAD), 0, -looks.px(4), -1)
        if name == "trend":
            self._line(painter, inner, row)
        elif name == "recurrences" and row.recurrences:
            self._badges(painter, inner, row)
        else:
            small = {"in_time": counts(row.in_time), "satisfaction": counts(row.satisfaction)}.get(name, "")
            role = "red_ink" if name == "overdue" and row.overdue else "ink"
            self._text(painter, inner, str(index.data()), small, role, bold=role == "red_ink")
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(looks.color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(room).adjusted(1.5, 2.5, -1.5, -3.5), 4, 4)

    def _text(self, painter: QPainter, room: QRect, text: str, small: str, role: str, bold: bool) -> None:
        painter.setFont(looks.font(bold=bold))
        painter.setPen(looks.color("ink3" if text == NONE else role))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(room, middle, shown)
        if small:
            rest = room.adjusted(metrics.horizontalAdvance(text) + looks.px(5), 1, 0, 0)
            painter.setFont(looks.font(11))
            painter.setPen(looks.color("ink3"))
            painter.drawText(rest, middle, small)

    def _badges(self, painter: QPainter, room: QRect, row: OutletFigures) -> None:
        """The most frequent problem, its name shortened to leave room for the count, and how many there are besides."""
        metrics = QFontMetrics(looks.font(11))
        more = f"+{len(row.recurrences) - 1}" if len(row.recurrences) > 1 else ""
        gap = looks.px(4)
        width = room.width() - (metrics.horizontalAdvance(more) + gap if more else 0)
        words = _fitting(row.recurrences[0], metrics, width - looks.px(12))
        paint_badge(painter, QRect(room.x(), room.y(), width, room.height()), words, "bad")
        if more:
            used = min(metrics.horizontalAdvance(words) + looks.px(12), width)
            painter.setFont(looks.font(11))
            painter.setPen(looks.color("ink3"))
            middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            painter.drawText(room.adjusted(used + gap, 0, 0, 0), middle, more)

    def _line(self, painter: QPainter, room: QRect, row: OutletFigures) -> None:
        height = looks.px(16)
        width = min(room.width() - looks.px(6), looks.px(80))
        box = QRectF(room.x(), room.center().y() - height / 2, width, height)
        paint_chart(Sparkline(row.trend), painter, box, chart_colours(), families=looks.FAMILIES)


def _fitting(found: Recurrence, metrics: QFontMetrics, room: int) -> str:
    """The words of a recurrence; where they are too long the problem is shortened, never the count."""
    words = recurrence_words(found)
    room -= 1  # widths are rounded, and who draws it cuts what is wider by a fraction
    over = metrics.horizontalAdvance(words) - room
    if over <= 0:
        return words
    name = problem_words(found)
    least = max(metrics.horizontalAdvance(name) - over, metrics.horizontalAdvance(name[0] + "…"))
    return recurrence_words(found, metrics.elidedText(name, Qt.TextElideMode.ElideRight, least))
