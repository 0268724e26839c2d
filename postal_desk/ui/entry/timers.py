"""One-shot timers that belong to a page's part."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def one_shot(owner: QObject, milliseconds: int, action: Callable[[], object]) -> QTimer:
    """A stopped timer that calls ``action`` once, ``milliseconds`` after its start; starting it again begins anew."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(action)
    return timer
