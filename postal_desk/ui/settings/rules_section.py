"""The rules the desk counts by, each with its source; limits and exemptions can be changed from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout

from postal_desk.i18n import _
from postal_desk.services.rule_words import CHANGEABLE, GROUPS, RuleRow, period, rule_rows
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.settings.accountability_dialog import AccountabilityDialog
from postal_desk.ui.settings.clock_dialog import ClockDialog
from postal_desk.ui.settings.rule_panel import RulePanel
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.rule_book import RuleEntry


class RulesSection(Section):
    """Table of one group of rules, and all about the one that is lit beside it."""

    name = "rules"
    right = "rule.edit"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.today = date.max
        self.group = "clock"
        self.rows: list[RuleRow] = []

    def parts(self) -> Iterator[None]:
        titles = {
            "clock": _("Time limits"),
            "compensation": _("Compensation rules"),
            "accountability": _("Errors and recurrence"),
            "counting": _("Counting"),
        }
        self.group_chips = {group: Chip(titles[group]) for group in GROUPS}
        for group, chip in self.group_chips.items():
            chip.clicked.connect(lambda _on=False, group=group: self.open_group(group))
            self.head.addWidget(chip)
        self.other_chip = Chip(_("Past ones and other regions"))
        self.other_chip.toggled.connect(lambda _on: self._draw())
        self.head.addWidget(self.other_chip)
        yield
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        self.body.addLayout(row, 1)
        card = Card(margin=4)
        card.body.setContentsMargins(1, looks.px(4), 1, looks.px(4))
        row.addWidget(card, 3)
        self.table = RecordTable(self.accessibleName(), self._columns(), lambda row: not row.applies)
        card.body.addWidget(self.table)
        yield
        self.panel = panel = RulePanel(self.ctx, self)
        row.addWidget(self.panel, 2)
        yield
        offer(
            self.ctx,
            self.right,
            panel.take_button,
            panel.keep_button,
            panel.change_button,
            panel.reset_button,
        )
        self.table.moved.connect(self._lit)
        self.table.opened.connect(self.change)
        self.panel.change_button.clicked.connect(lambda: self.change(self.table.current()))

    def load(self) -> None:
        from postal_desk.services.rule_book import list_rules

        kinds = [kind for kinds in GROUPS.values() for kind in kinds]

        def read(desk: Desk) -> tuple[date, list[RuleEntry]]:
            return desk.today(), [entry for kind in kinds for entry in list_rules(desk, kind)]

        self.ask(read, self._show)

    def open_group(self, group: str) -> None:
        """Show one group of rules."""
        self.group = group
        self._draw()

    def change(self, row: Any) -> None:
        """Change a clock, an exemption or the limit of recurrence; other rules are read only."""
        if not isinstance(row, RuleRow) or not self.allowed:
            return
        if row.kind == "clock":
            self.open_dialog(ClockDialog(self.ctx, row, self.today, self))
        elif row.kind in CHANGEABLE:
            self.open_dialog(AccountabilityDialog(self.ctx, row, self.today, self))

    def _show(self, found: tuple[date, list[RuleEntry]]) -> None:
        self.today, entries = found
        desk = self.ctx.desk
        self.rows = rule_rows(desk.rules, entries, self.today, desk.branch.code)
        self._draw()

    def _draw(self) -> None:
        for group, chip in self.group_chips.items():
            chip.setChecked(group == self.group)
        in_group = [row for row in self.rows if row.kind in GROUPS[self.group]]
        shown = [row for row in in_group if row.applies or self.other_chip.isChecked() or row.entry.shipped]
        self.table.show_rows(shown, keep=lambda row: (row.kind, row.key))
        self._lit(self.table.current())
        edited = sum(row.entry.edited or row.entry.added for row in self.rows)
        self.facts.setText(_("{count} changed here").format(count=edited) if edited else "")

    def _lit(self, row: RuleRow | None) -> None:
        self.panel.show_rule(row, self.today)

    def _columns(self) -> list[Column]:
        return [
            Column(_("Rule"), lambda row: row.title),
            Column(_("Provision"), lambda row: row.says, 118),
            Column(_("In force"), _validity, 174, drop=1),
            Column("", _state, 100, _tone, drop=2),
        ]


def _validity(row: RuleRow) -> str:
    """From and to with an arrow between them: the panel says it in words."""
    first, last = row.rule.valid_from, row.rule.valid_to
    return f"{first or ''} → {last or ''}".strip() if first or last else period(None, None)


def _state(row: RuleRow) -> str:
    if row.entry.shipped is not None:
        return _("compare")
    return _("changed here") if row.entry.edited or row.entry.added else ""


def _tone(row: RuleRow) -> str:
    return "bad" if row.entry.shipped is not None else "attention"
