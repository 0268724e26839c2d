"""Makes the pages that are likely to be opened next while nobody does anything, so that each opens at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from postal_desk.ui import pages
from postal_desk.ui.context import Context
from postal_desk.ui.idle_watch import TOUCHES
from postal_desk.ui.page_stack import PageStack
from postal_desk.ui.readying import piece, ready

FIRST_MS = (
    1500  # after the list has settled: the record beside it, the strips over it and the first save come first
)
STEP_MS = 40  # between two pieces
QUIET_S = 0.7  # so long nobody has touched anything
#: in the order in which people open them; each takes one to nine MB
NAMES = ("entry", "today", "summary", "measures")
#: opened less often: only imported, then made in turns when somebody asks for them
IMPORTED = ("settings", "exchange")


class PagesAhead(QObject):
    """One for each window; ends by itself. A page that somebody opens meanwhile is left to that."""

    def __init__(self, ctx: Context, stack: PageStack, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stack)
        self._ctx, self._stack, self._clock = ctx, stack, clock
        self._touched = clock()
        self._steps = self._all()
        self._importing = False
        self.done = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(FIRST_MS)

    def _go_on(self) -> None:
        if not self._ctx.has_desk:
            return
        application = QApplication.instance()
        assert application is not None
        if self._ctx.background.busy or self._clock() - self._touched < QUIET_S:
            self._timer.start(STEP_MS)
        else:
            application.removeEventFilter(self)  # nobody touches anything now, and each event would ask
            goes_on = piece(self._steps, lambda: self._importing)
            if goes_on and not self._importing:
                self._timer.start(STEP_MS)
            self.done = not goes_on
        if not self.done:
            application.installEventFilter(self)  # once more is not twice

    def _all(self) -> Iterator[None]:
        for name in NAMES:
            if self._stack.has(name):
                continue
            entry = pages.entry(name)
            self._import(entry.factory.split(":")[0])
            yield
            page = self._stack.made(name)
            yield
            for module in page.modules:
                self._import(module)
                yield
            for part in (page.parts(), ready(page, self._stack.size())):
                for _step in part:
                    yield
                    if self._stack.page is page:  # somebody was quicker
                        break
        for name in IMPORTED:
            self._import(pages.entry(name).factory.split(":")[0])
            yield

    def _import(self, module: str) -> None:
        """On another thread, which takes turns with the window."""
        self._importing = True
        self._ctx.background.pool(lambda: import_module(module), self._imported, owner=self)

    def _imported(self, _module: object) -> None:
        self._importing = False
        self._timer.start(STEP_MS)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._touched = self._clock()
        return False
