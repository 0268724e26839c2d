"""Asking for a measure: the problem it answers, what is done, by whom, until when, towards which target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.measure_json import parse_measure, parse_measure_changes
from postal_desk.domain.rules import current
from postal_desk.i18n import _, enumerate_words, label
from postal_desk.ui.context import Context
from postal_desk.ui.measures.fields import LinesEdit, Three, day_of, refusing_by_root
from postal_desk.ui.measures.name_fields import NamesField, offer_names
from postal_desk.ui.measures.words import names_of, one_line, short_number
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.form import with_none

if TYPE_CHECKING:
    from postal_desk.domain.measures import Measure
    from postal_desk.services.problems import ProblemView


class MeasureDialog(Editor):
    """A new measure, or a change of ``measure``. ``given`` are values of a new one: a problem's number, cases."""

    def __init__(
        self, ctx: Context, measure: Measure | None, parent: QWidget, given: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(ctx, _("Edit measure") if measure else _("New measure"), parent)
        self._measure = measure
        self._given = dict(given or {})
        rules, today = ctx.desk.rules, ctx.desk.today
        self.answers = CodeCombo(_("Problem on record"), with_none([], _("a new problem")))
        self.problem_text = LinesEdit(_("Problem"), 3)
        self.cause = LinesEdit(_("Cause"), 2)
        areas = code_choices(current(rules.codes["problem_areas"].values(), today()))
        self.area = CodeCombo(_("Area"), with_none(areas, _("not given")))
        self.title_field = QLineEdit()
        self.kind = CodeCombo(
            _("Kind"), code_choices(current(rules.codes["measure_kinds"].values(), today()))
        )
        self.owner_unit, self.owner = NamesField(_("Owner unit")), NamesField(_("Owner"))
        self.co_owners = NamesField(_("Co-owners"), several=True)
        self.figures = Three((_("Baseline"), _("Target"), _("Unit")))
        ways = {"": _("open"), "on": _("on a day"), "event": _("with an event"), "at_once": _("at once")}
        self.due = CodeCombo(_("Due"), [Choice(way, words) for way, words in ways.items()])
        self.due_on, self.due_event = DateEdit(_("Due on"), today), QLineEdit()
        self.term = QLineEdit()
        categories = [
            Choice(c.code, label(rules.category_name(c.code)), c.code) for c in rules.categories.values()
        ]
        self.category = CodeCombo(_("Category"), with_none(categories, _("none")))
        self.outlets = NamesField(_("Outlets"), several=True)
        self.clause = QLineEdit()
        self.in_force = DateEdit(_("In force since"), today)
        self._lay()
        self._fill()
        self.answers.changed.connect(lambda _value: self._judge())
        self.due.changed.connect(lambda _value: self._judge())
        offer_names(ctx, self, (self.owner_unit, self.outlets), (self.owner, self.co_owners))
        ctx.background.db(self._read_problems, self._offer_problems, owner=self)
        self._judge()

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.measures import add_measures, edit_measure

        desk, measure = self.ctx.desk, self._measure
        values = self._values()
        if measure is None:
            made = parse_measure({**values, **self._rest()}, desk.rules)
            return lambda: add_measures(desk, [made])
        changes = parse_measure_changes(values, desk.rules)
        changes = {
            name: value
            for name, value in changes.items()
            if (getattr(measure, name) or None) != (value or None)
        }
        return lambda: edit_measure(desk, measure.number, changes, measure.revision) if changes else Changes()

    def refused(self, error: Exception) -> None:
        super().refused(refusing_by_root(error))

    # -- inside --------------------------------------------------------------------------------------

    def _lay(self) -> None:
        form = self.form
        form.add(_("Answers"), self.answers, key="problem_number")
        form.add(_("Problem"), self.problem_text, key="problem")
        form.add(_("Cause"), self.cause)
        form.add(_("Area"), self.area)
        form.add(_("Measure"), self.title_field, key="title")
        form.add(_("Kind"), self.kind, key="kind")
        form.add(_("Owner unit"), self.owner_unit, key="owner_unit")
        form.add(_("Owner"), self.owner, key="owner")
        form.add(_("Co-owners"), self.co_owners, _("Separate several with commas"), "co_owners")
        form.add(_("From → to"), self.figures, _("For example 0, 60, counters; or 3, 1.5, hours"), "target")
        form.add(_("Due"), self.due, key="due")
        form.add(_("Due on"), self.due_on, key="due.on")
        form.add(_("Event"), self.due_event, key="due.event")
        form.add(_("Term"), self.term, key="term")
        form.add(_("Category"), self.category, _("Its cases are counted before and after"), "category")
        form.add(_("Outlets"), self.outlets, _("Empty means all; separate several with commas"), "outlets")
        form.add(_("Clause"), self.clause, key="clause")
        form.add(_("In force since"), self.in_force, _("Empty: the day of the first progress"), "in_force_on")

    def fields(self) -> list[QWidget]:
        """The three small fields of the figures one by one."""
        found: list[QWidget] = []
        for field in self.form.fields:
            found += self.figures.fields if field is self.figures else [field]
        return found

    def _fill(self) -> None:
        measure = self._measure
        if measure is None:
            self.kind.set_value("corrective")
            self.answers.set_value(str(self._given.get("problem_number", "")))
            self.category.set_value(str(self._given.get("category", "")))
            self.outlets.setText(enumerate_words(self._given.get("outlets", ())))
            return
        due = measure.due
        self.answers.set_value(measure.problem_number)
        self.problem_text.setPlainText(measure.problem.text)
        self.cause.setPlainText(measure.problem.cause)
        self.area.set_value(measure.problem.area)
        self.title_field.setText(measure.title)
        self.kind.set_value(measure.kind)
        self.owner_unit.setText(measure.owner_unit)
        self.owner.setText(measure.owner)
        self.co_owners.setText(enumerate_words(measure.co_owners))
        self.figures.show_values(measure.baseline, measure.target, measure.unit)
        if due is not None:
            self.due.set_value("on" if due.on else "event" if due.event else "at_once")
            self.due_on.set_value(due.on)
            self.due_event.setText(due.event)
        self.term.setText(measure.term)
        self.category.set_value(measure.category)
        self.outlets.setText(enumerate_words(measure.outlets))
        self.clause.setText(measure.clause)
        self.in_force.set_value(measure.in_force_on)

    def _values(self) -> dict[str, Any]:
        baseline, target, unit = self.figures.values()
        in_force = day_of(self.in_force, "in_force_on")
        values: dict[str, Any] = {
            "title": self.title_field.text(),
            "kind": self.kind.value(),
            "owner_unit": self.owner_unit.text(),
            "owner": self.owner.text(),
            "co_owners": names_of(self.co_owners.text()),
            "baseline": baseline,
            "target": target,
            "unit": unit,
            "due": self._due(),
            "term": self.term.text(),
            "category": self.category.value() or None,
            "outlets": names_of(self.outlets.text()),
            "clause": self.clause.text(),
            "in_force_on": in_force.isoformat() if in_force else None,
        }
        number = self.answers.value()
        if number and (self._measure is None or number != self._measure.problem_number):
            return {**values, "problem_number": number}
        return {**values, "problem": self._problem()}

    def _problem(self) -> dict[str, Any]:
        known = self._measure.problem if self._measure is not None else None
        today = self.ctx.desk.today()
        found = known.found_on if known is not None else today
        return {
            "text": self.problem_text.toPlainText(),
            "cause": self.cause.toPlainText(),
            "area": self.area.value() or None,
            "source": (known.source or None)
            if known is not None
            else ("case" if self._given.get("cases") else None),
            "found_on": found.isoformat() if found is not None else None,
            "unit": known.unit if known is not None else "",
        }

    def _rest(self) -> dict[str, Any]:
        """What was given and has no field here."""
        return {"cases": list(self._given.get("cases", ()))}

    def _due(self) -> dict[str, Any] | None:
        way = self.due.value()
        if way == "on":
            day = day_of(self.due_on, "due.on")
            return {"on": day.isoformat() if day else None}
        if way == "event":
            return {"event": self.due_event.text()}
        return {"at_once": True} if way else None

    def _judge(self) -> None:
        """Fields that another answer makes needless are left out."""
        new = not self.answers.value() or (
            self._measure is not None and self.answers.value() == self._measure.problem_number
        )
        for field in (self.problem_text, self.cause, self.area):
            self.form.show_row(field, new)
        self.form.show_row(self.due_on, self.due.value() == "on")
        self.form.show_row(self.due_event, self.due.value() == "event")

    def _read_problems(self) -> list[ProblemView]:
        from postal_desk.services.problems import list_problems

        return list_problems(self.ctx.desk)

    def _offer_problems(self, found: list[ProblemView]) -> None:
        choices = [
            Choice(
                view.record.number, f"{short_number(view.record.number)}  {one_line(view.record.text)[:40]}"
            )
            for view in found
        ]
        self.answers.set_choices(with_none(choices, _("a new problem")))
        self.answers.set_value(self.answers.value())
        wanted = self.title_field if self.answers.value() else self.problem_text
        if self._measure is None:
            QTimer.singleShot(0, self, lambda: wanted.setFocus(Qt.FocusReason.OtherFocusReason))
