"""Fields for passwords: one that hides what is typed until asked, and two for a new one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from postal_desk.domain.passwords import LONGEST, check_password
from postal_desk.domain.sentences import FieldRefusal
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class PasswordEdit(QWidget):
    """A line of dots; the eye beside it shows the letters until pressed again. Letters that come out as capitals by
    themselves are told, as dots don't show them.
    """

    returned = Signal()
    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(name)
        self.line.returnPressed.connect(self.returned)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.line.installEventFilter(self)
        self.capitals = dress(text_label(_("Caps Lock is on"), "hint"), tone="attention")
        self.capitals.hide()
        self.eye = icon_button("eye", _("Show the password"), self._toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(4))
        row.addWidget(self.line, 1)
        row.addWidget(self.capitals)
        row.addWidget(self.eye)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Empty it and hide what comes."""
        self.line.clear()
        self.capitals.hide()
        self._show(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._look_at(event)
        return super().eventFilter(watched, event)

    def _look_at(self, event: QKeyEvent) -> None:
        """Qt does not know how the key stands; a letter and Shift tell."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.capitals.hide()  # whichever way: the next letter tells
        elif len(letter) == 1 and letter.isascii() and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.setVisible(letter.isupper() != shift)

    def _toggle(self) -> None:
        self._show(self.line.echoMode() == QLineEdit.EchoMode.Password)

    def _show(self, letters: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if letters else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.eye.setIcon(icon("eye-off" if letters else "eye", "ink2"))
        name = _("Hide the password") if letters else _("Show the password")
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(name)


class NewPassword:
    """Two fields for a password to be set; :meth:`problem` says what is wrong with it."""

    def __init__(self, caption: str = "") -> None:
        self.first = PasswordEdit(caption or _("New password"))
        self.second = PasswordEdit(_("The same once more"))

    def problem(self, name: str = "") -> str:
        """What has to be corrected, in one sentence; empty if nothing."""
        try:
            check_password(self.first.text(), name)
        except FieldRefusal as refusal:
            return tell(refusal.reason)
        if self.first.text() != self.second.text():
            return _("The two passwords are not the same; type them again")
        return ""

    def value(self) -> str:
        """The password."""
        return self.first.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()
