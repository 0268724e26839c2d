"""Preview and printing of one document: Ctrl+P shows it, Enter prints it.

``print_case_sheet`` is for any page that has a case at hand. Where no printer is set up, the document is saved as PDF
and opened instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from postal_desk.domain.sentences import say
from postal_desk.i18n import _, language
from postal_desk.reports.document import Document
from postal_desk.reports.file_names import free_path
from postal_desk.ui import looks, printers
from postal_desk.ui.context import Context
from postal_desk.ui.opening_files import open_file
from postal_desk.ui.saving_files import FileSaver, form_words
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.page_view import PageView, pages_words
from postal_desk.ui.widgets.personal_box import PersonalBox
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.services.personal_scan import FoundInCase

_PAGE = 620  # px of width of a page in the preview, at most
_SIDE = 232
_REST_MS = 500


@dataclass
class Wording:
    """Words of a paper that somebody puts right before it is printed: what they are, and as they stand now."""

    label: str
    text: str = ""
    begun: bool = False  # the proposal has been filled in


@dataclass(frozen=True)
class Printable:
    """A document and how to get it. All three run on the desk's thread.

    ``document(reason)`` and ``save(form, path, reason)`` take ``None`` for the masked document; a reason gives it in
    clear and is written to the audit. ``in_clear`` says whether that may be asked for; ``forms`` are the files it can
    be saved as. ``scan`` looks through the free texts for what is not starred.
    """

    title: str
    document: Callable[[str | None], Document]
    save: Callable[[str, Path, str | None], Path]
    forms: tuple[str, ...] = ("pdf", "docx")
    in_clear: bool = False
    scan: Callable[[], list[FoundInCase]] | None = None
    wording: Wording | None = None


class PrintDialog(QDialog):
    """The pages at the left, the printer at the right; Print has the focus. Made by :func:`open_print_dialog`."""

    help = "papers"

    def __init__(self, ctx: Context, printable: Printable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(printable.title)
        self._ctx, self._printable, self._over = ctx, printable, parent
        self._document: Document | None = None
        self._names = printers.printer_names()
        self.pages = PageView(ctx.background, _PAGE)
        self.count = text_label(kind="hint")
        self.progress = ProgressStrip()
        self.saver = FileSaver(ctx, self, self.progress)
        self._make_fields()
        self._lay_out()
        self._connect()
        self.load()

    def load(self) -> None:
        """Make the document, masked, and show it."""
        printable = self._printable
        self._ctx.background.db(lambda: printable.document(None), self._show, self._failed, owner=self)

    @property
    def reason(self) -> str | None:
        """Why personal data is wanted in clear; ``None`` while it is masked."""
        return self.why.text().strip() if self.clear.isChecked() else None

    def print(self) -> None:
        """Print (or save as PDF and open) what is shown, then close."""
        if self._document is None or not self._reason_given():
            return
        self.print_button.setEnabled(False)
        if not self._names:
            self._save_and_open(self._document)
        elif self.reason is None:
            self._send(self._document)
        else:
            reason = self.reason
            self._ctx.background.db(
                lambda: self._printable.document(reason), self._send, self._failed, owner=self
            )

    def save_as(self, form: str) -> None:
        """Ask where to save the document."""
        if self._document is not None and self._reason_given():
            reason = self.reason
            self.saver.ask(form, self._document.stem, lambda path: self._printable.save(form, path, reason))

    def _send(self, document: Document) -> None:
        """Give the document to the printer, away from the window's thread."""
        printer = printers.printer_named(self.printer.currentText(), self.copies.value())

        def printed(pages: int) -> None:
            self._ctx.say(
                say("Sent to {printer}; pages: {pages}", pages=pages, printer=printer.printerName())
            )
            self.accept()

        task = self._ctx.background.pool(
            lambda: printers.print_document(document, printer), printed, self._failed, owner=self
        )
        self.progress.watch(task, _("Printing…"))

    def _save_and_open(self, document: Document) -> None:
        target = free_path(self.saver.folder() / f"{document.stem}.pdf")
        reason = self.reason
        ctx = self._ctx

        def saved(path: Path) -> None:
            self.accept()
            ctx.tell_file(path)
            open_file(path)

        self.saver.save(target, lambda path: self._printable.save("pdf", path, reason), saved)

    def _reworded(self) -> None:
        """Somebody typed: show the paper with it once the keys rest."""
        wording = self._printable.wording
        if wording is not None and self.words.toPlainText() != wording.text:
            wording.text = self.words.toPlainText()
            self._rest.start()

    def _show(self, document: Document) -> None:
        self._document = document
        wording = self._printable.wording
        if wording is not None and not self.words.toPlainText() and wording.text:
            self.words.setPlainText(wording.text)
        self.pages.show_document(document)
        self.print_button.setEnabled(True)
        if not self.words.hasFocus():
            self.print_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self.print_button.setEnabled(self._document is not None)
        self._ctx.tell_fault(error)

    def _reason_given(self) -> bool:
        given = self.reason is None or bool(self.reason)
        self.note.show_text(
            "" if given else _("Give the reason; it is written to the audit log with your name."), "attention"
        )
        if not given:
            self.why.setFocus()
        return given

    # -- arrangement --------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self.printer = QComboBox()
        self.printer.addItems(self._names)
        self.printer.setAccessibleName(_("Printer"))
        self.copies = QSpinBox()
        self.copies.setRange(1, 99)
        self.copies.setAccessibleName(_("Copies"))
        self.clear = QCheckBox(_("Personal data in clear"))
        self.why = QLineEdit()
        self.why.setPlaceholderText(_("Reason, for the audit log"))
        self.why.setAccessibleName(_("Reason, for the audit log"))
        self.why.setVisible(False)
        self.personal = PersonalBox(self._ctx, self._printable.scan) if self._printable.scan else None
        wording = self._printable.wording
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(wording.label if wording else "")
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.load)
        self.note = NoteBox(tone="attention")
        self.note.hide()
        words = _("Print") if self._names else _("Save as PDF and open")
        self.print_button = HintButton(words, "Enter", primary=True)
        self.print_button.setDefault(True)
        self.print_button.setEnabled(False)
        self.save_buttons = {form: QPushButton(form_words(form) + "…") for form in self._printable.forms}
        self.close_button = HintButton(_("Close"), "Esc")
        for button in (*self.save_buttons.values(), self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        well = dress(QFrame(), kind="well")
        inner = QVBoxLayout(well)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.pages)
        side = QVBoxLayout()
        side.setSpacing(looks.px(6))
        side.addWidget(text_label(self._printable.title, "heading", wrap=True))
        side.addWidget(self.count)
        side.addSpacing(looks.px(6))
        if self._names:
            for caption, field in ((_("Printer"), self.printer), (_("Copies"), self.copies)):
                side.addWidget(text_label(caption, "caption"))
                side.addWidget(field)
        else:
            none = _("No printer is set up on this PC. The document is saved as PDF and opened.")
            side.addWidget(text_label(none, "hint", wrap=True))
        if self._printable.wording is not None:
            side.addWidget(text_label(self._printable.wording.label, "caption", wrap=True))
            side.addWidget(self.words, 1)
        if self._printable.in_clear:
            side.addWidget(self.clear)
            side.addWidget(self.why)
        if self.personal is not None:
            side.addWidget(self.personal)
        side.addWidget(self.note)
        side.addWidget(self.print_button)
        side.addStretch(1)
        side.addWidget(text_label(_("Save as"), "caption"))
        for button in self.save_buttons.values():
            side.addWidget(button)
        side.addSpacing(looks.px(6))
        side.addWidget(self.close_button)
        column = QWidget()
        column.setLayout(side)
        column.setFixedWidth(looks.px(_SIDE))
        side.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(looks.px(14))
        row.addWidget(well, 1)
        row.addWidget(column)
        box = QVBoxLayout(self)
        margin = looks.px(14)
        box.setContentsMargins(margin, margin, margin, margin)
        box.addLayout(row, 1)
        box.addWidget(self.progress)
        room = self.screen().availableGeometry()
        over = self._over.window().size()
        wide = min(looks.px(_PAGE + _SIDE + 84), over.width() - looks.px(24), room.width())
        high = min(looks.px(920), over.height() - looks.px(24), room.height())
        self.resize(wide, high)

    def _connect(self) -> None:
        if self.personal is not None:
            self.personal.starred.connect(self.load)
        self.pages.painted.connect(lambda count: self.count.setText(pages_words(count)))
        self.words.textChanged.connect(self._reworded)
        self.clear.toggled.connect(self.why.setVisible)
        self.clear.toggled.connect(lambda on: self.why.setFocus() if on else None)
        self.print_button.clicked.connect(self.print)
        self.pages.opened.connect(self.print)
        self.close_button.clicked.connect(self.reject)
        for form, button in self.save_buttons.items():
            button.clicked.connect(lambda _on=False, form=form: self.save_as(form))


def open_print_dialog(ctx: Context, printable: Printable, parent: QWidget) -> PrintDialog:
    """Open the preview over ``parent``; it deletes itself."""
    dialog = PrintDialog(ctx, printable, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def print_case_sheet(ctx: Context, number: str, parent: QWidget) -> PrintDialog:
    """Preview the case sheet (登记表) of one case, to print it or save it; masked unless a reason is given."""
    desk = ctx.desk
    lang = ctx.settings["document_language"] or language()

    def document(reason: str | None) -> Document:
        from postal_desk.services.documents import case_sheet_document, case_sheet_in_clear

        if reason is None:
            return case_sheet_document(desk, number, lang=lang)
        return case_sheet_in_clear(desk, number, lang=lang, reason=reason)

    def save(form: str, path: Path, reason: str | None) -> Path:
        from postal_desk.render.output import QtRenderer
        from postal_desk.services.documents import export_case_sheet

        return export_case_sheet(
            desk, number, form, path, lang=lang, renderer=QtRenderer(), unmasked_reason=reason
        )

    def scan() -> list[FoundInCase]:
        from postal_desk.services.personal_scan import scan_cases

        return scan_cases(desk, [number])

    title = _("Case sheet {number}").format(number=number)
    may = desk.may("export.unmasked")
    return open_print_dialog(ctx, Printable(title, document, save, in_clear=may, scan=scan), parent)
