"""Who handles cases: position, outlet, from when to when; who leaves hands the open cases over at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from postal_desk.i18n import _, label
from postal_desk.services.organisation_words import staff_state, works_here
from postal_desk.ui.context import Context
from postal_desk.ui.settings.list_section import ListSection
from postal_desk.ui.settings.staff_dialogs import LeaveDialog, StaffDialog
from postal_desk.ui.widgets.record_table import Column

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.organisation import Staff


class StaffSection(ListSection):
    """Who has left vanishes from pickers and stays in the cases."""

    name = "staff"
    right = "staff.edit"
    icon = "users"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, _("Add person"), _("Record leaving"), _("Former colleagues too"))
        self.empty.show_text(
            _("Nobody yet"),
            _("A case is handled by somebody of this list."),
            _("Add person"),
            self.add,
        )

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Full name"), lambda s: s.name, 130),
            Column(_("Position"), self._position, 150),
            Column(_("Outlet"), lambda s: s.outlet),
            Column(_("Joined"), lambda s: str(s.joined_on or ""), 100, drop=1),
            Column(_("Last day"), lambda s: str(s.left_on or ""), 100, drop=2),
            Column(_("Status"), self._state, 110, lambda s: "good" if self.holds(s) else "neutral"),
        ]

    def read(self, desk: Desk) -> list[Staff]:
        from postal_desk.services.organisation import list_staff

        return list_staff(desk)

    def holds(self, row: Staff) -> bool:
        return works_here(row, self.today)

    def told(self, holding: int, ended: int) -> str:
        facts = _("1 person") if holding == 1 else _("{count} people").format(count=holding)
        return facts + (" · " + _("{count} not here any more").format(count=ended) if ended else "")

    def add(self) -> None:
        self.open_dialog(StaffDialog(self.ctx, None, self))

    def edit(self, row: Staff) -> None:
        self.open_dialog(StaffDialog(self.ctx, row, self))

    def end(self, row: Staff) -> None:
        colleagues = [person.name for person in self.rows if person.id != row.id and self.holds(person)]
        self.open_dialog(LeaveDialog(self.ctx, row, colleagues, self.today, self))

    def _position(self, person: Staff) -> str:
        return label(self.ctx.desk.rules.name("positions", person.position)) if person.position else ""

    def _state(self, person: Staff) -> str:
        return staff_state(person, self.today)
