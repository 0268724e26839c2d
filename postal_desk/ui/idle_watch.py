"""Tells when nobody has touched keyboard or mouse for some minutes."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_LOOK_MS = 5_000
#: What counts as a touch.
TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    )
)


class IdleWatch(QObject):
    """``idle`` fires once after :attr:`minutes` without a touch; 0 never. A PC that slept counts as idle too, so the
    wall clock is asked: a clock that is set on locks early, which harms nobody.
    """

    idle = Signal()

    def __init__(self, app: QApplication, clock: Callable[[], float] = time.time) -> None:
        super().__init__(app)
        self.minutes = 0
        self._app, self._clock = app, clock
        self._touched = clock()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self, minutes: int) -> None:
        """Watch from now on."""
        self.minutes = minutes
        self._touched = self._clock()
        self._app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def look(self) -> None:
        """Compare the clock with the last touch."""
        if not self._timer.isActive():
            return
        gone = self._clock() - self._touched
        if gone < 0:  # the clock was put back
            self._touched = self._clock()
        elif self.minutes and gone >= self.minutes * 60:
            self.stop()
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            now = self._clock()
            if self.minutes and now - self._touched >= self.minutes * 60:
                self.look()  # the PC slept: whoever wakes it up logs in first
            else:
                self._touched = now
        return False
