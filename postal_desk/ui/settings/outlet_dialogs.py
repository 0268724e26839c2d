"""Asking for an outlet, and for the end of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.rules import current
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _
from postal_desk.services.organisation_words import grade_name
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor, changed_only
from postal_desk.ui.widgets.form import ChoiceField, with_none
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.organisation import Outlet


def typed_day(field: DateEdit, key: str) -> date | None:
    """The day of a field; :class:`FieldRefusal` while what stands there can't be read."""
    if field.problem is not None:
        raise FieldRefusal(key, field.problem)
    return field.value()


class OutletDialog(Editor):
    """A new outlet, or a change of ``outlet``."""

    def __init__(self, ctx: Context, outlet: Outlet | None, parent: QWidget) -> None:
        super().__init__(ctx, _("Edit outlet") if outlet else _("Add outlet"), parent)
        self._outlet = outlet
        desk = ctx.desk
        kinds = code_choices(current(desk.rules.codes["outlet_kinds"].values(), desk.today()))
        self.name_field = QLineEdit()
        self.kind = CodeCombo(_("Type"), with_none(kinds, _("not given")))
        self.grade = ChoiceField(
            [(None, _("no grade")), *((grade, grade_name(grade)) for grade in (1, 2, 3))]
        )
        self.address = QLineEdit()
        self.valid_from = DateEdit(_("In use from"), desk.today)
        self.valid_to = DateEdit(_("Last day"), desk.today)
        self.form.add(_("Name of the outlet"), self.name_field, key="name")
        self.form.add(_("Type"), self.kind, key="kind")
        self.form.add(_("Grade"), self.grade, key="grade")
        self.form.add(_("Address"), self.address, key="address")
        since = _("Leave empty if it was there before this register")
        self.form.add(_("In use from"), self.valid_from, since, "valid_from")
        if outlet is not None:
            self.name_field.setText(outlet.name)
            self.kind.set_value(outlet.kind)
            self.grade.show_value(outlet.grade)
            self.address.setText(outlet.address)
            self.valid_from.set_value(outlet.valid_from)
            self.valid_to.set_value(outlet.valid_to)
        else:
            self.kind.set_value("")
        if outlet is not None and outlet.valid_to is not None:
            self.form.add(_("Last day"), self.valid_to, _("Empty it to use the outlet again"), "valid_to")

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.organisation import add_outlet, edit_outlet

        desk, outlet = self.ctx.desk, self._outlet
        name, kind, grade = self.name_field.text(), self.kind.value(), self.grade.currentData()
        address, since = self.address.text(), typed_day(self.valid_from, "valid_from")
        if outlet is None:
            return lambda: add_outlet(desk, name, kind=kind, grade=grade, address=address, valid_from=since)
        until = typed_day(self.valid_to, "valid_to")
        values: dict[str, object] = {
            "name": name.strip(),
            "kind": kind,
            "grade": grade,
            "address": address.strip(),
            "valid_from": since,
            "valid_to": until,
            "successor": outlet.successor if until else "",
        }
        changes = changed_only(outlet, values)
        return lambda: edit_outlet(desk, outlet.name, changes) if changes else Changes()


class CloseOutletDialog(Editor):
    """The last day of an outlet, and which one took over."""

    def __init__(
        self, ctx: Context, outlet: Outlet, others: Sequence[str], today: date, parent: QWidget
    ) -> None:
        super().__init__(ctx, _("Close {outlet}").format(outlet=outlet.name), parent, _("Close outlet"))
        self._outlet = outlet
        self.last_day = DateEdit(_("Last day"), ctx.desk.today)
        self.last_day.set_value(today)
        choices = [Choice(name, name) for name in others]
        self.successor = CodeCombo(_("Taken over by"), with_none(choices, _("no outlet")))
        self.successor.set_value("")
        self.form.add(_("Last day"), self.last_day, _("No longer offered from the day after"), "valid_to")
        self.form.add(_("Taken over by"), self.successor, key="successor")
        note = _("Its cases keep the name, and past summaries stay as they are.")
        self.inner.insertWidget(1, text_label(note, "hint", wrap=True))

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.organisation import edit_outlet

        desk, name = self.ctx.desk, self._outlet.name
        day = typed_day(self.last_day, "valid_to")
        if day is None:
            raise FieldRefusal("valid_to", say("this field is required"))
        changes: dict[str, object] = {"valid_to": day, "successor": self.successor.value()}
        return lambda: edit_outlet(desk, name, changes)
