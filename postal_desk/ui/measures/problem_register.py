"""The register of problems: where each was found, and whether a measure answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.problems import OPEN, PROBLEM_FORM, STATUS_NAMES
from postal_desk.domain.record_forms import parse_record, parse_record_changes
from postal_desk.domain.rules import current
from postal_desk.i18n import _, enumerate_words, label, language, tell
from postal_desk.ui.context import Context
from postal_desk.ui.measures.fields import LinesEdit, day_of, refusing_by_root
from postal_desk.ui.measures.history_words import history_rows
from postal_desk.ui.measures.name_fields import NamesField, offer_names
from postal_desk.ui.measures.record_pane import FIRST, Act, Part, RecordPane, Shown
from postal_desk.ui.measures.register_view import Empty, RegisterView
from postal_desk.ui.measures.words import PROBLEM_TONES, names_of, one_line, short_number
from postal_desk.ui.role_guard import choose_words
from postal_desk.ui.widgets.chip import FilterChip
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.form import with_none
from postal_desk.ui.widgets.record_table import Column
from postal_desk.ui.widgets.side_rows import RowContent

if TYPE_CHECKING:
    from postal_desk.domain.problems import ProblemRecord
    from postal_desk.services.desk import Desk
    from postal_desk.services.problems import ProblemView


class ProblemRegister(RegisterView):
    """The problems, newest first."""

    name = "problems"

    def __init__(self, ctx: Context) -> None:
        rules = ctx.desk.rules
        self.status = FilterChip(
            _("Status"), lambda: [Choice(code, tell(name)) for code, name in STATUS_NAMES.items()]
        )
        self.source = FilterChip(_("Origin"), lambda: code_choices(rules.codes["problem_sources"].values()))
        self.area = FilterChip(_("Area"), lambda: code_choices(rules.codes["problem_areas"].values()))
        self.shown_view: ProblemView | None = None
        told = choose_words(ctx, _("Choose one in the list, or record one with Insert."))
        pane = RecordPane("circle-help", (_("No problem chosen"), told))
        super().__init__(ctx, pane, _("Problems"))
        for chip in (self.status, self.source, self.area):
            chip.changed.connect(lambda _value: self.draw())

    def columns(self) -> Sequence[Column]:
        wide = 92 if language() == "zh_CN" else 132  # the words are longer, not cut
        return [
            Column(_("Number"), lambda v: short_number(v.record.number), 98),
            Column(_("Problem"), lambda v: one_line(v.record.text), room=190),
            Column(_("Found at"), lambda v: v.record.unit or v.record.outlet, 92, drop=1),
            Column(_("Found on"), lambda v: v.record.begun_on.isoformat(), 92, drop=2),
            Column(
                _("Status"), lambda v: tell(STATUS_NAMES[v.status]), wide, lambda v: PROBLEM_TONES[v.status]
            ),
        ]

    def read(self, desk: Desk) -> list[ProblemView]:
        from postal_desk.services.problems import list_problems

        return list_problems(desk)

    def key(self, row: ProblemView) -> str:
        return row.record.number

    def searched(self, row: ProblemView) -> str:
        record = row.record
        return "\n".join(
            (
                record.number,
                record.text,
                record.cause,
                record.unit,
                record.outlet,
                record.clause,
                *row.measures,
            )
        )

    def keeps(self, row: ProblemView) -> bool:
        return (
            self.status.value in ("", row.status)
            and self.source.value in ("", row.record.source)
            and self.area.value in ("", row.record.area)
        )

    def chips(self) -> Sequence[QWidget]:
        return (self.status, self.source, self.area)

    def nothing(self) -> Empty:
        return Empty(
            "circle-help",
            _("No problem yet"),
            _(
                "Problems are found by field visits, inspections, surveys and cases; each is answered by a measure."
            ),
            _("New problem"),
        )

    def told(self) -> str:
        unanswered = sum(1 for row in self.shown if row.status == OPEN)
        return _("Problems: {total} · without a measure: {unanswered}").format(
            total=len(self.shown), unanswered=unanswered
        )

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.records or changes.measures or changes.rules)

    def load(self, number: str) -> None:
        from postal_desk.services.problems import show_problem

        desk = self.ctx.desk
        self.ctx.background.db(
            lambda: show_problem(desk, number), self._show, lambda error: self.failed(number, error), self
        )

    def add(self) -> None:
        self.open_dialog(ProblemDialog(self.ctx, None, self))

    def act(self, name: str) -> None:
        view = self.shown_view
        if view is None or view.record.number != self.number:
            return
        if name == "edit":
            self.open_dialog(ProblemDialog(self.ctx, view.record, self))
        elif name == "measure":
            record = view.record
            given: dict[str, Any] = {"problem_number": record.number, "cases": record.cases}
            given |= {"category": record.category, "outlets": (record.outlet,) if record.outlet else ()}
            self.ctx.navigator.go("measures", view="measures", new=given)
        elif name == "delete":
            from postal_desk.services.problems import delete_problem

            desk, number = self.ctx.desk, view.record.number
            self.ctx.write(lambda: delete_problem(desk, number))

    def _show(self, view: ProblemView) -> None:
        if view.record.number != self.number:
            return
        self.shown_view = view
        record, rules, go = view.record, self.ctx.desk.rules, self.ctx.navigator.go
        acts = [
            Act(_("New measure"), "measure", FIRST, primary=view.status == OPEN),
            Act(_("Edit"), "edit", "Alt+E"),
        ]
        if view.status == OPEN:
            acts.append(Act(_("Delete"), "delete"))
        measures = [
            RowContent(short_number(one), pressed=partial(go, "measures", view="measures", number=one))
            for one in view.measures
        ]
        visits = []
        if view.visit:
            to_visit = partial(go, "measures", view="visits", number=view.visit)
            visits = [RowContent(short_number(view.visit), pressed=to_visit)]
        cases = [RowContent(one, pressed=partial(go, "cases", number=one)) for one in record.cases]
        self.pane.show_record(
            Shown(
                record.number,
                one_line(record.text)[:120],
                [(tell(STATUS_NAMES[view.status]), PROBLEM_TONES[view.status])],
                acts,
                [
                    (
                        _("Origin"),
                        label(rules.name("problem_sources", record.source)) if record.source else "—",
                    ),
                    (_("Area"), label(rules.name("problem_areas", record.area)) if record.area else "—"),
                    (_("Found on"), record.found_on.isoformat() if record.found_on else "—"),
                    (_("Found at"), record.unit or "—"),
                    (_("Outlet"), record.outlet or "—"),
                    (_("Category"), label(rules.category_name(record.category)) if record.category else "—"),
                    (_("Clause"), record.clause or "—"),
                ],
                [
                    Part(_("Problem"), (record.text,)),
                    Part(_("Cause"), (record.cause or _("not found out yet"),), hint=not record.cause),
                    *([] if view.measures else [Part("", (_("No measure answers it yet."),), hint=True)]),
                ],
                [
                    (_("Measures"), measures),
                    (_("Found by the visit"), visits),
                    (_("Linked cases"), cases),
                    (_("Changes"), history_rows(view.history)),
                ],
            )
        )


class ProblemDialog(Editor):
    """A new problem, or a change of ``record``."""

    def __init__(self, ctx: Context, record: ProblemRecord | None, parent: QWidget) -> None:
        super().__init__(ctx, _("Edit problem") if record else _("New problem"), parent)
        self._record = record
        rules, today = ctx.desk.rules, ctx.desk.today
        self.text, self.cause = LinesEdit(_("Problem"), 4), LinesEdit(_("Cause"), 3)
        sources = code_choices(current(rules.codes["problem_sources"].values(), today()))
        areas = code_choices(current(rules.codes["problem_areas"].values(), today()))
        categories = [
            Choice(c.code, label(rules.category_name(c.code)), c.code) for c in rules.categories.values()
        ]
        self.source = CodeCombo(_("Origin"), with_none(sources, _("not given")))
        self.area = CodeCombo(_("Area"), with_none(areas, _("not given")))
        self.found_on = DateEdit(_("Found on"), today)
        self.unit, self.clause, self.cases = QLineEdit(), QLineEdit(), QLineEdit()
        self.outlet = NamesField(_("Outlet"))
        self.category = CodeCombo(_("Category"), with_none(categories, _("none")))
        form = self.form
        form.add(_("Problem"), self.text, key="text")
        form.add(_("Cause"), self.cause, key="cause")
        form.add(_("Origin"), self.source, key="source")
        form.add(_("Area"), self.area, key="area")
        form.add(_("Found on"), self.found_on, key="found_on")
        form.add(_("Found at"), self.unit, _("Name of the unit"), "unit")
        form.add(_("Outlet"), self.outlet, _("If it is in the list"), "outlet")
        form.add(_("Category"), self.category, key="category")
        form.add(_("Clause"), self.clause, key="clause")
        form.add(_("Cases"), self.cases, _("Separate several with commas"), "cases")
        offer_names(ctx, self, (self.outlet,))
        if record is None:
            self.found_on.set_value(today())
        else:
            self.text.setPlainText(record.text)
            self.cause.setPlainText(record.cause)
            self.source.set_value(record.source)
            self.area.set_value(record.area)
            self.found_on.set_value(record.found_on)
            self.unit.setText(record.unit)
            self.outlet.setText(record.outlet)
            self.category.set_value(record.category)
            self.clause.setText(record.clause)
            self.cases.setText(enumerate_words(record.cases))

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.problems import add_problems, edit_problem

        desk, record = self.ctx.desk, self._record
        found = day_of(self.found_on, "found_on")
        values = {
            "text": self.text.toPlainText(),
            "cause": self.cause.toPlainText(),
            "source": self.source.value(),
            "area": self.area.value(),
            "found_on": found.isoformat() if found else None,
            "unit": self.unit.text(),
            "outlet": self.outlet.text().strip(),
            "category": self.category.value(),
            "clause": self.clause.text(),
            "cases": names_of(self.cases.text()),
        }
        if record is None:
            made = parse_record(PROBLEM_FORM, values, desk.rules)
            return lambda: add_problems(desk, [made])
        changes = parse_record_changes(PROBLEM_FORM, values, desk.rules)
        return lambda: edit_problem(desk, record.number, changes, record.revision)

    def refused(self, error: Exception) -> None:
        super().refused(refusing_by_root(error))
