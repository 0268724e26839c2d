"""The page in front, and over it the strips that say what holds or is to be done, whichever page it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk.ui.context import Context
from postal_desk.ui.page_stack import PageStack


class StripColumn(QVBoxLayout):
    """``open_desk`` opens another desk; the strips end with ``window``."""

    def __init__(
        self, ctx: Context, stack: PageStack, open_desk: Callable[[Path | None], None], window: QWidget
    ) -> None:
        super().__init__()
        self._ctx, self._stack, self._open_desk, self._window = ctx, stack, open_desk, window
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
        self.addWidget(stack)
        ctx.opening_told.connect(self._tell_opening)

    def insertWidget(self, index: int, widget: QWidget, *more: Any) -> None:
        from postal_desk.ui.widgets.banner import Banner

        super().insertWidget(index, widget, *more)
        if isinstance(widget, Banner):
            widget.left.connect(self._stack.take_focus)

    def begin(self) -> None:
        """Show what an open desk calls for, now if it is open already, and the drafts as soon as it has settled."""
        if self._ctx.has_desk:  # made anew: nobody waits for a first list
            self._ctx.settle()
            self._add_strips()
        self._ctx.settled.connect(self._add_strips)
        self._ctx.settled.connect(self._offer_drafts)

    def retire(self) -> None:
        """Another window has taken over."""
        self._ctx.opening_told.disconnect(self._tell_opening)
        self._ctx.settled.disconnect(self._add_strips)
        self._ctx.settled.disconnect(self._offer_drafts)

    def _add_strips(self) -> None:
        from postal_desk.ui.strips import add_strips

        add_strips(self._ctx, self, self._stack, self._open_desk, self._window)

    def _tell_opening(self, done: int, total: int) -> None:
        """An older desk is copied before it is brought up: as long as that takes, how far it is and why."""
        from postal_desk.ui.opening_strip import OpeningStrip

        strip = self._window.findChild(OpeningStrip)
        if not total:
            if strip is not None:
                strip.deleteLater()
        elif strip is None:
            self.insertWidget(0, OpeningStrip(done, total))
        else:
            strip.show_share(done, total)

    def _offer_drafts(self) -> None:
        """Cases that were typed and not saved before the program ended."""
        from postal_desk.ui.draft_reminder import offer_drafts

        # Back from the lock the form in front holds its draft already.
        resumed = self._stack.page.place().get("draft") if self._stack.page is not None else None
        offer_drafts(self._ctx, self, self._stack, str(resumed or ""))
