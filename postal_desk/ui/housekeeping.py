"""What the program does for the desk when nobody works at it: fold the write-ahead log in, empty the old bin."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from postal_desk.ui.context import Context

IDLE_MS = 30_000


class Housekeeping(QObject):
    """Waits for the database thread to be idle for :data:`IDLE_MS` after work, then tidies once."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tidying = False
        self._bin_done = False
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self.tidy)
        ctx.background.busy_changed.connect(self._busy_changed)

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._timer.stop()
        elif not self._tidying:  # its own work must not wake it again
            self._timer.start()

    def tidy(self) -> None:
        """Queue the tidying behind whatever was asked for."""
        if not self._ctx.has_desk:
            return
        desk, with_bin = self._ctx.desk, not self._bin_done
        self._tidying = self._bin_done = True

        def work() -> None:
            from postal_desk.services.undo import purge_bin

            if with_bin:
                purge_bin(desk)
            desk.checkpoint()

        self._ctx.background.db(work, lambda _nothing: self._tidied(), self._not_tidied, owner=self)

    def _tidied(self) -> None:
        QTimer.singleShot(0, self, self._rest)

    def _not_tidied(self, error: Exception) -> None:
        self._tidied()
        self._ctx.tell_fault(error)

    def _rest(self) -> None:
        self._tidying = False
