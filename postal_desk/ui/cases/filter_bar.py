"""The chips over the list: each shows and changes one part of the filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.i18n import _, label
from postal_desk.ui import looks
from postal_desk.ui.cases.filter_words import (
    OPEN,
    month_of,
    period_words,
    rest_words,
    status_value,
    status_words,
    statuses_of,
    without_rest,
)
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.widgets.chip import Chip, FilterChip
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.flow_layout import FlowLayout

_MONTHS = 60


class FilterBar(QWidget):
    """``changed`` gives the new filter after somebody used a chip; :meth:`show_filter` shows one set
    elsewhere.
    """

    changed = Signal(object)
    views_asked = Signal()
    keep_asked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._filter = CaseFilter()
        self._outlets: list[Choice] = []
        self._staff: list[Choice] = []
        self.month = FilterChip(_("Month"), self._months)
        self.status = FilterChip(_("Status"), self._statuses)
        self.category = FilterChip(_("Category"), self._categories)
        self.outlet = FilterChip(_("Outlet"), lambda: self._outlets)
        self.handler = FilterChip(_("Handler"), lambda: self._staff)
        self.overdue = Chip(_("Overdue"))
        self.fraud = Chip(_("Suspected fraud"))
        self.rest = FilterChip(_("More"), list)
        self.rest.clicked.disconnect()
        self.rest.clicked.connect(self.rest.clear)
        self.bin = FilterChip(_("Recycle bin"), list)
        self.bin.clicked.disconnect()
        self.bin.clicked.connect(self.bin.clear)
        self.views = Chip(_("Views"), checkable=False)
        self.views.show_arrow(True)
        self.keep = Chip(_("Save as view"), checkable=False)
        offer(ctx, "view.save", self.keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(8))
        chips = QWidget()
        flow = FlowLayout(chips, looks.px(9))
        for chip in self._left():
            flow.addWidget(chip)
        row.addWidget(chips, 1)
        row.addWidget(self.views)
        row.addWidget(self.keep)
        self._connect()
        self.show_filter(CaseFilter())

    def show_filter(self, filter: CaseFilter) -> None:
        """Show a filter; nothing is emitted."""
        self._filter = filter
        has_desk = self._ctx.has_desk
        period = period_words(filter, self._ctx.desk.today()) if has_desk else ""
        self.month.show_value(_period_value(filter), period)
        status = status_value(filter)
        self.status.show_value(
            status, status_words(status, self._ctx.desk.rules) if has_desk and status else ""
        )
        category = self._ctx.desk.rules.categories.get(filter.category) if has_desk else None
        self.category.show_value(filter.category, label(category.name) if category else filter.category)
        self.outlet.show_value(filter.outlet, filter.outlet)
        self.handler.show_value(filter.handler, filter.handler)
        self.overdue.setChecked(filter.overdue)
        self.fraud.setChecked(filter.fraud)
        rest = rest_words(filter, self._ctx.desk.rules) if has_desk else ""
        self.rest.show_value("rest" if rest else "", rest)
        self.rest.setVisible(bool(rest))
        self.bin.show_value("bin" if filter.deleted else "", _("Recycle bin"))
        self.bin.setVisible(filter.deleted)

    def load_lists(self) -> None:
        """Read outlets and staff (they change)."""
        desk = self._ctx.desk

        def read() -> tuple[list[Any], list[Any]]:
            from postal_desk.services.organisation import list_outlets, list_staff

            return list_outlets(desk, desk.today()), list_staff(desk, desk.today())

        self._ctx.background.db(read, self._keep_lists, owner=self)

    def staff_choices(self) -> Sequence[Choice]:
        """The staff of today, as a list to choose from."""
        return self._staff

    def _left(self) -> tuple[Chip, ...]:
        shown = (self.month, self.status, self.category, self.outlet, self.handler, self.overdue, self.fraud)
        return (*shown, self.rest, self.bin)

    def _connect(self) -> None:
        self.month.changed.connect(self._set_period)
        self.status.changed.connect(lambda value: self._set(statuses=statuses_of(value)))
        self.category.changed.connect(lambda value: self._set(category=value))
        self.outlet.changed.connect(lambda value: self._set(outlet=value))
        self.handler.changed.connect(lambda value: self._set(handler=value))
        self.overdue.toggled.connect(lambda on: self._set(overdue=on))
        self.fraud.toggled.connect(lambda on: self._set(fraud=on))
        self.rest.changed.connect(lambda _value: self._take(without_rest(self._filter)))
        self.bin.changed.connect(lambda _value: self._set(deleted=False))
        self.views.clicked.connect(self.views_asked)
        self.keep.clicked.connect(self.keep_asked)

    def _set(self, **parts: Any) -> None:
        self._take(replace(self._filter, **parts))

    def _set_period(self, value: str) -> None:
        from postal_desk.domain.periods import Month

        first, _dash, last = value.partition("/")
        if not value:
            self._set(opened_from=None, opened_to=None)
        else:
            self._set(opened_from=Month.parse(first).first, opened_to=Month.parse(last or first).last)

    def _take(self, filter: CaseFilter) -> None:
        if filter != self._filter:
            self.show_filter(filter)
            self.changed.emit(filter)

    def _keep_lists(self, lists: tuple[list[Any], list[Any]]) -> None:
        outlets, staff = lists
        self._outlets = [Choice(outlet.name, outlet.name) for outlet in outlets]
        self._staff = [Choice(person.name, person.name, person.outlet) for person in staff]

    def _months(self) -> list[Choice]:
        from postal_desk.domain.periods import Month, months_until

        this = Month.of(self._ctx.desk.today())
        months = list(reversed(months_until(this, _MONTHS)))
        years = sorted({month.first.year for month in months}, reverse=True)
        spans = [
            Choice(str(this), _("This month"), str(this)),
            Choice(str(this.previous), _("Last month"), str(this.previous)),
            Choice(f"{this.plus(-2)}/{this}", _("Last three months")),
        ]
        whole = [Choice(f"{year}-01/{year}-12", _("Year {year}").format(year=year)) for year in years]
        return spans + whole + [Choice(str(month), label(month.label), str(month)) for month in months[2:]]

    def _statuses(self) -> list[Choice]:
        codes = self._ctx.desk.rules.codes["statuses"].values()
        return [Choice(OPEN, _("Not closed")), *code_choices(codes)]

    def _categories(self) -> list[Choice]:
        from postal_desk.domain.rules import current

        rules, today = self._ctx.desk.rules, self._ctx.desk.today()
        valid = sorted(current(rules.categories.values(), today), key=lambda category: category.code)
        return [Choice(c.code, label(rules.category_name(c.code)), c.code[:2]) for c in valid]


def _period_value(filter: CaseFilter) -> str:
    month = month_of(filter)
    if month is not None:
        return str(month)
    if filter.opened_from is None and filter.opened_to is None:
        return ""
    return f"{filter.opened_from}/{filter.opened_to}"
