"""The composition root: builds everything in start-up order, runs, shuts down.

Start-up rule: the window is painted before the store is imported, and the list of cases is filled before
SQLAlchemy is. The desk is opened on the database thread; whatever else is heavy (reports, charts, migrations)
is imported where it is first used. A test (``tests/ui/test_start_up.py``) holds what may not come earlier.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from postal_desk import i18n, paths
from postal_desk.settings import Settings
from postal_desk.ui import looks, qt_words, window_place
from postal_desk.ui.background import Background, Failed
from postal_desk.ui.context import Context
from postal_desk.ui.garbage import GarbageCollector
from postal_desk.ui.main_window import MainWindow
from postal_desk.ui.second_start import first_came, may_be_open
from postal_desk.ui.user_session import UserSession, close_dialogs

if TYPE_CHECKING:
    from postal_desk.services.access import Credential
    from postal_desk.services.desk import Desk
    from postal_desk.ui.first_window import FirstWindow
    from postal_desk.ui.housekeeping import Housekeeping

#: settings that change what is already on the screen
_LOOKS = ("theme", "text_scale")
_LOGS_MS = 500  # importing what writes them takes as long as drawing the list
#: how long the database thread may keep Python to itself while the window waits for its turn
_TURN_S = 0.001


class Program:
    """The running window program: one context, one window, one desk at a time."""

    def __init__(self, app: QApplication, settings: Settings, path: Path, background: Background) -> None:
        self.app, self.settings, self.path = app, settings, path
        self.background = background
        self._told_share = -1
        self._listening: FirstWindow | None = None
        self.session = UserSession(app, lambda: self.lock("locked"))
        self._housekeeping: Housekeeping | None = None
        background.default_failed = lambda error: self.ctx.tell_fault(error)
        settings.listen(self._setting_changed)
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self._dress())
        self._speak()
        self._dress()
        self.ctx = self._new_context()
        self.window = self._new_window([("cases", {})])

    def open(self) -> None:
        """Open the desk on the database thread; the list fills itself when it is there."""
        self.background.db(self.open_desk, self._opened, self._not_opened)

    def enter(self, path: Path, credential: Credential, failed: Failed) -> None:
        """Open a desk with users as somebody; ``failed`` gets what stands in the way."""
        self._take(path)

        def refused(error: Exception) -> None:
            failed(error)
            self._offer_rescue(error)

        self.background.db(partial(self.open_desk, credential), self._opened, refused)

    def lock(self, why: str) -> None:
        """Close the desk, drafts first, and ask who is there. A desk without users has nothing to ask."""
        if not self.ctx.has_desk or self.ctx.desk.user is None:
            return
        close_dialogs()
        desk = self.ctx.desk
        self.session.leave(desk, self.window, why)
        self.background.db(partial(_note_lock, desk, why))
        self.switch(None)

    def start(self) -> None:
        """The bare window has been painted: open the desk, and meanwhile add the rest of the window."""
        self.open()
        self.window.complete()

    def switch(self, path: Path | None) -> None:
        """Close this desk and open another one; ``None`` tries the same again."""
        old = self.window
        old.places()  # drafts first
        self._close_desk()
        if path is not None:
            self._take(path)
            self.session.forget()
        self.ctx = self._new_context()
        self.window = self._new_window([("cases", {})], old)
        self.open()

    def _take(self, path: Path) -> None:
        from postal_desk.services.moving import is_look

        self.path = path
        if is_look(path):  # the next start opens the desk itself again
            return
        self.settings["desk"] = "" if path == paths.default_desk() else str(path)

    def close(self) -> None:
        """Fold the desk's log in and end the threads."""
        self._close_desk()
        self.background.close()

    def rebuild(self) -> None:
        """Make the window anew (language, text size); every page comes back where it was."""
        self.window = self._new_window(self.window.places(), self.window)
        self._make_ahead()

    def open_desk(self, credential: Credential | None = None) -> Desk:
        """Open the desk of :attr:`path`, on the thread that is to own it."""
        from postal_desk.services import case_lists  # noqa: F401  # on this thread, not on the window's
        from postal_desk.services.desk import open_desk
        from postal_desk.services.idle_lock import lock_minutes

        desk = open_desk(
            self.path,
            actor=self.settings["user"],
            credential=credential,
            how="window",
            told=self._tell_opening,
        )
        self.session.idle.minutes = lock_minutes(desk)
        return desk

    def _tell_opening(self, done: int, total: int) -> None:
        share = done * 1000 // max(1, total)
        if share != self._told_share:  # a signal for each thousandth, from the desk's thread
            self._told_share = share
            self.ctx.opening_told.emit(share, 1000)

    def _opened(self, desk: Desk) -> None:
        self.ctx.opening_told.emit(0, 0)
        self.ctx.desk = desk
        self.session.watch(self.ctx)
        self.session.go_in(self.window, desk)

    def _settled(self) -> None:
        """The list is on the screen: begin what goes on as long as the desk is open."""
        from postal_desk.ui.housekeeping import Housekeeping
        from postal_desk.ui.warming import Warming

        self._listen()
        self._housekeeping = Housekeeping(self.ctx, self.app)  # its timers end on this thread
        Warming(self.ctx, self._housekeeping)
        self._make_ahead()

    def _make_ahead(self) -> None:
        from postal_desk.ui.pages_ahead import PagesAhead

        PagesAhead(self.ctx, self.window.stack)

    def _listen(self) -> None:
        """A second start finds this window, at the login too."""
        from postal_desk.ui.first_window import FirstWindow

        if self._listening is not None:
            self._listening.close()
        self._listening = FirstWindow(
            self.path, lambda: self.window.come(), self.app, at_login=not self.ctx.has_desk
        )

    def _not_opened(self, error: Exception) -> None:
        from postal_desk.services.faults import DeskLocked, NoDesk, PasswordNeeded
        from postal_desk.ui import pages

        self.ctx.opening_told.emit(0, 0)
        taken = isinstance(error, DeskLocked | PasswordNeeded) and self._listening is None
        if taken and first_came(self.path):
            self.app.quit()
        elif self._offer_rescue(error):
            pass  # said on its page
        elif isinstance(error, NoDesk) and pages.known("first_run"):
            self.window.go("first_run", path=self.path)
        elif isinstance(error, PasswordNeeded):
            who, why = self.session.expected, self.session.why
            self.window.go("login", path=self.path, names=error.names, user=who, why=why)
            self._listen()
        else:
            self.ctx.opening_failed.emit(error)

    def _offer_rescue(self, error: Exception) -> bool:
        """Show the copies of a desk that is damaged or gone; False for everything else."""
        from postal_desk.services.rescue import can_be_rescued

        place = Path(self.settings["copy_folder"]) if self.settings["copy_folder"] else None
        if not can_be_rescued(self.path, error, place):
            return False
        self.window.go("rescue", path=self.path, error=error)
        return True

    def _close_desk(self) -> None:
        self.ctx.leave()
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        if self.ctx.has_desk:
            desk, close = self.ctx.desk, self.ctx.desk.close
            if self._housekeeping is not None:
                close = partial(self._housekeeping.leave, desk)
                self._housekeeping.deleteLater()
                self._housekeeping = None
            self.session.idle.stop()
            self.background.db(close)

    def _new_context(self) -> Context:
        ctx = Context(self.background, self.settings)
        ctx.changed.connect(lambda changes: self.session.written(self.ctx, changes))
        ctx.settled.connect(self._settled)
        return ctx

    def _new_window(
        self, places: list[tuple[str, dict[str, object]]], old: MainWindow | None = None
    ) -> MainWindow:
        window = MainWindow(self.ctx, self.switch, self)
        for name, request in places:
            window.go(name, **request)
        if old is not None:
            window.complete()
            window.restoreGeometry(old.saveGeometry())
            window.show()
            old.retire()
        return window

    def _setting_changed(self, name: str, _value: Any) -> None:
        if name == "language":
            self._speak()
        if name in (*_LOOKS, "language"):  # each language has its letters
            self._dress()
        if name in ("language", "text_scale"):
            QTimer.singleShot(
                0, self.rebuild
            )  # the widget that changed the setting is still in its own handler

    def _speak(self) -> None:
        i18n.use(self.settings["language"] or i18n.system_language())
        qt_words.speak(i18n.language())

    def _dress(self) -> None:
        looks.apply(self.app, self.settings["theme"], self.settings["text_scale"])


def run_window(path: Path | None = None, language: str = "") -> int:
    """Open the window and run until it is closed. ``path`` is the desk folder, by default the one used
    last; ``language`` is the one to speak this time, by default the one of the settings.
    """
    settings = Settings()
    if language:
        settings.for_now("language", language)
    app = application()
    desk = path or _last_desk(settings)
    if may_be_open(desk) and first_came(desk):
        return 0
    program = Program(app, settings, desk, Background(_raise))
    _show_faults_in(program)
    window_place.show_first(program.window, settings["window_geometry"])
    program.window.when_painted(partial(_begin, program))
    collector = GarbageCollector()
    code = app.exec()
    program.close()
    collector.give_back()
    return code


def application() -> QApplication:
    """Qt's application, as the program wants it."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        sys.setswitchinterval(_TURN_S)
        app = QApplication([sys.argv[0], *looks.STYLE_ARGUMENTS])
        app.setApplicationName(paths.APP)
        app.setDesktopFileName("postal-desk")
        app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "postal-desk.svg")))
    return app


def _last_desk(settings: Settings) -> Path:
    return Path(settings["desk"]) if settings["desk"] else paths.usual_desk()


def _begin(program: Program) -> None:
    """The window has been painted."""
    program.start()
    QTimer.singleShot(_LOGS_MS, program.app, _start_logs)


def _start_logs() -> None:
    from postal_desk import logs

    logs.start()


def _show_faults_in(program: Program) -> None:
    """An exception nobody caught, on whichever thread, reaches the user and the log."""

    def tell(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        if isinstance(error, Exception):
            program.window.tell_fault(error)
        else:  # Ctrl+C in the terminal it was started from
            sys.__excepthook__(_kind, error, error.__traceback__)

    sys.excepthook = tell


def _note_lock(desk: Desk, why: str) -> None:
    from postal_desk.services.idle_lock import note_lock

    note_lock(desk, why)


def _raise(error: Exception) -> None:
    raise error
