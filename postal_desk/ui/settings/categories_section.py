"""The categories a case can have: add one below another, rename, close with a successor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QPushButton, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from postal_desk.domain.rules import Category, holds
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.settings.category_dialogs import (
    AddCategoryDialog,
    CloseCategoryDialog,
    RenameCategoryDialog,
)
from postal_desk.ui.settings.category_tree import CategoryTree, Index
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk


_ROW_HEIGHT = 30


class _Tree(QTreeView):
    """Enter asks for the row, arrows fold and unfold."""

    asked = Signal()
    moved = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()


class _Rows(QStyledItemDelegate):
    """Rows as high as those of the other lists."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), looks.px(_ROW_HEIGHT))


class CategoriesSection(Section):
    """What is closed vanishes from pickers; its cases and past summaries keep it."""

    name = "categories"
    right = "category.edit"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._today = date.max
        self.closed_chip = Chip(_("Also those no longer in use"))
        self.closed_chip.toggled.connect(lambda _on: self._draw())
        self.rename_button = QPushButton(_("Rename"))
        self.rename_button.clicked.connect(self.rename)
        self.close_button = QPushButton(_("Close category"))
        self.close_button.clicked.connect(self.close_category)
        self.add_button = HintButton("＋ " + _("Add category"), "Insert", primary=True)
        self.add_button.clicked.connect(self.add)
        for tool in (self.closed_chip, self.rename_button, self.close_button, self.add_button):
            self.head.addWidget(tool)
        offer(ctx, self.right, self.rename_button, self.close_button, self.add_button)
        self._own: set[str] = set()
        self.model = CategoryTree(self)
        self.tree = self._make_tree()
        card = Card(margin=4)
        card.body.setContentsMargins(1, looks.px(4), 1, looks.px(4))
        card.body.addWidget(self.tree)
        self.body.addWidget(card, 1)
        key = QShortcut(QKeySequence(Qt.Key.Key_Insert), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(lambda: self.add() if self.allowed else None)

    def load(self) -> None:
        from postal_desk.services.rule_book import list_rules

        def read(desk: Desk) -> tuple[date, set[str]]:
            own = {rule.key for rule in list_rules(desk, "category") if rule.edited or rule.added}
            return desk.today(), own

        self.ask(read, self._show)

    def current(self) -> Category | None:
        """The category that is lit."""
        return self.model.category(self.tree.currentIndex())

    def add(self) -> None:
        """Ask for a new category, below the one that is lit."""
        lit = self.current()
        parent = "" if lit is None else lit.parent or lit.code
        self.open_dialog(AddCategoryDialog(self.ctx, parent, self))

    def rename(self) -> None:
        """Give the category that is lit another name; its cases show the new one."""
        lit = self.current()
        if lit is not None:
            self.open_dialog(RenameCategoryDialog(self.ctx, lit, self))

    def close_category(self) -> None:
        """Say when the category that is lit ends, and what takes its place."""
        lit = self.current()
        if lit is not None and holds(lit, self._today):
            self.open_dialog(CloseCategoryDialog(self.ctx, lit, self._today, self))

    def _show(self, found: tuple[date, set[str]]) -> None:
        self._today, self._own = found
        self._draw()

    def _draw(self) -> None:
        rules = self.ctx.desk.rules
        lit = self.current()
        folded = {top.code for top in rules.top_categories() if self._folded(top.code)}
        self.model.show_rules(rules, self._today, self._own, self.closed_chip.isChecked())
        for row in range(self.model.rowCount()):
            index = self.model.index(row, 0)
            category = self.model.category(index)
            self.tree.setExpanded(index, category is not None and category.code not in folded)
        found = self.model.find(lit.code) if lit else QModelIndex()
        self.tree.setCurrentIndex(found if found.isValid() else self.model.index(0, 0))
        in_use = sum(holds(category, self._today) for category in rules.categories.values())
        self.closed_chip.setVisible(in_use < len(rules.categories))
        self.facts.setText(_("{count} in use").format(count=in_use))
        self._lit()

    def _folded(self, code: str) -> bool:
        index = self.model.find(code)
        return index.isValid() and not self.tree.isExpanded(index)

    def _lit(self) -> None:
        lit = self.current()
        self.rename_button.setEnabled(lit is not None)
        self.close_button.setEnabled(lit is not None and holds(lit, self._today))

    def _make_tree(self) -> _Tree:
        tree = _Tree()
        tree.setAccessibleName(_("Categories"))
        tree.setModel(self.model)
        tree.setItemDelegate(_Rows(tree))
        tree.setUniformRowHeights(True)
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.setAllColumnsShowFocus(True)
        tree.setExpandsOnDoubleClick(False)
        tree.setIndentation(looks.px(18))
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((190, 96, 96, 150), start=1):
            header.resizeSection(column, looks.px(width))
        tree.asked.connect(self.rename)
        tree.moved.connect(self._lit)
        tree.doubleClicked.connect(lambda _index: self.rename())
        return tree
