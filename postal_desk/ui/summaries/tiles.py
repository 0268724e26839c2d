"""The key figures of a month, each a button that opens the cases behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from postal_desk.domain.month_ranges import MonthRange
from postal_desk.domain.summaries import DEFINITIONS, Period, Rate, Summary
from postal_desk.i18n import _, tell
from postal_desk.services.summary_cases import Figure
from postal_desk.ui import looks
from postal_desk.ui.summaries.figure_words import (
    Move,
    count_move,
    counts,
    mean,
    mean_move,
    percent,
    plain,
    rate_move,
    typed,
)
from postal_desk.ui.widgets.buttons import PressButton
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

_LEAST_WIDTH = 138  # px of width below which tiles go on in the next row


@dataclass(frozen=True, slots=True)
class Shown:
    """What a tile shows. ``cases`` is how many cases the figure opens; without any it opens none."""

    caption: str
    value: str
    counts: str
    month: Move | None  # none of a year: the period before is last year's
    year: Move
    definition: str
    figure: Figure
    cases: int
    ranged: bool = False  # of several months: compared with the period before


def tiles_of(summary: Summary) -> tuple[Shown, ...]:
    """The five figures of a month."""
    now, before, year_before = summary.now, summary.previous, summary.last_year

    ranged = isinstance(summary.month, MonthRange)
    once = summary.month.previous == summary.month.same_month_last_year

    def shown(
        caption: str, name: str, figure: str, value: str, small: str, month: Move, year: Move, cases: int
    ) -> Shown:
        month, year = typed(month, before), typed(year, year_before)
        if not summary.finished:
            month, year = plain(month), plain(year)
        moves = (None if once else month), year
        return Shown(caption, value, small, *moves, tell(DEFINITIONS[name]), Figure(figure), cases, ranged)

    def rate(caption: str, name: str, figure: str, of: Callable[[Period], Rate]) -> Shown:
        found = of(now)
        moves = rate_move(found, of(before)), rate_move(found, of(year_before))
        return shown(caption, name, figure, percent(found), counts(found), *moves, found.whole)

    received = count_move(now.received, before), count_move(now.received, year_before)
    days = mean_move(now.mean_days, before.mean_days), mean_move(now.mean_days, year_before.mean_days)
    return (
        shown(_("Received"), "received", "received", f"{now.received:,}", "", *received, now.received),
        rate(_("Closing rate"), "closing_rate", "due", lambda period: period.closing),
        rate(_("Answered in time"), "in_time_rate", "due", lambda period: period.in_time),
        shown(_("Mean time"), "mean_days", "closed", mean(now.mean_days), "", *days, now.closed),
        rate(_("Satisfaction"), "satisfaction_rate", "asked", lambda period: period.satisfaction),
    )


class Tile(PressButton):
    """Caption, figure with its counts, and how it moved on last month and last year."""

    asked = Signal(object)  # Figure

    def __init__(self) -> None:
        super().__init__()
        dress(self, kind="tile")
        self.shown: Shown | None = None
        self._caption, self._value = text_label(kind="hint"), text_label(kind="figure")
        self._counts = text_label(kind="small")
        self._moves = [(text_label(kind="small"), text_label(kind="move")) for _each in range(2)]
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(13), looks.px(9), looks.px(4), looks.px(9))
        box.setSpacing(looks.px(1))
        box.addWidget(self._caption)
        figure = QHBoxLayout()
        figure.setSpacing(looks.px(6))
        figure.addWidget(self._value)
        figure.addWidget(self._counts, 0, Qt.AlignmentFlag.AlignBottom)
        figure.addStretch(1)
        self._counts.setContentsMargins(0, 0, 0, looks.px(5))
        box.addLayout(figure)
        moves = QGridLayout()
        moves.setHorizontalSpacing(looks.px(6))
        moves.setVerticalSpacing(looks.px(1))
        moves.setColumnStretch(1, 1)
        for row, (words, move) in enumerate(self._moves):
            moves.addWidget(words, row, 0)
            moves.addWidget(move, row, 1)
        box.addLayout(moves)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._ask)

    def show_figure(self, shown: Shown) -> None:
        """Show another figure."""
        self.shown = shown
        self._caption.setText(shown.caption)
        self._value.setText(shown.value)
        self._counts.setText(shown.counts)
        self._counts.setVisible(bool(shown.counts))
        spoken = [f"{shown.caption} {shown.value} {shown.counts}".strip()]
        comparisons = (
            (_("vs. prior"), _("on the period before: {change}"), shown.month)
            if shown.ranged
            else (_("MoM"), _("on last month: {change}"), shown.month),
            (_("YoY"), _("on the same period last year: {change}"), shown.year)
            if shown.ranged
            else (_("YoY"), _("on the same month last year: {change}"), shown.year),
        )
        for (words, move), (short, phrase, moved) in zip(self._moves, comparisons, strict=True):
            words.setVisible(moved is not None)
            move.setVisible(moved is not None)
            if moved is None:
                continue
            words.setText(short)
            move.setText(moved.shown)
            dress(move, tone=moved.tone)
            spoken.append(phrase.format(change=moved.spoken))
        self.setAccessibleName("; ".join(spoken))
        opens = (
            _("Enter opens the cases behind it ({count})").format(count=shown.cases) if shown.cases else ""
        )
        self.setAccessibleDescription(" ".join(part for part in (shown.definition, opens) if part))
        self.setToolTip("\n".join([*spoken[1:], shown.definition]))
        self.setCursor(Qt.CursorShape.PointingHandCursor if shown.cases else Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ask(self) -> None:
        if self.shown is not None and self.shown.cases:
            self.asked.emit(self.shown.figure)


class TileRow(QWidget):
    """The tiles side by side, in more rows where the window is narrow; ``asked`` gives the :class:`Figure`."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Key figures"))
        self.tiles = tuple(Tile() for _each in range(5))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(looks.px(8))
        self._columns = 0
        for tile in self.tiles:
            tile.asked.connect(self.asked)
        self.arrange(len(self.tiles))

    def show_figures(self, shown: Sequence[Shown]) -> None:
        """Show the figures of another month."""
        for tile, figure in zip(self.tiles, shown, strict=True):
            tile.show_figure(figure)

    def arrange_for(self, width: int) -> None:
        """Use as many columns as ``width`` has room for."""
        gap = self._grid.spacing()
        least = max(looks.px(_LEAST_WIDTH), *(tile.sizeHint().width() for tile in self.tiles))
        room = max(1, (width + gap) // (least + gap))
        rows = -(-len(self.tiles) // min(room, len(self.tiles)))
        self.arrange(-(-len(self.tiles) // rows))  # as even as the rows allow: 3 + 2, not 4 + 1

    def arrange(self, columns: int) -> None:
        """Lay the tiles in so many columns."""
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
