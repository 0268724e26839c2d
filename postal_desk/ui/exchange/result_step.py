"""The last step: what was imported, the way back, and the next sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
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
        self._done: set[str] = set()
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
        from postal_desk.services.ledger_json import totals

        read = self.work.read
        assert read is not None
        self._undo = changes.undo
        self._days = [day for day in read.run.days if day is not None]
        counts = totals(read.run)
        self.note.show_text(tell(changes.said) if changes.said else "")
        lines = [
            _("{rows} rows = {new} new + {changed} changed + {same} the same + {refused} refused").format(
                **{name: f"{count:,}" for name, count in counts.items()}
            )
        ]
        lines += [tell(warning) for warning in changes.warnings[:6]]
        lines += [tell(note) for note in read.run.notes]
        self.facts.setText("\n".join(lines))
        self._done.add(read.plan.sheet)
        rest = [name for name in read.ledger.sheets if name not in self._done]
        self._next = rest[0] if rest else ""
        self.sheet_button.setText(_("Next sheet: {name}").format(name=self._next))
        self.sheet_button.setVisible(bool(rest))
        self.undo_button.setEnabled(self._undo is not None)

    def forget(self) -> None:
        """Another file begins: none of its sheets was imported."""
        self._done.clear()

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
