"""Steps that were typed and not saved: kept in the desk by case, offered again when the case is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from postal_desk.services.drafts import Draft

FORM = "step"


class StepDrafts:
    """Reads the drafts once the desk is open; writes each after a pause in typing."""

    def __init__(self, ctx: Context, owner: QObject) -> None:
        self._ctx, self._owner = ctx, owner
        self._texts: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        if ctx.has_desk:
            self._read()
        else:
            ctx.opened.connect(self._read)

    def of(self, number: str) -> str:
        """The text typed for a case, or ``""``."""
        return self._texts.get(number, "")

    def key_of(self, number: str) -> str:
        """Under which the text and the files of the step being typed for a case wait."""
        from postal_desk.services.drafts import step_key

        return self._keys.get(number) or step_key(self._ctx.desk, number)

    def keep(self, number: str, text: str) -> None:
        """Keep what was typed; an empty text drops the draft."""
        from postal_desk.services.drafts import save_draft

        if not text.strip():
            self.drop(number)
            return
        if not number or text == self._texts.get(number):
            return
        self._texts[number] = text
        desk, key = self._ctx.desk, self.key_of(number)
        self._ctx.mark_unsaved(key, True)
        self._ctx.background.db(
            lambda: save_draft(desk, key, FORM, {"number": number, "text": text}),
            lambda _saved: self._ctx.mark_unsaved(key, False),
            owner=self._owner,
        )

    def drop(self, number: str) -> None:
        """The step was saved, or its text deleted."""
        from postal_desk.services.drafts import drop_draft

        if self._texts.pop(number, None) is not None:
            desk, key = self._ctx.desk, self.key_of(number)
            self._ctx.background.db(lambda: drop_draft(desk, key), owner=self._owner)

    def _read(self) -> None:
        from postal_desk.services.drafts import list_drafts

        desk = self._ctx.desk
        self._ctx.background.db(lambda: list_drafts(desk), self._found, owner=self._owner)

    def _found(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            if draft.form == FORM:
                number = str(draft.payload["number"])
                self._texts.setdefault(number, str(draft.payload["text"]))
                self._keys.setdefault(number, draft.key)
