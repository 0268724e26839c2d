"""Reopening a closed case: the day and the reason, which become a step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.labels import text_label


class ReopenDialog(QDialog):
    """``reopen_asked`` gives day and reason."""

    help = "follow-and-close"

    reopen_asked = Signal(object, str)

    def __init__(self, number: str, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Reopen case {number}").format(number=number))
        self.day = DateEdit(_("Reopened on"), today)
        self.day.set_value(today())
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("What makes it open again?"))
        self.reason.setTabChangesFocus(True)
        self.note = NoteBox(tone="bad")
        self.note.hide()
        cancel = HintButton(_("Cancel"), "Esc")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.button = HintButton(_("Reopen"), "Ctrl+S", primary=True)
        self.button.setShortcut("Ctrl+S")
        self.button.clicked.connect(self.try_reopen)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(8))
        box.addWidget(text_label(_("Reopened on"), "caption"))
        box.addWidget(self.day)
        box.addWidget(text_label(_("Reason"), "caption"))
        box.addWidget(self.reason)
        box.addWidget(self.note)
        box.addLayout(buttons)
        self.resize(looks.px(440), looks.px(280))
        self.reason.setFocus()

    def try_reopen(self) -> None:
        """Ask for it if day and reason are there, else say what is missing."""
        day, reason = self.day.value(), self.reason.toPlainText().strip()
        if day is None:
            problem = (
                tell(self.day.problem)
                if self.day.problem
                else _("Give the day of reopening, for example 7-2.")
            )
            self.refuse(problem)
            self.day.setFocus()
        elif not reason:
            self.refuse(_("Give the reason in a few words; it is kept as a step."))
            self.reason.setFocus()
        else:
            self.reopen_asked.emit(day, reason)

    def refuse(self, words: str) -> None:
        """Say what stands in the way; everything typed stays."""
        self.note.show_text(words, "bad")
