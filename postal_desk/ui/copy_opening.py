"""Taking a copy from a stick: which file, the password of then, and what is made of it. For any page.

``bring_desk`` makes it the desk of this PC, ``look_at_copy`` opens it only to be read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.missing_files import tell_missing
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.fitting import fit_height
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.services.access import Credential
    from postal_desk.services.copies import MissingFile

Make = Callable[[Path, "Credential | None"], Path]


class PasswordDialog(QDialog):
    """Asks for the password that held when the copy was made; a wrong one is told here."""

    help = "passwords"

    def __init__(self, file: Path, parent: QWidget, entered: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Password of the copy"))
        self._entered = entered
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(_("Password"))
        self.note = NoteBox(tone="bad")
        self.note.hide()
        self.button = HintButton(_("Open"), "Enter", primary=True)
        self.button.setDefault(True)
        self.button.clicked.connect(self._take)
        cancel = HintButton(_("Cancel"), "Esc")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        words = _(
            "{file} opens with the password of a user as it was when the copy was made, or with the recovery code."
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(8))
        box.addWidget(text_label(words.format(file=file.name), "hint", wrap=True))
        box.addWidget(self.field)
        box.addWidget(self.note)
        box.addLayout(foot)
        fit_height(self, looks.px(420))

    def refuse(self, sentence: Sentence) -> None:
        """Tell what is wrong and let it be typed again."""
        self.note.show_text(tell(sentence), "bad")
        fit_height(self)
        self.button.setEnabled(True)
        self.field.selectAll()
        self.field.setFocus()

    def _take(self) -> None:
        if self.field.text():
            self.button.setEnabled(False)
            self._entered(self.field.text())


class CopyOpening(QObject):
    """One way from a file to an open desk; ``make`` runs on the desk's thread, ``done`` gets the folder."""

    def __init__(
        self, ctx: Context, window: QWidget, progress: ProgressStrip, make: Make, done: Callable[[Path], None]
    ) -> None:
        super().__init__(window)
        self._ctx, self._window, self._progress = ctx, window, progress
        self._make, self._done = make, done
        self.asking: PasswordDialog | None = None

    def ask_file(self) -> QFileDialog:
        """Ask for the file of the copy."""
        dialog = QFileDialog(self._window, _("Choose the copy"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Copies of a desk") + " (*.postal-copy)", _("All files") + " (*)"])
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()
        return dialog

    def take(self, file: Path) -> None:
        """Open a file; its password is asked for where it has one."""

        def needs() -> bool:
            from postal_desk.services.moving import has_password

            return has_password(file)

        def known(needed: bool) -> None:
            if needed:
                self.asking = PasswordDialog(file, self._window, lambda password: self._run(file, password))
                self.asking.open()
            else:
                self._run(file, None)

        self._ctx.background.db(needs, known, self._failed, owner=self)

    def _run(self, file: Path, password: str | None) -> None:
        def make() -> Path:
            from postal_desk.services.access import Credential

            return self._make(file, None if password is None else Credential.password(password))

        task = self._ctx.background.db(make, self._made, self._failed, owner=self)
        self._progress.watch(task, _("Reading {file}…").format(file=file.name))

    def _made(self, path: Path) -> None:
        if self.asking is not None:
            self.asking.accept()
            self.asking = None
        self._done(path)

    def _failed(self, error: Exception) -> None:
        sentence = getattr(error, "sentence", None)
        if self.asking is not None and isinstance(sentence, Sentence):
            self.asking.refuse(sentence)
        else:
            self._ctx.tell_fault(error)


def bring_desk(ctx: Context, window: QWidget, progress: ProgressStrip, to: Path) -> CopyOpening:
    """Choose a copy and make it the desk in ``to``, say which attachments did not come back, then open it."""
    absent: list[MissingFile] = []

    def make(file: Path, credential: Credential | None) -> Path:
        from postal_desk.services.copies import restore_copy

        made = restore_copy(file, to, credential=credential)
        absent[:] = made.absent
        return made.path

    def opened(path: Path) -> None:
        tell_missing(absent, lambda: ctx.navigator.open_desk(path), window)

    opening = CopyOpening(ctx, window, progress, make, opened)
    opening.ask_file()
    return opening


def look_at_copy(ctx: Context, window: QWidget, progress: ProgressStrip) -> CopyOpening:
    """Choose a copy and open it to be read."""

    def make(file: Path, credential: Credential | None) -> Path:
        from postal_desk.services.moving import forget_looks, look_at

        forget_looks(but=ctx.desk.path if ctx.has_desk else None)
        return look_at(file, credential)

    opening = CopyOpening(ctx, window, progress, make, lambda path: ctx.navigator.open_desk(path))
    opening.ask_file()
    return opening
