"""Run in a process of its own: works the real window off-screen and prints seconds (and MB) as one JSON array.

``jumps DESK TIMES``: median time of a jump to any place of the list until its rows are painted, and the memory then.
``held DESK TIMES``: the longest time the window's thread was held, and worked, with nothing to do and while saving,
searching and summarising.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QTableView

from postal_desk import app as program
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.settings import Settings
from postal_desk.ui.background import Background
from postal_desk.ui.cases.case_table import CaseTable
from postal_desk.ui.garbage import GarbageCollector


class Runner:
    """The program with its window, shown off-screen."""

    def __init__(self, desk: Path) -> None:
        self.application = program.application()
        self.loop = QEventLoop()
        self.waker = QTimer()  # what is waited for is looked at this often, even if nothing happens
        self.waker.start(20)
        self.program = program.Program(self.application, Settings(), desk, Background(_raise))
        self.program.window.resize(1366, 768)
        self.program.window.show()
        self.program.open()
        self.until(lambda: self.program.ctx.has_desk)
        self.table = self.program.window.findChild(CaseTable)
        self.until(lambda: self.table.model().rowCount() > 0)

    def until(self, ready: Callable[[], Any], longest: float = 60.0) -> None:
        """Turn the event loop until something is so."""
        end = time.monotonic() + longest
        while not ready():
            if time.monotonic() > end:
                raise TimeoutError("what was waited for did not come")
            # one that sleeps between events, as the program's own: QCoreApplication.processEvents with a time limit
            # doesn't, and a window that spins takes Python from the other threads, and looks busy to the system
            self.loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def rest(self, seconds: float = 0.4) -> None:
        """Turn the event loop for a while, and until what was set off is over."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end and not self.program.background.busy)

    def close(self) -> None:
        """End threads and desk."""
        self.program.close()


def jumps(desk: Path, times: int) -> list[float]:
    """Jump to random places; each counts until the rows there are known and painted."""
    runner = Runner(desk)
    model: Any = runner.table.model()
    runner.until(lambda: model.has_keys)
    teller = random.Random(5)
    taken = []
    for _ in range(times):
        place = teller.randrange(model.rowCount())
        start = time.perf_counter()
        runner.table.scrollTo(model.index(place, 0), QTableView.ScrollHint.PositionAtTop)
        runner.until(lambda: model.row(place) is not None)  # noqa: B023
        runner.table.viewport().repaint()
        taken.append(time.perf_counter() - start)
    memory = next(
        line for line in Path("/proc/self/smaps_rollup").read_text().splitlines() if line.startswith("Pss:")
    )
    runner.close()
    return [median(taken), int(memory.split()[1]) / 1024]


class Holds:
    """Notes how long the window's thread goes without answering a timer of 1 ms, how much of that it waited for a
    processor, and how long it works meanwhile.

    The work is processor time of this thread alone: a machine that is busy with something else makes the holds longer,
    not the work.
    """

    def __init__(self) -> None:
        self._schedule = os.open("/proc/thread-self/schedstat", os.O_RDONLY)
        self.begin()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(1)
        self.timer.timeout.connect(self.beat)
        self.timer.start()

    def beat(self) -> None:
        now, worked, queued = self._clocks()
        self.longest = max(self.longest, (now - self.last[0], queued - self.last[2]))
        self.work = max(self.work, worked - self.last[1])
        self.last = now, worked, queued

    def begin(self) -> None:
        """Forget what was."""
        self.last = self._clocks()
        self.longest, self.work = (0.0, 0.0), 0.0

    def found(self) -> list[float]:
        """The longest hold, how much of it was waiting for a processor, and the longest work, in seconds."""
        return [*self.longest, self.work]

    def _clocks(self) -> tuple[float, float, float]:
        queued = int(os.pread(self._schedule, 100, 0).split()[1]) / 1e9
        return time.perf_counter(), time.thread_time(), queued


def held(desk: Path, times: int) -> list[list[float]]:
    """The longest hold and the longest work with nothing to do, then while the program saves (and refreshes what it
    shows), searches and summarises.
    """
    from postal_desk.services import cases, summaries
    from tests.benchmarks.desks import UNTIL

    runner = Runner(desk)
    collector = GarbageCollector()  # as the program has it
    page: Any = runner.program.window.page
    runner.program.window.complete()
    runner.until(lambda: page.desk is not None and page.desk.record.view is not None)  # the start is over
    ctx, opened = runner.program.ctx, runner.program.ctx.desk
    holds = Holds()
    sample: list[Any] = []
    ctx.background.db(lambda: cases.read_cases(opened, CaseFilter(), 1), sample.extend)
    runner.until(lambda: sample)
    new = replace(sample[0], number="", related=())

    texts = cycle(("邮件", "网点", ""))

    def search(done: Callable[[Any], Any]) -> None:
        page.show_filter(CaseFilter(text=next(texts)))  # each time other cases than before
        ctx.background.db(lambda: None, done)

    jobs: tuple[Callable[[Callable[[Any], Any]], Any], ...] = (
        lambda done: ctx.background.db(lambda: None, done),
        lambda done: ctx.write(lambda: cases.add_cases(opened, [new]), done),
        search,
        lambda done: ctx.background.db(lambda: summaries.summary(opened, UNTIL), done),
    )
    found = []
    for job in jobs:
        for turn in range(times + 1):
            if turn == 1:
                holds.begin()  # once before, as imports count with the first use
            finished: list[Any] = []
            job(finished.append)
            runner.until(lambda: finished)  # noqa: B023
            runner.rest()
        found.append(holds.found())
    collector.give_back()
    runner.close()
    return found


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    what, place, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    print(json.dumps({"jumps": jumps, "held": held}[what](place, count)))
