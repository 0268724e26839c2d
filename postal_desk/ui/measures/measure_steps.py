"""Dialogs for single steps of a measure: finish it, re-check it, withdraw it, link a case, enter volumes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.effects import VERDICTS, effect_sentence
from postal_desk.domain.measure_json import parse_measure_changes, parse_recheck
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _, tell
from postal_desk.ui.context import Context
from postal_desk.ui.measures.fields import LinesEdit, day_of, refusing_by_root
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor

if TYPE_CHECKING:
    from postal_desk.domain.effects import EffectFigures
    from postal_desk.domain.measures import Measure


class FinishDialog(Editor):
    """Finishing needs evidence and a judged effect; the branch's own figures are proposed as the judgement, and the
    names of the attached ``files`` as the evidence.
    """

    def __init__(
        self,
        ctx: Context,
        measure: Measure,
        figures: EffectFigures | None,
        files: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(ctx, _("Finish {title}").format(title=measure.title), parent, _("Finish"))
        self._measure = measure
        self.evidence = LinesEdit(_("Evidence"), 3)
        self.verdict = QLineEdit()
        self.text = LinesEdit(_("Effect, in figures or reasons"), 3)
        self.on = DateEdit(_("Finished on"), ctx.desk.today)
        self.on.set_value(ctx.desk.today())
        if measure.evidence:
            kept = _("{count} on record already; add more here").format(count=len(measure.evidence))
        elif files:
            kept = _("Files attached: {count}. Say what they prove").format(count=len(files))
            self.evidence.setPlainText("\n".join(files))
        else:
            kept = _("What proves that it was carried out; one line each")
        self.form.add(_("Evidence"), self.evidence, kept, "evidence")
        self.form.add(_("Verdict"), self.verdict, _("In a few words"), "effect")
        self.form.add(_("Effect"), self.text, key="effect.text")
        self.form.add(_("Finished on"), self.on, key="finished_on")
        self.verdict.setText(measure.effect.verdict)
        self.text.setPlainText(measure.effect.text)
        note = _("It will be looked at again after 3 and 12 months.")
        if figures is not None:
            told = tell(effect_sentence(figures))
            note = f"{told}\n{note}"
            if not measure.effect.verdict and figures.compared is not None:
                self.verdict.setText(tell(VERDICTS[figures.verdict]))
                self.text.setPlainText(told)
        self.note = NoteBox(note)
        self.inner.insertWidget(0, self.note)

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.measures import finish_measure

        desk, number = self.ctx.desk, self._measure.number
        on = day_of(self.on, "finished_on")
        lines = [line.strip() for line in self.evidence.toPlainText().splitlines() if line.strip()]
        if not (lines or self._measure.evidence):
            raise FieldRefusal("evidence", say("say what proves that it was carried out"))
        if not self.verdict.text().strip():
            raise FieldRefusal("effect", say("judge the effect in a few words"))
        effect = {"verdict": self.verdict.text(), "text": self.text.toPlainText()}
        given = {"evidence": lines, "effect": effect, "finished_on": on.isoformat() if on else None}
        finishing = parse_measure_changes(given, desk.rules)
        return lambda: finish_measure(desk, number, finishing)

    def refused(self, error: Exception) -> None:
        super().refused(refusing_by_root(error))


class RecheckDialog(Editor):
    """What a re-check found: whether the effect has lasted."""

    def __init__(
        self, ctx: Context, measure: Measure, figures: EffectFigures | None, parent: QWidget
    ) -> None:
        super().__init__(ctx, _("Re-check {title}").format(title=measure.title), parent)
        self._measure = measure
        waiting = sorted(check.due for check in measure.rechecks if check.done_on is None)
        self.due = CodeCombo(_("Re-check due"), [Choice(day.isoformat(), day.isoformat()) for day in waiting])
        self.due.set_value(waiting[0].isoformat() if waiting else "")
        self.done_on = DateEdit(_("Done on"), ctx.desk.today)
        self.done_on.set_value(ctx.desk.today())
        self.outcome = LinesEdit(_("Result"), 4)
        self.form.add(_("Result"), self.outcome, _("Has the effect lasted?"), "result")
        self.form.add(_("Done on"), self.done_on, key="done_on")
        self.form.add(_("Re-check due"), self.due, key="due")
        if figures is not None:
            self.inner.insertWidget(0, NoteBox(tell(effect_sentence(figures))))

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.measures import recheck_measure

        desk, number = self.ctx.desk, self._measure.number
        done = day_of(self.done_on, "done_on")
        given = {
            "due": self.due.value() or None,
            "done_on": done.isoformat() if done else None,
            "result": self.outcome.toPlainText(),
        }
        due, done_on, result = parse_recheck(given, desk.rules, desk.today())
        return lambda: recheck_measure(desk, number, done_on, result, due)


class WithdrawDialog(Editor):
    """Why a measure is given up."""

    def __init__(self, ctx: Context, measure: Measure, parent: QWidget) -> None:
        super().__init__(ctx, _("Withdraw {title}").format(title=measure.title), parent, _("Withdraw"))
        self._number = measure.number
        self.reason = LinesEdit(_("Reason"), 3)
        self.form.add(_("Reason"), self.reason, _("Goes into its log"), "reason")

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.measures import withdraw_measure

        desk, number, reason = self.ctx.desk, self._number, self.reason.toPlainText().strip()
        return lambda: withdraw_measure(desk, number, reason)


class LinkDialog(Editor):
    """Which case the measure answers too."""

    def __init__(self, ctx: Context, measure: Measure, parent: QWidget) -> None:
        super().__init__(ctx, _("Link a case with {title}").format(title=measure.title), parent, _("Link"))
        self._number = measure.number
        self.case = QLineEdit()
        self.form.add(_("Case"), self.case, _("Its number; 2019-07-0044 will do"), "cases")

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.measures import link_case

        desk, number, case = self.ctx.desk, self._number, self.case.text().strip()
        if not case:
            raise FieldRefusal("cases", say("this field is required"))
        return lambda: link_case(desk, number, case)

    def refused(self, error: Exception) -> None:
        super().refused(refusing_by_root(error))


class VolumeDialog(Editor):
    """How many items were carried in a month, so that rates can be told."""

    def __init__(self, ctx: Context, outlets: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(ctx, _("Items carried in a month"), parent)
        self.month = QLineEdit(str(Month.of(ctx.desk.today()).previous))
        self.items = QLineEdit()
        choices = [Choice("", _("the whole branch")), *(Choice(name, name) for name in outlets)]
        self.outlet = CodeCombo(_("Outlet"), choices)
        self.outlet.set_value(outlets[0] if len(outlets) == 1 else "")
        self.form.add(_("Month"), self.month, _("As 2019-07"), "month")
        self.form.add(_("Items"), self.items, _("Empty takes the figure away"), "items")
        self.form.add(_("Outlet"), self.outlet, key="outlet")

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.volumes import set_volume

        desk, outlet, typed = self.ctx.desk, self.outlet.value(), self.items.text().replace(",", "").strip()
        month = Month.parse(self.month.text())
        if typed and not (typed.isascii() and typed.isdecimal()):
            raise FieldRefusal("items", say("a whole number is expected"))
        items = int(typed) if typed else None
        return lambda: set_volume(desk, month, items, outlet)
