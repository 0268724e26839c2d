"""Reads how a month stands (closed or not, what contradicts itself), after its figures are on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postal_desk.domain.periods import Month
from postal_desk.ui.background import Task
from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from postal_desk.domain.contradictions import Contradiction
    from postal_desk.services.desk import Desk
    from postal_desk.services.months import MonthState


@dataclass(frozen=True)
class Standing:
    """A month's state and what is open in it."""

    state: MonthState
    found: tuple[Contradiction, ...]


class ClosingReader(QObject):
    """``read_done`` gives a :class:`Standing`; what was asked for before is dropped."""

    read_done = Signal(object)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._task: Task | None = None

    def read(self, month: Month) -> None:
        """Read the standing of a month."""
        desk = self._ctx.desk
        if self._task is not None:
            self._task.cancel()
        self._task = self._ctx.background.db(lambda: _read(desk, month), self.read_done.emit, owner=self)


def _read(desk: Desk, month: Month) -> Standing:
    from postal_desk.services.month_checks import check_month
    from postal_desk.services.months import month_state

    state = month_state(desk, month)
    return Standing(state, tuple(check_month(desk, month)) if state.over else ())
