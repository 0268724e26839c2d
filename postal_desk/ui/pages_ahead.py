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

FIRST_MS = (
    1500  # after the list has settled: the record beside it, the strips over it and the first save come first
)
STEP_MS = 40  # between two pieces of some ten milliseconds
QUIET_S = 0.7  # so long nobody has touched anything
#: in the order in which people open them
NAMES = ("entry", "today", "summary", "measures", "settings", "exchange")


class PagesAhead(QObject):
    """One for each window; ends by itself. A page that somebody opens meanwhile is left to that."""

    def __init__(self, ctx: Context, stack: PageStack, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stack)
        self._ctx, self._stack, self._clock = ctx, stack, clock
        self._touched = clock()
        self._steps = self._all()
        self.done = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(FIRST_MS)

    def _go_on(self) -> None:
        if not self._ctx.has_desk:
            return
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)  # once more is not twice
        if self._ctx.background.busy or self._clock() - self._touched < QUIET_S:
            self._timer.start(STEP_MS)
        elif next(self._steps, self) is self:
            self.done = True
            application.removeEventFilter(self)

    def _all(self) -> Iterator[None]:
        for name in NAMES:
            if self._stack.has(name):
                continue
            entry = pages.entry(name)
            self._import(entry.factory.split(":")[0])
            yield
            page = self._stack.made(name)
            self._timer.start(STEP_MS)
            yield
            for module in page.modules:
                self._import(module)
                yield
            for _part in page.parts():
                self._timer.start(STEP_MS)
                yield
                if self._stack.page is page:  # somebody was quicker
                    break

    def _import(self, module: str) -> None:
        """On another thread, which takes turns with the window."""
        self._ctx.background.pool(
            lambda: import_module(module), lambda _module: self._timer.start(STEP_MS), owner=self
        )

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._touched = self._clock()
        return False
