"""The smaller figures of a month in one line: closed, open, overdue, late, repeated, praise, compensation, fraud."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from postal_desk.domain.sentences import Sentence, say
from postal_desk.domain.summaries import DEFINITIONS, Summary
from postal_desk.i18n import _, tell
from postal_desk.services.summary_cases import Figure
from postal_desk.ui import looks
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.flow_layout import FlowLayout


@dataclass(frozen=True, slots=True)
class _Fact:
    """Its figure and what it is called, the figure to be filled in; ``alarm`` marks one that should be nought."""

    name: str
    words: Sentence
    definition: str
    alarm: bool = False


_FACTS = (
    _Fact("closed", say("Closed {count}"), "closed"),
    _Fact("in_progress", say("Open {count}"), "in_progress"),
    _Fact("overdue", say("Overdue {count}"), "overdue", alarm=True),
    _Fact("late", say("Late {count}"), "in_time_rate", alarm=True),
    _Fact("repeated", say("Repeated {count}"), "repeated"),
    _Fact("praise", say("Praise {count}"), "praise"),
    _Fact("compensated", say("Paid {count} · ¥{amount}"), "compensation"),
    _Fact("fraud_prevented", say("Fraud stopped {count}"), "fraud_prevented"),
)


def _counts(summary: Summary) -> dict[str, int]:
    return {
        "closed": summary.now.closed,
        "in_progress": summary.in_progress,
        "overdue": summary.overdue,
        "late": summary.now.in_time.whole - summary.now.in_time.part,
        "repeated": summary.repeated,
        "praise": summary.praise,
        "compensated": summary.compensated,
        "fraud_prevented": summary.fraud_prevented,
    }


class FactRow(QWidget):
    """A chip for each figure; ``asked`` gives the :class:`Figure` whose cases somebody wants to see."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("More figures"))
        self.chips: dict[str, Chip] = {}
        flow = FlowLayout(self, looks.px(6))
        for fact in _FACTS:
            chip = Chip("", checkable=False)
            chip.clicked.connect(lambda _on=False, name=fact.name: self.asked.emit(Figure(name)))
            flow.addWidget(chip)
            self.chips[fact.name] = chip

    def show_figures(self, summary: Summary) -> None:
        """Show another month; a figure of nought opens nothing."""
        found = _counts(summary)
        for fact in _FACTS:
            chip, count = self.chips[fact.name], found[fact.name]
            amount = f"{summary.compensation:,.2f}"
            words = tell(Sentence(fact.words.msgid, {"count": f"{count:,}", "amount": amount}))
            chip.setText(words)
            chip.setAccessibleName(words)
            chip.setToolTip(tell(DEFINITIONS[fact.definition]))
            chip.setAccessibleDescription(chip.toolTip())
            chip.setEnabled(count > 0)
            dress(chip, tone="bad" if fact.alarm and count else "")
