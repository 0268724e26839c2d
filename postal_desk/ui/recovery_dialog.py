"""The recovery code, shown once: print it or save it, then type it back from the sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.sentences import FieldRefusal, Sentence
from postal_desk.i18n import _, language, tell
from postal_desk.reports.document import Document
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.printing import Printable, open_print_dialog
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.fitting import Fitting, fit_height, resize_within
from postal_desk.ui.widgets.labels import text_label

_PREVIEW = (860, 640)
_WIDTH = 560
_CLIPBOARD_MS = 60_000  # then the code is taken off the clipboard again


class RecoveryDialog(QDialog):
    """``typed`` gives what was typed back; whoever opened the dialog answers with :meth:`accept` or :meth:`refused`.

    Esc and «Later» leave it unconfirmed; the window goes on reminding. ``old`` says that there was another code before.
    """

    help = "passwords"

    typed = Signal(str)

    def __init__(self, ctx: Context, code: str, branch: str, parent: QWidget, old: bool = False) -> None:
        super().__init__(parent)
        self._ctx, self._code, self._branch, self._old = ctx, code, branch, old
        self.setWindowTitle(_("Recovery code"))
        self.shown = text_label(code, "figure", selectable=True)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setAccessibleName(_("Recovery code {code}").format(code=" ".join(code)))
        self.print_button = QPushButton(icon("printer"), _("Print or save the sheet…"))
        self.print_button.clicked.connect(self.print_sheet)
        self.copy_button = QPushButton(icon("copy"), _("Copy"))
        self.copy_button.clicked.connect(self.copy)
        self.back = QLineEdit()
        self.back.setAccessibleName(_("The code, typed from the sheet"))
        self.back.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.back.textChanged.connect(self._typing)
        self.problem = text_label(kind="error", wrap=True)
        self.problem.hide()
        self.confirm_button = dress(QPushButton(_("That is it")), kind="primary")
        self.confirm_button.setDefault(True)
        self.confirm_button.clicked.connect(self.confirm)
        self.later_button = QPushButton(_("Later"))
        self.later_button.clicked.connect(self.reject)
        for button in (self.print_button, self.copy_button, self.later_button):
            button.setAutoDefault(False)
        self._lay_out()

    def confirm(self) -> None:
        """Hand over what was typed."""
        if not self.back.text().strip():
            self._say(_("Type the code from the sheet, so that you know it can be read"))
            self.back.setFocus()
            return
        self.confirm_button.setEnabled(False)
        self.typed.emit(self.back.text())

    def refused(self, error: Exception) -> None:
        """What was typed is not the code."""
        self.confirm_button.setEnabled(True)
        sentence = error.reason if isinstance(error, FieldRefusal) else getattr(error, "sentence", None)
        if not isinstance(sentence, Sentence):
            self._ctx.tell_fault(error)
            return
        self._say(tell(sentence))
        self.back.setFocus()

    def copy(self) -> None:
        """Put the code on the clipboard, for a minute."""
        board, code = QGuiApplication.clipboard(), self._code
        board.setText(code)

        def forget() -> None:
            if board.text() == code:
                board.clear()

        QTimer.singleShot(_CLIPBOARD_MS, board, forget)

    def print_sheet(self) -> None:
        """Show the sheet, to print it or save it as PDF."""
        from postal_desk.reports.recovery_sheet import recovery_sheet

        lang = self._ctx.settings["document_language"] or language()
        sheet = recovery_sheet(self._code, self._branch, date.today(), lang)

        def document(_reason: str | None) -> Document:
            return sheet

        def save(_form: str, path: Path, _reason: str | None) -> Path:
            from postal_desk.render.output import QtRenderer
            from postal_desk.services.recovery import save_sheet

            return save_sheet(sheet, path, QtRenderer())

        title = _("Sheet with the recovery code")
        dialog = open_print_dialog(self._ctx, Printable(title, document, save, forms=("pdf",)), self)
        resize_within(dialog, *_PREVIEW)

    def _typing(self, text: str) -> None:
        """From the sheet, not from the screen: the code is covered while it is typed."""
        self.shown.setText("-".join(["*****"] * 5) if text else self._code)
        self._say("")

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setAccessibleName(problem)
        self.problem.setVisible(bool(problem))
        fit_height(self)
        self._fitting.ensureWidgetVisible(self.back, 0, looks.px(4))

    def _lay_out(self) -> None:
        why = _(
            "It opens the desk and its copies when a password is forgotten. It is shown this once and kept nowhere: "
            "without password and code nobody can read the data again, not even whoever made this program."
        )
        if self._old:
            why += " " + _(
                "The old code opens nothing any more but copies made before: keep its sheet with them, marked as old."
            )
        tools = QHBoxLayout()
        tools.addStretch(1)
        tools.addWidget(self.print_button)
        tools.addWidget(self.copy_button)
        tools.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.later_button)
        foot.addWidget(self.confirm_button)
        inner = QWidget()
        box = QVBoxLayout(inner)
        gap = looks.px(20)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(12))
        box.addWidget(text_label(_("Put the recovery code on paper"), "subject"))
        box.addWidget(NoteBox(why, "attention"))
        box.addSpacing(looks.px(4))
        box.addWidget(self.shown)
        box.addLayout(tools)
        box.addSpacing(looks.px(4))
        caption = text_label(_("Now type it back from the sheet"), "caption")
        caption.setBuddy(self.back)
        box.addWidget(caption)
        box.addWidget(self.back)
        box.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(gap, looks.px(16), gap, looks.px(16))
        around.setSpacing(looks.px(12))
        self._fitting = Fitting(inner, self.windowTitle(), _WIDTH - 40)
        around.addWidget(self._fitting, 1)
        around.addWidget(self.problem)
        around.addLayout(foot)
        fit_height(self, looks.px(_WIDTH))
        self.print_button.setFocus()
