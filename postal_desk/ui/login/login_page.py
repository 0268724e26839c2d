"""Who is there? Shown while a desk with users is closed: at the start, after a lock, when another user takes over."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from postal_desk import i18n, paths
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.login.forgotten_dialog import ForgottenDialog
from postal_desk.ui.page import Page
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.fitting import Fitting
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.password_edit import PasswordEdit

if TYPE_CHECKING:
    from postal_desk.services.access import Credential

_WIDEST = 420


class LoginPage(Page):
    """``go("login", path=FOLDER, names=(…), user="…", why="locked")``; ``why`` also ``switch`` or empty."""

    name = "login"
    help = "passwords"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.path = paths.default_desk()
        self._why = ""
        self.note = NoteBox()
        self.note.hide()
        self.password = PasswordEdit(_("Password"))
        self.password.returned.connect(self.log_in)
        self.user = QComboBox()
        self.user.setAccessibleName(_("User"))
        self.user.activated.connect(lambda _place: self._picked())
        self.problem = text_label(kind="error", wrap=True)
        self.problem.hide()
        self.button = dress(QPushButton(_("Log in")), kind="primary")
        self.button.clicked.connect(self.log_in)
        self.forgotten = link_button(_("Forgot the password"), self.forgot)
        self.practice = link_button(_("Open the practice desk"), self._practise)
        self.chips: dict[str, Chip] = {}
        self._seconds = 0
        self._waits: dict[str, float] = {}  # until when each user has to wait, who typed wrong too often
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self._lay_out()

    # -- page ---------------------------------------------------------------------------------------------

    def shown(self, **request: object) -> None:
        path, names = request.get("path"), request.get("names")
        if isinstance(path, Path):
            self.path = path
            self.folder.setText(str(path))
        if isinstance(names, tuple):
            self._offer(names, str(request.get("user") or ""))
        self._why = str(request.get("why") or "")
        told, moved = self._told()
        self.note.show_text(told, "attention" if moved else "good")
        (self.user if self._why == "switch" else self.password).setFocus()

    def place(self) -> dict[str, object]:
        names = tuple(self.user.itemText(place) for place in range(self.user.count()))
        return {"path": self.path, "names": names, "user": self.user.currentText(), "why": self._why}

    # -- logging in ---------------------------------------------------------------------------------------

    def log_in(self) -> None:
        """Open the desk with the name and the password."""
        from postal_desk.services.access import Credential

        if not self.button.isEnabled() or self._seconds:
            return
        if not self.password.text():
            self._say(_("Type the password"))
            self.password.setFocus()
            return
        self.enter(Credential.password(self.password.text(), self.user.currentText()))

    def enter(self, credential: Credential) -> None:
        """Open the desk with a credential; what stands in the way is said here."""
        self._say("")
        self._enable(False)
        self.ctx.settings["last_user"] = self.user.currentText()
        self.ctx.navigator.enter(self.path, credential, self.refused)

    def refused(self, error: Exception) -> None:
        """The desk did not open."""
        from postal_desk.services.faults import WrongPassword

        sentence = getattr(error, "sentence", None)
        self._enable(True)
        self.password.clear()
        seconds = getattr(error, "seconds", 0)
        if seconds:
            self._wait(int(seconds))
        elif isinstance(error, WrongPassword):  # which desk it is stands above
            self._say(
                _(
                    "Wrong password: type it again. If it is forgotten, ask a manager for a new one, or press “Forgot "
                    "the password” and use the recovery code."
                )
            )
        elif isinstance(sentence, Sentence):
            self._say(tell(sentence))
        else:
            self.ctx.tell_fault(error)
        if not seconds:
            self.password.setFocus()

    def forgot(self) -> ForgottenDialog:
        """Ask for the recovery code and a new password."""
        dialog = ForgottenDialog(self.ctx, self.path, self.user.currentText(), self.window())
        dialog.renewed.connect(self._renewed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _renewed(self, credential: Credential) -> None:
        self._wait(0)  # what was typed wrong was another password
        self.enter(credential)

    def _picked(self) -> None:
        """Somebody else is there: only who typed wrong too often has to wait."""
        self._say("")
        self._count_down()
        if not self._seconds:
            self.password.setFocus()

    def _practise(self) -> None:
        self.ctx.navigator.open_desk(paths.practice_desk())

    def _offer(self, names: Sequence[str], user: str) -> None:
        if list(names) == [self.user.itemText(place) for place in range(self.user.count())]:
            return  # told once more, perhaps while somebody chooses
        self.user.clear()
        self.user.addItems(list(names))
        wanted = user or self.ctx.settings["last_user"]
        self.user.setCurrentIndex(max(0, self.user.findText(wanted)))

    def _wait(self, seconds: int) -> None:
        self._waits[self.user.currentText()] = time.monotonic() + seconds
        self._count_down()

    def _count_down(self) -> None:
        left = self._waits.get(self.user.currentText(), 0.0) - time.monotonic()
        self._seconds = max(0, math.ceil(left))
        self._enable(not self._seconds)
        if self._seconds:
            self._tell_wait()
            self._clock.start()
            self.user.setEnabled(True)
            self.user.setFocus()
        else:
            self._clock.stop()

    def _tick(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._tell_wait()
            return
        self._clock.stop()
        self._seconds = 0
        self._say("")
        self._enable(True)
        self.password.setFocus()

    def _tell_wait(self) -> None:
        told = _(
            "Wrong password too often: {name} can try again in {seconds} seconds. Somebody else may log in meanwhile."
        )
        if self.user.count() == 1:
            told = _("Wrong password too often; try again in {seconds} seconds")
        self._say(told.format(seconds=self._seconds, name=self.user.currentText()))

    def _told(self) -> tuple[str, bool]:
        """What to know before logging in, and whether that is that the desk moved."""
        from postal_desk.services.moving import is_look, mark_of

        mark = None if is_look(self.path) else mark_of(self.path)
        parts = (tell(mark.sentence) if mark else "", self._locked())
        return "\n".join(part for part in parts if part), mark is not None

    def _locked(self) -> str:
        if self._why == "locked":
            return _("Locked, as nobody has worked here for a while. What was typed is kept as a draft.")
        if self._why == "asked":
            return _("Locked. What was typed is kept as a draft.")
        if self._why == "switch":
            return _("Choose who works here now. What was typed is kept as a draft for the one who typed it.")
        return ""

    def _enable(self, on: bool) -> None:
        for part in (self.user, self.password, self.button):
            part.setEnabled(on)

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setAccessibleName(problem)
        self.problem.setVisible(bool(problem))

    def _speak(self, language: str) -> None:
        for name, chip in self.chips.items():
            chip.setChecked(name == language)
        self.ctx.settings["language"] = language

    # -- layout -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        card = Card(margin=24)
        card.body.setSpacing(looks.px(8))
        head = QHBoxLayout()
        head.addWidget(text_label(_("Postal Desk"), "title"), 1)
        for language, name in (("zh_CN", "中文"), ("en", "English")):
            chip = Chip(name)
            chip.setChecked(i18n.language() == language)
            chip.clicked.connect(lambda _on=False, language=language: self._speak(language))
            self.chips[language] = chip
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(head)
        self.folder = text_label(kind="hint", wrap=True)
        card.body.addWidget(self.folder)
        card.body.addWidget(self.note)
        card.body.addSpacing(looks.px(8))
        for caption, field in ((_("User"), self.user), (_("Password"), self.password)):
            label = text_label(caption, "caption")
            label.setBuddy(field)
            card.body.addWidget(label)
            card.body.addWidget(field)
        card.body.addWidget(self.problem)
        card.body.addSpacing(looks.px(8))
        card.body.addWidget(self.button)
        card.body.addSpacing(looks.px(4))
        foot = QHBoxLayout()
        foot.addWidget(self.forgotten)
        foot.addStretch(1)
        foot.addWidget(self.practice)
        card.body.addLayout(foot)
        middle = QWidget()
        middle.setFixedWidth(looks.px(_WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        column.addWidget(card)
        column.addStretch(3)
        content = QWidget()
        box = QHBoxLayout(content)
        box.addStretch(1)
        box.addWidget(middle)
        box.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Fitting(content, _("Log in"), _WIDEST))  # a low window still shows all of it
        order = (self.user, self.password.line, self.password.eye, self.button, self.forgotten, self.practice)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.practice.setVisible((paths.practice_desk() / "desk.db").is_file())
