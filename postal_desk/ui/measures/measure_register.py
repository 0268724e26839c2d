"""The register of measures: list, record, and everything that is done with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.changes import Changes
from postal_desk.domain.measure_json import parse_progress
from postal_desk.domain.measures import FINISHED, WITHDRAWN
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal
from postal_desk.i18n import _, label
from postal_desk.ui.context import Context
from postal_desk.ui.measures.measure_dialog import MeasureDialog
from postal_desk.ui.measures.measure_pane import MeasurePane
from postal_desk.ui.measures.measure_steps import (
    FinishDialog,
    LinkDialog,
    RecheckDialog,
    VolumeDialog,
    WithdrawDialog,
)
from postal_desk.ui.measures.register_view import Empty, RegisterView
from postal_desk.ui.measures.words import due_words, open_recheck, short_number, status_tone, status_words
from postal_desk.ui.widgets.chip import Chip, FilterChip
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.record_table import Column

if TYPE_CHECKING:
    from postal_desk.domain.effects import EffectFigures
    from postal_desk.services.desk import Desk
    from postal_desk.services.measures import MeasureView


class MeasureRegister(RegisterView):
    """The measures, newest first."""

    name = "measures"

    def __init__(self, ctx: Context) -> None:
        self.status = FilterChip(_("Status"), self._statuses)
        self.area = FilterChip(
            _("Area"), lambda: code_choices(ctx.desk.rules.codes["problem_areas"].values())
        )
        self.kind = FilterChip(
            _("Kind"), lambda: code_choices(ctx.desk.rules.codes["measure_kinds"].values())
        )
        self.overdue = Chip(_("Overdue"))
        self.recheck = Chip(_("To be re-checked"))
        self.record = MeasurePane(ctx)
        self.figures: EffectFigures | None = None
        super().__init__(ctx, self.record, _("Measures"))
        for chip in (self.status, self.area, self.kind):
            chip.changed.connect(lambda _value: self.draw())
        for toggle in (self.overdue, self.recheck):
            toggle.toggled.connect(lambda _on: self.draw())
        self.record.case_asked.connect(lambda number: ctx.navigator.go("cases", number=number))
        self.record.problem_asked.connect(
            lambda number: ctx.navigator.go("measures", view="problems", number=number)
        )

    def _make_parts(self) -> Iterator[None]:
        yield from super()._make_parts()
        self.record.line.save_asked.connect(self._save_progress)
        self.record.effect.month_asked.connect(self._open_month)

    # -- the list ------------------------------------------------------------------------------------

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Number"), lambda v: short_number(v.measure.number), 98),
            Column(_("Measure"), lambda v: v.measure.title, room=190),
            Column(_("Owner unit"), lambda v: v.measure.owner_unit, 92, drop=1),
            Column(_("Due"), lambda v: due_words(v.measure.due), 92, drop=2),
            Column(_("Status"), lambda v: status_words(v, self.ctx.desk.rules), 76, status_tone),
        ]

    def read(self, desk: Desk) -> list[MeasureView]:
        from postal_desk.services.measures import list_measures

        return list_measures(desk)

    def key(self, row: MeasureView) -> str:
        return row.measure.number

    def searched(self, row: MeasureView) -> str:
        measure = row.measure
        parts = (
            measure.number,
            measure.title,
            measure.problem.text,
            measure.problem.cause,
            measure.owner_unit,
            measure.owner,
            *measure.co_owners,
            *measure.outlets,
            *measure.cases,
        )
        return "\n".join(parts)

    def keeps(self, row: MeasureView) -> bool:
        measure = row.measure
        due = open_recheck(measure)
        return (
            self.status.value in ("", measure.status)
            and self.area.value in ("", measure.problem.area)
            and self.kind.value in ("", measure.kind)
            and (row.overdue or not self.overdue.isChecked())
            and (not self.recheck.isChecked() or (due is not None and due <= self.ctx.desk.today()))
        )

    def faded(self, row: MeasureView) -> bool:
        return row.measure.status == WITHDRAWN

    def chips(self) -> Sequence[QWidget]:
        return (self.status, self.area, self.kind, self.overdue, self.recheck)

    def nothing(self) -> Empty:
        return Empty(
            "lightbulb",
            _("No measure on record yet"),
            _("A measure answers a problem: who does what until when, and whether it helped."),
            _("New measure"),
        )

    def told(self) -> str:
        finished = sum(1 for row in self.shown if row.measure.status == FINISHED)
        overdue = sum(1 for row in self.shown if row.overdue)
        return _("Measures: {total} · finished: {finished} · overdue: {overdue}").format(
            total=len(self.shown), finished=finished, overdue=overdue
        )

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.measures or changes.records or changes.cases or changes.volumes or changes.rules)

    # -- the record ----------------------------------------------------------------------------------

    def load(self, number: str) -> None:
        from postal_desk.services.effects import effect_of_measure
        from postal_desk.services.measures import show_measure

        desk = self.ctx.desk

        def read() -> tuple[MeasureView, EffectFigures | None]:
            view = show_measure(desk, number)
            return view, effect_of_measure(desk, view.measure)

        self.ctx.background.db(read, self._show, lambda error: self.failed(number, error), self)

    def enter(self) -> None:
        self.record.line.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: tuple[MeasureView, EffectFigures | None]) -> None:
        view, figures = found
        if view.measure.number != self.number:
            return  # somebody has moved on
        self.figures = figures
        self.record.show_view(view, self.ctx.desk.rules)
        self.record.show_effect(figures)
        self.record_shown()

    def refresh(self, changes: Changes) -> None:
        super().refresh(changes)
        self.record.attachments.refresh(changes)

    # -- what is done --------------------------------------------------------------------------------

    def add(self) -> None:
        self.open_dialog(MeasureDialog(self.ctx, None, self))

    def add_with(self, given: dict[str, Any]) -> None:
        self.open_dialog(MeasureDialog(self.ctx, None, self, given))

    def save(self) -> bool:
        self.record.line.save()
        return True

    def act(self, name: str) -> None:
        view = self.record.view
        if view is None or view.measure.number != self.number:
            return
        measure = view.measure
        if name == "edit":
            self.open_dialog(MeasureDialog(self.ctx, measure, self))
        elif name == "finish":
            self.open_dialog(
                FinishDialog(
                    self.ctx,
                    measure,
                    self.figures,
                    [file.name for file in self.record.attachments.files],
                    self,
                )
            )
        elif name == "recheck":
            self.open_dialog(RecheckDialog(self.ctx, measure, self.figures, self))
        elif name == "link":
            self.open_dialog(LinkDialog(self.ctx, measure, self))
        elif name == "more":
            self._more(view)

    def _more(self, view: MeasureView) -> None:
        from postal_desk.services.measures import delete_measure, edit_measure

        desk, measure = self.ctx.desk, view.measure
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if measure.status in (FINISHED, WITHDRAWN):
            menu.addAction(
                _("Set running again"),
                lambda: self.ctx.write(lambda: edit_measure(desk, measure.number, {"status": "running"})),
            )
        if measure.status != WITHDRAWN:
            menu.addAction(_("Withdraw…"), lambda: self.open_dialog(WithdrawDialog(self.ctx, measure, self)))
        menu.addAction(
            _("Items carried…"), lambda: self.open_dialog(VolumeDialog(self.ctx, measure.outlets, self))
        )
        menu.addAction(_("Delete"), lambda: self.ctx.write(lambda: delete_measure(desk, measure.number)))
        button = self.record._buttons["more"]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _save_progress(self, typed: dict[str, object]) -> None:
        from postal_desk.services.measures import add_progress

        number, desk = self.number, self.ctx.desk
        try:
            entry = parse_progress(typed, desk.rules, desk.today())
        except Refusal as refusal:
            self.record.refuse_progress(refusal)
            return
        self.ctx.write(
            lambda: add_progress(desk, number, [entry]),
            lambda _changes: self.record.line.saved(),
            self.record.refuse_progress,
            self,
        )

    def _open_month(self, key: str) -> None:
        view = self.record.view
        if view is None:
            return
        month, measure = Month.parse(key), view.measure
        outlet = measure.outlets[0] if len(measure.outlets) == 1 else ""
        wanted = CaseFilter(
            opened_from=month.first, opened_to=month.last, category=measure.category, outlet=outlet
        )
        self.ctx.navigator.go("cases", filter=wanted)

    def _statuses(self) -> list[Choice]:
        rules = self.ctx.desk.rules
        return [
            Choice(code, label(rules.name("measure_statuses", code)))
            for code in rules.codes["measure_statuses"]
        ]
