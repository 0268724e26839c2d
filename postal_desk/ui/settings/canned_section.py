"""Canned texts: what :: offers where people type. Shipped ones can be changed and taken back to what was shipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from postal_desk.domain.canned import STORY
from postal_desk.domain.rules import CannedText, holds
from postal_desk.i18n import _, enumerate_words, label
from postal_desk.ui.context import Context
from postal_desk.ui.settings.list_section import ListSection
from postal_desk.ui.settings.text_dialogs import CannedDialog, ended
from postal_desk.ui.widgets.record_table import Column

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.ui.settings.text_dialogs import TextRow


class CannedSection(ListSection):
    """An ended text vanishes from the list that :: opens."""

    name = "canned"
    right = "rule.edit"
    icon = "notebook-pen"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, _("Add text"), _("End"), _("Ended ones too"))
        self.empty.show_text(
            _("No canned text yet"), _("A text of this list is put in by typing ::"), _("Add text"), self.add
        )

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Name"), lambda row: label(row.rule.name), 170),
            Column(_("Text"), lambda row: label(row.rule.text)),
            Column(_("Offered first for"), self._offered, 170, drop=1),
            Column(_("Where"), self._where, 80, drop=2),
            Column(_("Origin"), lambda row: row.origin, 90, lambda row: row.tone),
        ]

    def read(self, desk: Desk) -> list[Any]:
        from postal_desk.ui.settings.text_dialogs import rows_of

        return rows_of(desk, "canned", desk.rules.canned)

    def holds(self, row: TextRow) -> bool:
        return holds(row.rule, self.today)

    def told(self, holding: int, ended: int) -> str:
        return _("{count} texts, put in by typing ::").format(count=holding)

    def add(self) -> None:
        self.open_dialog(CannedDialog(self.ctx, None, self))

    def edit(self, row: TextRow) -> None:
        self.open_dialog(CannedDialog(self.ctx, row, self))

    def end(self, row: TextRow) -> None:
        ended(self.ctx, row, self.today - timedelta(days=1), self)

    def _offered(self, row: TextRow) -> str:
        rules, text = self.ctx.desk.rules, row.rule
        assert isinstance(text, CannedText)
        names = [rules.name("step_results", code) for code in text.results]
        names += [rules.name("channels", code) for code in text.channels]
        names += [rules.name("dispositions", code) for code in text.dispositions]
        return enumerate_words(label(name) for name in names)

    def _where(self, row: TextRow) -> str:
        assert isinstance(row.rule, CannedText)
        return _("story") if STORY in row.rule.places else _("step")
