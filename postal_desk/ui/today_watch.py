"""Watches the day from every page: the number beside «Today» in the sidebar, and one notification in the morning."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from postal_desk.domain.changes import Changes
from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from datetime import datetime

    from postal_desk.ui.morning_notice import MorningNotice

_AFTER_OPENING_MS = 400  # the list of cases first
_PAUSE_MS = 400
_EVERY_MS = 5 * 60_000  # a day ends while the program runs
MORNING = range(6, 12)


class TodayWatch(QObject):
    """``counted`` is told the number; ``notice`` makes what shows a notification, ``None`` where there is none."""

    def __init__(
        self,
        ctx: Context,
        counted: Callable[[int], object],
        notice: Callable[[], MorningNotice | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._counted, self._make_notice = ctx, counted, notice
        self._notice: MorningNotice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.count)
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self.count)
        self._clock.start()
        ctx.changed.connect(self._changed)
        ctx.opened.connect(self._opened)
        if ctx.has_desk:
            self._opened()

    def count(self) -> None:
        """Read the number now."""
        if not self._ctx.has_desk:
            return
        desk = self._ctx.desk

        def read() -> tuple[int, datetime]:
            from postal_desk.services.today import badge

            return badge(desk), desk.now()

        self._ctx.background.db(read, self._show, owner=self)

    def _opened(self) -> None:
        self._timer.start(_AFTER_OPENING_MS)

    def _changed(self, _changes: Changes) -> None:
        if not self._timer.isActive():
            self._timer.start(_PAUSE_MS)

    def _show(self, found: tuple[int, datetime]) -> None:
        number, now = found
        self._counted(number)
        settings, day = self._ctx.settings, now.date().isoformat()
        if not (settings["morning_notice"] and now.hour in MORNING and settings["morning_notice_on"] != day):
            return
        settings["morning_notice_on"] = day
        if number:
            self._notice = self._notice or self._make_notice()
            if self._notice is not None:
                self._notice.tell(number)
