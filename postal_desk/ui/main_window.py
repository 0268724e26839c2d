"""The window: sidebar, the page in front, messages, and closing. Everything else is in the pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QWidget,
)

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _
from postal_desk.ui import looks, pages, window_place
from postal_desk.ui.actions import ACTIONS
from postal_desk.ui.background import Failed
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.page_stack import PageStack
from postal_desk.ui.status_toast import StatusToast
from postal_desk.ui.strip_column import StripColumn
from postal_desk.ui.widgets.dressing import dress

if TYPE_CHECKING:
    from postal_desk.services.access import Credential
    from postal_desk.ui.entrance import Entrance
    from postal_desk.ui.morning_notice import MorningNotice
    from postal_desk.ui.sidebar import Sidebar
    from postal_desk.ui.widgets.toast import Toast

NOTHING_TO_LOG = say("Your role reads only; cases are logged by clerks, handlers and managers")
_BEFORE_THE_DESK = ("cases", "first_run", "login", "rescue")  # pages that can be shown while no desk is open
SIDEBAR_WIDTH = 168
_PAINTED_AT_THE_LATEST_MS = 1000
_AFTER_PAINT_MS = 2  # the picture reaches the screen after the event
NARROW = 900  # px of width below which the sidebar shows icons only


class MainWindow(QMainWindow):
    """Shows pages on demand (:meth:`go`). Made anew when the language changes; ``ctx`` stays.

    At start-up it is painted with the bare case list first; :meth:`complete` adds what takes longer to make.
    """

    def __init__(
        self, ctx: Context, open_desk: Callable[[Path | None], None], entrance: Entrance | None = None
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self._open_desk, self._entrance = open_desk, entrance
        self._waiting: tuple[str, dict[str, object]] | None = None  # asked for before the desk was open
        self._closing = False
        self._then: Callable[[], None] | None = None
        self.sidebar: Sidebar | None = None
        self.stack = PageStack(ctx)
        self._ways: dict[str, str] = {}  # a page that was asked to show something, and the page that asked
        self._column = StripColumn(ctx, self.stack, self.open_desk, self)
        self._build()
        self._status = StatusToast(ctx, self._centre)
        ctx.navigator = self
        ctx.on_fault = self.tell_fault
        ctx.changed.connect(self._refresh)
        ctx.opened.connect(self.desk_opened)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self.setMinimumSize(560, 360)
        window_place.give(self, ctx.settings["window_geometry"])
        self.desk_opened()
        self._column.begin()

    def complete(self) -> None:
        """Add the sidebar, the keys, and what the page in front left for later."""
        if self.sidebar is not None:
            return
        from postal_desk.ui.dialog_help import DialogHelp
        from postal_desk.ui.sidebar import Sidebar

        self.sidebar = Sidebar()
        self.sidebar.show_user(self.ctx, self.lock)
        self.sidebar.set_narrow(self.width() < looks.px(NARROW))
        self.sidebar.asked.connect(self.go)
        self.ctx.saved_changed.connect(self.sidebar.tell_saved)
        self.ctx.copied.connect(self.sidebar.tell_copied)
        self.sidebar.tell_copied(self.ctx.last_copy)
        self._row.replaceWidget(self._side, self.sidebar)
        self._side.deleteLater()
        self._bind_keys()
        DialogHelp(self)
        self._watch_today()
        self.stack.complete = True
        if self.page is not None:
            self._light(self.page.name)
            self.page.complete()

    # -- navigation ----------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self.stack.page

    def go(self, name: str, /, **request: object) -> bool:
        """Show a page and hand it the request; False if the one in front may not be left."""
        front = self.page
        waits = (
            front is not None and front.name == "login" and name == "cases"
        )  # somebody has to log in first
        if not self.ctx.has_desk and (waits or name not in _BEFORE_THE_DESK):
            self._waiting = (name, request)
            return False
        if name == "entry" and (reason := self._nothing_to_log()) is not None:
            self.ctx.say(reason)  # before a story is typed for nothing
            return False
        if front is not None and front.name != name and not front.may_leave():
            self._light(front.name)
            return False
        page = self.stack.bring(name)
        if front is not None and front.name != name and self.isVisible():
            if request:
                self._ways[name] = front.name
            else:
                self._ways.pop(name, None)
        self._light(name)
        page.shown(**request)
        return True

    def _nothing_to_log(self) -> Sentence | None:
        """Why no case can be logged here, if so."""
        if not self.ctx.has_desk:
            return None
        return NOTHING_TO_LOG if not self.ctx.desk.may("case.add") else self.ctx.desk.read_only

    def back(self) -> None:
        """Return to the page shown before (the cases if there was none)."""
        self.go(self.stack.previous)

    def _return(self) -> None:
        """Esc where nothing is open: to the page that this one was opened from, as from a figure to its month."""
        came = self._ways.get(self.page.name, "") if self.page is not None else ""
        before = self._ways.get(came)
        if came and self.go(came) and before:
            self._ways[came] = before

    def focus_page(self) -> None:
        """Put the focus into the page in front."""
        self.stack.take_focus()

    def open_desk(self, path: Path | None) -> None:
        """Close this desk and open another; ``None`` tries the same again."""
        if self.page is None or self.page.may_leave():
            self._open_desk(path)

    def enter(self, path: Path, credential: Credential, failed: Failed) -> None:
        """Open a desk as somebody, in this window."""
        if self._entrance is not None:
            self._entrance.enter(path, credential, failed)

    def lock(self, why: str = "asked") -> None:
        """Close the desk and ask who is there. Drafts are kept first, so nothing is asked about."""
        if self._entrance is not None and self.ctx.has_desk:
            self._entrance.lock(why)

    def places(self) -> list[tuple[str, dict[str, object]]]:
        """Every page with the request that brings it back to where it is; the one in front comes last."""
        return self.stack.places()

    def command(self, name: str) -> None:
        """Do one of :data:`ACTIONS` (or ``back``)."""
        if name == "new":
            self.go("entry")
        elif name == "goto":
            self._go_anywhere()
        elif name == "lock":
            self.lock()
        elif name == "help":
            from postal_desk.ui.help_window import open_help

            open_help(self, self.page)
        elif name == "sheet":
            self._show_keys()
        elif name == "undo":
            self.toast.undo()
        elif self.page is not None and not self.page.command(name) and name == "back":
            self._return()

    @property
    def toast(self) -> Toast:
        """The line over the foot of the window."""
        return self._status.toast

    def retire(self) -> None:
        """Another window has taken over: go without a question, and hear nothing more."""
        self.ctx.changed.disconnect(self._refresh)
        self.ctx.opened.disconnect(self.desk_opened)
        self._status.retire()
        self._column.retire()
        for timer in self.findChildren(QTimer):
            timer.stop()  # nobody looks any more, and the desk may be closed by now
        self.hide()
        self.deleteLater()

    # -- messages ------------------------------------------------------------------------------------

    def tell_fault(self, error: BaseException) -> None:
        """Show what went wrong."""
        from postal_desk.ui.messages import tell_fault

        tell_fault(error, self)

    def desk_opened(self) -> None:
        """Name the branch in the title, and go where somebody wanted to go before."""
        product = _("Postal Desk")
        if not self.ctx.has_desk:
            self.setWindowTitle(product)
            return
        self.setWindowTitle(f"{product} — {self.ctx.desk.branch.name}")
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.go(waiting[0], **waiting[1])

    def _watch_today(self) -> None:
        """The number beside «Today», and the notification in the morning."""
        from postal_desk.ui.today_watch import TodayWatch

        assert self.sidebar is not None
        show = partial(self.sidebar.show_count, "today")
        TodayWatch(self.ctx, show, self._morning_notice, self)

    def _morning_notice(self) -> MorningNotice | None:
        from postal_desk.ui.morning_notice import MorningNotice

        return MorningNotice(self._come_to_today, self) if MorningNotice.possible() else None

    def _come_to_today(self) -> None:
        self.come()
        self.go("today")

    def come(self) -> None:
        """To the front of the screen."""
        self.setWindowState(
            self.windowState() & ~Qt.WindowState.WindowMinimized
        )  # and fills the screen if it did
        self.show()
        self.raise_()
        self.activateWindow()

    def _refresh(self, changes: Changes) -> None:
        for page in self.stack:
            page.refresh(changes)

    def when_painted(self, then: Callable[[], None]) -> None:
        """Call ``then`` once, right after the window has first been painted (at the latest in a second)."""
        self._then = then
        QTimer.singleShot(_PAINTED_AT_THE_LATEST_MS, self, self._painted)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._then is not None:
            QTimer.singleShot(_AFTER_PAINT_MS, self, self._painted)

    def _painted(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    # -- window --------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.page is not None and not self._closing and not self.page.may_leave():
            event.ignore()
            return
        if not self._closing:
            self._closing = True
            for page in self.stack:
                page.keep()
            self.ctx.settings["window_geometry"] = window_place.remembered(self)
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
        if self.sidebar is not None:
            self.sidebar.set_narrow(self.width() < looks.px(NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # nobody inside wanted it
            self.command("back")
        else:
            super().keyPressEvent(event)

    def _focus_moved(self, _left: QWidget | None, reached: QWidget | None) -> None:
        """Let Enter press a button that has the focus, as it does in dialogs; outside of them only Space would."""
        if isinstance(reached, QPushButton) and self.isAncestorOf(reached):
            reached.setAutoDefault(True)

    def _build(self) -> None:
        centre = self._centre = QWidget()
        row = self._row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = dress(QFrame(), kind="side")  # until the sidebar is there
        self._side.setFixedWidth(looks.px(SIDEBAR_WIDTH))
        row.addWidget(self._side)
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

    def _light(self, name: str) -> None:
        if self.sidebar is not None:
            self.sidebar.setVisible(pages.entry(name).place != pages.NOWHERE)
            self.sidebar.light(pages.entry(name).under or name)

    def _show_keys(self) -> None:
        from postal_desk.ui.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self.page, self).open()

    def _go_anywhere(self) -> None:
        from postal_desk.ui.go_anywhere import GoAnywhere

        if self.ctx.has_desk:
            GoAnywhere(self.ctx, self).open()
