"""F1 within a dialog: the window's own keys are dead while one is open, so each dialog gets the key as it comes up."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from postal_desk.ui.page import Page

_KEY = "F1"


class DialogHelp(QObject):
    """Belongs to a window; looks at what comes to the front, which is rare, and never at single events."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._look)

    def _look(self, _window: object) -> None:
        front = QApplication.activeModalWidget()
        if not isinstance(front, QDialog) or isinstance(front, QFileDialog):
            return
        keys = (found.key().toString() for found in front.findChildren(QShortcut))
        if _KEY not in keys:
            QShortcut(QKeySequence(_KEY), front).activated.connect(lambda: show_help_over(front))


def show_help_over(dialog: QDialog) -> None:
    """The manual over a dialog, as its child: else the dialog would block it."""
    from postal_desk.ui.help_window import open_help

    open_help(dialog, None, help_of(dialog))


def help_of(widget: QWidget) -> str:
    """The page of the manual for a dialog: its own ``help``, else that of what it was opened from, up to the page in
    front; empty if none of them names one."""
    at: QWidget | None = widget
    while at is not None:
        name = at.help_page if isinstance(at, Page) else getattr(at, "help", "")
        if isinstance(name, str) and name:
            return name
        page = getattr(at, "page", None)
        if isinstance(page, Page):  # the window itself
            return page.help_page
        at = at.parentWidget()
    return ""
