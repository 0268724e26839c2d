"""Names of outlets and staff, picked from the desk's lists while one types; several stand in one line, parted by 、."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.measures.words import names_of
from postal_desk.ui.widgets.choices import Choice, matching
from postal_desk.ui.widgets.suggestions import SuggestionList

if TYPE_CHECKING:
    from postal_desk.services.organisation import Outlet, Staff

_BETWEEN = "、"
_PARTING = "、，,;；/"


class NamesField(QLineEdit):
    """A name that is no part of the list may be typed too; whether it may stay, the record says when it is saved.

    Part of a name or its pinyin initials narrow the list, Enter or Tab takes what is lit, Down opens it. With
    ``several`` the list is for the name at the cursor, and names that stand there already are not offered again.
    """

    def __init__(self, name: str, several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._several = several
        self._choices: list[Choice] = []
        self._list = SuggestionList(self, name)
        self._list.chosen.connect(self._take)
        opener = QAction(icon("chevron-down", "ink3"), _("Show the list"), self)
        opener.triggered.connect(self.open_list)
        self.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(lambda _text: self._typed())

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """What is offered."""
        self._choices = list(choices)

    def open_list(self) -> None:
        """Show every name that does not stand there yet."""
        self.setFocus()
        self._list.show_choices(self._offered(""), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list.isVisible() and self._list.take_key(event):
            return
        if event.key() == Qt.Key.Key_Down:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and self._list.isVisible():
            if self._part()[2]:
                self._list.take_current()  # Tab takes what is lit, then moves on
            else:
                self._list.hide()  # nothing was typed: it was opened to look
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._list.hide()

    def _part(self) -> tuple[int, int, str]:
        """Beginning and end of the name at the cursor, and the name."""
        text, at = self.text(), self.cursorPosition()
        if not self._several:
            return 0, len(text), text.strip()
        start = max(text.rfind(mark, 0, at) for mark in _PARTING) + 1
        ends = [place for mark in _PARTING if (place := text.find(mark, at)) >= 0]
        end = min(ends, default=len(text))
        return start, end, text[start:end].strip()

    def _offered(self, typed: str) -> list[Choice]:
        there = set(names_of(self.text())) if self._several else set()
        left = [choice for choice in self._choices if choice.value not in there]
        return matching(left, typed) if typed else left

    def _typed(self) -> None:
        typed = self._part()[2]
        self._list.show_choices(self._offered(typed) if typed else [], "")

    def _take(self, value: str) -> None:
        start, end, typed = self._part()
        text = self.text()
        known = any(choice.value == typed for choice in self._choices)
        if self._several and typed and known:  # the list was opened behind a whole name: one more
            text = f"{text[:end]}{_BETWEEN}{value}{text[end:]}"
            self.setText(text)
            self.setCursorPosition(end + len(_BETWEEN) + len(value))
        else:
            self.setText(f"{text[:start]}{value}{text[end:]}")
            self.setCursorPosition(start + len(value))


def offer_names(
    ctx: Context,
    owner: QWidget,
    outlets: Iterable[NamesField] = (),
    staff: Iterable[NamesField] = (),
) -> None:
    """Read the desk's lists as they are today and offer them in these fields."""
    desk = ctx.desk

    def read() -> tuple[list[Outlet], list[Staff]]:
        from postal_desk.services.organisation import list_outlets, list_staff

        today = desk.today()
        return list_outlets(desk, today), list_staff(desk, today)

    def show(found: tuple[list[Outlet], list[Staff]]) -> None:
        places = [Choice(outlet.name, outlet.name) for outlet in found[0]]
        people = [Choice(person.name, person.name, person.outlet) for person in found[1]]
        for fields, choices in ((outlets, places), (staff, people)):
            for field in fields:
                field.set_choices(choices)

    ctx.background.db(read, show, owner=owner)
