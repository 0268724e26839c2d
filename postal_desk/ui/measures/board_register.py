"""The recurrence board 屡查屡犯: what came back, how often, what was done against it, who answers for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.changes import Changes
from postal_desk.domain.record_forms import parse_record
from postal_desk.domain.recurrences import ACCOUNTABILITY_FORM
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _, label
from postal_desk.ui.context import Context
from postal_desk.ui.measures.fields import LinesEdit, day_of, refusing_by_root
from postal_desk.ui.measures.record_pane import FIRST, Act, Part, RecordPane, Shown
from postal_desk.ui.measures.register_view import Empty, RegisterView
from postal_desk.ui.measures.words import short_number
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.record_table import Column
from postal_desk.ui.widgets.side_rows import RowContent

if TYPE_CHECKING:
    from postal_desk.domain.recurrences import Accountability
    from postal_desk.services.desk import Desk
    from postal_desk.services.recurrences import Board, BoardRow


class BoardRegister(RegisterView):
    """Outlet and category (or clause), most often first."""

    name = "recurrences"

    def __init__(self, ctx: Context) -> None:
        self.crossed = Chip(_("Limit reached"))
        self.calls = Chip(_("Nobody held to account yet"))
        self.board: Board | None = None
        pane = RecordPane(
            "rotate-ccw", (_("Nothing chosen"), _("Choose a line to see what was done against it."))
        )
        super().__init__(ctx, pane, _("Recurring problems"))
        for chip in (self.crossed, self.calls):
            chip.toggled.connect(lambda _on: self.draw())

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Rank"), lambda row: str(row.place), 46),
            Column(_("Outlet"), lambda row: row.found.outlet, 118),
            Column(_("Came back"), lambda row: self._what(row).rpartition(" › ")[2]),
            Column(_("Times"), lambda row: str(row.found.times), 50),
            Column(_("Status"), _state, 96, _tone),
        ]

    def read(self, desk: Desk) -> list[BoardRow]:
        from postal_desk.services.recurrences import recurrence_board

        self.board = recurrence_board(desk)
        return list(self.board.rows)

    def key(self, row: BoardRow) -> str:
        found = row.found
        return f"{found.outlet}\t{found.category}\t{found.clause}"

    def searched(self, row: BoardRow) -> str:
        return "\n".join(
            (row.found.outlet, self._what(row), row.person, *(one.title for one in row.measures))
        )

    def keeps(self, row: BoardRow) -> bool:
        return (row.crossed or not self.crossed.isChecked()) and (row.calls or not self.calls.isChecked())

    def chips(self) -> Sequence[QWidget]:
        return (self.crossed, self.calls)

    def nothing(self) -> Empty:
        return Empty(
            "rotate-ccw",
            _("Nothing came back"),
            _("No category and no clause came up twice at the same outlet within the rolling months."),
        )

    def told(self) -> str:
        if self.board is None:
            return ""
        told = _(
            "{since} to {until} · lines: {total} · at the limit of {limit}, nobody held to account: {calls}"
        )
        return told.format(
            since=self.board.since,
            until=self.board.until,
            total=len(self.shown),
            calls=sum(1 for row in self.shown if row.calls),
            limit=self.board.rule.limit,
        )

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.cases or changes.records or changes.measures or changes.staff or changes.rules)

    def load(self, number: str) -> None:
        row = next((row for row in self.rows if self.key(row) == number), None)
        if row is not None and self.board is not None:
            self._show(row, self.board)

    def add(self) -> None:
        row = self.table.current()
        if row is not None:
            self.open_dialog(AccountDialog(self.ctx, row, self._what(row), self))

    def act(self, name: str) -> None:
        row: BoardRow | None = self.table.current()
        if row is None:
            return
        found = row.found
        if name == "account":
            self.add()
        elif name == "settle" and row.item is not None:
            self.open_dialog(SettleDialog(self.ctx, row.item, self))
        elif name == "measure":
            given: dict[str, Any] = {"category": found.category, "outlets": (found.outlet,)}
            self.ctx.navigator.go("measures", view="measures", new=given)
        elif name == "cases" and self.board is not None:
            wanted = CaseFilter(
                opened_from=self.board.since,
                opened_to=self.board.until,
                category=found.category,
                outlet=found.outlet,
            )
            self.ctx.navigator.go("cases", filter=wanted)

    def _what(self, row: BoardRow) -> str:
        found = row.found
        return found.clause or label(self.ctx.desk.rules.category_name(found.category))

    def _show(self, row: BoardRow, board: Board) -> None:
        found, item, go = row.found, row.item, self.ctx.navigator.go
        acts = [Act(_("New measure"), "measure")]
        if found.category:
            acts.append(Act(_("Show the cases"), "cases"))
        if row.calls:
            acts.append(Act(_("Hold to account"), "account", "Insert", primary=True))
        elif item is not None and item.open:
            acts.append(Act(_("Write down the result"), "settle", FIRST, primary=True))
        told_counts = _(
            "Counted from {since} to {until}: {times} times; the limit is {limit} within {months} months."
        )
        counted = told_counts.format(
            since=board.since,
            until=board.until,
            times=found.times,
            limit=board.rule.limit,
            months=board.rule.months,
        )
        basis = (
            _(
                "Cases that are the post's responsibility, and complaints, appeals and petitions not decided yet."
            )
            if found.category
            else _("Problems on record that name this clause.")
        )
        parts = [Part(_("How often"), (counted, basis, label(board.rule.source)))]
        if item is not None:
            told = [_("{name}, raised {day}").format(name=item.person, day=item.begun_on), item.text]
            result = _("Result: {text}").format(text=item.result) if item.result else ""
            told.append(result or _("No result is on record yet."))
            parts.append(Part(_("Held to account"), tuple(text for text in told if text)))
        elif row.calls:
            text = _("The limit is reached. {name} answers for the outlet; hold a person to account.").format(
                name=row.person or _("Nobody on record")
            )
            parts.append(Part(_("Held to account"), (text,)))
        measures = [
            RowContent(
                short_number(one.number),
                one.title,
                (label(self.ctx.desk.rules.name("measure_statuses", one.status)), "neutral"),
                pressed=partial(go, "measures", view="measures", number=one.number),
                tip=one.title,
            )
            for one in row.measures
        ]
        self.pane.show_record(
            Shown(
                found.outlet,
                self._what(row),
                [(_state(row), _tone(row))],
                acts,
                [
                    (_("Times"), str(found.times)),
                    (_("First"), found.first.isoformat()),
                    (_("Last"), found.last.isoformat()),
                ],
                parts,
                [(_("Earlier measures"), measures or [RowContent(_("none against this yet"))])],
            )
        )


def _state(row: BoardRow) -> str:
    if row.calls:
        return _("limit reached")
    if row.item is not None:
        return _("held to account") if row.item.open else _("settled")
    return _("watched")


def _tone(row: BoardRow) -> str:
    if row.calls:
        return "bad"
    if row.item is not None:
        return "attention" if row.item.open else "good"
    return "neutral"


class AccountDialog(Editor):
    """Who is held to account, for what, until when."""

    def __init__(self, ctx: Context, row: BoardRow, what: str, parent: QWidget) -> None:
        super().__init__(ctx, _("Hold to account"), parent)
        self._row = row
        self.person = CodeCombo(_("Person"), [])
        self.text = LinesEdit(_("What is asked of the person"), 3)
        self.due_on = DateEdit(_("Due on"), ctx.desk.today)
        about = QLineEdit(f"{row.found.outlet} · {what} · {row.found.times}")
        about.setReadOnly(True)
        self.form.add(_("Person"), self.person, _("Whoever answers for the outlet is proposed"), "person")
        self.form.add(_("Problem"), about)
        self.form.add(_("Asked"), self.text, key="text")
        self.form.add(_("Due on"), self.due_on, key="due_on")
        self.person.set_value(row.person)
        ctx.background.db(self._read_staff, self._offer_staff, owner=self)

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.recurrences import raise_accountability

        desk, found = self.ctx.desk, self._row.found
        due = day_of(self.due_on, "due_on")
        values = {
            "person": self.person.value(),
            "outlet": found.outlet,
            "category": found.category or None,
            "clause": found.clause,
            "times": found.times,
            "text": self.text.toPlainText(),
            "due_on": due.isoformat() if due else None,
        }
        item = parse_record(ACCOUNTABILITY_FORM, values, desk.rules)
        return lambda: raise_accountability(desk, item)

    def refused(self, error: Exception) -> None:
        super().refused(refusing_by_root(error))

    def _read_staff(self) -> list[str]:
        from postal_desk.services.organisation import list_staff

        return [person.name for person in list_staff(self.ctx.desk, self.ctx.desk.today())]

    def _offer_staff(self, names: list[str]) -> None:
        self.person.set_choices([Choice(name, name) for name in names])


class SettleDialog(Editor):
    """What came of it."""

    def __init__(self, ctx: Context, item: Accountability, parent: QWidget) -> None:
        super().__init__(ctx, _("Result with {name}").format(name=item.person), parent)
        self._number = item.number
        self.outcome = LinesEdit(_("Result"), 3)
        self.done_on = DateEdit(_("Done on"), ctx.desk.today)
        self.done_on.set_value(ctx.desk.today())
        self.form.add(_("Result"), self.outcome, key="result")
        self.form.add(_("Done on"), self.done_on, key="done_on")

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.recurrences import settle_accountability

        desk, number, result = self.ctx.desk, self._number, self.outcome.toPlainText().strip()
        done_on = day_of(self.done_on, "done_on")
        if not result:
            raise FieldRefusal("result", say("this field is required"))
        return lambda: settle_accountability(desk, number, result, done_on)
