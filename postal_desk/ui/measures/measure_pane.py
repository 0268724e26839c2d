"""A measure beside its list: problem, progress against its target, effect, re-checks, cases, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from postal_desk.domain.attachments import MEASURE
from postal_desk.domain.measures import FINISHED, WITHDRAWN, Measure, as_number, share_reached
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.i18n import _, enumerate_words, label, tell
from postal_desk.reports.charts import Sparkline
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.measures.effect_panel import EffectPanel
from postal_desk.ui.measures.history_words import history_rows
from postal_desk.ui.measures.progress_line import ProgressLine
from postal_desk.ui.measures.record_pane import Act, Part, RecordPane, Shown
from postal_desk.ui.measures.target_bar import TargetBar
from postal_desk.ui.measures.words import (
    due_words,
    open_recheck,
    owner_words,
    short_number,
    status_tone,
    status_words,
    target_words,
)
from postal_desk.ui.role_guard import choose_words, offer
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.chart_view import ChartView
from postal_desk.ui.widgets.dressing import line
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.side_rows import RowContent

if TYPE_CHECKING:
    from postal_desk.domain.effects import EffectFigures
    from postal_desk.services.measures import MeasureView


class MeasurePane(RecordPane):
    """``case_asked``, ``problem_asked`` give numbers that somebody wants to see; ``month_asked`` a month's cases."""

    case_asked = Signal(str)
    problem_asked = Signal(str)
    unlink_asked = Signal(str)

    def __init__(self, ctx: Context) -> None:
        self.view: MeasureView | None = None
        self._ctx = ctx
        super().__init__(
            "lightbulb",
            (
                _("No measure chosen"),
                choose_words(ctx, _("Choose one in the list, or make a new one with Insert.")),
            ),
        )

    def _make(self) -> Iterator[None]:
        yield from super()._make()
        ctx = self._ctx
        self.effect = EffectPanel()
        self.add_below(self.effect)
        yield
        self.bar = TargetBar()
        self.series = ChartView(_("Values of the log"), 9, QSize(160, 34))
        self.log = text_label(wrap=True, selectable=True)
        self.add_below(self._progress())
        yield
        self.line = ProgressLine(lambda: ctx.desk.today())
        offer(ctx, "measure.progress", self.line)
        self.add_foot(self.line)
        self.add_foot(_gap())
        yield
        self.attachments = AttachmentPanel(ctx, MEASURE, _("Evidence"))
        self.add_beside(self.attachments)
        self.add_beside(line())
        yield

    def show_view(self, view: MeasureView, rules: Rules) -> None:
        """Show another measure, or another state of it; its effect follows with :meth:`show_effect`."""
        measure = view.measure
        same = self.view is not None and self.view.measure.number == measure.number
        self.view = view
        if not same:
            self.line.note.hide()
            self.line.details.setVisible(self.line.text.hasFocus())
            self.effect.hide()
        self.show_record(self._shown(view, rules))
        self._show_progress(measure)
        self.line.show_unit(measure.unit)
        self.line.setVisible(measure.status not in (WITHDRAWN,))
        self.attachments.show_record(measure.number)

    def show_effect(self, figures: EffectFigures | None) -> None:
        """The figures have been counted."""
        if self.view is not None:
            measure = self.view.measure
            asks = measure.status != WITHDRAWN and measure.problem.area in ("", "customer_service")
            self.effect.show_figures(figures, bool(measure.category) or not asks)

    def refuse_progress(self, error: Exception) -> None:
        """An entry was refused."""
        if isinstance(error, FieldRefusal):
            self.line.refuse(tell(error.reason))
        elif isinstance(error, Refusal):
            self.line.refuse(tell(error.sentence))
        else:
            self._ctx.tell_fault(error)

    # -- inside --------------------------------------------------------------------------------------

    def _shown(self, view: MeasureView, rules: Rules) -> Shown:
        measure = view.measure
        kind = label(rules.name("measure_kinds", measure.kind))
        badges = [(status_words(view, rules), status_tone(view)), (kind, "neutral")]
        if view.overdue and measure.status != FINISHED:
            badges.insert(1, (label(rules.name("measure_statuses", measure.status)), "attention"))
        return Shown(
            measure.number,
            measure.title,
            badges,
            self._acts_of(view),
            self._facts(measure, rules),
            self._parts(view, rules),
            self._side_of(view, rules),
        )

    def _acts_of(self, view: MeasureView) -> list[Act]:
        measure = view.measure
        acts = []
        if measure.status in ("planned", "running"):
            acts.append(Act(_("Finish"), "finish", "Ctrl+Return"))
        if open_recheck(measure) is not None:
            acts.append(Act(_("Re-check"), "recheck", "Ctrl+R"))
        return [*acts, Act(_("Edit"), "edit", "Alt+E"), Act(_("More"), "more", "Alt+Down")]

    def _facts(self, measure: Measure, rules: Rules) -> list[tuple[str, str]]:
        in_force = measure.effective_on
        outlets = enumerate_words(measure.outlets) or (_("all outlets") if measure.category else "—")
        return [
            (_("Responsible"), owner_words(measure)),
            (_("Due"), due_words(measure.due)),
            (_("Target"), target_words(measure)),
            (_("Category"), label(rules.category_name(measure.category)) if measure.category else "—"),
            (_("Outlets"), outlets),
            (_("In force since"), in_force.isoformat() if in_force else "—"),
            (_("Term"), measure.term or "—"),
            (_("Clause"), measure.clause or "—"),
            (_("Finished"), measure.finished_on.isoformat() if measure.finished_on else "—"),
        ]

    def _parts(self, view: MeasureView, rules: Rules) -> list[Part]:
        measure, problem = view.measure, view.measure.problem
        where = " · ".join(
            part
            for part in (
                label(rules.name("problem_sources", problem.source)) if problem.source else "",
                label(rules.name("problem_areas", problem.area)) if problem.area else "",
                problem.unit,
                problem.found_on.isoformat() if problem.found_on else "",
            )
            if part
        )
        texts = [problem.text, where]
        if problem.cause:
            texts.insert(1, _("Cause: {cause}").format(cause=problem.cause))
        link = None
        if measure.problem_number:
            number = measure.problem_number
            link = (short_number(number), lambda: self.problem_asked.emit(number))
        parts = [Part(_("Problem"), tuple(text for text in texts if text), link)]
        if measure.effect.verdict:
            told = (measure.effect.verdict, measure.effect.text)
            parts.append(Part(_("Effect, as judged"), tuple(text for text in told if text)))
        elif view.missing and measure.status in ("planned", "running"):
            needed = enumerate_words(tell(part) for part in view.missing)
            parts.append(
                Part("", (_("To finish it, still missing: {needed}").format(needed=needed),), hint=True)
            )
        return parts

    def _side_of(self, view: MeasureView, rules: Rules) -> list[tuple[str, list[RowContent]]]:
        measure = view.measure
        today = self._ctx.desk.today()
        checks = []
        for check in measure.rechecks:
            if check.done_on is not None:
                checks.append(RowContent(check.done_on.isoformat(), check.result, (_("done"), "good")))
            elif measure.status == FINISHED:
                late = check.due <= today
                words = _("due") if late else _("to come")
                checks.append(
                    RowContent(check.due.isoformat(), "", (words, "attention" if late else "neutral"))
                )
        cases = [
            RowContent(
                short_case(number, self._ctx.desk.branch.prefix), pressed=self._case(number), spoken=number
            )
            for number in measure.cases
        ]
        cases.append(RowContent(_("＋ Link a case"), pressed=lambda: self.asked.emit("link")))
        proof = [RowContent(text, tip=text) for text in measure.evidence]
        return [
            (_("Evidence"), proof),
            (_("Re-checks"), checks),
            (_("Linked cases"), cases),
            (_("Changes"), history_rows(view.history)),
        ]

    def _case(self, number: str) -> Callable[[], object]:
        return lambda: self.case_asked.emit(number)

    def _progress(self) -> QWidget:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, looks.px(6))
        box.setSpacing(looks.px(4))
        box.addWidget(text_label(_("Progress"), "heading"))
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        row.addWidget(self.bar, 1)
        row.addWidget(self.series)
        box.addLayout(row)
        box.addWidget(self.log)
        return whole

    def _show_progress(self, measure: Measure) -> None:
        share = share_reached(measure)
        values = [entry.value for entry in measure.progress if entry.value]
        self.bar.show_share(share, values[-1] if values else measure.baseline, measure)
        self.bar.setVisible(share is not None)
        numbers = [number for value in values if (number := as_number(value)) is not None]
        start = as_number(measure.baseline)
        if start is not None and numbers and numbers[0] != start:
            numbers.insert(0, start)
        self.series.setVisible(len(numbers) > 1)
        self.series.show_chart(Sparkline(tuple(round(number * 100) for number in numbers)))
        lines = []
        for entry in reversed(measure.progress):
            value = f"{entry.value} {measure.unit}".strip() if entry.value else ""
            lines.append("  ".join(part for part in (entry.on.isoformat(), value, entry.text) if part))
        self.log.setText("\n".join(lines) or _("Nothing is on record yet; write down below what was done."))


def short_case(number: str, prefix: str) -> str:
    """The part of a case's number after the branch's own."""
    return number.removeprefix(f"{prefix}-")


def _gap() -> QWidget:
    made = QWidget()
    made.setFixedHeight(looks.px(12))
    return made
