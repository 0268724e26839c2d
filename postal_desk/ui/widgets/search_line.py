"""The search box of a page; it says what was typed after a short pause, or at Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.icons import icon

_PAUSE_MS = 180
_ICONS = 64  # px that the icons and the borders take


class SearchLine(QLineEdit):
    """``searched`` gives the text after a pause or at Enter; ``left_downward`` when Enter or Down goes to
    the list.
    """

    searched = Signal(str)
    left_downward = Signal()

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self._hint = placeholder
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setMinimumWidth(looks.px(140))
        self.setMaximumWidth(looks.px(300))
        search = QAction(icon("search", "ink3"), name, self)
        search.triggered.connect(lambda: self._say())
        self.addAction(search, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("x", "ink3"), _("Clear the search"), self)
        self._clear.triggered.connect(self.clear)
        self._said = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Show a text set elsewhere; nothing is emitted."""
        if text != self.text().strip():
            self._said = text
            self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key, after two blanks, only where there is room for it: else Qt cuts it in the middle."""
        super().resizeEvent(event)
        room = self.width() - looks.px(_ICONS)
        fits = self.fontMetrics().horizontalAdvance(self._hint) <= room
        self.setPlaceholderText(self._hint if fits else self._hint.partition("  ")[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._say()
            self.left_downward.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._say()
        else:
            super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self._pause.start()
        if bool(text) != (self._clear in self.actions()):
            if text:  # Qt's own clear button would load a whole icon theme before the first paint
                self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
            else:
                self.removeAction(self._clear)

    def _say(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._said:
            self._said = text
            self.searched.emit(text)
