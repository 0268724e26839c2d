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
from pathlib import Path
from typing import Any

BEGAN = float(os.environ["BEGAN"])


def watch(app: Any, wanted: tuple[str, ...]) -> dict[str, float]:
    """Note the first paint of a shown window and the first paint of a table that has rows; quit when all is seen."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QTableView, QWidget

    seen: dict[str, float] = {}

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
                parent = watched.parent()
                seen.setdefault("paint", 0.0)
                if isinstance(parent, QTableView) and watched is parent.viewport():
                    model = parent.model()
                    if model is not None and model.rowCount() > 0:
                        seen.setdefault("filled", 0.0)
                QTimer.singleShot(0, note)
            return False

    def note() -> None:
        now = time.time() - BEGAN
        for name, moment in seen.items():
            if not moment:
                seen[name] = now
        if all(seen.get(name) for name in wanted):
            app.quit()

    watcher = Watcher(app)
    app.installEventFilter(watcher)
    QTimer.singleShot(30_000, app.quit)  # a window that never fills must not hang the run
    return seen


def bare() -> dict[str, float]:
    """PySide6 and an empty table."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QTableView())
    window.resize(1366, 768)
    seen = watch(app, ("paint",))
    window.show()
    app.exec()
    return seen


def core(path: Path) -> dict[str, float]:
    """PySide6 and 100 rows by SQLAlchemy Core."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
    from sqlalchemy import create_engine, text

    app = QApplication([])
    with create_engine(f"sqlite:///{path}").connect() as connection:
        rows = connection.execute(text("SELECT number, subject, customer, status FROM cases LIMIT 100")).all()
    model = QStandardItemModel()
    for row in rows:
        model.appendRow([QStandardItem(str(value)) for value in row])
    window = QMainWindow()
    table = QTableView()
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1366, 768)
    seen = watch(app, ("paint", "filled"))
    window.show()
    app.exec()
    return seen


def ours(path: Path) -> dict[str, float]:
    """The program as it is started, with its own desk."""
    from postal_desk import app as program

    application = program._application()
    seen = watch(application, ("paint", "filled"))
    program.run_window(path)
    return seen


if __name__ == "__main__":
    what, place = sys.argv[1], Path(sys.argv[2])
    found = {"bare": bare, "core": lambda: core(place), "ours": lambda: ours(place)}[what]()
    memory = next(
        line for line in Path("/proc/self/smaps_rollup").read_text().splitlines() if line.startswith("Pss:")
    )
    print(json.dumps({**found, "pss": int(memory.split()[1]) / 1024}))
