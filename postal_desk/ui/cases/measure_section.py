"""The measures that answer the case in front, in the record's quiet column; link one, or begin a new one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _, label
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.choice_popup import ChoicePopup, choose
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.side_rows import RowContent, SideSection

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from postal_desk.domain.cases import Case
    from postal_desk.domain.measures import Measure

_TONES = {"planned": "neutral", "running": "attention", "finished": "good", "withdrawn": "neutral"}
_NEW = "new"


class MeasureSection(QObject):
    """Fills :attr:`section`; ``show_case`` for another case."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx = ctx
        self.section = SideSection(_("Measures for this case"))
        self._case: Case | None = None
        self._editable = False
        self.popup: ChoicePopup | None = None
        ctx.changed.connect(self.refresh)

    def show_case(self, case: Case, editable: bool) -> None:
        """Read the measures of a case."""
        if self._case is None or self._case.number != case.number:
            self.section.fill([])
        self._case, self._editable = case, editable
        desk, number = self._ctx.desk, case.number

        def read() -> list[Measure]:
            from postal_desk.services.measures import measures_of_case

            return measures_of_case(desk, number)

        self._ctx.background.db(read, lambda found: self._show(number, found), owner=self)

    def refresh(self, changes: Changes) -> None:
        """Read again if measures were written; a change of the case comes with :meth:`show_case`."""
        if changes.measures and self._case is not None and self._case.number not in changes.cases:
            self.show_case(self._case, self._editable)

    def ask(self) -> None:
        """Offer every measure that is not linked yet, and a new one before them."""
        desk, case = self._ctx.desk, self._case
        if case is None:
            return

        def read() -> list[Measure]:
            from postal_desk.services.measures import list_measures

            return [view.measure for view in list_measures(desk) if case.number not in view.measure.cases]

        self._ctx.background.db(read, partial(self._offer, case.number), owner=self)

    def take(self, value: str) -> None:
        """Link the measure of that number, or begin a new one."""
        case = self._case
        if case is None:
            return
        if value == _NEW:
            given = {"cases": (case.number,), "category": case.category}
            given["outlets"] = (case.outlet,) if case.outlet else ()
            self._ctx.navigator.go("measures", view="measures", new=given)
            return
        from postal_desk.services.measures import link_case

        desk = self._ctx.desk
        self._ctx.write(lambda: link_case(desk, value, case.number))

    def _show(self, number: str, found: list[Measure]) -> None:
        if self._case is None or number != self._case.number:
            return
        rules, go = self._ctx.desk.rules, self._ctx.navigator.go
        rows = [
            RowContent(
                one.title,
                badge=(label(rules.name("measure_statuses", one.status)), _TONES[one.status]),
                badge_below=True,
                below=one.owner_unit or one.owner,
                pressed=partial(go, "measures", view="measures", number=one.number),
                spoken=f"{one.number} {one.title}",
                tip=one.title,
            )
            for one in found
        ]
        if self._editable:
            rows.append(RowContent(_("＋ Link or new measure"), pressed=self.ask))
        self.section.fill(rows)

    def _offer(self, number: str, found: list[Measure]) -> None:
        if self._case is None or number != self._case.number:
            return
        choices = [Choice(_NEW, _("New measure…"))]
        choices += [Choice(one.number, one.title, one.number.split("-", 1)[-1]) for one in found]
        self.popup = choose(self.section, _("A measure for this case"), choices, self.take, search=True)
