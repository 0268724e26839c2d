"""The third step: row by row what would happen and why; words that were not understood are decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.exchange.import_work import ImportWork
from postal_desk.ui.exchange.words_panel import WordsPanel
from postal_desk.ui.widgets.buttons import IconButton, PressButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel, text_label
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.ledgers import LedgerRead

_TONES = ("good", "neutral", "attention", "bad")


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
        self.table = RecordTable(_("Rows of the ledger"), self._columns())
        self.total = text_label(kind="caption")
        self.notes = text_label(kind="hint", wrap=True)
        self.reason = ElidedLabel(kind="caption")
        self.table.moved.connect(self._show_reason)
        left = Card(margin=12)
        left.body.addLayout(self._filter_row())
        left.body.addWidget(self.total)
        left.body.addWidget(self.table, 1)
        left.body.addWidget(self.reason)
        left.body.addWidget(self.notes)
        self.words = WordsPanel(work)
        self.words.decided.connect(self.again)
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        row.addWidget(left, 1)
        row.addWidget(self.words)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(12))
        box.addLayout(row, 1)
        box.addLayout(self._foot())

    def load(self) -> None:
        """Show the dry run; where rows are refused, those first."""
        from postal_desk.services.ledger_json import totals

        run = self._read.run
        counts = totals(run)
        for name, count in (
            ("all", counts["rows"]), ("new", counts["new"]), ("changed", counts["changed"]),
            ("same", counts["same"]), ("refused", counts["refused"]), ("flagged", counts["flagged"]),
        ):  # fmt: skip
            self.filters[name].setText(f"{self._titles[name]}  {count:,}")
            self.filters[name].setEnabled(bool(count) or name == "all")
        self.total.setText(
            _("{rows} rows = {new} new + {changed} changed + {same} the same + {refused} refused").format(
                **{name: f"{count:,}" for name, count in counts.items()}
            )
        )
        self.notes.setText("\n".join(tell(note) for note in run.notes))
        self.notes.setVisible(bool(run.notes))
        wanted = counts["new"] + counts["changed"]
        self.import_button.setEnabled(wanted > 0)
        self.import_button.setText(
            _("Import {count} cases").format(count=f"{wanted:,}") if wanted else _("Nothing to import")
        )
        self.words.load()
        self.show_rows("refused" if counts["refused"] else "all")

    def show_rows(self, wanted: str) -> None:
        """Show the rows of one outcome, ``all``, or ``flagged``."""
        run = self._read.run
        self._shown = wanted
        self.filters[wanted].setChecked(True)
        if wanted == "all":
            places = list(range(run.total))
        elif wanted == "flagged":
            places = sorted(run.flagged)
        else:
            number = ("new", "same", "changed", "refused").index(wanted)
            places = [place for place, outcome in enumerate(run.outcomes) if outcome == number]
        self.table.show_rows(places)

    @property
    def _read(self) -> LedgerRead:
        assert self.work.read is not None
        return self.work.read

    def _columns(self) -> list[Column]:
        return [
            Column(_("Row"), lambda place: str(self._read.run.rows[place]), 64),
            Column(
                _("Outcome"), self._outcome, 96, tone=lambda place: _TONES[self._read.run.outcomes[place]]
            ),
            Column(_("Opened on"), lambda place: str(self._read.run.days[place] or ""), 96),
            Column(_("Subject"), self._subject, 190, drop=1),
            Column(_("Why, and what to do"), self._why),
        ]

    def _outcome(self, place: int) -> str:
        return (_("New"), _("The same"), _("Changed"), _("Refused"))[self._read.run.outcomes[place]]

    def _subject(self, place: int) -> str:
        from postal_desk.services.ledger_json import shown_sample

        return shown_sample(self._read.words.rules, "narrative", self._read.run.subjects[place])

    def _why(self, place: int) -> str:
        from postal_desk.services.ledger_json import remark_text

        run = self._read.run
        remarks = (*run.remarks.get(place, ()), *run.flagged.get(place, ()))
        said = [remark_text(self._read, remark, tell) for remark in remarks]
        return " · ".join([*([run.numbers[place]] if place in run.numbers else []), *said])

    def _show_reason(self, place: int | None) -> None:
        self.reason.setText(self._why(place) if place is not None else "")

    def _filter_row(self) -> QHBoxLayout:
        self._titles = {
            "all": _("All"), "new": _("New"), "changed": _("Changed"), "same": _("The same"),
            "refused": _("Refused"), "flagged": _("To look at"),
        }  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(looks.px(6))
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
        row.addStretch(1)
        return row

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
