"""Fills the fields that choose from a list, by the day the case is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.ui.context import Context
from postal_desk.ui.entry import pickers
from postal_desk.ui.widgets.choices import Choice

if TYPE_CHECKING:
    from postal_desk.services.organisation import Outlet, Staff

SetChoices = Callable[[str, list[Choice]], None]


class PickLists(QObject):
    """Gives each field its choices through ``set_choices``; nothing is done twice for the same day."""

    def __init__(self, ctx: Context, set_choices: SetChoices, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._set = ctx, set_choices
        self._day: date | None = None

    def forget(self) -> None:
        """The lists have changed."""
        self._day = None

    def load(self, on: date) -> None:
        """Show the lists of that day."""
        if on == self._day:
            return
        self._day = on
        desk = self._ctx.desk
        for name in pickers.CODES:
            self._set(name, pickers.codes(desk.rules, name, on))
        self._set("class", pickers.codes(desk.rules, "classes", on))
        self._set("category", pickers.categories(desk.rules, on))

        def read() -> tuple[list[Outlet], list[Staff]]:
            from postal_desk.services.organisation import list_outlets, list_staff

            return list_outlets(desk, on), list_staff(desk, on)

        self._ctx.background.db(read, lambda found: self._organisation(on, *found), owner=self)

    def _organisation(self, on: date, outlets: list[Outlet], people: list[Staff]) -> None:
        if on == self._day:
            self._set("outlet", pickers.outlets(outlets))
            self._set("handler", pickers.staff(people))
