"""Run in a process of its own: works the real window off-screen and prints seconds (and MB) as one JSON array.

``jumps DESK TIMES``: median time of a jump to any place of the list until its rows are painted, and the memory then.
``held DESK TIMES``: the longest time the window's thread was held while saving, searching and summarising.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QTableView

from postal_desk import app as program
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.settings import Settings
from postal_desk.ui.background import Background
from postal_desk.ui.cases.case_table import CaseTable


class Runner:
    """The program with its window, shown off-screen."""

    def __init__(self, desk: Path) -> None:
        self.application = program._application()
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
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

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
    """Notes how long the window's thread goes without answering a timer of 1 ms."""

    def __init__(self) -> None:
        self.last = time.perf_counter()
        self.longest = 0.0
        self.timer = QTimer()
        self.timer.setInterval(1)
        self.timer.timeout.connect(self.beat)
        self.timer.start()

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self.last)
        self.last = now

    def begin(self) -> None:
        """Forget what was."""
        self.last, self.longest = time.perf_counter(), 0.0


def held(desk: Path, times: int) -> list[float]:
    """Save, search and summarise on the database thread as the screens do; the longest holds meanwhile."""
    from postal_desk.services import cases, summaries
    from postal_desk.services.case_lists import list_head
    from tests.benchmarks.desks import UNTIL

    runner = Runner(desk)
    page: Any = runner.program.window.page
    page.complete()
    runner.until(lambda: page.desk is not None and page.desk.record.view is not None)  # the start is over
    opened = runner.program.ctx.desk
    background = runner.program.background
    holds = Holds()
    sample: list[Any] = []
    background.db(lambda: cases.read_cases(opened, CaseFilter(), 1), sample.extend)
    runner.until(lambda: sample)
    new = replace(sample[0], number="", related=())
    jobs: tuple[Callable[[], Any], ...] = (
        lambda: cases.add_cases(opened, [new]),
        lambda: list_head(opened, CaseFilter(text="邮件"), 100),
        lambda: summaries.summary(opened, UNTIL),
    )
    found = []
    for job in jobs:
        job_done: list[Any] = []
        background.db(job, job_done.append)  # once before, as imports count with the first use
        runner.until(lambda: job_done)  # noqa: B023
        holds.begin()
        for turn in range(2, times + 2):
            background.db(job, job_done.append)
            runner.until(lambda: len(job_done) >= turn)  # noqa: B023
        found.append(holds.longest)
    runner.close()
    return found


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    what, place, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    print(json.dumps({"jumps": jumps, "held": held}[what](place, count)))
