"""Fourth step: the folder off this disk that the copies are carried to. It may be left for later."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.first_run.fields import Fields
from postal_desk.ui.first_run.step import Step
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.labels import text_label


class CopiesStep(Step):
    """The second place for copies. Whether it will do is looked at when the desk is made, off the window's thread."""

    def __init__(self, place: str = "") -> None:
        super().__init__(
            _("Where should backup copies go?"),
            _(
                "The program copies the desk by itself, on this disk. If the disk fails or the PC is lost, only a copy "
                "elsewhere helps: on a USB stick, another disk or a network share."
            ),
        )
        self.folder = QLineEdit(place)
        self.folder.setAccessibleName(_("Backup folder"))
        self.folder.setPlaceholderText(_("A USB stick, another disk or a network share"))
        self.folder.textChanged.connect(self._changed)
        self.choose_button = QPushButton(_("Choose…"))
        self.choose_button.setAccessibleName(_("Choose the second place for copies"))
        self.choose_button.clicked.connect(self.choose)
        self.later = text_label(kind="hint", wrap=True)
        self.note = NoteBox()
        self._open = False  # a desk that anybody can read, and so its copies
        self._lay_out()
        self._tell()

    def begin(self) -> None:
        self.folder.setFocus()
        self.folder.selectAll()

    def tell(self, without_password: bool) -> None:
        """Whether the copies will be encrypted with a password."""
        self._open = without_password
        self._tell()

    def value(self) -> str:
        """The folder; empty if it is left for later."""
        return self.folder.text().strip().strip('"')

    def choose(self) -> QFileDialog:
        """Ask for the folder."""
        dialog = QFileDialog(self, _("Second place for copies"), self.value() or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.finished.connect(lambda _result: self.folder.setFocus())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def state(self) -> object:
        return self.folder.text()

    def restore(self, state: object) -> None:
        self.folder.setText(str(state))

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        if self.value():
            self.later.setText(_("While it is connected the newest copy is put there every day by itself"))
        else:
            self.later.setText(
                _(
                    "It can be left empty and chosen later in Settings; after a week without a copy off this disk the "
                    "program reminds you."
                )
            )
        if self._open:
            text = _("This desk has no password: whoever finds the stick can read its copies.")
            self.note.show_text(text, "attention")
        else:
            text = _("Copies are encrypted as the desk is: whoever finds the stick reads nothing.")
            self.note.show_text(text)

    def _lay_out(self) -> None:
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(8))
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_button)
        place.setFocusProxy(self.folder)
        fields = Fields()
        fields.add(_("Backup folder"), place)
        fields.add("", self.later)
        self.box.addSpacing(looks.px(4))
        self.box.addLayout(fields)
        self.box.addWidget(self.note)
        self.box.addStretch(1)
