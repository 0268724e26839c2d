"""The third step: row by row what would happen and why; words that were not understood are decided here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.exchange.control_totals import control_total, sheet_lines
from postal_desk.ui.exchange.import_work import ImportWork
from postal_desk.ui.exchange.words_panel import WordsPanel
from postal_desk.ui.widgets.buttons import IconButton, PressButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.ledger_sheets import SheetsRead

_TONES = ("good", "neutral", "attention", "bad")
_MOST_SHEETS = 5
_MOST_NOTES = 6


class CheckStep(QWidget):
    """``confirmed``: import; ``back``: correct the columns; ``again``: words were decided, check once more."""

    confirmed = Signal()
    back = Signal()
    again = Signal()

    def __init__(self, work: ImportWork) -> None:
        super().__init__()
        self.work = work
        self._shown = "all"
        self.filters: dict[str, IconButton] = {}
        #: makes the rest, one part a step, each in its place in the window
        self.parts: Iterator[None] = self._make()

    def _make(self) -> Iterator[None]:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(12))
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        box.addLayout(row, 1)
        left = Card(margin=12)
        row.addWidget(left, 1)
        left.body.addWidget(self._filter_row())
        yield
        self.total = text_label(kind="caption")
        self.sheets = text_label(kind="hint")
        self.notes = text_label(kind="hint", wrap=True)
        self.reason = text_label(kind="caption", wrap=True, selectable=True)
        left.body.addWidget(self.total)
        left.body.addWidget(self.sheets)
        yield
        self.table = RecordTable(_("Rows of the ledger"), self._columns())
        self.table.moved.connect(self._show_reason)
        left.body.addWidget(self.table, 1)
        yield
        left.body.addWidget(self.reason)
        left.body.addWidget(self.notes)
        self.words = WordsPanel(self.work)
        self.words.decided.connect(self.again)
        row.addWidget(self.words)
        yield
        box.addLayout(self._foot())

    def load(self) -> None:
        """Show the dry run; where rows are refused, those first."""
        from postal_desk.services.ledger_json import sum_of_totals

        read = self._read
        counts = sum_of_totals(read)
        for name, count in (
            ("all", counts["rows"]), ("new", counts["new"]), ("changed", counts["changed"]),
            ("same", counts["same"]), ("refused", counts["refused"]), ("flagged", counts["flagged"]),
        ):  # fmt: skip
            self.filters[name].setText(f"{self._titles[name]}  {count:,}")
            self.filters[name].setEnabled(bool(count) or name == "all")
        self.total.setText(control_total(counts))
        sheets = sheet_lines(read)
        self.sheets.setText("\n".join(sheets[:_MOST_SHEETS]))
        self.sheets.setToolTip("\n".join(sheets))
        self.sheets.setVisible(bool(sheets))
        notes = [tell(note) for note in read.notes()]
        self.notes.setText("\n".join(notes[:_MOST_NOTES]))
        self.notes.setToolTip("\n".join(notes))
        self.notes.setVisible(bool(notes))
        wanted = counts["new"] + counts["changed"]
        self.import_button.setEnabled(wanted > 0)
        self.import_button.setText(
            _("Import cases: {count}").format(count=f"{wanted:,}") if wanted else _("Nothing to import")
        )
        self.words.load()
        self.show_rows("refused" if counts["refused"] else "all")

    def show_rows(self, wanted: str) -> None:
        """Show the rows of one outcome, ``all``, or ``flagged``."""
        from postal_desk.services.ledgers import Outcome

        read = self._read
        self._shown = wanted
        self.filters[wanted].setChecked(True)
        if wanted == "all":
            places = list(range(read.total))
        elif wanted == "flagged":
            places = read.flagged()
        else:
            places = read.places(Outcome[wanted.upper()])
        self.table.show_rows(places)

    @property
    def _read(self) -> SheetsRead:
        assert self.work.read is not None
        return self.work.read

    def _columns(self) -> list[Column]:
        return [
            Column(_("Row"), self._row, 84),
            Column(
                _("Outcome"), lambda place: self._outcome(place)[0], 96, tone=lambda p: self._outcome(p)[1]
            ),
            Column(_("Opened on"), self._day, 96),
            Column(_("Subject"), self._subject, 190, drop=1),
            Column(_("Why, and what to do"), self._why),
        ]

    def _row(self, place: int) -> str:
        """The number of the row, with several sheets as Excel writes it."""
        part, at = self._read.at(place)
        row = str(part.run.rows[at])
        return f"{part.plan.sheet}!{row}" if len(self._read.parts) > 1 else row

    def _day(self, place: int) -> str:
        part, at = self._read.at(place)
        return str(part.run.days[at] or "")

    def _outcome(self, place: int) -> tuple[str, str]:
        part, at = self._read.at(place)
        outcome = part.run.outcomes[at]
        return (_("New"), _("The same"), _("Changed"), _("Refused"))[outcome], _TONES[outcome]

    def _subject(self, place: int) -> str:
        from postal_desk.services.ledger_json import shown_sample

        part, at = self._read.at(place)
        return shown_sample(part.words.rules, "narrative", part.run.subjects[at])

    def _why(self, place: int) -> str:
        return " · ".join(self._remarks(place))

    def _remarks(self, place: int) -> list[str]:
        from postal_desk.services.ledger_json import remark_text

        part, at = self._read.at(place)
        run = part.run
        remarks = (*run.remarks.get(at, ()), *run.flagged.get(at, ()))
        said = [remark_text(part, remark, tell) for remark in remarks]
        return [*([run.numbers[at]] if at in run.numbers else []), *said]

    def _show_reason(self, place: int | None) -> None:
        """The column is too narrow for what is to be done: below the rows it stands whole."""
        remarks = self._remarks(place) if place is not None else []
        self.reason.setText("\n".join(remarks[:_MOST_NOTES]))
        self.reason.setToolTip("\n".join(remarks))
        self.reason.setVisible(bool(remarks))

    def _filter_row(self) -> QWidget:
        self._titles = {
            "all": _("All"), "new": _("New"), "changed": _("Changed"), "same": _("The same"),
            "refused": _("Refused"), "flagged": _("To look at"),
        }  # fmt: skip
        held = QWidget()
        row = FlowLayout(held, looks.px(6))
        group = QButtonGroup(self)
        for name, title in self._titles.items():
            button = dress(IconButton(), kind="chip")
            button.setAccessibleName(title)
            button.setText(title)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, name=name: self.show_rows(name))
            group.addButton(button)
            self.filters[name] = button
            row.addWidget(button)
        return held

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back_button = PressButton(_("Correct the columns"))
        self.back_button.clicked.connect(self.back)
        self.import_button = dress(PressButton(_("Import")), kind="primary")
        self.import_button.clicked.connect(self.confirmed)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(text_label(_("A copy is made first. Refused rows stay outside."), "hint"))
        row.addWidget(self.import_button)
        return row
