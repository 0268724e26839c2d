"""The figures of a month laid out: tiles, charts and outlets at the left, the document at the right or below."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from postal_desk.domain.summaries import Summary, largest
from postal_desk.i18n import _, language
from postal_desk.reports.monthly_cases import category_chart, trend_chart
from postal_desk.reports.words import Words
from postal_desk.services.summary_cases import Figure
from postal_desk.ui import looks
from postal_desk.ui.background import Background
from postal_desk.ui.summaries.fact_row import FactRow
from postal_desk.ui.summaries.outlet_table import OutletTable
from postal_desk.ui.summaries.preview_pane import PreviewPane
from postal_desk.ui.summaries.tiles import TileRow, tiles_of
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.chart_view import ChartView
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.labels import text_label

_BESIDE = 860  # px of width from which the document stands beside the figures
_CHARTS_BESIDE = 640  # px of width from which the two charts stand side by side
_CATEGORY_ROW = 25
_CHARTS_HIGH = 200
_ROWS_AT_LEAST = 4
_TURN_MS = 8
_SERIES = ("received", "closed")  # of the trend chart, in its order


class SummaryView(QWidget):
    """``asked`` gives the month (``None``: the one shown) and the :class:`Figure` whose cases somebody wants."""

    asked = Signal(object, object)  # key of a month or None, Figure

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._beside: bool | None = None
        self._whole = False
        #: makes what it consists of, one piece a step; only then is it whole
        self.parts: Iterator[None] = self._make_parts(background)

    def _make_parts(self, background: Background) -> Iterator[None]:
        yield from self._build(background)
        self.tiles.asked.connect(lambda figure: self.asked.emit(None, figure))
        self.facts.asked.connect(lambda figure: self.asked.emit(None, figure))
        self.outlets.asked.connect(lambda figure: self.asked.emit(None, figure))
        self.trend.asked.connect(lambda month, series: self.asked.emit(month, Figure(_SERIES[series])))
        self.categories.asked.connect(
            lambda code, _series: self.asked.emit(None, Figure("received", category=code))
        )
        self._whole = True

    def show_figures(self, summary: Summary) -> None:
        """Show the figures of a month. What is on the screen already is painted anew part by part."""
        if self.isVisible():
            self._paint_in_turns()
        words = Words(language())
        self.tiles.show_figures(tiles_of(summary))
        self.facts.show_figures(summary)
        self.trend.show_chart(trend_chart(summary.trend, words))
        self.trend_heading.setText(_("Received and closed · {count} months").format(count=len(summary.trend)))
        parts = largest(summary.by_category)
        self.categories.show_chart(category_chart(parts, words))
        self.categories.setFixedHeight(looks.px(_CATEGORY_ROW) * max(1, len(parts)))
        self._category_stack.setCurrentIndex(0 if parts else 1)
        self.outlets.show_outlets(summary.by_outlet)
        self._outlet_stack.setCurrentIndex(0 if summary.by_outlet else 1)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._whole:
            self._arrange()

    def _paint_in_turns(self) -> None:
        """Painting everything at once would hold up the window for longer than a frame."""
        for turn, part in enumerate((self.trend, self.categories, self.outlets), 1):
            part.setUpdatesEnabled(False)
            QTimer.singleShot(turn * _TURN_MS, part, lambda part=part: part.setUpdatesEnabled(True))

    # -- arrangement --------------------------------------------------------------------------------------

    def _build(self, background: Background) -> Iterator[None]:
        """Each part goes to its place in the window as soon as it is made, so that it is dressed once."""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(looks.px(14))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(_("Figures of the month"))
        self._row.addWidget(self.area, 1)
        left = dress(QWidget(), kind="plain")
        self._column = QVBoxLayout(left)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(looks.px(10))
        self.area.setWidget(left)
        yield
        self.tiles = TileRow()
        self._column.addWidget(self.tiles)
        yield
        self.facts = FactRow()
        self._column.addWidget(self.facts)
        yield
        self._charts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._charts.setSpacing(looks.px(12))
        self._column.addLayout(self._charts)
        self.trend = ChartView(_("Received and closed"), 11, QSize(360, 130))
        self._charts.addWidget(self._trend_card(), 47)
        yield
        self.categories = ChartView(_("Categories"), 13, QSize(150, _CATEGORY_ROW))
        self._charts.addWidget(self._category_card(), 30)
        yield
        self.outlets = OutletTable()
        yield
        self._column.addWidget(self._outlet_card(), 1)
        yield
        self.preview = PreviewPane(background)
        yield

    def _arrange(self) -> None:
        beside = self.width() >= looks.px(_BESIDE)
        bar = self.area.verticalScrollBar().sizeHint().width()
        if beside != self._beside:
            self._beside = beside
            if beside:
                self._row.addWidget(self.preview)
            else:
                self._column.addWidget(self.preview)
            self.preview.setVisible(True)
        if beside:
            wide = max(looks.px(290), min(looks.px(560), round(self.width() * 0.32)))
            self.preview.setFixedWidth(wide)
            self.preview.setMinimumHeight(0)
            room = self.width() - wide - self._row.spacing() - bar
        else:
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16777215)
            self.preview.setMinimumHeight(max(looks.px(200), self.height() - looks.px(20)))
            room = self.width() - bar
        self.tiles.arrange_for(room)
        side_by_side = room >= looks.px(_CHARTS_BESIDE)
        direction = QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        self._charts.setDirection(direction)
        self._category_area.setMinimumHeight(0 if side_by_side else self.categories.height())
        self._arrange_outlets()

    def _arrange_outlets(self) -> None:
        """Beside the document the table scrolls by itself; above it the whole page does, and it shows every row."""
        rows = self.outlets.whole_height()
        least = looks.px(31) + _ROWS_AT_LEAST * looks.px(34)
        self._outlet_holder.setMinimumHeight(min(rows, least) if self._beside else rows)

    def _trend_card(self) -> Card:
        card = Card()
        card.setAccessibleName(_("Received and closed"))
        card.setMinimumHeight(looks.px(_CHARTS_HIGH))
        heading = self.trend_heading = text_label(card.accessibleName(), "heading")
        heading.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        both = QGridLayout()  # the heading stands in the line of the chart's legend
        lowered = QVBoxLayout()
        lowered.setContentsMargins(0, looks.px(5), 0, 0)
        lowered.addWidget(self.trend)
        both.addLayout(lowered, 0, 0)
        both.addWidget(heading, 0, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(both, 1)
        return card

    def _category_card(self) -> Card:
        card = Card(_("Categories"))
        card.setMinimumHeight(looks.px(_CHARTS_HIGH))
        area = self._category_area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAlignment(Qt.AlignmentFlag.AlignTop)
        holder = dress(QWidget(), kind="plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, looks.px(4), 0)
        column.addWidget(self.categories)
        column.addStretch(1)
        area.setWidget(holder)
        bar = area.verticalScrollBar().sizeHint().width()
        area.setMinimumWidth(holder.minimumSizeHint().width() + bar)  # the figures stand at the right end
        none = text_label(_("No case was received in this month."), "hint", wrap=True)
        none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._category_stack = QStackedLayout()
        self._category_stack.addWidget(area)
        self._category_stack.addWidget(none)
        card.body.addLayout(self._category_stack, 1)
        return card

    def _outlet_card(self) -> Card:
        card = Card(_("By outlet"))
        card.body.setContentsMargins(1, looks.px(12), 1, looks.px(6))
        if card.heading is not None:
            card.heading.setIndent(looks.px(9))
        none = EmptyState("building-2")
        none.show_text(
            _("No outlet received, closed or owed a case"),
            _("A nil month can be exported and handed in like any other."),
        )
        self._outlet_holder = QWidget()
        self._outlet_stack = QStackedLayout(self._outlet_holder)
        self._outlet_stack.addWidget(self.outlets)
        self._outlet_stack.addWidget(none)
        card.body.addWidget(self._outlet_holder, 1)
        return card
