"""Third step: who works here, with which password, whose desk it is, and what will be made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QRadioButton, QWidget

from postal_desk import installation, paths
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.first_run.fields import Fields
from postal_desk.ui.first_run.step import Step
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.password_edit import NewPassword


class NameStep(Step):
    """My name, chosen from the staff or typed; the password that the desk's key is wrapped in."""

    def __init__(self) -> None:
        super().__init__(
            _("Who are you?"),
            _(
                "You become the manager of this desk. Your name stands in the history of each change you make."
            ),
        )
        self.user = QComboBox()
        self.user.setEditable(True)
        self.user.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.user.setAccessibleName(_("My name"))
        self.user.editTextChanged.connect(lambda _text: self.changed.emit())
        self.new = NewPassword(_("Password"))
        for field in (self.new.first, self.new.second):
            field.changed.connect(self.changed)
        self.open = QCheckBox(_("No password, for learning only: anybody at this PC can open the desk"))
        self.open.toggled.connect(self._open_changed)
        self.mine = QRadioButton(_("For me"))
        self.everyones = QRadioButton(_("For everyone on this PC"))
        (self.everyones if installation.machine_wide() else self.mine).setChecked(True)
        self.everyones.toggled.connect(lambda _on: self._tell_folder())
        self._fixed: Path | None = paths.default_desk()  # until it is known whether there is a choice
        self.branch = text_label(wrap=True)
        self.lists = text_label(wrap=True)
        self.folder = text_label(kind="hint", wrap=True, selectable=True)
        self.note = NoteBox()
        self._lay_out()
        self._tell_note()

    def begin(self) -> None:
        if not self.value() or self.open.isChecked() or not self.new.problem(self.value()):
            self.user.setFocus()
        elif self.new.first.text() and not self.new.second.text():
            self.new.second.setFocus()
        else:
            self.new.first.setFocus()

    def tell(self, branch: str, outlets: int, staff: Sequence[str], folder: Path, choice: bool) -> None:
        """Say what will be made, and offer the staff's names. ``choice``: it may be for everyone on this PC."""
        typed = self.user.currentText()
        self.user.clear()
        self.user.addItems(list(staff))
        self.user.setEditText(typed)
        self.branch.setText(branch)
        if outlets or staff:
            self.lists.setText(
                _("Outlets: {outlets}, people: {staff}").format(outlets=outlets, staff=len(staff))
            )
        else:
            self.lists.setText(_("no outlets and no staff; add them in Settings when you have the lists"))
        self._fixed = None if choice else folder
        for part in (self.mine, self.everyones):
            part.setVisible(choice)
        self._tell_folder()

    def problem(self) -> str:
        if not self.value():
            return _("Type your name, or choose it from the list")
        if self.open.isChecked():
            return ""
        if not self.new.value():
            return _("Choose a password, or tick that this desk is for learning only")
        return self.new.problem(self.value())

    def value(self) -> str:
        """The name."""
        return " ".join(self.user.currentText().split())

    def password(self) -> str:
        """The password; empty for a desk without."""
        return "" if self.open.isChecked() else self.new.value()

    def shared(self) -> bool:
        """True if everybody on this PC is to use the desk."""
        return self._fixed is None and self.everyones.isChecked()

    def place(self) -> Path:
        """The folder of the desk."""
        if self._fixed is not None:
            return self._fixed
        return paths.shared_desk() if self.everyones.isChecked() else paths.default_desk()

    def state(self) -> object:
        return self.user.currentText(), self.open.isChecked(), self.everyones.isChecked()

    def restore(self, state: object) -> None:
        assert isinstance(state, tuple)
        name, without, everyones = state
        self.user.setEditText(str(name))
        self.open.setChecked(bool(without))
        (self.everyones if everyones else self.mine).setChecked(True)

    def _open_changed(self, without: bool) -> None:
        for field in (self.new.first, self.new.second):
            field.setEnabled(not without)
        self._tell_note()
        self.changed.emit()

    def _tell_note(self) -> None:
        if self.open.isChecked():
            text, tone = (
                _(
                    "This desk has no password yet: anybody who uses this PC can open it. "
                    "It stays on this PC; nothing is sent anywhere."
                ),
                "attention",
            )
        else:
            text, tone = (
                _(
                    "The password encrypts the desk. You get a recovery code next, for the day it is forgotten: have a "
                    "printer or a pen ready."
                ),
                "good",
            )
        self.note.show_text(text, tone)

    def _tell_folder(self) -> None:
        self.folder.setText(str(self.place()))

    def _lay_out(self) -> None:
        fields = Fields()
        fields.add(_("My name"), self.user)
        fields.add(_("Password"), self.new.first)
        fields.add(_("Once more"), self.new.second)
        fields.add("", self.open)
        whose = QWidget()
        row = QHBoxLayout(whose)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(16))
        for part in (self.mine, self.everyones):
            row.addWidget(part)
        row.addWidget(self.folder, 1)
        for name, field in (
            (_("Branch"), self.branch),
            (_("To begin with"), self.lists),
            (_("Kept in"), whose),
        ):
            fields.add(name, field)
        self.box.addSpacing(looks.px(4))
        self.box.addLayout(fields)
        self.box.addWidget(self.note)
        self.box.addStretch(1)
