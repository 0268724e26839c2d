"""The second step: which column is which field, with a few cells of each; sheet, headings, and values for all rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from postal_desk.i18n import _, label, tell
from postal_desk.ui import looks
from postal_desk.ui.exchange.import_work import ImportWork
from postal_desk.ui.exchange.other_sheets import OtherSheets
from postal_desk.ui.widgets.badge import Badge
from postal_desk.ui.widgets.buttons import PressButton
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel, text_label
from postal_desk.ui.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from postal_desk.services.ledgers import Column

_SIDE = 300
_BESIDE = 760  # px of width from which both cards stand side by side
_TABLE_HIGH = 240
_SURE = 0.65
_ROWS = re.compile(r"([0-9]{1,3})(?:\s*[-–—至]\s*([0-9]{1,3}))?")


class ColumnsStep(QWidget):
    """``done``: check the rows; ``back``: another file."""

    done = Signal()
    back = Signal()

    def __init__(self, work: ImportWork) -> None:
        super().__init__()
        self.work = work
        self.combos: dict[int, CodeCombo] = {}
        self.badges: dict[int, Badge] = {}
        self.grid = QWidget()
        self._whole = False
        #: makes the rest, one part a step, each in its place in the window
        self.parts: Iterator[None] = self._make()

    def _make(self) -> Iterator[None]:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(12))
        self.note = NoteBox(tone="attention")
        self.note.hide()
        box.addWidget(self.note)
        row = self._row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        box.addLayout(row, 1)
        self._table = Card(_("Columns of the ledger"), margin=12)
        row.addWidget(self._table, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(_("Columns of the ledger"))
        self._table.body.addWidget(self._area, 1)
        yield
        self._card = Card(_("Where the table is"), margin=12)
        self._side = Scrolled(self._card)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row.addWidget(self._side)
        yield
        yield from self._fill_side(self._card)
        box.addLayout(self._foot())
        self._whole = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both side by side, what holds for all rows stands below the columns."""
        super().resizeEvent(event)
        if not self._whole:
            return
        wide = self.width() >= looks.px(_BESIDE)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        for part in (self._card, self._side):  # its bar lies over the margin
            part.setMinimumWidth(looks.px(_SIDE) if wide else 0)
            part.setMaximumWidth(looks.px(_SIDE) if wide else 16_777_215)
        self._table.setMinimumHeight(0 if wide else looks.px(_TABLE_HIGH))
        self._side.setMinimumHeight(0 if wide else self._card.sizeHint().height())

    def load(self) -> None:
        """Show the proposal."""
        proposal, ledger = self.work.proposal, self.work.ledger
        assert proposal is not None
        assert ledger is not None
        assert self.work.words is not None
        rules = self.work.words.rules
        plan = proposal.plan
        self.sheet.set_choices([Choice(name, name) for name in ledger.sheets])
        self.sheet.set_value(plan.sheet)
        self.others.load()
        first, last = plan.header
        self.rows.setText(str(first) if first == last else f"{first}-{last}")
        self.kind.set_choices(code_choices(rules.codes["kinds"].values()))
        self.channel.set_choices(code_choices(rules.codes["channels"].values()))
        self.category.set_choices(
            [Choice(code, label(rules.category_name(code)), code) for code in sorted(rules.categories)]
        )
        for name, combo in self._defaults.items():
            combo.set_value(plan.defaults.get(name, ""))
        self.year.setText(str(plan.year) if plan.year else "")
        self._fill_grid()
        self._tell()

    def _fill_grid(self) -> None:
        proposal = self.work.proposal
        assert proposal is not None
        self.combos.clear()
        self.badges.clear()
        self.grid = dress(QWidget(), kind="plain")
        grid = QGridLayout(self.grid)
        grid.setContentsMargins(0, 0, looks.px(8), 0)
        grid.setHorizontalSpacing(looks.px(10))
        grid.setVerticalSpacing(looks.px(6))
        for at, words in enumerate(("", _("Heading"), _("Some of its cells"), _("Becomes"), "")):
            grid.addWidget(text_label(words, "caption"), 0, at)
        choices = target_choices()
        for row, column in enumerate(proposal.columns, start=1):
            self._add_row(grid, row, column, choices)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        grid.setColumnMinimumWidth(3, looks.px(216))
        grid.setColumnMinimumWidth(4, looks.px(64))
        grid.setRowStretch(len(proposal.columns) + 1, 1)
        self._area.setWidget(self.grid)

    def _add_row(self, grid: QGridLayout, row: int, column: Column, choices: list[Choice]) -> None:
        from postal_desk.services.ledger_json import shown_sample
        from postal_desk.services.ledgers import column_letters

        letters = column_letters(column.index)
        heading = ElidedLabel(column.heading or _("(no heading)"))
        assert self.work.words is not None
        samples = ElidedLabel(
            " · ".join(shown_sample(self.work.words.rules, column.target, text) for text in column.samples)
            or "—",
            "hint",
        )
        combo = CodeCombo(
            _("Column {letters}, {heading}: becomes").format(letters=letters, heading=column.heading), choices
        )
        combo.set_value(column.target)
        combo.changed.connect(lambda target, at=column.index: self.set_column(at, target))
        badge = Badge()
        grid.addWidget(text_label(letters, "caption"), row, 0)
        grid.addWidget(heading, row, 1)
        grid.addWidget(samples, row, 2)
        grid.addWidget(combo, row, 3)
        grid.addWidget(badge, row, 4)
        self.combos[column.index], self.badges[column.index] = combo, badge
        self._show_badge(column.index, column.confidence)

    def _show_badge(self, at: int, confidence: float) -> None:
        target = self.work.plan.columns.get(at, "skip")
        if target in ("note", "skip", "serial"):
            self.badges[at].show_text("", "neutral")
        elif confidence < _SURE:
            self.badges[at].show_text(_("guess"), "attention")
        else:
            self.badges[at].show_text("✓", "good")

    def set_column(self, at: int, target: str) -> None:
        """A column set by hand."""
        self.work.set_plan(self.work.plan.with_column(at, target))
        for index, combo in self.combos.items():
            combo.set_value(self.work.plan.columns.get(index, "skip"))
            if index == at:
                self._show_badge(index, 1.0)
            elif self.work.plan.columns.get(index) in ("note", "skip"):
                self._show_badge(index, 0)
        self._tell()

    def _tell(self) -> None:
        """What is still missing, or that the branch decided this before."""
        from postal_desk.services.ledgers import TARGETS

        plan, proposal = self.work.plan, self.work.proposal
        held = set(plan.columns.values())
        opened = "opened_on" in held or {"opened_month", "opened_day"} <= held
        texts = {"subject", "narrative", "steps", "note"} & held
        for name, combo in self._defaults.items():
            combo.setEnabled(True)
            combo.setToolTip(
                _("Used for rows that leave it empty") if name in held else _("The ledger has no such column")
            )
        missing = [] if opened else [tell(TARGETS["opened_on"].label)]
        missing += [] if texts else [tell(TARGETS["subject"].label)]
        if missing:
            self.note.show_text(
                _("Say which column holds: {fields}").format(fields="、".join(missing)), "attention"
            )
        elif proposal is not None and proposal.remembered:
            self.note.show_text(_("Read as the last ledger with these headings"), "good")
        else:
            self.note.show_text("")
        self.next_button.setEnabled(not missing)

    # -- sheet, headings, values for all rows --------------------------------------------------------------

    def _fill_side(self, card: Card) -> Iterator[None]:
        self.sheet = CodeCombo(_("Sheet"))
        self.sheet.changed.connect(lambda name: self.work.propose(name))
        self.rows = QLineEdit()
        self.rows.setAccessibleName(_("Rows of the headings"))
        self.rows.setToolTip(_("One row or two, as 2 or 2-3; 0 if the table has no headings"))
        again = PressButton(_("Apply"))
        again.setToolTip(_("Read the columns again with these headings"))
        again.clicked.connect(self._headings_moved)
        rows = QHBoxLayout()
        rows.setSpacing(looks.px(6))
        rows.addWidget(self.rows, 1)
        rows.addWidget(again)
        self.others = OtherSheets(self.work)
        card.body.addWidget(text_label(_("Sheet"), "caption"))
        card.body.addWidget(self.sheet)
        card.body.addWidget(self.others)
        card.body.addWidget(text_label(_("Rows of the headings"), "caption"))
        card.body.addLayout(rows)
        yield
        card.body.addSpacing(looks.px(6))
        card.body.addWidget(text_label(_("For rows that don't say it"), "heading"))
        self.kind, self.category, self.channel = (
            CodeCombo(name) for name in (_("Kind"), _("Category"), _("Channel"))
        )
        self._defaults = {"kind": self.kind, "category": self.category, "channel": self.channel}
        for name, combo in self._defaults.items():
            card.body.addWidget(text_label(combo.accessibleName(), "caption"))
            card.body.addWidget(combo)
            combo.changed.connect(
                lambda value, name=name: self.work.set_plan(self.work.plan.with_default(name, value))
            )
            yield
        self.year = QLineEdit()
        self.year.setAccessibleName(_("Year of dates without one"))
        self.year.setMaxLength(4)
        self.year.editingFinished.connect(self._year_typed)
        card.body.addWidget(text_label(_("Year of dates without one"), "caption"))
        card.body.addWidget(self.year)
        card.body.addStretch(1)
        yield

    def _headings_moved(self) -> None:
        """The headings stand elsewhere."""
        found = _ROWS.fullmatch(self.rows.text().strip())
        dress(self.rows, state="" if found else "bad")
        if found is not None:
            first = int(found[1])
            self.work.propose(
                self.work.plan.sheet, (first, max(first, int(found[2] or first))) if first else (0, 0)
            )

    def _year_typed(self) -> None:
        text = self.year.text().strip()
        year = int(text) if text.isascii() and text.isdigit() and 1970 <= int(text) <= 2099 else None
        dress(self.year, state="bad" if text and year is None else "")
        self.work.set_plan(replace(self.work.plan, year=year))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back_button = PressButton(_("Another file"))
        self.back_button.clicked.connect(self.back)
        self.next_button = dress(PressButton(_("Check the rows")), kind="primary")
        self.next_button.clicked.connect(self.done)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.next_button)
        return row


def target_choices() -> list[Choice]:
    """What a column can become, by name."""
    from postal_desk.services.ledgers import TARGETS

    return [Choice(name, tell(target.label)) for name, target in TARGETS.items()]
