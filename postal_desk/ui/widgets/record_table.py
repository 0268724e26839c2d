"""A short table of records: outlets, staff, measures. Rows are plain frozen records; columns say how to show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from postal_desk.ui import looks
from postal_desk.ui.widgets.badge import paint_badge
from postal_desk.ui.widgets.widths import fitted

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 34
_ROOM = 120  # px at 100 % that a column without a width needs, where it does not say
_MEASURED = 60  # rows that say how much room a column needs
_NEARLY_ALL = 0.85
_AIR = 22  # px around a text


@dataclass(frozen=True)
class Column:
    """``width`` in px at 100 %, 0 = takes the room that is left; ``tone`` makes the text a badge of that tone.

    ``drop``: where the window is narrow the column goes, 1 first; 0 stays. ``room``: what a column without a width
    needs at least.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 0
    tone: Callable[[Any], str] | None = None
    drop: int = 0
    room: int = _ROOM


class RecordModel(QAbstractTableModel):
    """Rows of any record. ``faded`` tells the rows that no longer hold, shown in grey."""

    def __init__(self, columns: Sequence[Column], faded: Callable[[Any], bool] = lambda _row: False) -> None:
        super().__init__()
        self.columns = list(columns)
        self.rows: list[Any] = []
        self.faded = faded

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.ForegroundRole and self.faded(row):
            return looks.color("ink3")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Painter(QStyledItemDelegate):
    """Draws badges where the column has a tone, plain text elsewhere."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RecordModel)
        column, row = model.columns[index.column()], model.rows[index.row()]
        tone = column.tone(row) if column.tone else ""
        if not tone or not column.text(row):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        room = QRect(option.rect).adjusted(looks.px(8), 0, -looks.px(4), 0)
        paint_badge(painter, room, column.text(row), tone)


class RecordTable(QTableView):
    """``opened`` gives a record on Enter or a double click, ``moved`` the one that is lit now (or ``None``)."""

    opened = Signal(object)
    moved = Signal(object)

    def __init__(
        self, name: str, columns: Sequence[Column], faded: Callable[[Any], bool] = lambda _row: False
    ) -> None:
        super().__init__()
        self.records = RecordModel(columns, faded)
        self.setModel(self.records)
        self.setAccessibleName(name)
        self.setItemDelegate(_Painter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(looks.px(ROW_HEIGHT))
        self.verticalHeader().setMinimumSectionSize(looks.px(ROW_HEIGHT))
        self._lay_columns(columns)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.records.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(lambda *_rows: self.moved.emit(self.current()))

    def show_rows(self, rows: Sequence[Any], keep: Callable[[Any], object] | None = None) -> None:
        """Show rows; the one lit before stays lit if ``keep`` names it the same, else the first is lit."""
        before = self.current()
        wanted = keep(before) if keep is not None and before is not None else None
        self.records.set_rows(rows)
        self.fit_columns()
        self.light(next((n for n, row in enumerate(rows) if keep is not None and keep(row) == wanted), 0))
        if not rows:
            self.moved.emit(None)

    def light(self, row: int) -> None:
        """Put the cursor on a row."""
        if 0 <= row < len(self.records.rows):
            self.setCurrentIndex(self.records.index(row, 0))

    def current(self) -> Any | None:
        """The record that is lit."""
        index = self.currentIndex()
        return self.records.rows[index.row()] if index.isValid() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self.records.columns
        needed = sum(looks.px(column.width or column.room) for column in columns)
        for place, column in sorted(enumerate(columns), key=lambda placed: placed[1].drop):
            dropped = column.drop > 0 and needed > self.viewport().width()
            self.setColumnHidden(place, dropped)
            needed -= looks.px(column.width or column.room) if dropped else 0
        self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and record is not None:
            self.opened.emit(record)
        else:
            super().keyPressEvent(event)

    def fit_columns(self) -> None:
        """Give columns whose texts are cut what others do not need. For whoever sets rows past :meth:`show_rows`."""
        shown = [place for place in range(len(self.records.columns)) if not self.isColumnHidden(place)]
        columns = [self.records.columns[place] for place in shown]
        planned = [looks.px(column.width or column.room) for column in columns]
        most = [plan * (2 if column.width else 4) for column, plan in zip(columns, planned, strict=True)]
        usual = [
            min(self._need(column, _NEARLY_ALL), limit) for column, limit in zip(columns, most, strict=True)
        ]
        whole = [min(self._need(column, 1.0), limit) for column, limit in zip(columns, most, strict=True)]
        needed = [
            most_rows if most_rows > plan else min(every_row, plan)
            for most_rows, every_row, plan in zip(usual, whole, planned, strict=True)
        ]
        room = self.viewport().width()
        widths = fitted(room, fitted(room, planned, needed), whole)
        if widths and all(column.width for column in columns):  # the one that takes the rest has gone
            widths[0] += max(0, room - sum(widths))
        for place, column, width in zip(shown, columns, widths, strict=True):
            if column.width:
                self.setColumnWidth(place, width)

    def _need(self, column: Column, rows: float) -> int:
        """The width in which that share of the texts is whole: a rare long one must not cut its neighbours' in every
        row.
        """
        texts = [column.text(row) for row in self.records.rows[:_MEASURED]]
        wide = sorted(map(self.fontMetrics().horizontalAdvance, texts))
        usual = wide[round((len(wide) - 1) * rows)] if wide else 0
        return max(usual, self.horizontalHeader().fontMetrics().horizontalAdvance(column.title)) + looks.px(
            _AIR
        )

    def _lay_columns(self, columns: Sequence[Column]) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(looks.px(40))
        for place, column in enumerate(columns):
            if column.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, looks.px(column.width))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
