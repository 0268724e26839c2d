"""The field for the division code: type a name, its pinyin initials or digits; any six digits will do."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from postal_desk.i18n import _, label
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.initials import initials
from postal_desk.ui.widgets.suggestions import SuggestionList

if TYPE_CHECKING:
    from postal_desk.services.beginning import KnownDivision


class DivisionField(QLineEdit):
    """``code()`` is six digits or ``""``; ``changed`` fires when it is another one."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Division code"))
        self.setPlaceholderText(_("220204 or Chuanying"))
        self._divisions: dict[str, KnownDivision] = {}
        self._choices: list[Choice] = []
        self._searched: dict[str, str] = {}
        self._code = ""
        self._list = SuggestionList(self, _("Divisions"))
        self._list.chosen.connect(self._take)
        self.textEdited.connect(self._typed)

    def set_divisions(self, divisions: Sequence[KnownDivision]) -> None:
        """Offer these."""
        self._divisions = {division.code: division for division in divisions}
        self._choices = [
            Choice(division.code, f"{division.code} {label(division.name)}", label(division.within))
            for division in divisions
        ]
        self._searched = {
            division.code: " ".join(
                (division.code, division.name.zh, initials(division.name.zh), division.name.en.casefold())
            )
            for division in divisions
        }

    def code(self) -> str:
        """The six digits, or nothing yet."""
        return self._code

    def known(self) -> KnownDivision | None:
        """What the shipped list knows of the code."""
        return self._divisions.get(self._code)

    def set_code(self, code: str) -> None:
        """Show a code; nothing is emitted."""
        self._code = code
        self.setText(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list.isVisible() and self._list.take_key(event):
            return
        if event.key() == Qt.Key.Key_Down:
            self._list.show_choices(self._choices, self._code)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and self._list.isVisible():
            self._list.take_current()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._list.hide()
        found = [] if self._code else self._matching(self.text())
        if len(found) == 1:
            self._take(found[0].value)

    def _typed(self, typed: str) -> None:
        plain = unicodedata.normalize("NFKC", typed).strip()
        self._set(plain if len(plain) == 6 and plain.isascii() and plain.isdigit() else "")
        self._list.show_choices([] if self._code else self._matching(plain), "")

    def _matching(self, typed: str) -> list[Choice]:
        """The divisions whose name in either language, initials or code contain every typed word."""
        words = typed.casefold().split()
        return [c for c in self._choices if words and all(word in self._searched[c.value] for word in words)]

    def _take(self, code: str) -> None:
        self.setText(code)
        self._set(code)

    def _set(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self.changed.emit(code)
