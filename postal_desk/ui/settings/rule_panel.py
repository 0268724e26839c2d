"""All about one rule: what it says, to whom, why, where it is written, and what this desk made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.counting import due_by
from postal_desk.domain.measures import months_later
from postal_desk.domain.recurrences import rolling_since
from postal_desk.domain.rules import ClockRule, ErrorExemptionRule, RecurrenceRule, Rules, holds
from postal_desk.i18n import _, tell
from postal_desk.services.rule_words import CHANGEABLE, RuleRow, differences, facts
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.settings.section import scrolled
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.labels import text_label


class RulePanel(Card):
    """The card beside the table of rules."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.ctx = ctx
        self._row: RuleRow | None = None
        self.title = text_label(kind="heading", wrap=True)
        self.newer = NoteBox(tone="attention")
        self.take_button = QPushButton(_("Take the shipped rule"))
        self.take_button.clicked.connect(self.take_shipped)
        self.keep_button = QPushButton(_("Keep mine"))
        self.keep_button.clicked.connect(self.keep_mine)
        self.example = NoteBox()
        self.change_button = QPushButton(_("Change the limit…"))
        self.reset_button = QPushButton(_("Back to the shipped value"))
        self.reset_button.clicked.connect(self.take_shipped)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(looks.px(12))
        self.grid.setVerticalSpacing(looks.px(6))
        self.grid.setColumnStretch(1, 1)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(10))
        box.addWidget(self.newer)
        box.addLayout(_row_of(self.take_button, self.keep_button))
        box.addLayout(self.grid)
        box.addWidget(self.example)
        box.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addWidget(scrolled(inner, _("The rule that is lit")), 1)
        self.body.addLayout(_row_of(self.change_button, self.reset_button))

    def show_rule(self, row: RuleRow | None, today: date) -> None:
        """Show another rule, or nothing."""
        self._row = row
        rules = self.ctx.desk.rules
        self.title.setText(row.title if row else _("No rule of this group holds today"))
        self._fill(facts(row, rules) if row else [])
        own = row is not None and (row.entry.edited or row.entry.added)
        waiting = row.entry.shipped if row else None
        lines = differences(row.entry.payload, waiting, rules) if row and waiting is not None else []
        told = _("The program now ships this rule in another form; yours holds:") if lines else ""
        self.newer.show_text("\n".join([told, *lines]) if lines else "", "attention")
        self.take_button.setVisible(bool(lines))
        self.keep_button.setVisible(bool(lines))
        self.change_button.setVisible(row is not None and row.kind in CHANGEABLE)
        self.change_button.setText(
            _("Change…") if row is not None and row.kind != "clock" else _("Change the limit…")
        )
        self.reset_button.setVisible(own and not lines)
        self._show_example(row, today)

    def take_shipped(self) -> None:
        """Back to what the program ships; forms that follow it here go with it."""
        from postal_desk.services.rule_edits import back_to_shipped

        if self._row is not None:
            desk, kind, key = self.ctx.desk, self._row.kind, self._row.key
            self._write(lambda: back_to_shipped(desk, kind, key))

    def keep_mine(self) -> None:
        """Keep the edited rule; the newer shipped form is not shown again."""
        from postal_desk.services.rule_book import keep_edited

        if self._row is not None:
            desk, kind, key = self.ctx.desk, self._row.kind, self._row.key
            self._write(lambda: keep_edited(desk, kind, key))

    def _write(self, work: Callable[[], Changes]) -> None:
        self.ctx.write(work, owner=self)

    def _show_example(self, row: RuleRow | None, today: date) -> None:
        rules = self.ctx.desk.rules
        text = _at_work(row, today, rules) if row is not None and holds(row.rule, today) else ""
        self.example.show_text(text)

    def _fill(self, told: list[tuple[str, str]]) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, (name, text) in enumerate(told):
            self.grid.addWidget(text_label(name, "caption"), row, 0, Qt.AlignmentFlag.AlignTop)
            value = text_label(text, wrap=True)
            value.setMinimumWidth(1)  # it wraps as narrow as need be
            value.setAccessibleName(f"{name}: {text}")
            self.grid.addWidget(value, row, 1)


def _at_work(row: RuleRow, today: date, rules: Rules) -> str:
    """What the rule makes of today, with the reasons; empty for a kind that is not counted in days."""
    rule = row.rule
    if isinstance(rule, ClockRule):
        found = due_by(rule, today, rules)
        head = _("If it began today, {day}: due on {due}").format(day=today, due=found.due)
        return "\n".join([head, *("· " + tell(sentence) for sentence in found.why[1:])])
    if isinstance(rule, RecurrenceRule):
        return _("Counted today: from {since} to {today}; from {limit} times on somebody answers.").format(
            since=rolling_since(rule, today), today=today, limit=rule.limit
        )
    if isinstance(rule, ErrorExemptionRule) and rule.months:
        return _("Whoever joins today, {day}, is exempt until {last}.").format(
            day=today, last=months_later(today, rule.months)
        )
    return ""


def _row_of(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(looks.px(8))
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
