"""Work away from the window's thread: one thread owns the desk's database, a second one does the rest.

The window never blocks. ``done`` and ``failed`` run on the window's thread; a result whose ``owner`` is
gone, whose task was cancelled, or whose desk was closed before its turn, is dropped. Tests use
:class:`InlineBackground`, which does everything at once.

Only one thread has Python at a time, and drawing asks for it hundreds of times. So the threads take turns with the
window: it gets one result at a time, with what the user does in between, and until it has shown them all no thread
begins the next piece of work.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

T = TypeVar("T")
Failed = Callable[[Exception], object]
_LONGEST_TURN_S = 0.05  # for the window to show what came


class Task:
    """One piece of work under way. ``cancel`` drops it if it has not begun, and its result if it has."""

    def __init__(
        self, done: Callable[[Any], object] | None, failed: Failed | None, owner: QObject | None
    ) -> None:
        self._done, self._failed = done, failed
        self._owner = owner
        self._watched = owner is not None
        self.cancelled = False
        self.finished = False

    def cancel(self) -> None:
        """Nobody wants the result any more. What the work has already committed stays committed."""
        self.cancelled = True

    def deliver(self, result: object, error: Exception | None, default_failed: Failed) -> None:
        """Hand the outcome over, on the window's thread."""
        self.finished = True
        orphan = self._watched and not (self._owner is not None and shiboken6.isValid(self._owner))
        if self.cancelled or orphan or (self._watched and _came_too_late(error)):
            return
        if error is not None:
            (self._failed or default_failed)(error)
        elif self._done is not None:
            self._done(result)


def _came_too_late(error: Exception | None) -> bool:
    """True if the desk was closed first: a timer of a window that is going asked for something to show."""
    if error is None:
        return False
    from postal_desk.services.faults import DeskClosed

    return isinstance(error, DeskClosed)


class _Job:
    """One task with its work and outcome. Kept on the window's side until delivered: see :class:`_Worker`."""

    def __init__(self, work: Callable[[], object], task: Task) -> None:
        self.work, self.task = work, task
        self.result: object = None
        self.error: Exception | None = None

    def do(self) -> None:
        """Do the work, unless nobody wants it any more."""
        if self.task.cancelled:
            return
        try:
            self.result = self.work()
        except Exception as caught:  # carried to the window's thread, which tells the user or reports the bug
            self.error = caught


class _Turns:
    """Whose turn it is: the window's from the moment a result is on its way until it has been painted."""

    def __init__(self) -> None:
        self._theirs = threading.Event()
        self._theirs.set()
        self._over = False

    def wait(self) -> None:
        """A thread is about to begin something. Not for ever: what is to be saved must not wait for a busy window."""
        if not self._over:
            self._theirs.wait(_LONGEST_TURN_S)

    def give(self) -> None:
        """A result goes to the window."""
        if not self._over:
            self._theirs.clear()

    def give_back(self) -> None:
        """The window has nothing more to show."""
        self._theirs.set()

    def end(self) -> None:
        """The window takes no more results: nobody waits for it."""
        self._over = True
        self._theirs.set()


class _Worker(threading.Thread):
    """A thread that does its queue in order; ``None`` ends it.

    What a job holds (callbacks, and through them widgets) may be destroyed on the window's thread only. So the
    worker drops its own references before it reports, and the last one is always the window's.
    """

    def __init__(self, name: str, report: Callable[[int], None], turns: _Turns) -> None:
        super().__init__(name=name, daemon=True)
        self.queue: SimpleQueue[tuple[int, _Job] | None] = SimpleQueue()
        self._report = report
        self._turns = turns

    def run(self) -> None:
        while (item := self.queue.get()) is not None:
            number, job = item
            self._turns.wait()
            job.do()
            del item, job
            self._turns.give()
            self._report(number)


class Background(QObject):
    """The two threads. ``failed`` (by default :attr:`default_failed`) gets every exception of the work."""

    _arrived = Signal(int)
    busy_changed = Signal(bool)  # database work is waiting or under way

    _closed = False

    def __init__(self, default_failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.default_failed = default_failed
        self._jobs: dict[int, _Job] = {}  # waiting, under way, or done and not delivered
        self._last = 0
        self._workers: dict[str, _Worker] = {}
        self._waiting: deque[Callable[[], object]] = deque()  # to be done on this thread, one a turn
        self._turns = _Turns()
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._take_turn)
        self._arrived.connect(self._outcome_came, Qt.ConnectionType.QueuedConnection)

    def db(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Do ``work`` on the thread that owns the desk, after everything asked for before."""
        return self._start("desk", work, done, failed, owner)

    def pool(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Do ``work`` that needs no database (drawing, writing files) on the other thread."""
        return self._start("other", work, done, failed, owner)

    def next_turn(self, work: Callable[[], object], owner: QObject) -> None:
        """Do ``work`` on the window's thread once what has been shown so far is painted: the rest of a page that takes
        long to show, so that nobody's typing waits for the whole of it. Dropped if ``owner`` is gone by then.
        """
        self._turns.give()
        self._line_up(lambda: work() if shiboken6.isValid(owner) else None)

    @property
    def busy(self) -> bool:
        """True while anything is waiting or under way."""
        return bool(self._jobs)

    def close(self) -> None:
        """Finish what was asked for (saves are never dropped), then end the threads. Blocks; results are
        dropped.
        """
        self._closed = True
        self._turns.end()
        for worker in self._workers.values():
            worker.queue.put(None)
        for worker in self._workers.values():
            worker.join()
        self._workers.clear()
        self._jobs.clear()
        self._waiting.clear()

    def _start(
        self, name: str, work: Callable[[], Any], done: Any, failed: Failed | None, owner: QObject | None
    ) -> Task:
        task = Task(done, failed, owner)
        if name not in self._workers:
            self._workers[name] = _Worker(f"postal-desk-{name}", self._arrived.emit, self._turns)
            self._workers[name].start()
        self._last += 1
        self._jobs[self._last] = job = _Job(work, task)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        self._workers[name].queue.put((self._last, job))
        return task

    def _outcome_came(self, number: int) -> None:
        self._line_up(lambda: self._deliver(number))

    def _line_up(self, turn: Callable[[], object]) -> None:
        self._waiting.append(turn)
        self._turn.start(0)

    def _take_turn(self) -> None:
        """One result, then whatever the window makes of it: layouts, painting, keys pressed meanwhile."""
        if self._waiting:
            self._turn.start(0)
            self._waiting.popleft()()
        else:
            self._turns.give_back()

    def _deliver(self, number: int) -> None:
        if self._closed:
            return
        job = self._jobs.pop(number, None)
        if job is None:
            return  # closed since; what was done stays done
        try:
            job.task.deliver(job.result, job.error, self.default_failed)
        finally:
            if not self._jobs:
                self.busy_changed.emit(False)


class InlineBackground(Background):
    """The same, at once and on the caller's thread: tests and the off-screen picture."""

    def next_turn(self, work: Callable[[], object], owner: QObject) -> None:
        work()

    def _start(
        self, name: str, work: Callable[[], Any], done: Any, failed: Failed | None, owner: QObject | None
    ) -> Task:
        task = Task(done, failed, owner)
        try:
            result = work()
        except Exception as caught:  # as the real one: every failure goes through `failed`
            task.deliver(None, caught, self.default_failed)
        else:
            task.deliver(result, None, self.default_failed)
        return task
