"""Copies that open without a password: which there are, and removing those within reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.copy_work import CopyWork, Told
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.fitting import resize_within
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.progress import ProgressStrip
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.plain_copies import PlainCopies

Row = tuple[str, str, str]  # when, name, where


class PlainCopiesDialog(QDialog):
    """Removing makes a new copy first, so that there is always one."""

    help = "copies"

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Copies without a password"))
        self._ctx = ctx
        self.table = RecordTable(
            self.windowTitle(),
            [
                Column(_("Made at"), lambda row: row[0], 130),
                Column(_("File"), lambda row: row[1], 260),
                Column(_("Place"), lambda row: row[2]),
            ],
        )
        self.table.moved.connect(self._tell_place)
        self.place_label = text_label(kind="hint", wrap=True, selectable=True)
        self.progress = ProgressStrip()
        self.copying = CopyWork(ctx, self.progress)
        self.remove_button = dress(QPushButton(_("Remove those within reach")), kind="danger")
        self.remove_button.clicked.connect(self.remove)
        self.close_button = QPushButton(_("Close"))
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self.load()

    def load(self) -> None:
        """Read which there are."""
        desk, place = self._ctx.desk, self._place()

        def read() -> PlainCopies:
            from postal_desk.services.plain_copies import find

            return find(desk, place)

        self._ctx.background.db(read, self._show, owner=self)

    def remove(self) -> None:
        """Make a copy with a password, then remove these."""
        desk, place = self._ctx.desk, self._place()

        def begin() -> Callable[[Told], tuple[Path, ...]]:
            from postal_desk.services.plain_copies import begin_removing

            return begin_removing(desk, place)

        def note(removed: tuple[Path, ...]) -> Changes:
            from postal_desk.services.plain_copies import note_removed

            return note_removed(desk, removed)

        self.copying.run(
            _("Making a new copy, then removing the old ones…"), begin, note, lambda _x: self.load()
        )

    def _show(self, found: PlainCopies) -> None:
        rows = [
            (f"{copy.made_at:%Y-%m-%d %H:%M}", copy.path.name, str(copy.path.parent)) for copy in found.own
        ]
        away = _("made by {who} in a file of their own")
        rows += [
            (one.made_at[:16].replace("T", " "), one.name, away.format(who=one.who or "?"))
            for one in found.elsewhere
        ]
        self.table.show_rows(rows)
        self.remove_button.setEnabled(bool(found.own) and self._ctx.desk.may("copy.remove"))

    def _tell_place(self, row: Row | None) -> None:
        """The whole place of the row that is lit: whoever deletes a file by hand has to find it."""
        self.place_label.setText(_("Place: {place}").format(place=row[2]) if row else "")

    def _place(self) -> Path | None:
        place = self._ctx.settings["copy_folder"]
        return Path(place) if place else None

    def _lay_out(self) -> None:
        note = NoteBox(tone="attention")
        note.show_text(
            _(
                "Whoever gets hold of one of these files reads everything that was logged until then. The desk itself "
                "and all newer copies have another key."
            ),
            "attention",
        )
        hint = _(
            "What was copied to a stick or another PC has to be deleted there by hand. A deleted file can often be "
            "brought back from a disk: destroy or encrypt sticks that leave the office."
        )
        row = QHBoxLayout()
        row.addWidget(self.remove_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(12))
        box.addWidget(note)
        box.addWidget(self.table, 1)
        box.addWidget(self.place_label)
        box.addWidget(text_label(hint, "hint", wrap=True))
        box.addWidget(self.progress)
        box.addLayout(row)
        resize_within(self, 860, 420)
