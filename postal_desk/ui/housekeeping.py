"""What the program does for the desk by itself: copy it, and when nobody works at it fold the write-ahead log in
and empty the old bin.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from postal_desk.domain.sentences import Refusal
from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from datetime import datetime

    from postal_desk.services.copies import Copy
    from postal_desk.services.desk import Desk

IDLE_MS = 30_000
SLICE_MS = 400  # between two looks of at most 40 ms at the file, while nobody works
COPY_MS = 30 * 60_000
CARRY_AFTER = timedelta(hours=20)


class Housekeeping(QObject):
    """Waits for the database thread to be idle for :data:`IDLE_MS` after work, then tidies once.

    Every :data:`COPY_MS` it copies a desk that was changed, and once more when the desk is closed.
    """

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tidying = self._looking = False
        self._bin_done = False
        self._read_through = False
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self.tidy)
        ctx.background.busy_changed.connect(self._busy_changed)
        self._reading = QTimer(self, interval=SLICE_MS)
        self._reading.timeout.connect(self.read_on)
        self._copying = False
        self._copy_timer = QTimer(self, interval=COPY_MS)
        self._copy_timer.timeout.connect(self.copy)
        self._copy_timer.start()
        self._tell_last_copy()

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._timer.stop()
            if not (self._tidying or self._looking):
                self._reading.stop()
        elif not (self._tidying or self._looking):  # its own work must not wake it again
            self._timer.start()

    def tidy(self) -> None:
        """Queue the tidying behind whatever was asked for."""
        if not self._ctx.has_desk:
            return
        desk, with_bin = self._ctx.desk, not self._bin_done and self._ctx.desk.read_only is None
        self._tidying = self._bin_done = True

        def work() -> None:
            from postal_desk.services.room import keep_reserve
            from postal_desk.services.undo import purge_bin

            if with_bin:
                purge_bin(desk)
            desk.checkpoint()
            keep_reserve(desk)

        self._ctx.background.db(work, lambda _nothing: self._tidied(), self._not_tidied, owner=self)

    def _tidied(self) -> None:
        QTimer.singleShot(0, self, self._rest)

    def _not_tidied(self, error: Exception) -> None:
        self._tidied()
        self._ctx.tell_fault(error)

    def _rest(self) -> None:
        self._tidying = False
        if not self._read_through:
            self._reading.start()

    def read_on(self) -> None:
        """Read the file through for a moment, once round for each opening; work that comes waits 40 ms at most."""
        if self._looking or self._ctx.background.busy or not self._ctx.has_desk:
            return
        desk = self._ctx.desk
        self._looking = True
        self._ctx.background.db(
            lambda: (desk.read_on(), desk.rounds), self._looked, self._not_looked, owner=self
        )

    def _looked(self, seen: tuple[bool, int]) -> None:
        QTimer.singleShot(0, self, lambda: setattr(self, "_looking", False))
        sound, rounds = seen
        if not sound:
            self._ctx.damaged.emit()
        if rounds or not sound:
            self._read_through = True
            self._reading.stop()

    def _not_looked(self, error: Exception) -> None:
        self._looking = False
        self._reading.stop()
        self._ctx.tell_fault(error)

    def copy(self) -> None:
        """Copy the desk if it changed: begun on its thread, drawn on the other one while saves go on."""
        if self._copying or not self._ctx.has_desk or self._ctx.desk.read_only is not None:
            return
        self._copying = True
        desk = self._ctx.desk

        def begin() -> Callable[[], Copy] | None:
            from postal_desk.services import copies, recovery

            if not copies.changed_since_copy(desk) or recovery.copies_wait(desk):
                return None
            draw = copies.begin_copy(desk)
            return lambda: draw(lambda _done, _total: None)

        self._ctx.background.db(begin, self._draw, self._not_copied, owner=self)

    def leave(self, desk: Desk) -> None:
        """Close the desk, on its thread, with a copy of what was changed since the last one."""
        from postal_desk.services.copies import copy_if_changed
        from postal_desk.services.faults import EnvironmentFault
        from postal_desk.services.recovery import copies_wait

        try:
            if desk.read_only is None and not copies_wait(desk):
                copy_if_changed(desk)
        except (
            EnvironmentFault
        ) as fault:  # nobody looks any more; the next start shows how old the last copy is
            logging.getLogger(__name__).warning("no copy at closing: %s", type(fault).__name__)
        finally:
            desk.close()

    def _draw(self, draw: Callable[[], Copy] | None) -> None:
        if draw is None:
            self._copying = False
        else:
            self._ctx.background.pool(draw, self._copied, self._not_copied, owner=self)

    def _copied(self, copy: Copy) -> None:
        self._copying = False
        self._ctx.tell_copied(copy.made_at)
        self._carry()

    def _carry(self) -> None:
        """Once a day the newest copy goes to the second place by itself, if that is connected."""
        place = self._ctx.settings["copy_folder"]
        if not (place and self._ctx.has_desk and Path(place).is_dir()):
            return
        desk = self._ctx.desk

        def begin() -> Callable[[Callable[[int, int], None]], Path] | None:
            from postal_desk.services import second_place

            at = second_place.away(desk).at
            due = at is None or desk.now() - at > CARRY_AFTER
            return second_place.begin_carrying(desk, Path(place)) if due else None

        def note(arrived: Path) -> None:
            from postal_desk.services import second_place

            second_place.note_carried(desk, arrived)

        def carry(work: Callable[[Callable[[int, int], None]], Path] | None) -> None:
            if work is not None:
                self._ctx.background.pool(
                    lambda: work(lambda _done, _total: None),
                    lambda arrived: self._ctx.background.db(lambda: note(arrived), owner=self),
                    self._not_copied,
                    owner=self,
                )

        self._ctx.background.db(begin, carry, self._not_carried, owner=self)

    def _not_carried(self, error: Exception) -> None:
        if isinstance(
            error, Refusal
        ):  # the same disk, say: nobody asked for it now, the section says it when asked
            logging.getLogger(__name__).info("not carried: %s", error.sentence.msgid)
        else:
            self._ctx.tell_fault(error)

    def _not_copied(self, error: Exception) -> None:
        from postal_desk.services.copies import LeftOff
        from postal_desk.services.faults import DamagedDesk

        self._copying = False
        if isinstance(error, DamagedDesk):
            self._ctx.damaged.emit()  # a strip that stays, in place of a message every half hour
        elif not isinstance(error, LeftOff):  # then the desk was closed meanwhile, and copied at its closing
            self._ctx.tell_fault(error)

    def _tell_last_copy(self) -> None:
        if not self._ctx.has_desk:
            return
        desk = self._ctx.desk

        def read() -> datetime | None:
            from postal_desk.services.copies import last_copy

            return last_copy(desk)

        self._ctx.background.db(read, self._ctx.tell_copied, owner=self)
