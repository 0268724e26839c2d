"""Second step: outlets and staff, typed or pasted as lists. May be left for later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout

from postal_desk.domain.rules import Code
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.i18n import _, label, tell
from postal_desk.ui import looks
from postal_desk.ui.first_run.step import Step
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.choices import code_choices, matching
from postal_desk.ui.widgets.labels import ElidedLabel, text_label
from postal_desk.ui.widgets.rows_table import Row, RowColumn, RowsModel, RowsTable

if TYPE_CHECKING:
    from postal_desk.services.beginning import ShippedWords
    from postal_desk.services.starting_lists import StartingOutlet, StartingStaff

_BESIDE = 680  # px at 100 % from which both tables show their columns side by side
_LOWEST = 130  # px of a table

Problems = dict[tuple[int, int], Sentence]


class PeopleStep(Step):
    """A table of outlets and one of staff; both take a pasted list."""

    refused = Signal(str)  # why a pasted text was not taken

    def __init__(self) -> None:
        super().__init__(
            _("Outlets and staff"),
            _(
                "Type into the tables, or copy a list from Excel or a chat and paste it with Ctrl+V. "
                "This may be left for later: Settings has the same lists."
            ),
        )
        self._kinds: Mapping[str, Code] = {}
        self._positions: Mapping[str, Code] = {}
        self.outlets = RowsTable(_("Outlets"), self._outlet_rows())
        self.staff = RowsTable(_("Staff"), self._staff_rows())
        self.outlets.pasted.connect(self.paste_outlets)
        self.staff.pasted.connect(self.paste_staff)
        self.outlets.rows.changed.connect(self.staff.rows.check)
        for table in (self.outlets, self.staff):
            table.rows.changed.connect(self.changed)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(looks.px(12))
        self._sides.addLayout(
            self._side(_("Outlets"), self.outlets, _("for example: 河南街支局, 支局, 河南街 12 号")), 1
        )
        self._sides.addLayout(
            self._side(_("Staff"), self.staff, _("for example: 王芳, 营业员, 河南街支局")), 1
        )
        self.box.addLayout(self._sides, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side only where both tables have room for their columns."""
        super().resizeEvent(event)
        beside = self.width() >= looks.px(_BESIDE)
        way = QBoxLayout.Direction
        self._sides.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def set_words(self, words: ShippedWords) -> None:
        """Offer these kinds and positions."""
        self._kinds, self._positions = words.outlet_kinds, words.positions
        self.outlets.rows.settle()
        self.staff.rows.settle()

    def begin(self) -> None:
        self.outlets.setFocus()

    def problem(self) -> str:
        for name, table in ((_("Outlets"), self.outlets), (_("Staff"), self.staff)):
            for (row, column), sentence in sorted(table.rows.problems.items()):
                where = _("{table}, row {row}, {column}").format(
                    table=name, row=row + 1, column=table.rows.columns[column].title
                )
                return _("{where}: {reason}").format(where=where, reason=tell(sentence))
        return ""

    def values(self) -> tuple[tuple[StartingOutlet, ...], tuple[StartingStaff, ...]]:
        """The outlets and the staff. Only while there is no :meth:`problem`."""
        from postal_desk.services.starting_lists import StartingOutlet, StartingStaff, match_code

        outlets = [
            StartingOutlet(name, match_code(kind, self._kinds), address)
            for name, kind, address in self.outlets.rows.rows()
        ]
        staff = [
            StartingStaff(name, match_code(position, self._positions), outlet)
            for name, position, outlet in self.staff.rows.rows()
        ]
        return tuple(outlets), tuple(staff)

    def paste_outlets(self, text: str) -> None:
        """Add the outlets of a pasted list."""
        from postal_desk.services.starting_lists import read_outlets

        try:
            found = read_outlets(text, self._kinds)
        except Refusal as refusal:
            self.refused.emit(tell(refusal.sentence))
            return
        rows = [(outlet.name, self._kind_name(outlet.kind), outlet.address) for outlet in found]
        self.outlets.rows.set_rows([*self.outlets.rows.rows(), *rows])

    def paste_staff(self, text: str) -> None:
        """Add the staff of a pasted list."""
        from postal_desk.services.starting_lists import read_staff

        try:
            found = read_staff(text, self._positions, self._outlet_names())
        except Refusal as refusal:
            self.refused.emit(tell(refusal.sentence))
            return
        rows = [(person.name, self._position_name(person.position), person.outlet) for person in found]
        self.staff.rows.set_rows([*self.staff.rows.rows(), *rows])

    def state(self) -> object:
        return self.outlets.rows.rows(), self.staff.rows.rows()

    def restore(self, state: object) -> None:
        assert isinstance(state, tuple)
        for table, rows in zip((self.outlets, self.staff), state, strict=True):
            table.rows.set_rows(rows)
            table.rows.settle()

    def _outlet_rows(self) -> RowsModel:
        columns = (
            RowColumn(_("Outlet"), 146),
            RowColumn(_("Type"), 118, lambda: _names(self._kinds), lambda typed: _meant(typed, self._kinds)),
            RowColumn(_("Address")),
        )
        return RowsModel(columns, self._check_outlets, self._complete_outlet)

    def _staff_rows(self) -> RowsModel:
        columns = (
            RowColumn(_("Full name"), 104),
            RowColumn(
                _("Position"),
                130,
                lambda: _names(self._positions),
                lambda typed: _meant(typed, self._positions),
            ),
            RowColumn(_("Outlet"), 0, self._outlet_names, self._meant_outlet),
        )
        return RowsModel(columns, self._check_staff, lambda row: row)

    def _complete_outlet(self, row: Row) -> Row:
        from postal_desk.services.starting_lists import guess_kind

        return (row[0], row[1] or self._kind_name(guess_kind(row[0], self._kinds)), row[2])

    def _check_outlets(self, rows: list[Row]) -> Problems:
        return _check(rows, self._kinds, say("this is no kind of outlet; choose one of the list"))

    def _check_staff(self, rows: list[Row]) -> Problems:
        problems = _check(rows, self._positions, say("this is no position; choose one of the list"))
        known = self._outlet_names()
        for at, row in enumerate(rows):
            if row[2] and row[2] not in known:
                problems[at, 2] = say(
                    "this outlet is not in the table of outlets; add it there, or empty the cell"
                )
        return problems

    def _outlet_names(self) -> list[str]:
        return [row[0] for row in self.outlets.rows.rows() if row[0]]

    def _meant_outlet(self, typed: str) -> str:
        from postal_desk.services.starting_lists import match_name

        return match_name(typed, self._outlet_names())

    def _kind_name(self, code: str) -> str:
        return label(self._kinds[code].name) if code in self._kinds else ""

    def _position_name(self, code: str) -> str:
        return label(self._positions[code].name) if code in self._positions else ""

    def _side(self, title: str, table: RowsTable, example: str) -> QVBoxLayout:
        paste = QPushButton(_("Paste a list"))
        paste.setAccessibleName(_("Paste a list: {table}").format(table=title))
        paste.clicked.connect(table.paste)
        head = QHBoxLayout()
        head.addWidget(text_label(title, "heading"))
        head.addWidget(ElidedLabel(example, "small"), 1)
        head.addWidget(paste)
        card = Card(margin=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(table)
        table.setMinimumHeight(looks.px(_LOWEST))
        side = QVBoxLayout()
        side.setSpacing(looks.px(6))
        side.addLayout(head)
        side.addWidget(card, 1)
        return side


def _check(rows: list[Row], codes: Mapping[str, Code], unknown: Sentence) -> Problems:
    """Names missing or twice, and words in the second column that name no code."""
    from postal_desk.services.starting_lists import match_code

    problems: Problems = {}
    names = Counter(row[0] for row in rows)
    for at, row in enumerate(rows):
        if any(row) and not row[0]:
            problems[at, 0] = say("the name is missing")
        elif row[0] and names[row[0]] > 1:
            problems[at, 0] = say("this name stands there twice; tell the two apart in the name")
        if row[1] and codes and not match_code(row[1], codes):
            problems[at, 1] = unknown
    return problems


def _names(codes: Mapping[str, Code]) -> list[str]:
    return [label(code.name) for code in codes.values()]


def _meant(typed: str, codes: Mapping[str, Code]) -> str:
    """The name of the code that is meant: a whole name, or what only one name contains or begins with."""
    from postal_desk.services.starting_lists import match_code

    exact = match_code(typed, codes)
    if exact:
        return label(codes[exact].name)
    found = matching(code_choices(codes.values()), typed) if typed else []
    return found[0].text if len(found) == 1 else typed
