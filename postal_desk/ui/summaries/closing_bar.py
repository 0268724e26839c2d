"""One line under the header: whether the month is closed, under which number, and what differs since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from postal_desk.domain.contradictions import ERROR
from postal_desk.domain.sentences import Sentence, say
from postal_desk.domain.summaries import check_code
from postal_desk.i18n import _, enumerate_words, tell
from postal_desk.reports.closed_within import closed_sentences
from postal_desk.ui import looks
from postal_desk.ui.widgets.badge import Badge
from postal_desk.ui.widgets.buttons import PressButton
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from postal_desk.domain.summaries import Summary
    from postal_desk.ui.summaries.closing_reader import Standing

_NAMED = 3  # differences told in the line


class ClosingBar(QFrame):
    """``asked`` when somebody wants to check, close or look at the revisions."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        dress(self, kind="card")
        self.badge = Badge()
        self.words = ElidedLabel(kind="caption")
        self.button: QPushButton = PressButton()
        self.button.setAccessibleName(_("Check and close the month"))
        self.button.setToolTip("Alt+C")
        self.button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(14), looks.px(5), looks.px(6), looks.px(5))
        row.setSpacing(looks.px(10))
        row.addWidget(self.badge)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_standing(self, standing: Standing) -> None:
        """Say how the month stands; one that still runs shows nothing."""
        state = standing.state
        self.setVisible(state.over)
        if not state.over:
            return
        self.button.show()
        self.words.setToolTip("")
        if state.closing is None:
            errors = sum(one.level == ERROR for one in standing.found)
            notices = len(standing.found) - errors
            self.badge.show_text(_("Month not closed yet"), "attention")
            self.words.setText(tell(_open_words(errors, notices)))
            self.button.setText(_("Check and close…"))
        elif late := state.late_entries:
            self.badge.show_text(_("Changed since"), "bad")
            named = enumerate_words(f"{tell(one.name)} {one.before} → {one.after}" for one in late[:_NAMED])
            words = say(
                "Late entries changed figures since the closing ({count}): {named}",
                count=len(late),
                named=named,
            )
            self.words.setText(tell(words))
            self.button.setText(_("Look and revise…"))
        else:
            self.badge.show_text(_("Month closed"), "good")
            told = tell(closed_words(standing))
            if state.differences:
                told += " · " + tell(
                    say(
                        "figures moved by later work: {count}, no revision needed",
                        count=len(state.differences),
                    )
                )
            self.words.setText(told)
            self.button.setText(_("View…"))
        self.setAccessibleName(f"{self.badge.text()}: {self.words.text()}")

    def show_within(self, summary: Summary) -> None:
        """Say which months of a longer period are closed, and which of them are no longer as they were handed in."""
        said = [tell(sentence) for sentence in closed_sentences(summary)]
        self.setVisible(bool(said))
        if not said:
            return
        changed = len(said) > 1
        self.badge.show_text(
            _("Changed since") if changed else _("Closed months"), "bad" if changed else "good"
        )
        self.words.setText(" · ".join(said))
        self.words.setToolTip("\n".join(said))
        self.button.hide()
        self.setAccessibleName(f"{self.badge.text()}: {self.words.text()}")


def _open_words(errors: int, notices: int) -> Sentence:
    if errors:
        return say("Open contradictions: {errors}; notices: {notices}", errors=errors, notices=notices)
    if notices:
        return say("No contradictions; notices to look at: {notices}", notices=notices)
    return say("No contradiction is open; the month can be closed")


def closed_words(standing: Standing) -> Sentence:
    """Number, revision, day and check code of the closing that holds."""
    closing = standing.state.closing
    assert closing is not None
    return say(
        "{number}, revision {revision}, {day} · check code {code}",
        number=closing.number,
        revision=closing.revision,
        day=f"{closing.closed_at[:10]} {closing.closed_by}".strip(),
        code=check_code(closing.hash),
    )
