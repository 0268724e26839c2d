"""How the page says states, days and numbers of measures and what belongs to them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from postal_desk.domain.measures import Due, Measure
from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, label

if TYPE_CHECKING:
    from postal_desk.services.measures import MeasureView

#: status of a measure → tone of its badge
MEASURE_TONES = {"planned": "neutral", "running": "attention", "finished": "good", "withdrawn": "neutral"}
PROBLEM_TONES = {"open": "bad", "answered": "attention", "solved": "good"}
VISIT_TONES = {"planned": "neutral", "made": "good"}
DECISION_TONES = {"pending": "attention", "exempted": "good", "upheld": "neutral"}


def short_number(number: str) -> str:
    """The number without the branch: ``M-2019-0003``."""
    return number.split("-", 1)[1] if "-" in number else number


def due_words(due: Due | None) -> str:
    """When a measure is to be done."""
    if due is None:
        return "—"
    if due.on is not None:
        return due.on.isoformat()
    return due.event or _("at once")


def status_words(view: MeasureView, rules: Rules) -> str:
    """The status, or that it is overdue."""
    return _("Overdue") if view.overdue else label(rules.name("measure_statuses", view.measure.status))


def status_tone(view: MeasureView) -> str:
    """The tone of :func:`status_words`."""
    return "bad" if view.overdue else MEASURE_TONES[view.measure.status]


def open_recheck(measure: Measure) -> date | None:
    """The day of the next re-check that nobody has done; only a finished measure has one."""
    if measure.status != "finished":
        return None
    return min((check.due for check in measure.rechecks if check.done_on is None), default=None)


def owner_words(measure: Measure) -> str:
    """Unit, person and who else answers for it."""
    return " · ".join(part for part in (measure.owner_unit, measure.owner, *measure.co_owners) if part) or "—"


def target_words(measure: Measure) -> str:
    """``3 → 1.5 hours``."""
    if not (measure.baseline or measure.target):
        return "—"
    return f"{measure.baseline or '—'} → {measure.target or '—'} {measure.unit}".strip()


def names_of(text: str) -> list[str]:
    """The names in a line, as people separate them."""
    for mark in "，,;；/":
        text = text.replace(mark, "、")
    return [name.strip() for name in text.split("、") if name.strip()]


def one_line(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())
