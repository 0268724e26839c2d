"""The last step: what was imported, the way back, and the next sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.exchange.control_totals import control_total, sheet_lines
from postal_desk.ui.exchange.import_work import ImportWork
from postal_desk.ui.widgets.buttons import PressButton
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class ResultStep(QWidget):
    """``next_sheet`` names the sheet to go on with, ``another`` asks for another file."""

    next_sheet = Signal(str)
    another = Signal()

    def __init__(self, ctx: Context, work: ImportWork) -> None:
        super().__init__()
        self.ctx, self.work = ctx, work
        self._undo: int | None = None
        self._next = ""
        card = Card(_("Imported"), margin=16)
        self.note = NoteBox()
        self.facts = text_label(wrap=True, selectable=True)
        self.undo_button = PressButton(_("Take the import back"))
        self.undo_button.clicked.connect(self.take_back)
        self.cases_button = dress(PressButton(_("Show the cases")), kind="primary")
        self.cases_button.clicked.connect(self.show_cases)
        self.sheet_button = PressButton()
        self.sheet_button.hide()  # until there is another sheet, which it then names
        self.sheet_button.clicked.connect(lambda: self.next_sheet.emit(self._next))
        self.other_button = PressButton(_("Another file"))
        self.other_button.clicked.connect(self.another)
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        for button in (self.cases_button, self.sheet_button, self.other_button, self.undo_button):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addWidget(self.note)
        card.body.addWidget(self.facts)
        card.body.addSpacing(looks.px(8))
        card.body.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)

    def load(self, changes: Changes) -> None:
        """Show what an import did."""
        from postal_desk.services.ledger_json import sum_of_totals

        read = self.work.read
        assert read is not None
        self._undo = changes.undo
        self._days = [day for part in read.parts for day in part.run.days if day is not None]
        counts = sum_of_totals(read)
        self.note.show_text(tell(changes.said) if changes.said else "")
        lines = [control_total(counts)]
        if counts["refused"]:
            lines.append(
                _(
                    "Correct the refused rows in the file and import it again: what is in already counts as the same."
                )
            )
        lines += [tell(warning) for warning in changes.warnings[:6]]
        lines += sheet_lines(read)
        lines += [tell(note) for note in read.notes()]
        self.facts.setText("\n".join(lines))
        rest = [offer.name for offer in self.work.offers if offer.name not in self.work.done]
        self._next = rest[0] if rest else ""
        self.sheet_button.setText(_("Next sheet: {name}").format(name=self._next))
        self.sheet_button.setVisible(bool(rest))
        self.undo_button.setEnabled(self._undo is not None)

    def take_back(self) -> None:
        """Undo the import."""
        from postal_desk.services.undo import undo

        number, desk = self._undo, self.ctx.desk
        if number is None:
            return
        self.undo_button.setEnabled(False)
        self.ctx.write(lambda: undo(desk, number), self._taken_back, owner=self)

    def _taken_back(self, _changes: Changes) -> None:
        self._undo = None
        self.note.show_text(_("Taken back: the cases are in the recycle bin"), "attention")

    def show_cases(self) -> None:
        """Open the list at the days of the ledger."""
        from postal_desk.domain.case_filters import CaseFilter

        if self._days:
            wanted = CaseFilter(opened_from=min(self._days), opened_to=max(self._days))
            self.ctx.navigator.go("cases", filter=wanted)
