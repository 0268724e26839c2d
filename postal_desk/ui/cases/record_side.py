"""The quiet column of a record: deadlines with their why, related and similar cases, what was changed and by
whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, enumerate_words, label
from postal_desk.ui import looks
from postal_desk.ui.cases.field_words import field_words
from postal_desk.ui.cases.record_words import STATE_TONES, clock_words
from postal_desk.ui.widgets.badge import Badge, status_tone
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.dressing import dress, line
from postal_desk.ui.widgets.labels import ElidedLabel, text_label

if TYPE_CHECKING:
    from postal_desk.domain.deadlines import Deadline
    from postal_desk.services.case_lists import SimilarCase
    from postal_desk.services.cases import CaseView, HistoryLine, RelatedCase

_WIDE = 186  # px of width for text
_HISTORY = 12  # newest lines shown


class RecordSide(QScrollArea):
    """``case_asked`` gives the number of a case somebody wants to see; ``why_asked`` a deadline to
    explain.
    """

    case_asked = Signal(str)
    why_asked = Signal(object)
    customer_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Deadlines, similar cases, changes"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = dress(QFrame(), kind="sunken")
        self._box = QVBoxLayout(inner)
        gap = looks.px(14)
        self._box.setContentsMargins(gap, looks.px(12), gap, looks.px(12))
        self._box.setSpacing(looks.px(4))
        self._deadlines = self._section()
        self._related = self._section()
        self._similar = self._section()
        self._history = self._section()
        self._box.addStretch(1)
        self.setWidget(inner)

    def show_case(self, view: CaseView, rules: Rules, prefix: str) -> None:
        """Show another case; similar ones follow with :meth:`show_similar`."""
        self._prefix = prefix
        self._fill(self._deadlines, _("Deadlines"), [self._deadline(one, rules) for one in view.deadlines])
        related = [self._related_case(one, rules) for one in view.related]
        if view.customer_cases > 1:
            text = _("All {count} cases of this customer").format(count=view.customer_cases)
            related.append(link_button(text, self.customer_asked.emit))
        self._fill(self._related, _("Related cases"), related)
        self._fill(self._similar, _("Similar cases"), [])
        lines = [self._history_line(one) for one in tuple(reversed(view.history))[:_HISTORY]]
        self._fill(self._history, _("Changes"), lines)

    def show_similar(self, cases: Sequence[SimilarCase], rules: Rules) -> None:
        """Show what was done in cases like this one."""
        self._fill(self._similar, _("Similar cases"), [self._similar_case(one, rules) for one in cases])

    def _section(self) -> QWidget:
        part = QWidget()
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(4))
        part.hide()
        self._box.addWidget(part)
        return part

    def _fill(self, part: QWidget, heading: str, rows: Sequence[QWidget]) -> None:
        box = part.layout()
        assert isinstance(box, QVBoxLayout)
        while (item := box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        part.setVisible(bool(rows))
        if not rows:
            return
        box.addWidget(text_label(heading, "heading"))
        for row in rows:
            box.addWidget(row)
        box.addSpacing(looks.px(8))
        box.addWidget(line())
        box.addSpacing(looks.px(6))

    def _deadline(self, deadline: Deadline, rules: Rules) -> QWidget:
        words, tone = clock_words(deadline), STATE_TONES[deadline.state]
        clock = label(deadline.rule.name)
        name = link_button("", lambda: self.why_asked.emit(deadline))
        name.setText(name.fontMetrics().elidedText(clock, Qt.TextElideMode.ElideRight, looks.px(_WIDE)))
        name.setToolTip(f"{clock}\n" + _("Why this day?"))
        name.setAccessibleName(f"{label(deadline.rule.name)}: {deadline.due.isoformat()}, {words}")
        part = QWidget()
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addWidget(text_label(deadline.due.isoformat(), "caption"))
        row.addWidget(Badge(words, tone))
        row.addStretch(1)
        box.addLayout(row)
        return part

    def _related_case(self, case: RelatedCase, rules: Rules) -> QWidget:
        relation = label(rules.name("relations", case.kind))
        status = label(rules.name("statuses", case.status)) if case.status else ""
        return self._case_row(case.number, f"{relation} · {case.subject}", status, status_tone(case.status))

    def _similar_case(self, case: SimilarCase, rules: Rules) -> QWidget:
        worked = enumerate_words(label(rules.name("dispositions", code)) for code in case.outcome)
        status = worked or label(rules.name("statuses", case.status))
        return self._case_row(
            case.number, case.subject, status, "good" if worked else status_tone(case.status)
        )

    def _case_row(self, number: str, subject: str, words: str, tone: str) -> QWidget:
        part = QWidget()
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, looks.px(2))
        box.setSpacing(0)
        top = QHBoxLayout()
        short = number.removeprefix(f"{self._prefix}-")
        button = link_button(short, lambda: self.case_asked.emit(number))
        button.setAccessibleName(f"{number} {subject} {words}")
        top.addWidget(button)
        top.addWidget(_short_badge(words, tone, _WIDE - button.sizeHint().width()))
        top.addStretch(1)
        box.addLayout(top)
        box.addWidget(ElidedLabel(subject, "caption"))
        return part

    def _history_line(self, entry: HistoryLine) -> QWidget:
        names = entry.fields if entry.action == "case.edit" else ()
        fields = enumerate_words(field_words(name) for name in names)
        when = entry.at[:16].replace("T", " ")
        top = " · ".join(part for part in (when, entry.who) if part)
        part = QWidget()
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, looks.px(2))
        box.setSpacing(0)
        box.addWidget(ElidedLabel(top, "small"))
        said = action_words(entry.action)
        box.addWidget(ElidedLabel(f"{said}: {fields}" if fields else said, "caption"))
        return part


def _short_badge(words: str, tone: str, room: int) -> Badge:
    """A badge that fits beside a number; the whole words are its tool tip."""
    badge = Badge("", tone)
    badge.setToolTip(words)
    badge.setText(badge.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room - looks.px(14)))
    return badge


def action_words(action: str) -> str:
    """What was done, from the audit's word for it."""
    words = {
        "case.add": _("Logged"),
        "case.edit": _("Edited"),
        "case.step": _("Step added"),
        "case.close": _("Closed"),
        "case.reopen": _("Reopened"),
        "case.delete": _("Deleted"),
        "case.restore": _("Restored"),
        "case.assign": _("Assigned"),
        "case.print": _("Printed"),
        "case.export": _("Exported"),
        "case.demo": _("Sample"),
        "undo": _("Undone"),
    }
    return words.get(action, action)
