"""Similar cases and how they ended, below the story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, enumerate_words, label
from postal_desk.ui import looks
from postal_desk.ui.widgets.badge import Badge, status_tone
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.labels import ElidedLabel, text_label

if TYPE_CHECKING:
    from postal_desk.services.case_lists import SimilarCase

_MOST_SHOWN = 3


class SimilarCard(Card):
    """``short`` writes a number as lists do; ``open_case`` gets the number of the case that is pressed."""

    def __init__(self, short: Callable[[str], str], open_case: Callable[[str], object]) -> None:
        super().__init__(_("Similar cases and what came of them"))
        self._short, self._open = short, open_case
        self._grid_holder = QWidget()
        self.empty = text_label(kind="hint", wrap=True)
        self.body.setSpacing(looks.px(4))
        self.body.addWidget(self.empty)
        self.body.addWidget(self._grid_holder)
        self.numbers: list[str] = []
        self.show_cases((), None)

    def show_cases(self, cases: Sequence[SimilarCase], rules: Rules | None, waiting: bool = True) -> None:
        """Show these, the most similar first. ``waiting``: there is too little text yet to look for any."""
        self.empty.setText(
            _("They appear here while you write the story.") if waiting else _("None like this one so far.")
        )
        self.empty.setVisible(not cases)
        self.numbers = [case.number for case in cases[:_MOST_SHOWN]]
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(looks.px(10))
        grid.setVerticalSpacing(looks.px(2))
        grid.setColumnStretch(1, 1)
        for row, case in enumerate(cases[:_MOST_SHOWN]):
            self._add(grid, row, case, rules)
        self.body.replaceWidget(self._grid_holder, holder)
        self._grid_holder.deleteLater()
        self._grid_holder = holder
        holder.setVisible(bool(cases))

    def _add(self, grid: QGridLayout, row: int, case: SimilarCase, rules: Rules | None) -> None:
        number = link_button(self._short(case.number), lambda: self._open(case.number))
        number.setAccessibleName(
            _("Open {number}: {subject}").format(number=case.number, subject=case.subject)
        )
        grid.addWidget(number, row, 0)
        grid.addWidget(ElidedLabel(case.subject, "caption"), row, 1)
        outcome, tone = "", "good"
        if rules is not None and case.outcome:
            outcome = enumerate_words(label(rules.name("dispositions", code)) for code in case.outcome[:2])
        elif rules is not None:
            outcome, tone = label(rules.name("statuses", case.status)), status_tone(case.status)
        grid.addWidget(Badge(outcome, tone), row, 2, Qt.AlignmentFlag.AlignRight)
