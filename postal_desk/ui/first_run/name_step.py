"""Third step: who works here, what will be made, and what is not protected yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.first_run.fields import Fields
from postal_desk.ui.first_run.step import Step
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.labels import text_label


class NameStep(Step):
    """My name, chosen from the staff or typed."""

    def __init__(self) -> None:
        super().__init__(
            _("Who are you?"), _("Your name stands in the history of each change that is made on this PC.")
        )
        self.user = QComboBox()
        self.user.setEditable(True)
        self.user.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.user.setAccessibleName(_("My name"))
        self.user.editTextChanged.connect(lambda _text: self.changed.emit())
        fields = Fields()
        fields.add(_("My name"), self.user)
        self.branch = text_label(wrap=True)
        self.lists = text_label(wrap=True)
        self.folder = text_label(wrap=True, selectable=True)
        for name, part in (
            (_("Branch"), self.branch),
            (_("To begin with"), self.lists),
            (_("Kept in"), self.folder),
        ):
            fields.add(name, part)
        self.box.addSpacing(looks.px(4))
        self.box.addLayout(fields)
        honest = _(
            "This desk has no password yet: anybody who uses this PC can open it. "
            "It stays on this PC; nothing is sent anywhere."
        )
        self.box.addWidget(NoteBox(honest, "attention"))
        self.box.addStretch(1)

    def begin(self) -> None:
        self.user.setFocus()

    def tell(self, branch: str, outlets: int, staff: Sequence[str], folder: Path) -> None:
        """Say what will be made, and offer the staff's names."""
        typed = self.user.currentText()
        self.user.clear()
        self.user.addItems(list(staff))
        self.user.setEditText(typed)
        self.branch.setText(branch)
        if outlets or staff:
            self.lists.setText(
                _("{outlets} outlets, {staff} people").format(outlets=outlets, staff=len(staff))
            )
        else:
            self.lists.setText(_("no outlets and no staff; add them in Settings when you have the lists"))
        self.folder.setText(str(folder))

    def problem(self) -> str:
        return "" if self.value() else _("Type your name, or choose it from the list")

    def value(self) -> str:
        """The name."""
        return " ".join(self.user.currentText().split())

    def state(self) -> object:
        return self.user.currentText()

    def restore(self, state: object) -> None:
        self.user.setEditText(str(state))
