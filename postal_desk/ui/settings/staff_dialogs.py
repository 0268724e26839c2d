"""Asking for a person, and for what becomes of the open cases of one who leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.changes import Changes
from postal_desk.domain.rules import current
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.settings.outlet_dialogs import typed_day
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor, changed_only
from postal_desk.ui.widgets.form import with_none

if TYPE_CHECKING:
    from postal_desk.services.organisation import Outlet, Staff


class StaffDialog(Editor):
    """A new person, or a change of ``person``."""

    def __init__(self, ctx: Context, person: Staff | None, parent: QWidget) -> None:
        super().__init__(ctx, _("Edit person") if person else _("Add person"), parent)
        self._person = person
        desk = ctx.desk
        positions = code_choices(current(desk.rules.codes["positions"].values(), desk.today()))
        self.name_field = QLineEdit()
        self.position = CodeCombo(_("Position"), with_none(positions, _("not given")))
        self.outlet = CodeCombo(_("Outlet"), with_none([], _("no outlet")))
        self.joined = DateEdit(_("Joined"), desk.today)
        self.left = DateEdit(_("Last day"), desk.today)
        twice = _("Two people of one name need something that tells them apart")
        self.form.add(_("Full name"), self.name_field, twice, "name")
        self.form.add(_("Position"), self.position, key="position")
        self.form.add(_("Outlet"), self.outlet, key="outlet")
        self.form.add(_("Joined"), self.joined, key="joined_on")
        self.position.set_value(person.position if person else "")
        self.outlet.set_value(person.outlet if person else "")
        if person is not None:
            self.name_field.setText(person.name)
            self.joined.set_value(person.joined_on)
            self.left.set_value(person.left_on)
        if person is not None and person.left_on is not None:
            self.form.add(_("Last day"), self.left, _("Empty it if the person is back"), "left_on")
        ctx.background.db(self._read_outlets, self._offer_outlets, owner=self)

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.organisation import add_staff, edit_staff

        desk, person = self.ctx.desk, self._person
        name, position, outlet = self.name_field.text(), self.position.value(), self.outlet.value()
        joined = typed_day(self.joined, "joined_on")
        if person is None:
            return lambda: add_staff(desk, name, position=position, outlet=outlet, joined_on=joined)
        values: dict[str, object] = {
            "name": name.strip(),
            "position": position,
            "outlet": outlet,
            "joined_on": joined,
            "left_on": typed_day(self.left, "left_on"),
        }
        changes = changed_only(person, values)
        return lambda: edit_staff(desk, person.name, changes) if changes else Changes()

    def _read_outlets(self) -> list[Outlet]:
        from postal_desk.services.organisation import list_outlets

        return list_outlets(self.ctx.desk, self.ctx.desk.today())

    def _offer_outlets(self, outlets: list[Outlet]) -> None:
        self.outlet.set_choices(with_none([Choice(o.name, o.name) for o in outlets], _("no outlet")))


class LeaveDialog(Editor):
    """The last day of a person. It says how many open cases there are and asks who takes them, all at once."""

    def __init__(
        self, ctx: Context, person: Staff, colleagues: Sequence[str], today: date, parent: QWidget
    ) -> None:
        super().__init__(ctx, _("{name} leaves").format(name=person.name), parent, _("Record leaving"))
        self._person = person
        self.last_day = DateEdit(_("Last day"), ctx.desk.today)
        self.last_day.set_value(today)
        self.colleague = CodeCombo(_("Hand over to"), [Choice(name, name) for name in colleagues])
        self.note = NoteBox(_("Counting the open cases…"))
        self.inner.insertWidget(0, self.note)
        self.form.add(_("Last day"), self.last_day, key="on")
        self.form.add(_("Hand over to"), self.colleague, key="hand_over_to")
        self.open_cases = 0
        self.save_button.setEnabled(False)
        ctx.background.db(self._count, self._counted, owner=self)

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.organisation import leave

        desk, name, colleague = self.ctx.desk, self._person.name, self.colleague.value()
        day = typed_day(self.last_day, "on")
        if day is None:
            raise FieldRefusal("on", say("this field is required"))
        if self.open_cases and not colleague:
            raise FieldRefusal("hand_over_to", say("name who takes the open cases"))
        return lambda: leave(desk, name, day, hand_over_to=colleague)

    def _count(self) -> int:
        from postal_desk.services.case_lists import count_cases

        counts = count_cases(self.ctx.desk, CaseFilter(handler=self._person.name))
        return counts.total - counts.closed

    def _counted(self, count: int) -> None:
        self.open_cases = count
        self.save_button.setEnabled(True)
        if count:
            told = _("Open cases handed over at once: {count}. Closed cases keep the name.").format(
                count=count
            )
            self.note.show_text(told, "attention")
            self.colleague.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.note.show_text(_("No open case; nothing has to be handed over. Closed cases keep the name."))
