"""The sample desk's field visit, measures and errors: at their own days, or moved by whole months into the period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from postal_desk import paths
from postal_desk.domain.error_records import ERROR_FORM, PENDING, ErrorRecord
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.measures import FINISHED, RUNNING, Effect, Measure, months_later
from postal_desk.domain.periods import Month
from postal_desk.domain.record_forms import parse_record
from postal_desk.domain.rules import Rules
from postal_desk.domain.visits import VISIT_FORM, Finding
from postal_desk.services import organisation
from postal_desk.services.desk import Desk
from postal_desk.services.error_records import add_errors
from postal_desk.services.measures import add_measures
from postal_desk.services.visits import VISITS
from postal_desk.store.seeding import load_story

_MONTHS_AT_WORK = (
    5  # the measures begin so many months before the period's last one, so that it shows them at work
)


def add_sample_records(desk: Desk, months: Sequence[Month], as_of: date) -> None:
    """Save the ten measures with the visit that found their problems, and the errors, as they stood on ``as_of``.

    Nothing is saved that lies after ``as_of``.
    """
    own = Month.of(sample_measures(desk.rules)[0].begun_on)
    shift = shift_of(own, months)
    measures = [
        on_day(moved(measure, shift), as_of)
        for measure in sample_measures(desk.rules)
        if months_later(measure.begun_on, shift) <= as_of
    ]
    if not measures:
        return
    saved = add_measures(desk, measures, "measure.demo")
    visit = parse_record(VISIT_FORM, _shifted(_story("field_visit")["visit"], shift), desk.rules)
    found = [number for _kind, number in saved.records]
    findings = tuple(
        Finding(measure.problem.text, number) for measure, number in zip(measures, found, strict=True)
    )
    created = f"{visit.visited_on}T09:00:00"
    VISITS.add(desk, [replace(visit, findings=findings, created_at=created)], "visit.demo")
    _add_errors(desk, shift, as_of)


def sample_measures(rules: Rules) -> list[Measure]:
    """The ten measures, at their own days: made on the day on which the problem was found."""
    content: Any = _story("ten_measures")["measures"]
    found = [parse_measure(measure, rules, f"[{at}]") for at, measure in enumerate(content, start=1)]
    return [replace(measure, created_at=f"{measure.problem.found_on}T09:00:00") for measure in found]


def shift_of(own: Month, months: Sequence[Month]) -> int:
    """By how many months the records move: not at all if their own month lies in the period."""
    if own in months or not months:
        return 0
    wanted = months[max(0, len(months) - 1 - _MONTHS_AT_WORK)]
    return (wanted.year - own.year) * 12 + wanted.month - own.month


def moved(measure: Measure, shift: int) -> Measure:
    """The measure so many months later."""
    problem, due = measure.problem, measure.due
    found = _later(problem.found_on, shift)
    return replace(
        measure,
        problem=replace(problem, found_on=found),
        due=replace(due, on=_later(due.on, shift)) if due is not None else None,
        progress=tuple(replace(entry, on=months_later(entry.on, shift)) for entry in measure.progress),
        rechecks=tuple(replace(check, due=months_later(check.due, shift)) for check in measure.rechecks),
        finished_on=_later(measure.finished_on, shift),
        created_at=f"{found}T09:00:00",
    )


def on_day(measure: Measure, day: date) -> Measure:
    """The measure as it stood on a day: without what came later."""
    progress = tuple(entry for entry in measure.progress if entry.on <= day)
    if measure.status == FINISHED and measure.finished_on is not None and measure.finished_on > day:
        measure = replace(measure, status=RUNNING, finished_on=None, effect=Effect(), evidence=())
    return replace(measure, progress=progress)


def _add_errors(desk: Desk, shift: int, as_of: date) -> None:
    content = _story("errors")
    newcomers: Any = content["newcomers"]
    for person in newcomers:
        joined = months_later(date.fromisoformat(person["joined_on"]), shift)
        organisation.add_staff(
            desk, person["name"], position=person["position"], outlet=person["outlet"], joined_on=joined
        )
    listed: Any = content["errors"]
    errors = [parse_record(ERROR_FORM, _shifted(error, shift), desk.rules) for error in listed]
    shown = [_error_on(error, as_of) for error in errors if error.on <= as_of]
    add_errors(desk, [replace(error, created_at=f"{error.on}T17:00:00") for error in shown], "error.demo")


def _error_on(error: ErrorRecord, day: date) -> ErrorRecord:
    """The error as it stood on a day: not accepted and not decided yet, where that came later."""
    if error.accepted_on is not None and error.accepted_on > day:
        error = replace(error, accepted_by="", accepted_on=None)
    if error.decided_on is not None and error.decided_on > day:
        error = replace(error, decision=PENDING, decided_by="", decided_on=None, reason="")
    return error


def _story(name: str) -> dict[str, Any]:
    return load_story(paths.seeds(), name)


def _shifted(record: Any, shift: int) -> dict[str, Any]:
    """A record's values with its days so many months later."""
    return {
        key: months_later(date.fromisoformat(value), shift).isoformat()
        if key == "on" or key.endswith("_on")
        else value
        for key, value in record.items()
    }


def _later(day: date | None, shift: int) -> date | None:
    return None if day is None else months_later(day, shift)
