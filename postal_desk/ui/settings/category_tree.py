"""The category tree as a model: level 1, its children, and what is closed in grey."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from postal_desk.domain.rules import Category, Rules, holds
from postal_desk.i18n import _, label
from postal_desk.ui import looks

Index = QModelIndex | QPersistentModelIndex


class CategoryTree(QAbstractItemModel):
    """Columns: name, code, from, to, state. Set with :meth:`show_rules`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = [_("Category"), _("Code"), _("Valid from"), _("Valid to"), _("Status")]
        self._tops: list[Category] = []
        self._children: dict[str, list[Category]] = {}
        self._today = date.max
        self._own: Collection[str] = ()

    def show_rules(self, rules: Rules, today: date, own: Collection[str], closed_too: bool) -> None:
        """Show the categories of ``rules``; ``own`` are the codes that were added or edited in this desk."""
        self.beginResetModel()
        self._today, self._own = today, own
        shown = [c for c in rules.categories.values() if closed_too or holds(c, today)]
        ordered = sorted(shown, key=lambda category: category.code)
        self._tops = [category for category in ordered if category.parent is None]
        self._children = {
            top.code: [category for category in shown if category.parent == top.code] for top in self._tops
        }
        self.endResetModel()

    def category(self, index: Index) -> Category | None:
        """The category of a row."""
        if not index.isValid():
            return None
        place = index.internalId()
        if place == 0:
            return self._tops[index.row()]
        return self._children[self._tops[place - 1].code][index.row()]

    def find(self, code: str) -> QModelIndex:
        """The row of a category, an invalid index if it is not shown."""
        for row, top in enumerate(self._tops):
            if top.code == code:
                return self.index(row, 0)
            for child_row, child in enumerate(self._children[top.code]):
                if child.code == code:
                    return self.index(child_row, 0, self.index(row, 0))
        return QModelIndex()

    # The internal id is 0 for a top row, else 1 + the row of its parent.
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # QObject's has no argument
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self._tops)
        if parent.column() != 0 or parent.internalId() != 0:
            return 0
        return len(self._children[self._tops[parent.row()].code])

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        category = self.category(index)
        if category is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._texts(category)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and not holds(category, self._today):
            return looks.color("ink3")
        if role == Qt.ItemDataRole.FontRole and category.parent is None and index.column() == 0:
            return looks.font(bold=True)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def _texts(self, category: Category) -> tuple[str, ...]:
        return (
            label(category.name),
            category.code,
            str(category.valid_from or ""),
            str(category.valid_to or ""),
            self._state(category),
        )

    def _state(self, category: Category) -> str:
        words = []
        if category.valid_to is not None and category.valid_to < self._today:
            words.append(f"→ {category.successor}" if category.successor else _("no longer in use"))
        elif not holds(category, self._today):
            words.append(_("not yet in use"))
        if category.code in self._own:
            words.append(_("changed here"))
        return " · ".join(words)
