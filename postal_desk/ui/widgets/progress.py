"""Work that takes longer than half a second: what is going on, and a way out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.background import Task
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

PATIENCE_MS = 500


class ProgressStrip(QFrame):
    """Hidden until a watched task has taken :data:`PATIENCE_MS`. ``fraction`` may be called from any
    thread's result.

    Cancel drops the task's result and calls ``cancelled``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, kind="card")
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(12), looks.px(6), looks.px(8), looks.px(6))
        self.label = text_label(kind="caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        self._task: Task | None = None
        self._cancelled: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self.hide()

    def watch(self, task: Task, text: str, cancelled: Callable[[], None] | None = None) -> None:
        """Show ``text`` while the task lasts, once it has lasted long enough to wonder."""
        self._task, self._cancelled = task, cancelled
        self.label.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setRange(0, 0)
        if not task.finished:
            self._timer.start(PATIENCE_MS)

    def set_fraction(self, done: int, total: int) -> None:
        """How far it is, where that is known (window's thread only)."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _look(self) -> None:
        if self._task is None or self._task.finished or self._task.cancelled:
            self._timer.stop()
            self.hide()
        elif self.isHidden():
            self.show()
            self._timer.start(60)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.hide()
        self._timer.stop()
        if self._cancelled is not None:
            self._cancelled()
