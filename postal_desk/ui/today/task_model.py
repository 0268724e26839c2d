"""The day's tasks as one list: a heading for each group, its rows below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from postal_desk.i18n import tell
from postal_desk.ui.today.task_words import spoken

if TYPE_CHECKING:
    from postal_desk.services.today import Task, Today

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a group; ``more`` says that it has more rows than are listed."""

    title: str
    count: str


class TaskModel(QAbstractListModel):
    """Headings can't be chosen: the arrow keys pass over them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Heading | Task] = []
        self.prefix = ""

    def show(self, found: Today, prefix: str) -> None:
        """Show a day's work."""
        from postal_desk.services.today import COUNTED, TITLES

        self.beginResetModel()
        self.prefix = prefix
        self.lines = []
        for group, tasks in found.groups.items():
            count = found.counts[group]
            words = f"{COUNTED - 1}+" if count >= COUNTED else str(count)
            self.lines += [Heading(tell(TITLES[group]), words), *tasks]
        self.endResetModel()

    def task(self, row: int) -> Task | None:
        """The task in a row, ``None`` for a heading."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return None if line is None or isinstance(line, Heading) else line

    def place_of(self, task: Task | None, otherwise: int) -> int:
        """Where a task stands; if it is gone, the nearest one to where it stood; -1 if there is none."""
        if task is not None:
            for row, line in enumerate(self.lines):
                if not isinstance(line, Heading) and (line.group, line.number) == (task.group, task.number):
                    return row
        rows = [row for row in range(len(self.lines)) if self.task(row) is not None]
        return min(rows, key=lambda row: abs(row - otherwise), default=-1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.task(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.title} {line.count}" if isinstance(line, Heading) else spoken(line, self.prefix)
        return None
