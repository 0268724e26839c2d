"""The register of field visits 调研: plan, questions, findings; a finding becomes a problem at one press."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.record_forms import parse_record, parse_record_changes
from postal_desk.domain.visits import PLANNED, STATUS_NAMES, VISIT_FORM, Question, Visit
from postal_desk.i18n import _, enumerate_words, tell
from postal_desk.ui.context import Context
from postal_desk.ui.measures.fields import LinesEdit, day_of, refusing_by_root
from postal_desk.ui.measures.history_words import history_rows
from postal_desk.ui.measures.name_fields import NamesField, offer_names
from postal_desk.ui.measures.record_pane import Act, Part, RecordPane, Shown
from postal_desk.ui.measures.register_view import Empty, RegisterView
from postal_desk.ui.measures.words import VISIT_TONES, names_of, one_line, short_number
from postal_desk.ui.role_guard import choose_words
from postal_desk.ui.widgets.chip import FilterChip
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.record_table import Column

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.registers import RecordView

_ANSWER = "→"  # between a question and its answer, as the dialog shows it
_TYPED = re.compile(r"→|-+>")  # and as it is typed: no keyboard has an arrow


class VisitRegister(RegisterView):
    """The visits, newest first."""

    name = "visits"

    def __init__(self, ctx: Context) -> None:
        self.status = FilterChip(
            _("Status"), lambda: [Choice(code, tell(name)) for code, name in STATUS_NAMES.items()]
        )
        self.record: Visit | None = None
        told = choose_words(ctx, _("Choose one in the list, or plan one with Insert."))
        pane = RecordPane("map-pin", (_("No visit chosen"), told))
        super().__init__(ctx, pane, _("Field visits"))
        self.status.changed.connect(lambda _value: self.draw())

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Number"), lambda v: short_number(v.number), 98),
            Column(_("Field visit"), lambda v: v.title, room=190),
            Column(_("Unit visited"), lambda v: v.unit or v.outlet, 92, drop=1),
            Column(_("Day"), lambda v: v.begun_on.isoformat(), 92, drop=2),
            Column(_("Status"), lambda v: tell(STATUS_NAMES[v.status]), 76, lambda v: VISIT_TONES[v.status]),
        ]

    def read(self, desk: Desk) -> list[Visit]:
        from postal_desk.services.visits import list_visits

        return list_visits(desk)

    def key(self, row: Visit) -> str:
        return row.number

    def searched(self, row: Visit) -> str:
        found = (finding.text for finding in row.findings)
        return "\n".join((row.number, row.title, row.purpose, row.unit, row.outlet, *row.team, *found))

    def keeps(self, row: Visit) -> bool:
        return self.status.value in ("", row.status)

    def chips(self) -> Sequence[QWidget]:
        return (self.status,)

    def nothing(self) -> Empty:
        return Empty(
            "map-pin",
            _("No field visit yet"),
            _(
                "A visit has a plan: its purpose and its questions. What it finds becomes problems, then measures."
            ),
            _("New field visit"),
        )

    def told(self) -> str:
        planned = sum(1 for row in self.shown if row.status == PLANNED)
        findings = sum(len(row.findings) for row in self.shown)
        return _("Visits: {total} · planned: {planned} · findings: {findings}").format(
            total=len(self.shown), planned=planned, findings=findings
        )

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.records or changes.rules)

    def load(self, number: str) -> None:
        from postal_desk.services.visits import show_visit

        desk = self.ctx.desk
        self.ctx.background.db(
            lambda: show_visit(desk, number), self._show, lambda error: self.failed(number, error), self
        )

    def add(self) -> None:
        self.open_dialog(VisitDialog(self.ctx, None, self))

    def act(self, name: str) -> None:
        visit = self.record
        if visit is None or visit.number != self.number:
            return
        if name == "edit":
            self.open_dialog(VisitDialog(self.ctx, visit, self))
        elif name == "delete":
            from postal_desk.services.visits import delete_visit

            desk, number = self.ctx.desk, visit.number
            self.ctx.write(lambda: delete_visit(desk, number))

    def _show(self, view: RecordView[Visit]) -> None:
        visit = view.record
        if visit.number != self.number:
            return
        self.record = visit
        parts = [Part(_("Purpose"), (visit.purpose,))]
        asked = tuple(_asked(at, one) for at, one in enumerate(visit.questions, 1))
        parts.append(Part(_("Questions"), asked or (_("No question was planned."),), hint=not asked))
        parts.append(
            Part(_("Findings"), () if visit.findings else (_("Nothing is on record yet."),), hint=True)
        )
        for at, finding in enumerate(visit.findings, 1):
            parts.append(Part("", (f"{at}. {finding.text}",), self._link(visit, at, finding.problem)))
        if visit.report:
            parts.append(Part(_("Report"), (visit.report,)))
        self.pane.show_record(
            Shown(
                visit.number,
                visit.title,
                [(tell(STATUS_NAMES[visit.status]), VISIT_TONES[visit.status])],
                [Act(_("Edit"), "edit", "Alt+E"), Act(_("Delete"), "delete")],
                [
                    (_("Unit visited"), visit.unit or visit.outlet or "—"),
                    (_("Planned for"), visit.planned_on.isoformat() if visit.planned_on else "—"),
                    (_("Visited on"), visit.visited_on.isoformat() if visit.visited_on else "—"),
                    (_("Visitors"), enumerate_words(visit.team) or "—"),
                ],
                parts,
                [(_("Changes"), history_rows(view.history))],
            )
        )

    def _link(self, visit: Visit, at: int, problem: str) -> tuple[str, Callable[[], object]]:
        if problem:
            words = _("Problem {number}").format(number=short_number(problem))
            return words, lambda: self.ctx.navigator.go("measures", view="problems", number=problem)
        return _("Make it a problem"), lambda: self._make_problem(visit.number, at)

    def _make_problem(self, number: str, at: int) -> None:
        from postal_desk.services.visits import make_problem

        desk = self.ctx.desk

        def go_on(changes: Changes) -> None:
            self.ctx.navigator.go("measures", view="problems", number=changes.records[0][1])

        self.ctx.write(lambda: make_problem(desk, number, at), go_on, owner=self)


class VisitDialog(Editor):
    """A new visit, or a change of ``visit``. Questions and findings are one a line; an answer stands behind →."""

    def __init__(self, ctx: Context, visit: Visit | None, parent: QWidget) -> None:
        super().__init__(ctx, _("Edit field visit") if visit else _("New field visit"), parent)
        self._visit = visit
        today = ctx.desk.today
        self.title_field, self.unit = QLineEdit(), QLineEdit()
        self.outlet, self.team = NamesField(_("Outlet")), NamesField(_("Visitors"), several=True)
        offer_names(ctx, self, (self.outlet,), (self.team,))
        self.purpose, self.questions = LinesEdit(_("Purpose"), 2), LinesEdit(_("Questions"), 4)
        self.findings, self.report = LinesEdit(_("Findings"), 4), LinesEdit(_("Report"), 3)
        self.planned_on, self.visited_on = DateEdit(_("Planned for"), today), DateEdit(_("Visited on"), today)
        form = self.form
        form.add(_("Field visit"), self.title_field, key="title")
        form.add(_("Purpose"), self.purpose, key="purpose")
        form.add(_("Unit visited"), self.unit, key="unit")
        form.add(_("Outlet"), self.outlet, _("If it is in the list"), "outlet")
        form.add(_("Visitors"), self.team, _("Separate several with commas"), "team")
        form.add(_("Planned for"), self.planned_on, key="planned_on")
        form.add(_("Questions"), self.questions, _("One per line; the answer after ->"), "questions")
        form.add(_("Visited on"), self.visited_on, _("Leave empty while it is only planned"), "visited_on")
        form.add(_("Findings"), self.findings, _("One per line; each can become a problem"), "findings")
        form.add(_("Report"), self.report, key="report")
        if visit is not None:
            self.title_field.setText(visit.title)
            self.purpose.setPlainText(visit.purpose)
            self.unit.setText(visit.unit)
            self.outlet.setText(visit.outlet)
            self.team.setText(enumerate_words(visit.team))
            self.planned_on.set_value(visit.planned_on)
            self.visited_on.set_value(visit.visited_on)
            self.questions.setPlainText("\n".join(one_line(_typed(one)) for one in visit.questions))
            self.findings.setPlainText("\n".join(one_line(one.text) for one in visit.findings))
            self.report.setPlainText(visit.report)

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.visits import add_visits, edit_visit

        desk, visit = self.ctx.desk, self._visit
        planned, visited = day_of(self.planned_on, "planned_on"), day_of(self.visited_on, "visited_on")
        values: dict[str, Any] = {
            "title": self.title_field.text(),
            "purpose": self.purpose.toPlainText(),
            "unit": self.unit.text(),
            "outlet": self.outlet.text().strip(),
            "team": names_of(self.team.text()),
            "planned_on": planned.isoformat() if planned else None,
            "visited_on": visited.isoformat() if visited else None,
            "questions": self._questions(),
            "findings": self._findings(),
            "report": self.report.toPlainText(),
        }
        if visit is None:
            made = parse_record(VISIT_FORM, values, desk.rules)
            return lambda: add_visits(desk, [made])
        changes = parse_record_changes(VISIT_FORM, values, desk.rules)
        return lambda: edit_visit(desk, visit.number, changes, visit.revision)

    def refused(self, error: Exception) -> None:
        super().refused(refusing_by_root(error))

    def _questions(self) -> list[dict[str, str]]:
        """A line that was not touched stays the question it was, also where an arrow is part of it."""
        old = self._visit.questions if self._visit is not None else ()
        known = {one_line(_typed(one)): {"question": one.question, "answer": one.answer} for one in old}
        return [known.get(line) or _question(line) for line in _lines(self.questions)]

    def _findings(self) -> list[dict[str, str]]:
        """A finding that is a problem already stays one while its text stays, or its place."""
        old = self._visit.findings if self._visit is not None else ()
        known = {one_line(one.text): one.problem for one in old}
        lines = _lines(self.findings)
        same_places = len(lines) == len(old)
        return [
            {"text": line, "problem": known.get(line, old[at].problem if same_places else "")}
            for at, line in enumerate(lines)
        ]


def _lines(field: LinesEdit) -> list[str]:
    return [line.strip() for line in field.toPlainText().splitlines() if line.strip()]


def _asked(at: int, asked: Question) -> str:
    return f"{at}. {asked.question}" + (f"\n{asked.answer}" if asked.answer else "")


def _typed(asked: Question) -> str:
    return f"{asked.question} {_ANSWER} {asked.answer}" if asked.answer else asked.question


def _question(line: str) -> dict[str, str]:
    question, *answer = _TYPED.split(line, maxsplit=1)
    return {"question": question.strip(), "answer": "".join(answer).strip()}
