"""Making a desk of a copy: where to, and the password of then if it has one. Nothing that is there is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.copy_work import size_words
from postal_desk.ui.missing_files import tell_missing
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.form import Form
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.password_edit import PasswordEdit
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.services.copies import Copy, MissingFile

    Made = tuple[
        Path, tuple[MissingFile, ...]
    ]  # the desk's folder, and the attachments that did not come back


class RestoreDialog(QDialog):
    """Restores ``copy`` beside; ``in_place`` is the folder of a desk that does not open: it is put aside then.

    ``restored`` gets the folder of the new desk.
    """

    help = "copies"

    def __init__(
        self,
        ctx: Context,
        copy: Copy,
        desk: Path,
        restored: Callable[[Path], object],
        parent: QWidget | None = None,
        in_place: bool = False,
    ) -> None:
        super().__init__(parent)
        self._ctx, self.copy, self._desk, self._in_place = ctx, copy, desk, in_place
        self._restored = restored
        self.setWindowTitle(_("Restore a copy"))
        self.target = QLineEdit(str(desk if in_place else _beside(desk)))
        self.target.setReadOnly(in_place)
        self.password = PasswordEdit(_("Password of then"))
        self.problem = NoteBox(tone="bad")
        self.problem.hide()
        self.progress = ProgressStrip()
        self.button = dress(QPushButton(_("Restore")), kind="primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self.restore)
        self._lay_out()
        self.resize(looks.px(560), self.sizeHint().height())
        if copy.locked and in_place:  # then there is nothing else to type
            self.password.line.setFocus()

    def restore(self) -> None:
        """Do it; a refusal is said here and leaves everything as it was."""
        target, file, desk = Path(self.target.text().strip()), self.copy.path, self._desk
        secret, in_place, actor = self.password.text(), self._in_place, self._ctx.settings["user"]
        self.problem.hide()

        def work() -> Made:
            from postal_desk.services import copies, rescue
            from postal_desk.services.desk import Credential

            credential = Credential.password(secret) if secret else None
            if in_place:
                done = rescue.rescue(file, desk, actor=actor, credential=credential)
                return desk, done.copy.absent
            made = copies.restore_copy(file, target, actor=actor, credential=credential, once=desk)
            return made.path, made.absent

        self.button.setEnabled(False)
        task = self._ctx.background.pool(work, self._done, self._refused, self)
        self.progress.cancel_button.hide()
        self.progress.watch(task, _("Restoring and proving the copy…"))

    def _done(self, made: Made) -> None:
        path, absent = made
        window, restored = self.parentWidget() or self, self._restored
        self.accept()
        tell_missing(absent, lambda: restored(path), window)

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        sentence = getattr(error, "sentence", None)
        if isinstance(sentence, Sentence):
            self.problem.show_text(tell(sentence), "bad")
        else:
            self._ctx.tell_fault(error)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Folder for the restored desk"), str(self._desk.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.target.setText)
        dialog.open()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(12))
        box.addWidget(text_label(describe(self.copy), "heading", wrap=True))
        box.addWidget(text_label(self._what_happens(), "hint", wrap=True))
        form = Form()
        choose = None
        if not self._in_place:
            choose = QPushButton(_("Choose…"))
            choose.setAccessibleName(_("Choose the folder for the restored desk"))
            choose.clicked.connect(self._choose)
        form.add(_("To"), self.target, "", "to", choose)
        if self.copy.locked:
            form.add(_("Password"), self.password, _("Of any user, as it was when the copy was made"))
        box.addLayout(form)
        box.addWidget(self.problem)
        box.addWidget(self.progress)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        row.addWidget(self.button)
        box.addLayout(row)

    def _what_happens(self) -> str:
        if self._in_place:
            return _(
                "The folder that does not open is kept whole under another name beside it. What was saved after the "
                "copy has to be entered again."
            )
        return _("A desk of its own is made in a new folder. The desk that is open now is not touched.")


def describe(copy: Any) -> str:
    """A copy in one line."""
    text = _("Copy of {time} · {cases} cases · {size}")
    return text.format(time=f"{copy.made_at:%Y-%m-%d %H:%M}", cases=copy.cases, size=size_words(copy.size))


def _beside(desk: Path) -> Path:
    name, number = f"{desk.name}-restored-{datetime.now():%Y%m%d}", 1
    path = desk.with_name(name)
    while path.exists():
        number += 1
        path = desk.with_name(f"{name}-{number}")
    return path
