"""The first step: a file, cells from the clipboard, or the template; below it what was imported before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.role_guard import offer, offered
from postal_desk.ui.widgets.buttons import HintButton, PressButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.ledgers import ImportRow

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")


def ledger_path(event: QDropEvent) -> Path | None:
    """The one ledger that is being dragged, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in ENDINGS else None


class FileStep(QWidget):
    """``chosen`` gives a path, ``pasted`` the text of cells, ``template_asked`` a path to write the template to."""

    chosen = Signal(object)
    pasted = Signal(str)
    template_asked = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.setAcceptDrops(offered(ctx, "case.import"))
        #: makes the rest, one part a step, each in its place in the window
        self.parts: Iterator[None] = self._make()

    def _make(self) -> Iterator[None]:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(12))
        box.addWidget(self._drop_card())
        yield
        self._past = Card(_("Imports so far"), margin=12)
        box.addWidget(self._past, 1)
        self.table = RecordTable(_("Imports so far"), _columns())
        self._past.body.addWidget(self.table, 1)
        yield
        self._nothing = text_label(
            _("Nothing was imported yet. The old ledger stays as it is: it is only read."), "hint", wrap=True
        )
        self._past.body.addWidget(self._nothing)
        self._past.body.addStretch(0)

    def load(self) -> None:
        """Show what was imported before."""
        desk = self.ctx.desk

        def read() -> list[ImportRow]:
            from postal_desk.services.ledgers import last_imports

            return last_imports(desk)

        self.ctx.background.db(read, self._show, owner=self)

    def _show(self, rows: list[ImportRow]) -> None:
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)

    def choose_file(self) -> QFileDialog:
        """Ask for a file."""
        dialog = QFileDialog(self, _("Choose a ledger"))
        patterns = " ".join(f"*{ending}" for ending in ENDINGS)
        dialog.setNameFilters([_("Ledgers ({patterns})").format(patterns=patterns), _("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.chosen.emit(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def paste(self) -> None:
        """Take the cells of the clipboard."""
        self.pasted.emit(QGuiApplication.clipboard().text())

    def ask_template(self) -> QFileDialog:
        """Ask where the template goes."""
        dialog = QFileDialog(self, _("Save the template"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("Excel workbook (*.xlsx)")])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(_("Ledger template") + ".xlsx")
        dialog.fileSelected.connect(lambda name: self.template_asked.emit(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if ledger_path(event) is not None:
            event.acceptProposedAction()
            dress(self.well, state="over")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        dress(self.well, state="")

    def dropEvent(self, event: QDropEvent) -> None:
        dress(self.well, state="")
        if (path := ledger_path(event)) is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def _drop_card(self) -> Card:
        card = Card(_("Import an old ledger"), margin=16)
        self.well = dress(QWidget(), kind="plain")
        inner = QVBoxLayout(self.well)
        inner.setContentsMargins(0, looks.px(12), 0, looks.px(12))
        inner.setSpacing(looks.px(8))
        picture = QLabel()
        picture.setPixmap(icon("file-spreadsheet", "accent").pixmap(looks.px(34), looks.px(34)))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = _("Drop the ledger here, or choose it. Excel, WPS, OpenDocument and csv are read.")
        if not offered(self.ctx, "case.import"):
            words = _("Only who logs cases imports ledgers. The template can be saved by everybody.")
        said = text_label(words, wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = text_label(
            _("First you see row by row what would happen. Nothing is written before you confirm."),
            "hint",
            wrap=True,
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.file_button = HintButton(_("Choose a file…"), "Ctrl+O", primary=True)
        self.file_button.clicked.connect(self.choose_file)
        self.paste_button = PressButton(_("Paste cells"))
        self.paste_button.setToolTip(
            _("Cells copied from Excel or WPS, with their headings if there are any")
        )
        self.paste_button.clicked.connect(self.paste)
        offer(self.ctx, "case.import", self.file_button, self.paste_button)
        self.template_button = PressButton(_("Save a template…"))
        self.template_button.setToolTip(_("An empty ledger for those who still collect in Excel"))
        self.template_button.clicked.connect(self.ask_template)
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        row.addStretch(1)
        for button in (self.file_button, self.paste_button, self.template_button):
            row.addWidget(button)
        row.addStretch(1)
        for widget in (picture, said, hint):
            inner.addWidget(widget)
        inner.addSpacing(looks.px(4))
        inner.addLayout(row)
        card.body.addWidget(self.well)
        return card


def _columns() -> list[Column]:
    return [
        Column(_("When"), lambda row: row.at[:16].replace("T", " "), 130),
        Column(_("File"), lambda row: row.file),
        Column(_("Sheet"), lambda row: row.sheet.replace("\n", "、"), 120, drop=1),
        Column(_("Rows"), lambda row: f"{row.rows:,}", 80),
        Column(_("New"), lambda row: f"{row.added:,}", 80),
        Column(_("Changed"), lambda row: f"{row.changed:,}", 80),
        Column(_("The same"), lambda row: f"{row.same:,}", 80, drop=1),
        Column(_("Refused"), lambda row: f"{row.refused:,}", 80),
        Column(
            _("Status"),
            lambda row: _("Taken back") if row.undone else _("In the desk"),
            110,
            tone=lambda row: "neutral" if row.undone else "good",
        ),
    ]
