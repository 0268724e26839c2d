"""The window: sidebar, the page in front, messages, and closing. Everything else is in the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from postal_desk import paths
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks, pages
from postal_desk.ui.actions import ACTIONS
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.sidebar import Sidebar
from postal_desk.ui.widgets.toast import Toast

_BEFORE_THE_DESK = ("cases", "first_run")  # pages that can be shown while no desk is open
NARROW = 900  # px of width below which the sidebar shows icons only


class MainWindow(QMainWindow):
    """Shows pages on demand (:meth:`go`). Made anew when the language changes; ``ctx`` stays."""

    def __init__(self, ctx: Context, open_desk: Callable[[Path | None], None]) -> None:
        super().__init__()
        self.ctx = ctx
        self._open_desk = open_desk
        self._pages: dict[str, Page] = {}
        self._trail: list[str] = []
        self._waiting: tuple[str, dict[str, object]] | None = None  # asked for before the desk was open
        self._closing = False
        self.sidebar = Sidebar()
        self.stack = QStackedWidget()
        self._column = QVBoxLayout()
        self._build()
        self.toast = Toast(self.centralWidget())
        self._bind_keys()
        ctx.navigator = self
        ctx.on_fault = self.tell_fault
        ctx.changed.connect(self._refresh)
        ctx.said.connect(self._say)
        ctx.saved_changed.connect(self.sidebar.tell_saved)
        ctx.opened.connect(self.desk_opened)
        self.sidebar.asked.connect(self.go)
        self.setMinimumSize(560, 360)
        self._restore_place()
        self.desk_opened()

    # -- navigation ---------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page in front."""
        front = self.stack.currentWidget()
        return front if isinstance(front, Page) else None

    def go(self, name: str, **request: object) -> bool:
        """Show a page and hand it the request; False if the one in front may not be left."""
        front = self.page
        if not (self.ctx.has_desk or name in _BEFORE_THE_DESK):
            self._waiting = (name, request)
            return False
        if front is not None and front.name != name and not front.may_leave():
            self.sidebar.light(self._lit(front.name))
            return False
        page = self._pages.get(name) or self._make(name)
        if front is not page:
            self._trail = [*(seen for seen in self._trail if seen != name), name]
            self.stack.setCurrentWidget(page)
        self.sidebar.setVisible(name != "first_run")
        self.sidebar.light(self._lit(name))
        page.shown(**request)
        return True

    def back(self) -> None:
        """Return to the page shown before (the cases if there was none)."""
        self.go(self._trail[-2] if len(self._trail) > 1 else "cases")

    def open_desk(self, path: Path | None) -> None:
        """Close this desk and open another; ``None`` tries the same again."""
        if self.page is None or self.page.may_leave():
            self._open_desk(path)

    def places(self) -> list[tuple[str, dict[str, object]]]:
        """Every page with the request that brings it back to where it is; the one in front comes last."""
        for page in self._pages.values():
            page.keep()
        return [(name, self._pages[name].place()) for name in self._trail if name in self._pages]

    def command(self, name: str) -> None:
        """Do one of :data:`ACTIONS` (or ``back``)."""
        if name == "new":
            self.go("entry")
        elif name == "goto":
            self._go_anywhere()
        elif name == "sheet":
            self._show_keys()
        elif name == "undo":
            self.toast.undo()
        elif self.page is not None:
            self.page.command(name)

    def retire(self) -> None:
        """Another window has taken over: go without a question, and hear nothing more."""
        self.ctx.changed.disconnect(self._refresh)
        self.ctx.said.disconnect(self._say)
        self.ctx.opened.disconnect(self.desk_opened)
        self.hide()
        self.deleteLater()

    # -- messages -----------------------------------------------------------------------------------------

    def tell_fault(self, error: Exception) -> None:
        """Show what went wrong."""
        from postal_desk.ui.messages import tell_fault

        tell_fault(error, self)

    def desk_opened(self) -> None:
        """Name the branch in the title; a practice desk says so all the time."""
        product = _("Postal Desk")
        if not self.ctx.has_desk:
            self.setWindowTitle(product)
            return
        self.setWindowTitle(f"{product} — {self.ctx.desk.branch.name}")
        if self.ctx.desk.practice and self._column.count() == 1:
            from postal_desk.ui.widgets.banner import Banner

            text = _("Practice desk: nothing written here reaches the real register.")
            banner = Banner(text, _("Open the real desk"), lambda: self.open_desk(paths.default_desk()))
            self._column.insertWidget(0, banner)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.go(waiting[0], **waiting[1])

    def _refresh(self, changes: Changes) -> None:
        for page in self._pages.values():
            page.refresh(changes)

    def _say(self, sentence: Sentence, undo: int | Callable[[], None] | None) -> None:
        take_back = (lambda: self._undo(undo)) if isinstance(undo, int) else undo
        self.toast.show_text(tell(sentence), take_back)

    def _undo(self, history: int) -> None:
        from postal_desk.services.undo import undo

        self.ctx.write(lambda: undo(self.ctx.desk, history))

    # -- window -------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.page is not None and not self._closing and not self.page.may_leave():
            event.ignore()
            return
        if not self._closing:
            self._closing = True
            for page in self._pages.values():
                page.keep()
            self.ctx.settings["window_geometry"] = bytes(self.saveGeometry().toBase64().data()).decode()
        if self.ctx.background.busy:  # a save that fails now must still be told
            event.ignore()
            self.ctx.background.busy_changed.connect(
                self._close_when_idle, Qt.ConnectionType.UniqueConnection
            )
            return
        super().closeEvent(event)

    def _close_when_idle(self, busy: bool) -> None:
        if not busy:
            self.ctx.background.busy_changed.disconnect(self._close_when_idle)
            if QApplication.activeModalWidget() is None:
                self.close()
            else:
                self._closing = False  # something could not be saved: the user decides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_narrow(self.width() < looks.px(NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # nobody inside wanted it
            self.command("back")
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack)
        row.addWidget(self.sidebar)
        row.addLayout(self._column, 1)
        self.setCentralWidget(centre)

    def _bind_keys(self) -> None:
        for action in ACTIONS:
            shortcut = QShortcut(QKeySequence(action.keys), self)
            shortcut.activated.connect(lambda name=action.name: self.command(name))
        for page in pages.PAGES:
            if page.shortcut:
                shortcut = QShortcut(QKeySequence(page.shortcut), self)
                shortcut.activated.connect(lambda name=page.name: self.go(name))

    def _make(self, name: str) -> Page:
        page = pages.entry(name).make(self.ctx)
        self._pages[name] = page
        self.stack.addWidget(page)
        return page

    def _lit(self, name: str) -> str:
        return pages.entry(name).under or name

    def _restore_place(self) -> None:
        place = self.ctx.settings["window_geometry"]
        if not (place and self.restoreGeometry(QByteArray.fromBase64(QByteArray(place.encode())))):
            room = self.screen().availableGeometry()
            self.resize(min(1366, room.width()), min(768, room.height()))

    def _show_keys(self) -> None:
        from postal_desk.ui.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self.page, self).open()

    def _go_anywhere(self) -> None:
        from postal_desk.ui.go_anywhere import GoAnywhere

        if self.ctx.has_desk:
            GoAnywhere(self.ctx, self).open()
