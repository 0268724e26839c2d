"""The measures, errors and recurrences that a month's summary names."""

from __future__ import annotations

from datetime import date

from postal_desk.domain.effects import line_of
from postal_desk.domain.error_records import ERROR_FORM
from postal_desk.domain.measures import FINISHED, WITHDRAWN, Measure, months_later
from postal_desk.domain.rules import Rules, current
from postal_desk.domain.sentences import Label
from postal_desk.domain.summary_records import DONE, DUE, NEW, OVERDUE, CalledLine, ErrorLine, MeasureLine
from postal_desk.services.desk import Desk
from postal_desk.services.effects import effects_within
from postal_desk.services.recurrences import board_within
from postal_desk.store import measure_records, record_store
from postal_desk.store.work import Work

_EFFECT_MONTHS = 12  # so long after its finishing a measure's effect is still told


def measure_lines(work: Work, first: date, last: date, as_of: date) -> tuple[MeasureLine, ...]:
    """The measures that were new, due or finished in the span or are overdue on ``as_of``, and those whose effect can
    be counted; in the order of their numbers.
    """
    measures = [placed.measure for placed in work.once(measure_records.listed)]
    telling = [measure for measure in measures if _tells(measure, as_of)]
    effects = dict(zip((m.number for m in telling), effects_within(work, telling, as_of), strict=True))
    lines = []
    for measure in sorted(measures, key=lambda one: one.number):
        states, figures = _states(measure, first, last, as_of), effects.get(measure.number)
        if states or figures is not None:
            lines.append(
                MeasureLine(
                    measure.number,
                    measure.title,
                    measure.owner_unit or measure.owner,
                    states,
                    measure.due.on if measure.due else None,
                    measure.finished_on,
                    measure.effect.verdict,
                    line_of(figures) if figures is not None else None,
                )
            )
    return tuple(lines)


def _states(measure: Measure, first: date, last: date, as_of: date) -> tuple[str, ...]:
    """As ``measure_records.counts`` counts them."""
    due = measure.due.on if measure.due else None
    found = {
        NEW: first <= measure.begun_on <= last,
        DUE: due is not None and first <= due <= last and measure.status != WITHDRAWN,
        DONE: measure.finished_on is not None and first <= measure.finished_on <= last,
        OVERDUE: measure.overdue(as_of),
    }
    return tuple(state for state, holds in found.items() if holds)


def _tells(measure: Measure, as_of: date) -> bool:
    """True for a measure at work, or finished not too long ago."""
    if measure.status == WITHDRAWN or measure.begun_on > as_of:
        return False
    if measure.status != FINISHED or measure.finished_on is None:
        return True
    return as_of <= months_later(measure.finished_on, _EFFECT_MONTHS)


def error_lines(work: Work, rules: Rules, first: date, last: date) -> tuple[ErrorLine, ...]:
    """The errors of the span, oldest first."""
    names = {rule.key: rule.name for rule in rules.error_exemptions}
    found = [placed.record for placed in record_store.listed(work, ERROR_FORM)]
    return tuple(
        ErrorLine(one.number, one.staff, one.on, one.decision, names.get(one.ground))
        for one in sorted(found, key=lambda one: (one.on, one.number))
        if first <= one.on <= last
    )


def called_lines(desk: Desk, work: Work, until: date) -> tuple[CalledLine, ...]:
    """The problems at the limit within the rolling months that end with ``until``, and who answers for each."""
    if not current(desk.rules.recurrence, until):
        return ()
    board = board_within(desk, work, until)
    return tuple(
        CalledLine(
            row.found.outlet,
            desk.rules.category_name(row.found.category) if row.found.category else _clause(row.found.clause),
            row.found.times,
            row.item.person if row.item else "",
            row.item is not None and not row.item.open,
        )
        for row in board.rows
        if row.crossed
    )


def _clause(clause: str) -> Label:
    return Label(clause, clause)
