"""Closing a case: what came of it, who is responsible, what the customer says; what is still missing, by
name.

Made for keys: each choice has a digit or letter, Enter goes to the first group that still lacks something
and closes the case once nothing does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from postal_desk.domain.cases import Case, Disposition, OpinionAttempt
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import say
from postal_desk.domain.states import missing_for_closing
from postal_desk.i18n import _, enumerate_words, tell
from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.choice_row import ChoiceRow
from postal_desk.ui.widgets.choices import code_choices
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

_WITH_AMOUNT = ("compensated", "refunded")
_NOT_ASKED = ("", "not_asked")
_REMINDED = 3  # open lines of the checklist that are named


class CloseDialog(QDialog):
    """``close_asked`` gives the changes for ``services.cases.close_case``."""

    help = "follow-and-close"

    close_asked = Signal(dict)

    def __init__(
        self,
        case: Case,
        rules: Rules,
        today: Callable[[], date],
        parent: QWidget,
        undone: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Close case {number}").format(number=case.number))
        self._case, self._rules, self._today = case, rules, today
        self._undone = undone
        self._last_row = 0
        self._make_fields()
        self._build()
        self._fill()
        self._judge()
        self.outcome.setFocus()

    def changes(self) -> dict[str, Any]:
        """What closing adds to the case."""
        asked = self.opinion.value() not in _NOT_ASKED
        attempts = self._case.opinion_attempts
        if not asked and self.attempt.value():
            day = self.attempt_on.value() or self.closed_on.value() or self._today()
            attempts = (*attempts, OpinionAttempt(day, self.attempt.value()))
        return {
            "dispositions": self._dispositions(),
            "responsibility": self.responsibility.value(),
            "opinion": self.opinion.value(),
            "opinion_attempts": attempts,
            "praise": self.praise.toPlainText().strip(),
            "answered_on": self.answered_on.value(),
            "closed_on": self.closed_on.value(),
            "typical": self.typical.isChecked(),
        }

    def missing(self) -> list[str]:
        """What is still missing, each in words."""
        changes = self.changes()
        found = [tell(part) for part in missing_for_closing(replace(self._case, **changes))]
        if self._amount_problem():
            found.append(tell(say("the amount as figures, for example 12.60")))
        problems = (self.closed_on.problem, self.answered_on.problem)
        return found + [tell(problem) for problem in problems if problem is not None]

    def try_close(self) -> None:
        """Close if nothing is missing, else go to the first group that lacks something."""
        if not self.missing():
            self.close_asked.emit(self.changes())
            return
        for group, lacks in (
            (self.outcome, not self.outcome.values()),
            (self.amount, self._amount_problem() or self._needs_amount()),
            (self.responsibility, self.responsibility.value() in ("", "pending")),
            (self.opinion, not self.opinion.value()),
            (self.attempt, self.opinion.value() in _NOT_ASKED and not self.attempt.value()),
        ):
            if lacks:
                group.setFocus()
                return
        self.closed_on.setFocus()

    def refuse(self, words: str) -> None:
        """The desk refused: say so and keep everything."""
        self.note.show_text(words, "bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.try_close()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        codes = self._rules.codes
        self.outcome = ChoiceRow(_("Outcome"), code_choices(codes["dispositions"].values()), several=True)
        self.amount = QLineEdit()
        self.amount.setAccessibleName(_("Amount in yuan"))
        self.amount.setPlaceholderText(_("Amount in yuan"))
        self.responsibility = ChoiceRow(_("Responsibility"), code_choices(codes["responsibility"].values()))
        self.opinion = ChoiceRow(_("Customer's opinion"), code_choices(codes["opinions"].values()))
        self.attempt = ChoiceRow(_("Attempt to ask"), code_choices(codes["attempt_results"].values()))
        self.attempt_on = DateEdit(_("Day of the attempt"), self._today)
        self.praise = QPlainTextEdit()
        self.praise.setAccessibleName(_("Praise"))
        self.praise.setPlaceholderText(_("Words of praise, if any"))
        self.praise.setTabChangesFocus(True)
        self.praise.setFixedHeight(looks.px(52))
        self.answered_on = DateEdit(_("Answered on"), self._today)
        self.closed_on = DateEdit(_("Closed on"), self._today)
        self.typical = QCheckBox(_("Release as a typical case (masked, in the monthly summary)"))
        for row in (self.outcome, self.responsibility, self.opinion, self.attempt):
            row.changed.connect(self._judge)
            row.entered.connect(self.try_close)
        for field in (self.closed_on, self.answered_on, self.attempt_on):
            field.changed.connect(lambda _day: self._judge())
        self.amount.textChanged.connect(self._judge)

    def _build(self) -> None:
        """From the dialog inwards, so that nothing is dressed again with what is put around it."""
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(12))
        box.addWidget(text_label(self._case.subject, "subject", wrap=True))
        inner = dress(QWidget(), kind="plain")
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have the focus, and scroll into view
        box.addWidget(scroll, 1)
        self._build_rows(inner)
        self.note = NoteBox()
        box.addWidget(self._reminder())
        box.addWidget(self.note)
        cancel = HintButton(_("Cancel"), "Esc")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.button = HintButton(_("Close case"), "Enter", primary=True)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.try_close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        box.addLayout(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(looks.px(680), room.width() - 40), min(looks.px(600), room.height() - 60))

    def _build_rows(self, inner: QWidget) -> None:
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, looks.px(6), 0)
        self._grid.setHorizontalSpacing(looks.px(12))
        self._grid.setVerticalSpacing(looks.px(9))
        self._grid.setColumnStretch(1, 1)
        self._row(_("Outcome"), self.outcome)
        self._amount_row = self._row(_("Amount"), self.amount)
        self._row(_("Responsibility"), self.responsibility)
        self._row(_("Opinion"), self.opinion)
        self._attempt_row = self._row(_("Attempt to ask"), self.attempt)
        self._attempt_on_row = self._row(_("Day of the attempt"), self.attempt_on)
        self._row(_("Praise"), self.praise)
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.closed_on)
        row.addWidget(text_label(_("Answered on"), "caption"))
        row.addWidget(self.answered_on)
        self._row(_("Closed on"), days)
        self._grid.addWidget(self.typical, self._last_row, 1)
        self._grid.setRowStretch(self._last_row + 1, 1)

    def _reminder(self) -> NoteBox:
        """What the checklist still has open: a reminder, no condition."""
        note = NoteBox(tone="attention")
        count = len(self._undone)
        words = _("Open on the checklist ({count}): {lines}").format(
            count=count, lines=" · ".join(self._undone[:_REMINDED]) + (" …" if count > _REMINDED else "")
        )
        note.show_text(words if count else "", "attention")
        note.setToolTip("\n".join(self._undone))
        return note

    def _row(self, caption: str, widget: QWidget) -> tuple[QWidget, QWidget]:
        name = text_label(caption, "caption")
        self._grid.addWidget(name, self._last_row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(widget, self._last_row, 1)
        self._last_row += 1
        return name, widget

    def _fill(self) -> None:
        case = self._case
        self.outcome.set_values([one.kind for one in case.dispositions])
        amounts = [one.amount for one in case.dispositions if one.amount is not None]
        self.amount.setText(f"{amounts[0]:f}" if amounts else "")
        self.responsibility.set_values([case.responsibility])
        self.opinion.set_values([case.opinion])
        self.praise.setPlainText(case.praise)
        self.answered_on.set_value(case.answered_on)
        self.closed_on.set_value(self._today())
        self.typical.setChecked(case.typical)

    def _judge(self) -> None:
        for widget in self._amount_row:
            widget.setVisible(any(kind in _WITH_AMOUNT for kind in self.outcome.values()))
        asks = self.opinion.value() == "not_asked"
        for widget in (*self._attempt_row, *self._attempt_on_row):
            widget.setVisible(asks)
        missing = self.missing()
        if missing:
            self.note.show_text(
                _("Still missing: {needed}").format(needed=enumerate_words(missing)), "attention"
            )
        else:
            self.note.show_text(_("Nothing is missing. Enter closes the case."), "good")
        dress(self.amount, state="bad" if self._amount_problem() else "")

    def _dispositions(self) -> tuple[Disposition, ...]:
        known = {one.kind: one for one in self._case.dispositions}
        made = []
        for kind in self.outcome.values():
            one = known.get(kind, Disposition(kind, on=self.closed_on.value()))
            if kind in _WITH_AMOUNT:
                one = replace(one, amount=self._amount())
            made.append(one)
        return tuple(made)

    def _amount(self) -> Decimal | None:
        try:
            amount = Decimal(self.amount.text().strip().replace("元", "").replace("¥", "") or "x")
            cents = amount.quantize(Decimal("0.01"))
        except InvalidOperation:
            return None
        return cents if amount.is_finite() and amount >= 0 and cents == amount else None

    def _amount_problem(self) -> bool:
        paid = any(kind in _WITH_AMOUNT for kind in self.outcome.values())
        return paid and bool(self.amount.text().strip()) and self._amount() is None

    def _needs_amount(self) -> bool:
        return "compensated" in self.outcome.values() and self._amount() is None
