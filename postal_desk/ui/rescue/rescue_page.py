"""The desk does not open: what is wrong with it, which copies there are, and bringing it back from one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from postal_desk import paths
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.copy_work import size_words
from postal_desk.ui.page import Page
from postal_desk.ui.restore_dialog import RestoreDialog
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.copies import Copy

_WIDEST = 860


class RescuePage(Page):
    """``go("rescue", path=FOLDER, error=FAULT)``."""

    name = "rescue"
    help = "trouble"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.path = paths.default_desk()
        self._error: object = None
        self.note = NoteBox(tone="bad")
        self.table = RecordTable(_("Backups"), self._columns(), lambda copy: not copy.sound)
        self.table.opened.connect(self.restore)
        self.empty = EmptyState("archive-restore")
        self.empty.show_text(
            _("No copy was found here"),
            _("Plug in the stick or connect the share with the copies, then choose the file."),
            _("Choose a file…"),
            self.choose_file,
        )
        self.empty.hide()
        self.restore_button = dress(QPushButton(_("Restore this copy…")), kind="primary")
        self.restore_button.clicked.connect(lambda: self.restore())
        self._lay_out()

    def shown(self, **request: object) -> None:
        if isinstance(path := request.get("path"), Path):
            self.path = path
        self._error = request.get("error", self._error)
        self.note.show_text(self._what(), "bad")
        folder, place = self.path, self.ctx.settings["copy_folder"]

        def read() -> list[Copy]:
            from postal_desk.services.rescue import copies_for

            return copies_for(folder, Path(place) if place else None)

        self.ctx.background.pool(read, self._show, owner=self)

    def place(self) -> dict[str, object]:
        return {"path": self.path, "error": self._error}

    def restore(self, copy: Copy | None = None) -> None:
        """Bring the desk back from the copy that is lit."""
        copy = copy or self.table.current()
        if copy is None or not copy.sound:
            return
        dialog = RestoreDialog(self.ctx, copy, self.path, self._restored, self, in_place=True)
        self._open(dialog)

    def choose_file(self) -> QFileDialog:
        """Take a copy from anywhere."""
        dialog = QFileDialog(self, _("Choose a copy"), str(self.path.parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Backups") + " (*.postal-copy)")
        dialog.fileSelected.connect(lambda file: self._chosen(Path(file)))
        self._open(dialog)
        return dialog

    def _what(self) -> str:
        """What is wrong. A desk that is gone is not to be made anew, as it would be elsewhere: there are copies."""
        from postal_desk.services.faults import NoDesk

        if isinstance(self._error, NoDesk):
            told = _(
                "The desk's file is gone from {place}. Restore the newest copy, or find out who moved the file."
            )
            return told.format(place=self.path)
        sentence = getattr(self._error, "sentence", None)
        return tell(sentence) if isinstance(sentence, Sentence) else ""

    def _chosen(self, file: Path) -> None:
        def read() -> Copy:
            from postal_desk.services.copies import read_copy

            return read_copy(file)

        self.ctx.background.pool(read, self.restore, owner=self)

    def _restored(self, path: Path) -> None:
        self.ctx.navigator.open_desk(path)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show(self, copies: list[Copy]) -> None:
        self.table.show_rows(copies)
        self.table.setVisible(bool(copies))
        self.empty.setVisible(not copies)
        self.restore_button.setVisible(bool(copies))
        self.table.light(next((row for row, copy in enumerate(copies) if copy.sound), 0))
        self.table.setFocus()

    def _lay_out(self) -> None:
        again = QPushButton(_("Try again"))
        again.clicked.connect(lambda: self.ctx.navigator.open_desk(None))
        choose = QPushButton(_("Choose a file…"))
        choose.clicked.connect(self.choose_file)
        buttons = QHBoxLayout()
        buttons.addWidget(again)
        buttons.addWidget(choose)
        buttons.addStretch(1)
        buttons.addWidget(self.restore_button)
        card = Card(_("Bring the desk back from a copy"))
        hint = _(
            "Every copy was proved when it was made, and is proved again before anything is moved. The folder that "
            "does not open is kept whole."
        )
        card.body.addWidget(text_label(hint, "hint", wrap=True))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.empty, 1)
        card.body.addLayout(buttons)
        card.setMaximumWidth(looks.px(_WIDEST))
        self.note.setMaximumWidth(looks.px(_WIDEST))
        column = QVBoxLayout()
        column.setSpacing(looks.px(12))
        column.addWidget(text_label(_("The desk does not open"), "title"))
        column.addWidget(self.note)
        column.addWidget(card, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(32), looks.px(28), looks.px(32), looks.px(28))
        row.addStretch(1)
        row.addLayout(column, 8)
        row.addStretch(1)

    def _place(self, copy: Copy) -> str:
        return _("in its folder") if self.path in copy.path.parents else str(copy.path.parent)

    def _columns(self) -> list[Column]:
        return [
            Column(_("Made at"), lambda copy: f"{copy.made_at:%Y-%m-%d %H:%M}", 140),
            Column(_("Branch"), lambda copy: copy.branch, 160, drop=2),
            Column(_("Cases"), lambda copy: f"{copy.cases:,}" if copy.sound else "", 80),
            Column(_("Size"), lambda copy: size_words(copy.size), 90, drop=1),
            Column(
                _("Status"),
                lambda copy: _("verified when made") if copy.sound else _("damaged"),
                150,
                lambda copy: "good" if copy.sound else "bad",
            ),
            Column(_("Place"), self._place),
        ]
