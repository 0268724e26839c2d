"""When a window that nobody looks at has come to rest: before it is drawn into a picture."""

from __future__ import annotations

import time

from PySide6.QtCore import QEventLoop, QTimer

_ROUND_MS = 300
_ROUNDS = 30  # on a PC that never rests the picture is drawn as it is


def settle() -> None:
    """Let layouts, lists and the short pauses before a record is read take their course: until nothing has held
    the thread up for two rounds.
    """
    loop, quiet = QEventLoop(), 0
    for _round in range(_ROUNDS):
        began = time.monotonic()
        QTimer.singleShot(_ROUND_MS, loop.quit)
        loop.exec()
        quiet = quiet + 1 if time.monotonic() - began < 1.2 * _ROUND_MS / 1000 else 0
        if quiet == 2:
            return
