"""Typing or pasting the totals of past months, for comparisons where the desk holds no cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.domain.typed_months import read_month
from postal_desk.domain.typed_total_table import TotalTable, cells_of
from postal_desk.domain.typed_totals import COUNTS, TypedTotal, make_total
from postal_desk.i18n import _, enumerate_words, label, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.rows_table import Row, RowColumn, RowsModel, RowsTable

if TYPE_CHECKING:
    from postal_desk.services.typed_totals import KnownTotal

_WIDTHS = {"due_closed": 124, "due_in_time": 124, "satisfied": 124}
_NAMES = (*COUNTS, "source")


class TotalsDialog(QDialog):
    """A row a month. A table pasted with its headings fills the rows, its categories too; Save writes them all."""

    help = "past-totals"

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Totals of past months"))
        self._ctx = ctx
        self._known: set[Month] = set()
        self._categories: dict[Month, dict[str, int]] = {}
        self._this = Month.of(ctx.desk.today())
        columns = [RowColumn(_("Month"), 108, settled=self._settled)]
        columns += [RowColumn(tell(COUNTS[name]), _WIDTHS.get(name, 84)) for name in COUNTS]
        columns += [RowColumn(_("Source"))]
        self.model = RowsModel(columns, self._problems, lambda row: row)
        self.table = RowsTable(_("Totals by month"), self.model)
        self.table.pasted.connect(self.paste)
        self.wrong = text_label(kind="error", wrap=True)
        self.wrong.hide()
        self.model.changed.connect(self._tell_wrong)
        self.table.selectionModel().currentChanged.connect(lambda *_cells: self._tell_wrong())
        self.note = NoteBox(tone="attention")
        self.note.hide()
        self.save_button = HintButton(_("Save"), "Ctrl+S", primary=True)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+S")
        cancel = HintButton(_("Cancel"), "Esc")
        cancel.clicked.connect(self.reject)
        open_file = QPushButton(_("From a file…"))
        open_file.clicked.connect(self.choose_file)
        for button in (self.save_button, cancel, open_file):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(open_file)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.save_button)
        words = _(
            "For months of which this desk holds no cases: comparisons then work from the first month. Type the "
            "counts, or copy a table with its headings from Excel or WPS and press Ctrl+V. Wherever such a figure "
            "appears it is marked as typed."
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(8))
        box.addWidget(text_label(words, "hint", wrap=True))
        box.addWidget(self.table, 1)
        box.addWidget(self.wrong)
        box.addWidget(self.note)
        box.addLayout(foot)
        over = parent.window().size()
        self.resize(min(looks.px(1160), over.width() - 24), min(looks.px(560), over.height() - 24))
        ctx.background.db(self._read, self._show, owner=self)

    def paste(self, text: str) -> None:
        """Take a table with headings, or rows in the order of the columns."""
        desk = self._ctx.desk

        def read() -> TotalTable:
            from postal_desk.services.typed_totals import read_table

            return read_table(desk, cells_of(text))

        self._ctx.background.db(read, self._take, lambda error: self._take_plain(text, error), owner=self)

    def choose_file(self) -> None:
        """Ask for a file with such a table."""
        dialog = QFileDialog(self, _("A table of totals"), "", _("Tables") + " (*.xlsx *.csv *.tsv *.txt)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_file)
        dialog.open()

    def read_file(self, name: str) -> None:
        """Take the table of a file."""
        desk = self._ctx.desk

        def read() -> TotalTable:
            from pathlib import Path

            from postal_desk.services.table_files import read_cells
            from postal_desk.services.typed_totals import read_table

            return read_table(desk, read_cells(Path(name)))

        self._ctx.background.db(read, self._take, self._failed, owner=self)

    def save(self) -> None:
        """Write what is in the table; rows taken out are taken away."""
        rows = self.model.rows()
        if self.model.problems:
            place = min(self.model.problems)
            self.table.setCurrentIndex(self.model.index(*place))
            self._tell(say("Nothing was saved; put the marked cells right first"))
            return
        totals = [total for row in rows if (total := self._total(row)) is not None]
        desk, gone = self._ctx.desk, self._known - {total.month for total in totals}

        def write() -> object:
            from postal_desk.services.typed_totals import put_totals

            return put_totals(desk, totals, gone)

        self._ctx.write(write, lambda _changes: self.accept(), self._failed, owner=self)  # type: ignore[arg-type]  # Changes

    def _read(self) -> list[KnownTotal]:
        from postal_desk.services.typed_totals import list_totals

        return list_totals(self._ctx.desk)

    def _show(self, known: list[KnownTotal]) -> None:
        self._known = {one.total.month for one in known}
        self._fill([one.total for one in known])
        idle = [label(one.total.month.label) for one in known if not one.in_use]
        if idle:
            words = _("Not used, because the month has cases of its own: {months}")
            self.note.show_text(words.format(months=enumerate_words(idle)), "attention")

    def _fill(self, totals: list[TypedTotal]) -> None:
        for total in totals:
            self._categories[total.month] = dict(total.categories)
        self.model.set_rows([_row_of(total) for total in totals])

    def _take(self, table: TotalTable) -> None:
        """Put a table's months in, over rows of the same month."""
        new = {total.month: total for total in table.totals}
        kept = [total for row in self.model.rows() if (total := self._total(row)) and total.month not in new]
        self._fill(sorted([*kept, *new.values()], key=lambda total: total.month))
        if table.unknown:
            names = enumerate_words(table.unknown)
            self.note.show_text(_("Columns not known and left out: {names}").format(names=names), "attention")
        else:
            self.note.hide()

    def _take_plain(self, text: str, error: Exception) -> None:
        """Rows without headings, in the order of the columns."""
        rows = [row for row in cells_of(text) if any(row)]
        if not (rows and all(self._month(row[0]) for row in rows)):
            self._failed(error)
            return
        width = len(self.model.columns)
        filled = [(self._settled(row[0]), *row[1:width], *[""] * (width - len(row))) for row in rows]
        new = {row[0] for row in filled}
        self.model.set_rows([*(row for row in self.model.rows() if row[0] not in new), *filled])

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refusal):
            self._tell(error.sentence)
        else:
            self._ctx.tell_fault(error)

    def _tell(self, sentence: Sentence) -> None:
        self.note.show_text(tell(sentence), "bad")

    def _tell_wrong(self) -> None:
        """Below the table: what is wrong with the cell one is at, else with the first wrong one, and which that is."""
        here = self.table.currentIndex()
        problems = self.model.problems
        place = (here.row(), here.column())
        if problems and place not in problems:
            place = min(problems)
        text = ""
        if place in problems:
            row = self.model.rows_shown()[place[0]]
            names = [row[0], self.model.columns[place[1]].title] if place[1] else [row[0]]
            text = _("{cell}: {reason}").format(cell=" · ".join(names), reason=tell(problems[place]))
        self.wrong.setText(text)
        self.wrong.setAccessibleName(text)
        self.wrong.setVisible(bool(text))

    # -- rows ---------------------------------------------------------------------------------------------

    def _month(self, text: str) -> Month | None:
        try:
            return read_month(text, self._this)
        except Refusal:
            return None

    def _settled(self, text: str) -> str:
        month = self._month(text) if text else None
        return str(month) if month is not None else text

    def _total(self, row: Row) -> TypedTotal | None:
        try:
            return self._made(row)
        except Refusal:
            return None

    def _made(self, row: Row) -> TypedTotal:
        try:
            month = read_month(row[0], self._this)
        except Refusal as refusal:
            raise FieldRefusal("month", refusal.sentence) from refusal
        categories = self._categories.get(month, {})
        values = dict(zip(_NAMES, row[1:], strict=True))
        return make_total(month, {**values, "categories": categories}, categories)

    def _problems(self, rows: list[Row]) -> dict[tuple[int, int], Sentence]:
        places = {"month": 0, "categories": 1, **{name: at for at, name in enumerate(_NAMES, 1)}}
        found: dict[tuple[int, int], Sentence] = {}
        seen: set[Month] = set()
        for at, row in enumerate(rows):
            if not any(row):
                continue
            try:
                total = self._made(row)
            except FieldRefusal as refusal:
                found[at, places.get(refusal.path, 0)] = refusal.reason
                continue
            if total.month in seen:
                found[at, 0] = say("{month} stands in the table twice", month=total.month.label)
            seen.add(total.month)
        return found


def _row_of(total: TypedTotal) -> Row:
    mean = "" if total.mean_days is None else f"{total.mean_days:.2f}".rstrip("0").rstrip(".")
    counts = [mean if name == "mean_days" else _shown(getattr(total, name)) for name in COUNTS]
    return (str(total.month), *counts, total.source)


def _shown(count: int | None) -> str:
    return "" if count is None else str(count)
