"""Exporting with a choice: the form of the file, and personal data in clear for a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.saving_files import form_words
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.choice_row import ChoiceRow
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.fitting import Fitting, fit_height
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.personal_box import PersonalBox

_WIDTH = 480
FORMS = ("docx", "xlsx", "pdf")


class ExportDialog(QDialog):
    """``asked`` gives the form and the reason for data in clear (``None``: masked). Only the workbook lists cases, so
    only there can they be shown in clear. ``filled`` gives a head-office form to be filled. ``personal`` says what
    the typical cases still tell.
    """

    help = "month-end"

    asked = Signal(str, object)
    filled = Signal(str, str)  # name of a superior's form, docx or xlsx

    def __init__(
        self,
        title: str,
        parent: QWidget,
        in_clear: bool = True,
        personal: PersonalBox | None = None,
        form: str = "xlsx",
        templates: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export"))
        self._may_clear = in_clear  # the role allows it
        self.forms = ChoiceRow(_("Form"), [Choice(form, form_words(form)) for form in FORMS])
        self.template = QComboBox()
        self.template.setAccessibleName(_("Layout"))
        self.template.addItem(_("Built-in layout"), "")
        for name, kind in templates:
            self.template.addItem(_("Head-office form: {name}").format(name=name), (name, kind))
        self.template.setVisible(bool(templates))
        self.clear = QCheckBox(_("Names, phones, addresses and item numbers of the case list in clear"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("What is it needed for, and who gets it?"))
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setMaxLength(200)
        self.hint = text_label(kind="hint", wrap=True)
        self.note = NoteBox(tone="attention")
        self.note.hide()
        self.button = HintButton(_("Choose the place…"), "Enter", primary=True)
        self.button.setDefault(True)
        self.button.clicked.connect(self.try_export)
        cancel = HintButton(_("Cancel"), "Esc")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(8))
        box.addWidget(text_label(title, "heading", wrap=True))
        box.addWidget(self.template)
        box.addWidget(self.forms)
        box.addSpacing(looks.px(4))
        box.addWidget(self._scrolling(personal), 1)
        box.addWidget(self.note)
        box.addLayout(buttons)
        self.template.currentIndexChanged.connect(lambda _at: self._arrange())
        self.forms.changed.connect(self._arrange)
        self.forms.entered.connect(self.try_export)
        self.clear.toggled.connect(self._ticked)
        self.forms.pick(form)
        fit_height(self, looks.px(_WIDTH))
        if personal is not None:
            personal.scanned.connect(lambda _left: self._fit())

    def _scrolling(self, personal: PersonalBox | None) -> Fitting:
        """What is asked about personal data: it gives way where the screen is low, never the buttons."""
        inner = QWidget()
        asked = QVBoxLayout(inner)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(looks.px(8))
        for part in (self.clear, self.hint, self.reason, personal):
            if part is not None:
                asked.addWidget(part)
        asked.addStretch(1)
        return Fitting(inner, self.clear.text(), _WIDTH - 40)

    def _fit(self) -> None:
        fit_height(self, shrink=True)

    def try_export(self) -> None:
        """Ask for the export if a reason is given where one is needed, else say so."""
        chosen = self.template.currentData()
        if chosen:
            self.accept()
            self.filled.emit(*chosen)
            return
        in_clear = self.clear.isEnabled() and self.clear.isChecked()
        reason = self.reason.text().strip()
        if in_clear and not reason:
            self.note.show_text(
                _("Give the reason; it is written to the audit log with your name."), "attention"
            )
            self._fit()
            self.reason.setFocus()
            return
        self.accept()
        self.asked.emit(self.forms.value(), reason if in_clear else None)

    def _ticked(self, on: bool) -> None:
        self._arrange()
        self._fit()
        if on:
            self.reason.setFocus()

    def _arrange(self) -> None:
        built_in = not self.template.currentData()
        self.forms.setEnabled(built_in)
        workbook = built_in and self.forms.value() == "xlsx"
        self.clear.setEnabled(workbook and self._may_clear)
        self.reason.setVisible(workbook and self.clear.isChecked())
        self.note.hide()
        if not self._may_clear:
            self.hint.setText(_("Personal data is masked; only a manager can export it in clear."))
        elif workbook:
            self.hint.setText(
                _("Otherwise they are masked. Hand such a file on only where the law allows it.")
            )
        else:
            self.hint.setText(_("Only the Excel workbook lists single cases; this file shows none in clear."))
