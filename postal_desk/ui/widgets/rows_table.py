"""A small table to type or paste a list into: one blank row is always left, problems are told by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import tell
from postal_desk.ui import looks

Index = QModelIndex | QPersistentModelIndex
Row = tuple[str, ...]
_ROW_HEIGHT = 30
_AT_LEAST = 7


@dataclass(frozen=True)
class RowColumn:
    """``offered`` are the names to choose from; ``settled`` turns what was typed into the name that is meant."""

    title: str
    width: int = 0
    offered: Callable[[], Sequence[str]] = lambda: ()
    settled: Callable[[str], str] = lambda typed: typed


class RowsModel(QAbstractTableModel):
    """Rows of texts. ``check(rows)`` tells what is wrong, by row and column; ``complete(row)`` fills what follows."""

    changed = Signal()

    def __init__(
        self,
        columns: Sequence[RowColumn],
        check: Callable[[list[Row]], dict[tuple[int, int], Sentence]],
        complete: Callable[[Row], Row],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._check, self._complete = check, complete
        self._rows: list[Row] = []
        self.problems: dict[tuple[int, int], Sentence] = {}

    def rows(self) -> list[Row]:
        """The rows that hold something, in their order."""
        return [row for row in self._rows if any(row)]

    def rows_shown(self) -> list[Row]:
        """All rows as they stand in the table, by their place; the blank one at the end left out."""
        return list(self._rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = [row for row in rows if any(row)]
        self.endResetModel()
        self._changed()

    def settle(self) -> None:
        """Say every cell anew by its column: names are known now, or the language is another one."""
        columns = self.columns
        self.set_rows([tuple(columns[at].settled(cell) for at, cell in enumerate(row)) for row in self._rows])

    def check(self) -> None:
        """Look over all rows again: another list they depend on has changed."""
        self.problems = self._check(self._rows)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else max(_AT_LEAST, len(self._rows) + 1)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = (index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._rows[place[0]][place[1]] if place[0] < len(self._rows) else ""
        if place in self.problems:
            if role == Qt.ItemDataRole.ForegroundRole:
                return looks.color("red_ink")
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
                return tell(self.problems[place])
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        at, column = index.row(), index.column()
        if at >= len(self._rows):
            if not str(value).strip():
                return False
            at = self._append()
        row = list(self._rows[at])
        row[column] = self.columns[column].settled(" ".join(str(value).split()))
        self._rows[at] = self._complete(tuple(row)) if column == 0 else tuple(row)
        self._changed()
        return True

    def removeRows(self, row: int, count: int, parent: Index = QModelIndex()) -> bool:
        if not 0 <= row < len(self._rows):
            return False
        self.set_rows([*self._rows[:row], *self._rows[row + count :]])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _append(self) -> int:
        """Begin a row after the last filled one; the view gets a new blank one where it needs it."""
        at, shown = len(self._rows), self.rowCount()
        if at + 2 > shown:
            self.beginInsertRows(QModelIndex(), shown, shown)
        self._rows.append(("",) * len(self.columns))
        if at + 2 > shown:
            self.endInsertRows()
        return at

    def _changed(self) -> None:
        self.check()
        self.changed.emit()


class _Editors(QStyledItemDelegate):
    """A line to type in, with the column's names offered; a red frame round what is wrong, lit or not."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, RowsModel)
        if (index.row(), index.column()) in model.problems:
            painter.setPen(looks.color("red"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, RowsModel)
        line = QLineEdit(parent)
        line.setAccessibleName(model.columns[index.column()].title)
        names = list(model.columns[index.column()].offered())
        if names:
            completer = QCompleter(names, line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        return line


class RowsTable(QTableView):
    """Type into a cell, Delete empties it (a whole row where the first cell is lit); ``pasted`` gives a pasted text."""

    pasted = Signal(str)

    def __init__(self, name: str, model: RowsModel) -> None:
        super().__init__()
        self.rows = model
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(_Editors(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(looks.px(_ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.ensurePolished()
        metrics = header.fontMetrics()
        header.setMinimumSectionSize(looks.px(84))  # where that is too wide, the table scrolls sideways
        for place, column in enumerate(model.columns):
            if column.width:
                self.setColumnWidth(
                    place, max(looks.px(column.width), metrics.horizontalAdvance(column.title) + looks.px(18))
                )
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(looks.px(4 * _ROW_HEIGHT + 34))
        self.setCurrentIndex(model.index(0, 0))

    def paste(self) -> None:
        """Take the list from the clipboard."""
        self.pasted.emit(QGuiApplication.clipboard().text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and index.isValid():
            if index.column() == 0:
                self.rows.removeRows(index.row(), 1)
                self.setCurrentIndex(self.rows.index(index.row(), 0))
            else:
                self.rows.setData(index, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.edit(index)
        else:
            super().keyPressEvent(event)
