"""Telling the audit when personal data of the case in front is shown in clear: once for each part while it stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from postal_desk.ui.context import Context


class Unmasking(QObject):
    """``number`` tells which case is in front."""

    def __init__(self, ctx: Context, number: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._number = ctx, number
        self._told: set[tuple[str, str]] = set()
        self._last = ""

    def tell(self, part: str, shown: bool) -> None:
        """A part (``customer``, ``items``, ``all``) is shown in clear, or hidden again."""
        number = self._number()
        if number != self._last:
            self._last, self._told = number, set()
        if not shown or not number or not self._ctx.has_desk or (number, part) in self._told:
            return
        from postal_desk.services.unmasking import note_unmasked

        self._told.add((number, part))
        self._ctx.background.db(partial(note_unmasked, self._ctx.desk, number, part))
