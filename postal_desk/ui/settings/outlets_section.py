"""The branch's outlets: what is in use, what is not any more, and who took over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from postal_desk.domain.rules import holds
from postal_desk.i18n import _, label
from postal_desk.services.organisation_words import grade_name, outlet_state
from postal_desk.ui.context import Context
from postal_desk.ui.settings.list_section import ListSection
from postal_desk.ui.settings.outlet_dialogs import CloseOutletDialog, OutletDialog
from postal_desk.ui.widgets.record_table import Column

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.organisation import Outlet


class OutletsSection(ListSection):
    """Add, edit, close with a successor. What is closed vanishes from pickers and stays in its cases."""

    name = "outlets"
    right = "outlet.edit"
    icon = "building-2"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, _("Add outlet"), _("Close outlet"), _("Also those no longer in use"))
        self.empty.show_text(
            _("No outlet yet"),
            _("A case names the outlet it happened at, and the monthly summary compares outlets."),
            _("Add outlet"),
            self.add,
        )

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Outlet"), lambda o: o.name, 170),
            Column(_("Type"), self._kind, 120),
            Column(_("Grade"), lambda o: grade_name(o.grade), 76, drop=3),
            Column(_("Address"), lambda o: o.address, drop=4),
            Column(_("Valid from"), lambda o: str(o.valid_from or ""), 94, drop=1),
            Column(_("Valid to"), lambda o: str(o.valid_to or ""), 94, drop=2),
            Column(_("Status"), self._state, 140, lambda o: "good" if self.holds(o) else "neutral"),
        ]

    def read(self, desk: Desk) -> list[Outlet]:
        from postal_desk.services.organisation import list_outlets

        return list_outlets(desk)

    def holds(self, row: Outlet) -> bool:
        return holds(row, self.today)

    def told(self, holding: int, ended: int) -> str:
        facts = _("{count} in use").format(count=holding)
        return facts + (" · " + _("{count} no longer in use").format(count=ended) if ended else "")

    def add(self) -> None:
        self.open_dialog(OutletDialog(self.ctx, None, self))

    def edit(self, row: Outlet) -> None:
        self.open_dialog(OutletDialog(self.ctx, row, self))

    def end(self, row: Outlet) -> None:
        others = [outlet.name for outlet in self.rows if outlet.id != row.id and self.holds(outlet)]
        self.open_dialog(CloseOutletDialog(self.ctx, row, others, self.today, self))

    def _kind(self, outlet: Outlet) -> str:
        return label(self.ctx.desk.rules.name("outlet_kinds", outlet.kind)) if outlet.kind else ""

    def _state(self, outlet: Outlet) -> str:
        return outlet_state(outlet, self.today)
