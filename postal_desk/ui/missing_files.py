"""After a desk was restored: which attachments did not come back, each named by its record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.fitting import resize_within
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.copies import MissingFile


class MissingFilesDialog(QDialog):
    """What is missing, as a list that can be copied; ``seen`` is called however it is closed."""

    help = "trouble"

    def __init__(self, files: Sequence[MissingFile], seen: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Attachments that did not come back"))
        self._files = tuple(files)
        text = _(
            "The desk is restored, all cases are there. {count} attachments were missing from the copy or damaged in "
            "it, and did not come back:"
        )
        note = NoteBox(tone="attention")
        note.show_text(text.format(count=len(files)), "attention")
        self.table = RecordTable(
            self.windowTitle(),
            [Column(_("Record"), number_of, 190), Column(_("File"), lambda file: file.name)],
        )
        self.table.show_rows(files)
        hint = _(
            "Restore an older copy beside and take them from there, or add them to their records again. "
            "“Check attachments” in the settings lists them at any time."
        )
        copy = QPushButton(_("Copy the list"))
        copy.clicked.connect(self.copy)
        going_on = dress(QPushButton(_("Continue")), kind="primary")
        going_on.setDefault(True)
        going_on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(going_on)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(12))
        box.addWidget(note)
        box.addWidget(self.table, 1)
        box.addWidget(text_label(hint, "hint", wrap=True))
        box.addLayout(row)
        resize_within(self, 600, 380)
        self.finished.connect(lambda _result: seen())

    def copy(self) -> None:
        """Put the list on the clipboard."""
        lines = (f"{number_of(file)}\t{file.name}" for file in self._files)
        QGuiApplication.clipboard().setText("\n".join(lines))


def number_of(file: MissingFile) -> str:
    """The record that a file belongs to, in words where it has no number."""
    return file.number or _("a draft")


def tell_missing(files: Sequence[MissingFile], seen: Callable[[], object], parent: QWidget) -> None:
    """Show them, if there are any, and go on with ``seen``."""
    if files:
        MissingFilesDialog(files, seen, parent).open()
    else:
        seen()
