"""The recycle bin: everything that was deleted in the last 30 days, whatever it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.services.record_words import kind_words
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import may, offer
from postal_desk.ui.settings.confirm_dialog import ConfirmDialog
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.recycle_bin import BinEntry


class BinSection(Section):
    """Several can be picked; Enter brings them back, Delete asks before they go for good."""

    name = "bin"
    help = "follow-and-close"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.restore_button = QPushButton(_("Restore"))
        self.restore_button.clicked.connect(self.restore)
        self.delete_button = QPushButton(_("Delete for good…"))
        self.delete_button.clicked.connect(self.delete)
        for button in (self.restore_button, self.delete_button):
            self.head.addWidget(button)
        offer(ctx, "case.restore", self.restore_button)
        offer(ctx, "bin.delete", self.delete_button)
        self.table = RecordTable(self.accessibleName(), self._columns())
        self.table.setSelectionMode(RecordTable.SelectionMode.ExtendedSelection)
        self.table.opened.connect(lambda _entry: self.restore())
        self.table.selectionModel().selectionChanged.connect(lambda *_what: self._picked())
        self.empty = EmptyState("trash-2")
        self.empty.show_text(
            _("The recycle bin is empty"),
            _("What is deleted anywhere stays here for 30 days and can be brought back."),
        )
        card = Card(margin=4)
        card.body.addWidget(self.table)
        card.body.addWidget(self.empty, 1)
        self.body.addWidget(card, 1)
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.delete)
        self._draw([])

    def load(self) -> None:
        from postal_desk.services.recycle_bin import list_bin

        self.ask(list_bin, self._draw)

    def picked(self) -> list[BinEntry]:
        """The entries that are picked, from the top."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.table.records.rows[row] for row in rows]

    def restore(self) -> None:
        """Bring back what is picked."""
        desk, entries = self.ctx.desk, self.picked()

        def work() -> Changes:
            from postal_desk.services.recycle_bin import restore

            return restore(desk, entries)

        if entries:
            self.ctx.write(work)

    def delete(self) -> ConfirmDialog | None:
        """Ask, then delete for good what is picked."""
        entries = self.picked()
        if not entries or not may(self.ctx, "bin.delete"):
            return None
        told = _(
            "Deleted for good, with history and files: {count}. This can't be taken back. "
            "Backups made before still hold them until these rotate out."
        ).format(count=len(entries))
        dialog = ConfirmDialog(_("Delete for good"), told, _("Delete for good"), self)
        dialog.confirmed.connect(lambda: self._delete(entries))
        dialog.open()
        return dialog

    def _delete(self, entries: Sequence[BinEntry]) -> None:
        desk = self.ctx.desk

        def work() -> Changes:
            from postal_desk.services.recycle_bin import delete_for_good

            return delete_for_good(desk, entries)

        self.ctx.write(work)

    def _draw(self, entries: list[BinEntry]) -> None:
        self.table.show_rows(entries, keep=lambda entry: (entry.kind, entry.key))
        self.table.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self.facts.setText(_("{count} deleted").format(count=len(entries)) if entries else "")
        self._picked()

    def _picked(self) -> None:
        some = bool(self.picked())
        self.restore_button.setEnabled(some)
        self.delete_button.setEnabled(some)

    @staticmethod
    def _columns() -> Sequence[Column]:
        return [
            Column(_("Type"), lambda entry: kind_words(entry.kind), 110),
            Column(_("Number"), _number, 190),
            Column(_("About"), lambda entry: entry.title),
            Column(_("Deleted"), lambda entry: entry.deleted_at[:16].replace("T", " "), 130, drop=1),
            Column(
                _("Deleted for good on"),
                _goes_on,
                110,
                tone=lambda entry: "" if entry.goes_on else "attention",
            ),
        ]


def _number(entry: BinEntry) -> str:
    return entry.key if entry.kind not in ("attachment", "total") else ""


def _goes_on(entry: BinEntry) -> str:
    return entry.goes_on.isoformat() if entry.goes_on else _("Legal hold")
