"""A section that is a list whose records live: they begin, change and end, and stay in history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk


class ListSection(Section):
    """Table with Add (Insert), Edit (Enter) and what ends a record; a chip shows the ended ones too.

    Subclasses say what to read, which rows hold today, and open their dialogs.
    """

    icon = ""

    def __init__(self, ctx: Context, add: str, end: str, show_all: str) -> None:
        super().__init__(ctx)
        self.today = date.max
        self.rows: list[Any] = []
        self._wanted = ""  # the name of a record to light
        self.all_chip = Chip(show_all)
        self.all_chip.toggled.connect(lambda _on: self.draw())
        self.edit_button = QPushButton(_("Edit"))
        self.edit_button.clicked.connect(lambda: self._with_current(self.edit))
        self.end_button = QPushButton(end)
        self.end_button.clicked.connect(lambda: self._with_current(self.end))
        self.add_button = HintButton("＋ " + add, "Insert", primary=True)
        self.add_button.clicked.connect(self.add)
        for tool in (self.all_chip, self.edit_button, self.end_button, self.add_button):
            self.head.addWidget(tool)
        if self.right:
            offer(ctx, self.right, self.edit_button, self.end_button, self.add_button)
        self.table = RecordTable(self.accessibleName(), self.columns(), lambda row: not self.holds(row))
        self.table.opened.connect(lambda row: self.edit(row) if self.allowed else None)
        self.table.moved.connect(self._lit)
        self.table.hide()  # until the records are there
        self.empty = EmptyState(self.icon)
        if self.right:
            offer(ctx, self.right, self.empty.button)
        self.empty.hide()
        card = Card(margin=4)
        card.body.setContentsMargins(1, looks.px(4), 1, looks.px(4))
        card.body.addWidget(self.table)
        card.body.addWidget(self.empty, 1)
        self.body.addWidget(card, 1)
        key = QShortcut(QKeySequence(Qt.Key.Key_Insert), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(lambda: self.add() if self.allowed else None)

    def columns(self) -> Sequence[Column]:
        """The table's columns."""
        raise NotImplementedError

    def read(self, desk: Desk) -> list[Any]:
        """All records; on the desk's thread."""
        raise NotImplementedError

    def holds(self, row: Any) -> bool:
        """True for a record that is offered in pickers today."""
        raise NotImplementedError

    def told(self, holding: int, ended: int) -> str:
        """The line of facts."""
        raise NotImplementedError

    def add(self) -> None:
        """Ask for a new record."""
        raise NotImplementedError

    def edit(self, row: Any) -> None:
        """Change one."""
        raise NotImplementedError

    def end(self, row: Any) -> None:
        """End one."""
        raise NotImplementedError

    def load(self) -> None:
        def read(desk: Desk) -> tuple[date, list[Any]]:
            return desk.today(), self.read(desk)

        self.ask(read, self._show)

    def shown(self, **request: object) -> None:
        self._wanted = str(request.get("named") or "")
        self.load()

    def draw(self) -> None:
        """Show the rows that are wanted."""
        shown = [row for row in self.rows if self.all_chip.isChecked() or self.holds(row)]
        self.table.show_rows(shown, keep=lambda row: row.id)
        holding = sum(map(self.holds, self.rows))
        self.facts.setText(self.told(holding, len(self.rows) - holding))
        self.all_chip.setVisible(holding < len(self.rows))
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)

    def _show(self, found: tuple[date, list[Any]]) -> None:
        self.today, self.rows = found
        wanted = next((row for row in self.rows if self._wanted and row.name == self._wanted), None)
        if wanted is not None and not self.holds(wanted):
            self.all_chip.setChecked(True)
        self.draw()
        if wanted is not None:
            self._wanted = ""
            self.table.light(self.table.records.rows.index(wanted))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lit(self, row: Any | None) -> None:
        self.edit_button.setEnabled(row is not None)
        self.end_button.setEnabled(row is not None and self.holds(row))

    def _with_current(self, act: Callable[[Any], None]) -> None:
        row = self.table.current()
        if row is not None:
            act(row)
