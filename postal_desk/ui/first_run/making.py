"""A desk being made in the background: how far it is, and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from postal_desk.ui.background import Background, Task

Progress = Callable[[int, int], bool]
Work = Callable[[Progress], object]


class StopHandle(Task):
    """What a progress strip watches: Cancel asks the work to stop, and its outcome is still waited for."""

    def __init__(self, stop: Callable[[], None]) -> None:
        super().__init__(None, None, None)
        self._stop = stop

    def cancel(self) -> None:
        self._stop()


class Making(QObject):
    """Runs ``work(progress)`` on the desk's thread. ``progress`` answers ``False`` once :meth:`stop` was called.

    One of :attr:`done`, :attr:`stopped` and :attr:`failed` follows, on the window's thread.
    """

    advanced = Signal(int, int)
    done = Signal()
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._work = background, work
        self._stop = threading.Event()
        self.handle = StopHandle(self.stop)

    def start(self) -> None:
        """Begin."""
        self._background.db(self._run, self._ended, self._broke, owner=self)

    def stop(self) -> None:
        """Ask the work to stop; what it has made so far is taken away."""
        self._stop.set()

    def _run(self) -> object:
        return self._work(self._progress)

    def _progress(self, done: int, total: int) -> bool:
        self.advanced.emit(done, total)
        return not self._stop.is_set()

    def _ended(self, _result: object) -> None:
        self.handle.finished = True
        self.done.emit()

    def _broke(self, error: Exception) -> None:
        from postal_desk.services.demo import Stopped

        self.handle.finished = True
        if isinstance(error, Stopped):
            self.stopped.emit()
        else:
            self.failed.emit(error)
