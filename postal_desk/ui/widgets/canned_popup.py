"""Canned texts while one types: ``::`` opens a list at the cursor, letters narrow it down, Enter puts the text in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from postal_desk.domain.canned import BLANK
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.choices import Choice, matching
from postal_desk.ui.widgets.suggestions import SuggestionList

#: An input method in Chinese types the full-width colon.
_TRIGGER = re.compile(r"(?:::|：：)([^\s:：]{0,20})$")
_WIDTH, _SHOWN, _HINT = 420, 8, 26


@dataclass(frozen=True, slots=True)
class Canned:
    """One text as it is offered: its name in the list, and what is put in."""

    key: str
    name: str
    text: str


class CannedPopup(QObject):
    """Serves one editor. ``offer`` is asked for the texts each time; :attr:`taken` gives the key of one put in."""

    taken = Signal(str)

    def __init__(self, editor: QPlainTextEdit | QTextEdit, offer: Callable[[], Sequence[Canned]]) -> None:
        super().__init__(editor)
        self._editor, self._offer = editor, offer
        self._texts: dict[str, Canned] = {}
        self._inserting = False
        self.list = SuggestionList(editor, _("Canned texts"))
        self.list.chosen.connect(self._take)
        editor.textChanged.connect(self._look)
        editor.cursorPositionChanged.connect(self._look)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif (
            isinstance(event, QKeyEvent)
            and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and self.list.isVisible()
        ):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:  # Esc closes the list, not the page
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
            return False
        if event.key() == Qt.Key.Key_Tab:
            self.list.take_current()
            return True
        return self.list.take_key(event)

    def _look(self) -> None:
        """Open, narrow down or close the list, as the text before the cursor says."""
        if self._inserting or not self._editor.hasFocus():
            return
        found = _TRIGGER.search(self._before())
        if found is None:
            self.list.hide()
            return
        self._texts = {text.key: text for text in self._offer()}
        choices = [Choice(text.key, text.name, _hint(text.text)) for text in self._texts.values()]
        shown = (matching(choices, found[1]) if found[1] else choices)[:_SHOWN]
        self.list.show_choices(shown, "")
        if shown:
            self._place(len(shown))

    def _place(self, rows: int) -> None:
        """Below the cursor, above it where the screen ends."""
        height, width = rows * looks.px(29) + 8, looks.px(_WIDTH)
        cursor = self._editor.cursorRect()
        view = self._editor.viewport()
        at = view.mapToGlobal(QPoint(cursor.left(), cursor.bottom() + looks.px(4)))
        screen = self._editor.screen().availableGeometry()
        if at.y() + height > screen.bottom():
            at = view.mapToGlobal(QPoint(cursor.left(), cursor.top() - height - looks.px(4)))
        at.setX(max(screen.left(), min(at.x(), screen.right() - width)))
        self.list.setGeometry(at.x(), at.y(), width, height)

    def _before(self) -> str:
        cursor = self._editor.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _take(self, key: str) -> None:
        found = _TRIGGER.search(self._before())
        if found is None or key not in self._texts:
            return
        cursor = self._editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(found[0]))
        self._inserting = True
        start = cursor.selectionStart()
        cursor.insertText(self._texts[key].text)
        self._inserting = False
        self._go_to_blank(start, cursor.position())
        self.taken.emit(key)

    def _go_to_blank(self, start: int, end: int) -> None:
        """Select the first blank that was put in, so that the next key fills it."""
        cursor = self._editor.document().find(BLANK, start)
        if cursor.isNull() or cursor.selectionEnd() > end:
            cursor = self._editor.textCursor()
            cursor.setPosition(end)
        self._editor.setTextCursor(cursor)


def _hint(text: str) -> str:
    return text if len(text) <= _HINT else text[:_HINT] + "…"
