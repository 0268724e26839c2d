"""The password is forgotten: the recovery code and a new password, and the desk opens with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, Sentence, say
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.password_edit import NewPassword

if TYPE_CHECKING:
    from postal_desk.services.access import Credential


class ForgottenDialog(Editor):
    """``renewed`` gives the credential of the new password, once it holds."""

    renewed = Signal(object)

    def __init__(self, ctx: Context, path: Path, user: str, parent: QWidget) -> None:
        super().__init__(ctx, _("A new password for {name}").format(name=user), parent, _("Set and log in"))
        self._path, self._user = path, user
        self._credential: Credential | None = None
        note = _(
            "A manager can give you a new password too, in Settings, Users. Without either nobody can open the desk."
        )
        self.inner.insertWidget(0, NoteBox(note))
        self.code = QLineEdit()
        self.code.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.new = NewPassword()
        self.form.add(
            _("Recovery code"), self.code, _("From the sheet; capitals and hyphens do not matter"), "code"
        )
        hint = _("At least 8 characters; a short sentence is easy to keep in mind and hard to guess")
        self.form.add(_("New password"), self.new.first, hint, "password")
        self.form.add(_("Once more"), self.new.second, key="again")

    def work(self) -> Callable[[], Changes]:
        from postal_desk.domain.passwords import check_password
        from postal_desk.services.access import Credential
        from postal_desk.services.desk import open_desk
        from postal_desk.services.users import set_password

        path, user, password = self._path, self._user, self.new.value()
        if not self.code.text().strip():
            raise FieldRefusal("code", say("this field is required"))
        check_password(password, user)
        if password != self.new.second.text():
            raise FieldRefusal("again", say("the two passwords are not the same"))
        by_code = Credential.recovery(self.code.text())
        self._credential = Credential.password(password, user)

        def write() -> Changes:
            with open_desk(path, credential=by_code, how="window") as desk:
                return set_password(desk, user, password)

        return write

    def save(self) -> None:
        """As any editor; but there is no desk yet that the pages could be refreshed from."""
        self.form.clear_problems()
        try:
            work = self.work()
        except FieldRefusal as refusal:
            self.refused(refusal)
            return
        self.save_button.setEnabled(False)
        self.ctx.background.db(work, lambda _changes: self.accept(), self.refused, owner=self)

    def refused(self, error: Exception) -> None:
        """A wrong code is told at its field."""
        from postal_desk.services.faults import TooManyTries, WrongKey, WrongPassword

        sentence = getattr(error, "sentence", None)
        if isinstance(error, WrongPassword) and not isinstance(error, TooManyTries):
            sentence = say(
                "This recovery code is not that of this desk: look for the sheet that was printed last"
            )
        if isinstance(error, WrongKey) and isinstance(sentence, Sentence):
            super().refused(FieldRefusal("code", sentence))
        else:
            super().refused(error)

    def accept(self) -> None:
        super().accept()
        if self._credential is not None:
            self.renewed.emit(self._credential)
