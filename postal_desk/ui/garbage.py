"""Python's cycle collector, on the window's thread only.

Left alone it runs on whichever thread happens to allocate; a widget in a cycle would then be destroyed on the
database thread, which Qt forbids. So it is switched off and called from a timer here.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000
_YOUNG = 2_000  # new objects before the young ones are looked through
_MANY = 15_000  # new objects that only the first opening of a page brings: modules, widgets that stay
_ALL_ROUNDS = 60  # seconds after which everything not frozen is looked through


class GarbageCollector(QObject):
    """Takes over when made; :meth:`give_back` leaves Python's own way as it was."""

    def __init__(self) -> None:
        super().__init__()
        self._rounds = 0
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY_MS)

    def give_back(self) -> None:
        """The window program ends."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    def look(self) -> None:
        """Collect what is worth it now, within a few milliseconds."""
        self._rounds += 1
        young = gc.get_count()[0]
        if young > _MANY:
            gc.freeze()  # what stays need not be looked through again and again
        elif self._rounds % _ALL_ROUNDS == 0:
            gc.collect()
        elif young > _YOUNG:
            gc.collect(1)
