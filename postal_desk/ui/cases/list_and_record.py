"""The two cards of the page: at the left the list, or what stands in its place, at the right the record. Where there
is no room for both they take turns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedLayout, QTableView, QVBoxLayout, QWidget

from postal_desk.settings import Settings
from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress

if TYPE_CHECKING:
    from postal_desk.ui.widgets.empty_state import EmptyState

_LIST_WIDTH = 470


class ListAndRecord(QSplitter):
    """``table`` is the list. The record comes later (:meth:`add_record`): until then its card is empty."""

    def __init__(self, table: QWidget, settings: Settings) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._settings = settings
        self.one_pane = False
        self._table = table
        self._empty: EmptyState | None = None
        self.left, self.right = dress(QFrame(), kind="card"), QWidget()
        self.left.setMinimumWidth(looks.px(300))
        self._left, self._right = QStackedLayout(), QStackedLayout(self.right)
        self._column = QVBoxLayout(self.left)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addLayout(self._left, 1)
        # not before the layout has its place: it would show a window of its own
        self._left.addWidget(table)
        self._right.addWidget(dress(QFrame(), kind="card"))
        self.setHandleWidth(looks.px(12))
        self.setChildrenCollapsible(False)
        self.addWidget(self.left)
        self.addWidget(self.right)
        self.setStretchFactor(1, 1)
        self.setSizes(settings["cases_split"] or [looks.px(_LIST_WIDTH), looks.px(700)])
        self.splitterMoved.connect(self._moved)

    @property
    def empty(self) -> EmptyState:
        """What stands in the list's place where there is nothing; made when it is first needed."""
        if self._empty is None:
            from postal_desk.ui.widgets.empty_state import EmptyState

            self._empty = EmptyState("inbox")
            self._left.addWidget(self._empty)
        return self._empty

    def show_list(self, shown: bool) -> None:
        """Show the list, or what stands in its place."""
        self._left.setCurrentWidget(self._table if shown else self.empty)

    def add_record(self, record: QWidget, below_list: QWidget) -> None:
        """The record is there, and what belongs below the list."""
        self._column.addWidget(below_list)
        self._right.addWidget(record)
        self._right.setCurrentWidget(record)

    def set_one_pane(self, one_pane: bool) -> None:
        """Whether there is room for one of the two only; the list is then in front."""
        if one_pane != self.one_pane:
            self.one_pane = one_pane
            self.show_record(False)

    def show_record(self, shown: bool) -> None:
        """Where there is room for one of them only: the record or the list."""
        self.right.setVisible(shown or not self.one_pane)
        self.left.setVisible(not shown or not self.one_pane)

    def _moved(self) -> None:
        if not self.one_pane:
            self._settings["cases_split"] = self.sizes()


def bare_cards(settings: Settings, over: int) -> QWidget:
    """Two cards where list and record will be, in the first of them an empty table, and ``over`` px of room over them:
    the first paint.
    """
    bare = QWidget()
    left, right = dress(QFrame(), kind="card"), dress(QFrame(), kind="card")
    left.setFixedWidth((settings["cases_split"] or [looks.px(_LIST_WIDTH)])[0])
    inside = QVBoxLayout(left)
    inside.setContentsMargins(1, 1, 1, 1)
    table = QTableView()
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.addWidget(table)
    row = QHBoxLayout(bare)
    row.setContentsMargins(0, over, 0, 0)
    row.setSpacing(looks.px(12))
    row.addWidget(left)
    row.addWidget(right, 1)
    return bare
