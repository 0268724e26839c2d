"""What the program does by itself while nobody works: empty the write-ahead log, empty the old part of the bin."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from postal_desk.ui.context import Context

IDLE_MS = 30_000
AFTER_OPENING_MS = 20_000


class Housekeeping(QObject):
    """Watches one context; failures here are told like any other."""

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._fold_in)
        self._opened = QTimer(self)
        self._opened.setSingleShot(True)
        self._opened.setInterval(AFTER_OPENING_MS)
        self._opened.timeout.connect(self._empty_bin)
        ctx.changed.connect(lambda _changes: self._idle.start())
        if ctx.has_desk:
            self._opened.start()
        else:
            ctx.opened.connect(self._opened.start)

    def _fold_in(self) -> None:
        self._ctx.background.db(self._ctx.desk.checkpoint, owner=self)

    def _empty_bin(self) -> None:
        from postal_desk.services.undo import purge_bin

        desk = self._ctx.desk
        self._ctx.background.db(lambda: purge_bin(desk), owner=self)
