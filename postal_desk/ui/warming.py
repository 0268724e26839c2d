"""Readies the desk for the first save, once the list is on the screen and nobody asks for anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from postal_desk.services.warming import Warmer

PAUSE_MS = 50  # between two slices of at most 20 ms
REST_MS = 300  # so long nothing was asked for


class Warming(QObject):
    """One for each opening of a desk. Real work comes first: it waits for one slice at most."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._warmer: Warmer | None = None
        self.done = False
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        if self.done or not self._ctx.has_desk:
            return
        if self._ctx.background.busy:
            self._timer.start(REST_MS)
            return
        desk = self._ctx.desk

        def work() -> bool:
            from postal_desk.services.warming import Warmer

            if self._warmer is None:
                self._warmer = Warmer(desk)
            return self._warmer.slice()

        self._ctx.background.db(work, self._went, self._stop, owner=self)

    def _went(self, finished: bool) -> None:
        self.done = finished
        if not finished:
            self._timer.start(PAUSE_MS)

    def _stop(self, error: Exception) -> None:
        """Nothing depends on it, but a damaged page found here is one that the save would have met."""
        self.done = True
        self._ctx.tell_fault(error)
