"""The quiet column of a record: deadlines with their why, related and similar cases, attachments, what was changed
and by whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, enumerate_words, label
from postal_desk.ui import looks
from postal_desk.ui.cases.field_words import field_words
from postal_desk.ui.cases.measure_section import MeasureSection
from postal_desk.ui.cases.record_words import STATE_TONES, clock_words
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.badge import status_tone
from postal_desk.ui.widgets.dressing import dress, line
from postal_desk.ui.widgets.side_rows import RowContent, SideSection

if TYPE_CHECKING:
    from postal_desk.domain.deadlines import Deadline
    from postal_desk.services.cases import CaseView, HistoryLine, RelatedCase

_HISTORY = 12  # newest lines shown


class RecordSide(QScrollArea):
    """``case_asked`` gives the number of a case somebody wants to see; ``why_asked`` a deadline to explain."""

    case_asked = Signal(str)
    why_asked = Signal(object)
    customer_asked = Signal()

    def __init__(
        self,
        attachments: AttachmentPanel,
        sections: Sequence[SideSection],
        measures: MeasureSection,
    ) -> None:
        super().__init__()
        self._prefix = ""
        self.attachments, self.measures = attachments, measures
        self.setAccessibleName(_("Deadlines, similar cases, attachments, changes"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = dress(QFrame(), kind="sunken")
        box = QVBoxLayout(inner)
        gap = looks.px(14)
        box.setContentsMargins(gap, looks.px(12), gap, looks.px(12))
        box.setSpacing(looks.px(4))
        self.deadlines = SideSection(_("Deadlines"))
        self.related = SideSection(_("Related cases"))
        self.changes = SideSection(_("Changes"))
        for section in (self.deadlines, self.related, *sections):
            box.addWidget(section)
        box.addWidget(attachments)
        below = line()
        attachments.counted.connect(lambda _files: below.setHidden(attachments.isHidden()))
        box.addWidget(below)
        box.addSpacing(looks.px(4))
        box.addWidget(self.changes)
        box.addStretch(1)
        self.setWidget(inner)

    def show_case(self, view: CaseView, rules: Rules, prefix: str) -> None:
        """Show another case."""
        self._prefix = prefix
        # items posted on one day share their clocks: each is told once
        once = {(one.clock, one.due, one.state): one for one in view.deadlines}
        self.deadlines.fill([self._deadline(one) for one in once.values()])
        related = [self._related_case(one, rules) for one in view.related]
        if view.customer_cases > 1:
            text = _("All {count} cases of this customer").format(count=view.customer_cases)
            related.append(RowContent(text, pressed=self.customer_asked.emit))
        self.related.fill(related)
        self.changes.fill([_history_line(one) for one in tuple(reversed(view.history))[:_HISTORY]])

    def _deadline(self, deadline: Deadline) -> RowContent:
        words, clock = clock_words(deadline), label(deadline.rule.name)
        day = deadline.due.isoformat()
        return RowContent(
            clock,
            day,
            (words, STATE_TONES[deadline.state]),
            badge_below=True,
            pressed=lambda: self.why_asked.emit(deadline),
            spoken=f"{clock}: {day}, {words}",
            tip=f"{clock}\n" + _("Why this day?"),
        )

    def _related_case(self, case: RelatedCase, rules: Rules) -> RowContent:
        relation = label(rules.name("relations", case.kind))
        status = label(rules.name("statuses", case.status)) if case.status else ""
        return self._case_row(case.number, f"{relation} · {case.subject}", status, status_tone(case.status))

    def _case_row(self, number: str, subject: str, words: str, tone: str) -> RowContent:
        return RowContent(
            number.removeprefix(f"{self._prefix}-"),
            subject,
            (words, tone),
            pressed=lambda: self.case_asked.emit(number),
            spoken=f"{number} {subject} {words}",
        )


def _history_line(entry: HistoryLine) -> RowContent:
    names = entry.fields if entry.action == "case.edit" else ()
    fields = enumerate_words(field_words(name) for name in names)
    when = entry.at[:16].replace("T", " ")
    said = action_words(entry.action)
    top = " · ".join(part for part in (when, entry.who) if part)
    return RowContent(top, f"{said}: {fields}" if fields else said)


def action_words(action: str) -> str:
    """What was done, from the audit's word for it."""
    words = {
        "case.add": _("Logged"),
        "case.import": _("Imported"),
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
        "case.hold": _("Legal hold"),
        "case.release": _("Hold ended"),
        "case.anonymise": _("Made anonymous"),
        "attachment.add": _("File added"),
        "attachment.remove": _("File removed"),
        "attachment.restore": _("File restored"),
        "attachment.rename": _("File renamed"),
        "undo": _("Undone"),
    }
    return words.get(action, action)
