"""Drafts other than the one in front: offered, loaded, discarded with a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.ui.context import Context
from postal_desk.ui.entry.draft_bar import DraftBar
from postal_desk.ui.entry.draft_keeper import FORM

if TYPE_CHECKING:
    from postal_desk.services.drafts import Draft


class OldDrafts(QObject):
    """Feeds the bar that offers drafts."""

    def __init__(self, ctx: Context, bar: DraftBar, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._bar = ctx, bar
        self._own = ""

    def offer(self, own: str) -> None:
        """Show the drafts on disk, ``own`` (the one in front) left out."""
        self._own = own
        self._read(lambda drafts: self._bar.show_drafts([d for d in drafts if d.key != self._own]))

    def load(self, key: str, show: Callable[[str, Mapping[str, object]], None]) -> None:
        """Read one draft and show it; a draft that is gone shows nothing."""

        def found(drafts: list[Draft]) -> None:
            for draft in drafts:
                if draft.key == key:
                    show(key, draft.payload)

        self._read(found)

    def discard(self, draft: Draft) -> None:
        """Drop a draft; the message offers it back."""
        self._drop(draft.key)
        self.offer_back(draft.key, draft.payload)

    def offer_back(self, key: str, payload: Mapping[str, object]) -> None:
        """Say that a draft was discarded, with Undo."""
        self._ctx.offer(say("Draft discarded"), lambda: self._restore(key, payload))

    def _restore(self, key: str, payload: Mapping[str, object]) -> None:
        desk = self._ctx.desk

        def save() -> Changes:
            from postal_desk.services.drafts import save_draft

            return save_draft(desk, key, FORM, dict(payload))

        def saved(changes: Changes) -> None:
            self._ctx.announce(changes)
            self._ctx.navigator.go("entry", draft=key)

        self._ctx.background.db(save, saved, owner=self)

    def _drop(self, key: str) -> None:
        desk = self._ctx.desk

        def drop() -> Changes:
            from postal_desk.services.drafts import drop_draft

            return drop_draft(desk, key)

        self._ctx.background.db(drop, self._ctx.announce)

    def _read(self, show: Callable[[list[Draft]], None]) -> None:
        desk = self._ctx.desk

        def read() -> list[Draft]:
            from postal_desk.services.drafts import list_drafts

            return [draft for draft in list_drafts(desk) if draft.form == FORM]

        self._ctx.background.db(read, show, owner=self)
