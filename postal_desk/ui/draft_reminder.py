"""The offer, when a desk is opened, to go on with cases that were typed and never saved (a crash, a power cut)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from postal_desk.services.drafts import Draft

_FORM = "case"


class DraftReminder(Banner):
    """Names how many there are and when the last was typed. Goes once one is resumed, saved or discarded."""

    def __init__(self, ctx: Context, drafts: list[Draft]) -> None:
        self.newest = max(drafts, key=lambda draft: str(draft.saved_at))
        at = str(self.newest.saved_at).replace("T", " ")[:16]
        if len(drafts) == 1:
            text = _("A case typed at {time} is not saved yet.").format(time=at)
        else:
            text = _("{count} cases typed are not saved yet, the last at {time}.").format(
                count=len(drafts), time=at
            )
        super().__init__(text, _("Resume"), self._resume)
        self._ctx = ctx
        self._answered = False
        ctx.changed.connect(self._look_again)

    def stand_over(self, pages: QStackedWidget) -> None:
        """Show it over every page but the one that offers the drafts itself."""

        def look(_place: int = 0) -> None:
            page = pages.currentWidget()
            self.setVisible(not (self._answered or (isinstance(page, Page) and page.name == "entry")))

        pages.currentChanged.connect(look)
        look()

    def _resume(self) -> None:
        self._ctx.navigator.go("entry", draft=self.newest.key)
        self._answer()

    def _look_again(self, changes: Changes) -> None:
        if changes.drafts:
            self._answer()

    def _answer(self) -> None:
        self._answered = True
        self.hide()


def offer_drafts(ctx: Context, column: QVBoxLayout, pages: QStackedWidget, resumed: str = "") -> None:
    """Ask the desk for drafts of cases other than ``resumed``; the reminder goes into ``column`` over the ``pages``."""
    if not ctx.has_desk:  # closed again before this came to pass
        return
    desk = ctx.desk

    def read() -> list[Draft]:
        from postal_desk.services.drafts import list_drafts

        return [draft for draft in list_drafts(desk) if draft.form == _FORM and draft.key != resumed]

    def show(found: list[Draft]) -> None:
        if found:
            reminder = DraftReminder(ctx, found)
            column.insertWidget(column.indexOf(pages), reminder)
            reminder.stand_over(pages)

    ctx.background.db(read, show, owner=pages)
