"""Asking for an error, and for the decision on one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.error_records import ERROR_FORM, EXEMPTED, PENDING, ErrorRecord
from postal_desk.domain.record_forms import parse_record, parse_record_changes
from postal_desk.i18n import _, enumerate_words, label, tell
from postal_desk.ui.context import Context
from postal_desk.ui.measures.fields import LinesEdit, day_of, refusing_by_root
from postal_desk.ui.measures.name_fields import NamesField, offer_names
from postal_desk.ui.measures.words import names_of
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.form import with_none

if TYPE_CHECKING:
    from postal_desk.services.error_records import ErrorView
    from postal_desk.services.organisation import Staff


class ErrorDialog(Editor):
    """A new error, or a change of ``record``; the decision has a dialog of its own."""

    def __init__(self, ctx: Context, record: ErrorRecord | None, parent: QWidget) -> None:
        super().__init__(ctx, _("Edit error") if record else _("New error"), parent)
        self._record = record
        rules, today = ctx.desk.rules, ctx.desk.today
        self._outlets: dict[str, str] = {}
        self.staff = CodeCombo(_("Staff member"), [])
        self.on = DateEdit(_("Date of the error"), today)
        self.text, self.evidence = LinesEdit(_("What went wrong"), 3), LinesEdit(_("Evidence"), 3)
        self.cause = CodeCombo(_("Cause"), code_choices(rules.codes["error_causes"].values()))
        self.outlet, self.accepted_by = NamesField(_("Outlet")), NamesField(_("Accepted by"))
        self.cases = QLineEdit()
        offer_names(ctx, self, (self.outlet,), (self.accepted_by,))
        self.accepted_on = DateEdit(_("Evidence accepted on"), today)
        categories = [
            Choice(c.code, label(rules.category_name(c.code)), c.code) for c in rules.categories.values()
        ]
        self.category = CodeCombo(_("Category"), with_none(categories, _("none")))
        form = self.form
        form.add(_("Staff member"), self.staff, key="staff")
        form.add(_("Date of the error"), self.on, key="on")
        form.add(_("What went wrong"), self.text, key="text")
        form.add(_("Cause"), self.cause, key="cause")
        form.add(_("Outlet"), self.outlet, key="outlet")
        form.add(_("Category"), self.category, key="category")
        form.add(_("Evidence"), self.evidence, _("One line each"), "evidence")
        form.add(
            _("Accepted by"),
            self.accepted_by,
            _("Who has looked at the evidence and accepts it"),
            "accepted_by",
        )
        form.add(_("Evidence accepted on"), self.accepted_on, key="accepted_on")
        form.add(_("Cases"), self.cases, _("Separate several with commas"), "cases")
        self.cause.set_value(record.cause if record else "person")
        self.on.set_value(record.on if record else today())
        if record is not None:
            self.staff.set_value(record.staff)
            self.text.setPlainText(record.text)
            self.outlet.setText(record.outlet)
            self.category.set_value(record.category)
            self.evidence.setPlainText("\n".join(record.evidence))
            self.accepted_by.setText(record.accepted_by)
            self.accepted_on.set_value(record.accepted_on)
            self.cases.setText(enumerate_words(record.cases))
        ctx.background.db(self._read_staff, self._offer_staff, owner=self)
        self.staff.changed.connect(self._staff_chosen)

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.error_records import add_errors, edit_error

        desk, record = self.ctx.desk, self._record
        on, accepted = day_of(self.on, "on"), day_of(self.accepted_on, "accepted_on")
        values: dict[str, Any] = {
            "staff": self.staff.value(),
            "on": on.isoformat() if on else None,
            "text": self.text.toPlainText(),
            "cause": self.cause.value(),
            "outlet": self.outlet.text().strip(),
            "category": self.category.value(),
            "evidence": [line.strip() for line in self.evidence.toPlainText().splitlines() if line.strip()],
            "accepted_by": self.accepted_by.text(),
            "accepted_on": accepted.isoformat() if accepted else None,
            "cases": names_of(self.cases.text()),
        }
        if record is None:
            made = parse_record(ERROR_FORM, values, desk.rules)
            return lambda: add_errors(desk, [made])
        changes = parse_record_changes(ERROR_FORM, values, desk.rules)
        return lambda: edit_error(desk, record.number, changes, record.revision)

    def refused(self, error: Exception) -> None:
        super().refused(refusing_by_root(error))

    def _read_staff(self) -> list[Staff]:
        from postal_desk.services.organisation import list_staff

        return list_staff(self.ctx.desk)

    def _offer_staff(self, found: list[Staff]) -> None:
        self._outlets = {person.name: person.outlet for person in found}
        self.staff.set_choices([Choice(person.name, person.name, _joined(person)) for person in found])

    def _staff_chosen(self, name: str) -> None:
        if not self.outlet.text():
            self.outlet.setText(self._outlets.get(name, ""))


def _joined(person: Staff) -> str:
    return _("joined {day}").format(day=person.joined_on) if person.joined_on else ""


class DecisionDialog(Editor):
    """The decision on an error, with what every rule says of it."""

    def __init__(self, ctx: Context, view: ErrorView, parent: QWidget) -> None:
        super().__init__(ctx, _("Decide on the error of {name}").format(name=view.record.staff), parent)
        self._record = view.record
        rules = ctx.desk.rules
        told = [
            ("✓ " if one.holds else "× ")
            + label(one.rule.name)
            + " — "
            + " · ".join(tell(part) for part in one.why)
            for one in view.exemptions
        ]
        self.inner.insertWidget(0, NoteBox("\n".join(told), "good" if view.exempt else "attention"))
        self.decision = CodeCombo(_("Decision"), code_choices(rules.codes["error_decisions"].values()))
        self.by = NamesField(_("Decided by"))
        offer_names(ctx, self, staff=(self.by,))
        self.on = DateEdit(_("Decided on"), ctx.desk.today)
        self.reason = LinesEdit(_("Reason"), 3)
        self.form.add(_("Decision"), self.decision, key="decision")
        self.form.add(_("Decided by"), self.by, key="decided_by")
        self.form.add(_("Decided on"), self.on, key="decided_on")
        self.form.add(_("Reason"), self.reason, key="reason")
        record = view.record
        undecided = record.decision == PENDING
        self.decision.set_value(EXEMPTED if undecided and view.exempt else record.decision)
        self.by.setText(record.decided_by or ctx.desk.actor)
        self.on.set_value(record.decided_on or ctx.desk.today())
        self.reason.setPlainText(record.reason)

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.error_records import edit_error

        desk, record = self.ctx.desk, self._record
        on = day_of(self.on, "decided_on")
        pending = self.decision.value() == PENDING
        values = {
            "decision": self.decision.value(),
            "decided_by": None if pending else self.by.text(),
            "decided_on": on.isoformat() if on and not pending else None,
            "reason": self.reason.toPlainText(),
        }
        changes = parse_record_changes(ERROR_FORM, values, desk.rules)
        return lambda: edit_error(desk, record.number, changes, record.revision)
