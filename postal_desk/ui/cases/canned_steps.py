"""Canned texts in the line for steps: those for what is set come first, and one put in sets what it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.i18n import label
from postal_desk.ui.cases.composer import Composer
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.canned_popup import Canned, CannedPopup

if TYPE_CHECKING:
    from postal_desk.domain.cases import Case


class CannedSteps(QObject):
    """Joins the composer and the list."""

    def __init__(self, ctx: Context, composer: Composer) -> None:
        super().__init__(composer)
        self._ctx, self._composer = ctx, composer
        self._case: Case | None = None
        self.popup = CannedPopup(composer.text, self._offer)
        self.popup.taken.connect(self._taken)

    def show_case(self, case: Case) -> None:
        """Texts are filled from this case now."""
        self._case = case

    def _offer(self) -> list[Canned]:
        from postal_desk.domain.canned import STEP, fill, offered
        from postal_desk.services.canned_texts import values_of

        if self._case is None:
            return []
        desk, case = self._ctx.desk, self._case
        values = values_of(desk, case)
        channel, result = self._composer.chosen()
        texts = offered(
            desk.rules.canned,
            desk.today(),
            STEP,
            result=result,
            channel=channel,
            dispositions=[disposition.kind for disposition in case.dispositions],
        )
        return [Canned(text.key, label(text.name), fill(label(text.text), values)) for text in texts]

    def _taken(self, key: str) -> None:
        """A text for one channel and one result sets them, unless somebody has."""
        text = next((one for one in self._ctx.desk.rules.canned if one.key == key), None)
        if text is not None:
            channel = text.channels[0] if len(text.channels) == 1 else ""
            result = text.results[0] if len(text.results) == 1 else ""
            self._composer.suggest(channel, result)
