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
from postal_desk.ui.widgets.fitting import fit_height
from postal_desk.ui.widgets.form import Form
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.password_edit import PasswordEdit
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.services.copies import Copy, MissingFile

    #: the desk's folder, the attachments that did not come back, and where the folder stands that did not open
    Made = tuple[Path, tuple[MissingFile, ...], Path | None]


class RestoreDialog(QDialog):
    """Restores ``copy`` beside; ``in_place`` is the folder of a desk that does not open: it is put aside then.

    ``restored`` gets the folder of the new desk; in place of the old one the dialog first says what came back, and
    what has to be entered again.
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
        self._made: Made | None = None
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
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        fit_height(self, looks.px(560))
        if copy.locked and in_place:  # then there is nothing else to type
            self.password.line.setFocus()

    def restore(self) -> None:
        """Do it; a refusal is said here and leaves everything as it was. Once it is done, open what was restored."""
        if self._made is not None:
            self.accept()
            return
        target, file, desk = Path(self.target.text().strip()), self.copy.path, self._desk
        secret, in_place, actor = self.password.text(), self._in_place, self._ctx.settings["user"]
        self.problem.hide()
        if self.copy.locked and not secret:
            self._say(_("Type the password, or the recovery code"))
            return

        def work() -> Made:
            from postal_desk.services import copies, rescue
            from postal_desk.services.desk import Credential

            credential = Credential.password(secret) if secret else None
            if in_place:
                done = rescue.rescue(file, desk, actor=actor, credential=credential)
                return desk, done.copy.absent, done.aside
            made = copies.restore_copy(file, target, actor=actor, credential=credential, once=desk)
            return made.path, made.absent, None

        self.button.setEnabled(False)
        task = self._ctx.background.pool(work, self._done, self._refused, self)
        self.progress.cancel_button.hide()
        self.progress.watch(task, _("Restoring and proving the copy…"))

    def _done(self, made: Made) -> None:
        self._made = made
        if not self._in_place:
            self.accept()
            return
        told = [
            _(
                "The desk is back as it was at {time}, with {cases} cases. "
                "What was saved later has to be entered again."
            )
        ]
        if made[2] is not None:
            told.append(_("The folder that did not open is kept beside it: {name}"))
        name = made[2].name if made[2] is not None else ""
        words = "\n".join(told).format(time=moment(self.copy), cases=self.copy.cases, name=name)
        self.setWindowTitle(_("The desk is back"))
        self.asked.hide()
        self.cancel.hide()
        self.problem.show_text(words, "good")
        self.button.setText(_("Open the desk"))
        self.button.setEnabled(True)
        self.button.setFocus()
        fit_height(self, shrink=True)

    def done(self, result: int) -> None:
        """However it is closed: what was made is told of."""
        super().done(result)
        if self._made is not None:
            (path, absent, _aside), restored = self._made, self._restored
            self._made = None
            tell_missing(absent, lambda: restored(path), self.parentWidget() or self)

    def _refused(self, error: Exception) -> None:
        from postal_desk.services.faults import TooManyTries, WrongPassword

        self.button.setEnabled(True)
        sentence = getattr(error, "sentence", None)
        if isinstance(error, WrongPassword) and not isinstance(error, TooManyTries):
            told = _(
                "Wrong password for this copy. Type one that a user had on {time}, or the recovery code of then."
            )
            self._say(told.format(time=moment(self.copy)))
        elif isinstance(sentence, Sentence):
            self._say(tell(sentence))
        else:
            self._ctx.tell_fault(error)

    def _say(self, problem: str) -> None:
        self.problem.show_text(problem, "bad")
        fit_height(self)
        if self.copy.locked:
            self.password.line.selectAll()
            self.password.setFocus()

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
        self.asked = QWidget()
        asked = QVBoxLayout(self.asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(looks.px(12))
        asked.addWidget(text_label(self._what_happens(), "hint", wrap=True))
        form = Form()
        choose = None
        if not self._in_place:
            choose = QPushButton(_("Choose…"))
            choose.setAccessibleName(_("Choose the folder for the restored desk"))
            choose.clicked.connect(self._choose)
        form.add(_("To"), self.target, "", "to", choose)
        if self.copy.locked:
            form.add(
                _("Password"),
                self.password,
                _("Of any user, as it was when the copy was made, or the recovery code"),
            )
        asked.addLayout(form)
        box.addWidget(self.asked)
        box.addWidget(self.problem)
        box.addWidget(self.progress)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
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
    return text.format(time=moment(copy), cases=copy.cases, size=size_words(copy.size))


def moment(copy: Any) -> str:
    """When a copy was made."""
    return f"{copy.made_at:%Y-%m-%d %H:%M}"


def _beside(desk: Path) -> Path:
    name, number = f"{desk.name}-restored-{datetime.now():%Y%m%d}", 1
    path = desk.with_name(name)
    while path.exists():
        number += 1
        path = desk.with_name(f"{name}-{number}")
    return path
