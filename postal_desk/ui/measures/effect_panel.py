"""Whether a measure helped: a sentence with the figures, the chart, and what has to be known to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from postal_desk.domain.effects import FELL, ROSE, VERDICTS, effect_sentence, months_of
from postal_desk.i18n import _, language, tell
from postal_desk.reports.effect_chart import effect_chart
from postal_desk.ui import looks
from postal_desk.ui.widgets.badge import Badge
from postal_desk.ui.widgets.chart_view import ChartView
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.domain.effects import EffectFigures

_TONES = {FELL: "good", ROSE: "bad"}


class EffectPanel(QWidget):
    """``month_asked`` gives the month (``2019-07``) whose cases somebody wants to see."""

    month_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.figures: EffectFigures | None = None
        self.verdict = Badge()
        self.sentence = text_label(wrap=True, selectable=True)
        self.chart = ChartView(_("Cases before and after the measure"), 10, QSize(300, 150))
        self.chart.asked.connect(lambda key, _row: self.month_asked.emit(key))
        self.notes = text_label(kind="hint", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(looks.px(8))
        head.addWidget(text_label(_("Effect in our own figures"), "heading"))
        head.addWidget(self.verdict)
        head.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(4))
        box.addLayout(head)
        box.addWidget(self.sentence)
        box.addWidget(self.chart)
        box.addWidget(self.notes)
        self.hide()

    def show_figures(self, figures: EffectFigures | None, bound: bool) -> None:
        """Show the figures of a measure; ``bound`` tells whether it names a category at all."""
        self.figures = figures
        self.setVisible(figures is not None or not bound)
        if figures is None:
            self.verdict.show_text("", "neutral")
            self.sentence.setText(_("Name a category (and outlets) to see whether its cases became fewer."))
            self.chart.hide()
            self.notes.hide()
            return
        self.verdict.show_text(tell(VERDICTS[figures.verdict]), _TONES.get(figures.verdict, "neutral"))
        self.sentence.setText(tell(effect_sentence(figures)))
        self.chart.show_chart(effect_chart(months_of(figures), language()))
        self.chart.setVisible(len(figures.months) > 1)
        told = [tell(note) for note in figures.notes]
        method = _(
            "Exact comparison of two Poisson rates at 5 %; the month of the measure counts for neither side."
        )
        told.append(method)
        self.notes.setText("\n".join(told))
        self.notes.show()
