"""Checklists: their lines, the cases they are for, and the steps that do them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from postal_desk.domain.rules import CheckItem, holds
from postal_desk.i18n import _, enumerate_words, label
from postal_desk.ui.context import Context
from postal_desk.ui.settings.list_section import ListSection
from postal_desk.ui.settings.text_dialogs import CheckDialog, ended
from postal_desk.ui.widgets.record_table import Column

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.ui.settings.text_dialogs import TextRow


class ChecklistSection(ListSection):
    """An ended line stays with the cases opened before."""

    name = "checklists"
    right = "rule.edit"
    icon = "list-checks"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, _("Add line"), _("End"), _("Ended ones too"))
        self.empty.show_text(
            _("No checklist yet"),
            _("Its lines stand in the record and remind on closing."),
            _("Add line"),
            self.add,
        )

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Checklist"), lambda row: label(row.rule.checklist), 130),
            Column(_("What to do"), lambda row: label(row.rule.name)),
            Column(_("Categories"), self._categories, 150, drop=1),
            Column(_("Done by"), self._done_by, 130, drop=2),
            Column(_("Origin"), lambda row: row.origin, 90, lambda row: row.tone),
        ]

    def read(self, desk: Desk) -> list[Any]:
        from postal_desk.ui.settings.text_dialogs import rows_of

        return rows_of(desk, "check_item", desk.rules.check_items)

    def holds(self, row: TextRow) -> bool:
        return holds(row.rule, self.today)

    def told(self, holding: int, ended: int) -> str:
        return _("{count} lines; they remind, they never block").format(count=holding)

    def add(self) -> None:
        self.open_dialog(CheckDialog(self.ctx, None, self))

    def edit(self, row: TextRow) -> None:
        self.open_dialog(CheckDialog(self.ctx, row, self))

    def end(self, row: TextRow) -> None:
        ended(self.ctx, row, self.today - timedelta(days=1), self)

    def _categories(self, row: TextRow) -> str:
        assert isinstance(row.rule, CheckItem)
        rules = self.ctx.desk.rules
        return enumerate_words(label(rules.category_name(code)) for code in row.rule.categories) or _("all")

    def _done_by(self, row: TextRow) -> str:
        rules, item = self.ctx.desk.rules, row.rule
        assert isinstance(item, CheckItem)
        names = [rules.name("channels", code) for code in item.channels]
        names += [rules.name("step_results", code) for code in item.results]
        return enumerate_words(label(name) for name in names) or _("ticking")
