"""Run in a process of its own: shows a window, prints when it was painted and when its list was filled, and ends.

``python -m tests.benchmarks.first_paint WHAT PATH`` with WHAT ``bare`` (PySide6, an empty table), ``core`` (PySide6 and
100 rows by SQLAlchemy Core from the SQLite file PATH) or ``ours`` (the program with the desk PATH). The environment
variable ``BEGAN`` holds the moment at which the process was started.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BEGAN = float(os.environ["BEGAN"])


class Watch:
    """Notes when a window and a table with rows were painted first, and ends the program when all was seen.

    It hooks the two classes' own ``paintEvent``: an event filter in Python would slow every event down.
    """

    def __init__(self, *wanted: str) -> None:
        self.wanted = wanted
        self.seen: dict[str, float] = {}

    def hook(self, kind: type[Any], name: str, ready: Callable[[Any], bool]) -> None:
        """After each paint of a ``kind`` for which ``ready`` holds, note ``name`` once what was painted is shown."""
        from PySide6.QtCore import QTimer

        paint = kind.paintEvent

        def painted(widget: Any, event: Any) -> None:
            paint(widget, event)
            if name not in self.seen and ready(widget):
                self.seen[name] = 0.0
                QTimer.singleShot(0, lambda: self.note(name))

        kind.paintEvent = painted  # type: ignore[method-assign]

    def note(self, name: str) -> None:
        """It is painted now."""
        from PySide6.QtWidgets import QApplication

        self.seen[name] = time.time() - BEGAN
        if all(self.seen.get(wanted) for wanted in self.wanted):
            QApplication.quit()

    def run(self, start: Callable[[], object]) -> dict[str, float]:
        """Show it and wait; a window that never fills must not hang the run."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        QTimer.singleShot(30_000, QApplication.quit)
        start()
        return self.seen


def has_rows(table: Any) -> bool:
    """True for a table with rows in it."""
    return table.model() is not None and table.model().rowCount() > 0


def bare() -> dict[str, float]:
    """PySide6 and an empty table."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    class Window(QMainWindow):
        pass

    app = QApplication([])
    watch = Watch("paint")
    watch.hook(Window, "paint", lambda _: True)
    window = Window()
    window.setCentralWidget(QTableView())
    window.resize(1366, 768)
    window.show()
    return watch.run(app.exec)


def core(path: Path) -> dict[str, float]:
    """PySide6 and 100 rows by SQLAlchemy Core."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
    from sqlalchemy import create_engine, text

    class Table(QTableView):
        pass

    app = QApplication([])
    with create_engine(f"sqlite:///{path}").connect() as connection:
        rows = connection.execute(text("SELECT number, subject, customer, status FROM cases LIMIT 100")).all()
    model = QStandardItemModel()
    for row in rows:
        model.appendRow([QStandardItem(str(value)) for value in row])
    watch = Watch("filled")
    watch.hook(Table, "filled", has_rows)
    window = QMainWindow()
    table = Table()
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1366, 768)
    window.show()
    return watch.run(app.exec)


def ours(path: Path) -> dict[str, float]:
    """The program as it is started, with its own desk."""
    from postal_desk import app as program

    watch = Watch("paint", "filled")
    watch.hook(program.MainWindow, "paint", lambda _: True)
    complete = program.MainWindow.complete

    def with_hook(window: Any) -> None:
        # The list's module is imported after the first paint; importing it before would change what is measured.
        from postal_desk.ui.cases.case_table import CaseTable

        watch.hook(CaseTable, "filled", has_rows)
        complete(window)

    program.MainWindow.complete = with_hook  # type: ignore[method-assign]
    program.application()
    return watch.run(lambda: program.run_window(path))


if __name__ == "__main__":
    what, place = sys.argv[1], Path(sys.argv[2])
    found = {"bare": bare, "core": lambda: core(place), "ours": lambda: ours(place)}[what]()
    memory = next(
        line for line in Path("/proc/self/smaps_rollup").read_text().splitlines() if line.startswith("Pss:")
    )
    print(json.dumps({**found, "pss": int(memory.split()[1]) / 1024}))
