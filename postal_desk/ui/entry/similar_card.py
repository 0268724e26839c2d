"""Similar cases and how they ended, below the story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from postal_desk.domain.rules import Rules
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.badge import Badge
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.labels import ElidedLabel, text_label
from postal_desk.ui.widgets.similar_words import similar_badge, similar_text

if TYPE_CHECKING:
    from postal_desk.services.similar_cases import SimilarCase

_MOST_SHOWN = 3


class SimilarCard(Card):
    """``short`` writes a number as lists do; ``open_case`` gets the number of the case that is pressed."""

    def __init__(self, short: Callable[[str], str], open_case: Callable[[str], object]) -> None:
        super().__init__(_("Similar cases and what came of them"))
        self._short, self._open = short, open_case
        self._shown: tuple[SimilarCase, ...] = ()
        self.empty = text_label(kind="hint", wrap=True)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(looks.px(10))
        self._grid.setVerticalSpacing(looks.px(2))
        self._grid.setColumnStretch(1, 1)
        self._rows: list[_Row] = []
        self.body.setSpacing(looks.px(4))
        self.body.addWidget(self.empty)
        self.body.addWidget(self._holder)
        self._holder.hide()

    def show_cases(self, cases: Sequence[SimilarCase], rules: Rules, waiting: bool = True) -> None:
        """Show these, the most similar first. ``waiting``: there is too little text yet to look for any."""
        self.empty.setText(
            _("They appear here while you write the story.") if waiting else _("None like this one so far.")
        )
        self.empty.setVisible(not cases)
        self._holder.setVisible(bool(cases))
        shown = tuple(cases[:_MOST_SHOWN])
        if shown == self._shown:
            return
        self._shown = shown
        while len(self._rows) < len(shown):
            self._rows.append(_Row(self._grid, len(self._rows), self._open_row))
        for place, row in enumerate(self._rows):
            row.set_visible(place < len(shown))
            if place < len(shown):
                row.show_case(shown[place], self._short(shown[place].number), rules)

    @property
    def numbers(self) -> list[str]:
        """The cases shown."""
        return [case.number for case in self._shown]

    def _open_row(self, place: int) -> None:
        self._open(self._shown[place].number)


class _Row:
    """One line of the grid; kept and filled anew, because making widgets takes time while somebody types."""

    def __init__(self, grid: QGridLayout, place: int, open_row: Callable[[int], object]) -> None:
        self.number = link_button("", lambda: open_row(place))
        self.subject = ElidedLabel(kind="caption")
        self.outcome = Badge()
        grid.addWidget(self.number, place, 0)
        grid.addWidget(self.subject, place, 1)
        grid.addWidget(self.outcome, place, 2, Qt.AlignmentFlag.AlignRight)

    def set_visible(self, shown: bool) -> None:
        for widget in (self.number, self.subject, self.outcome):
            widget.setVisible(shown)

    def show_case(self, case: SimilarCase, short: str, rules: Rules) -> None:
        self.number.setText(short)
        self.number.setAccessibleName(
            _("Open {number}: {subject}").format(number=case.number, subject=case.subject)
        )
        self.subject.setText(similar_text(case))
        self.outcome.show_text(*similar_badge(case, rules))
