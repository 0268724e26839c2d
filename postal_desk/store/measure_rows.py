"""A measure as rows of the tables, and back. One place for both ways, so that they stay each other's inverse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from postal_desk.domain.measures import Due, Effect, Measure, Problem, Progress, Recheck
from postal_desk.store.column_values import day, iso

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PlacedMeasure:
    """A measure with what the desk gives it beside its content; ``outlet_ids`` in the order of its outlets."""

    measure: Measure
    id: int
    uid: bytes
    outlet_ids: tuple[int, ...] = ()
    problem_id: int | None = None
    deleted_at: str | None = None


#: The lists of a measure: table → columns after ``position``.
PART_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "measure_owners": ("name",),
    "measure_progress": ("on", "value", "text"),
    "measure_evidence": ("text",),
    "rechecks": ("due", "done_on", "result"),
    "measure_cases": ("number",),
    "measure_outlets": ("outlet_id",),
}


def measure_values(placed: PlacedMeasure) -> dict[str, Any]:
    """The row of ``measures``."""
    measure, problem, due = placed.measure, placed.measure.problem, placed.measure.due or Due()
    return {
        "id": placed.id,
        "uid": placed.uid,
        "revision": measure.revision,
        "created_at": measure.created_at,
        "changed_at": measure.changed_at,
        "deleted_at": placed.deleted_at,
        "number": measure.number,
        "status": measure.status,
        "kind": measure.kind,
        "title": measure.title,
        "problem": problem.text,
        "source": problem.source,
        "area": problem.area,
        "cause": problem.cause,
        "found_on": iso(problem.found_on),
        "found_at": problem.unit,
        "owner_unit": measure.owner_unit,
        "owner": measure.owner,
        "baseline": measure.baseline,
        "target": measure.target,
        "unit": measure.unit,
        "due_on": iso(due.on),
        "due_event": due.event,
        "at_once": int(due.at_once),
        "term": measure.term,
        "verdict": measure.effect.verdict,
        "effect": measure.effect.text,
        "category": measure.category,
        "clause": measure.clause,
        "begun_on": iso(measure.begun_on),
        "finished_on": iso(measure.finished_on),
        "problem_id": placed.problem_id,
        "in_force_on": iso(measure.in_force_on),
    }


def part_rows(placed: PlacedMeasure) -> dict[str, list[Row]]:
    """The rows of each list, by table, in order."""
    measure = placed.measure
    return {
        "measure_owners": [(name,) for name in measure.co_owners],
        "measure_progress": [(iso(p.on), p.value, p.text) for p in measure.progress],
        "measure_evidence": [(text,) for text in measure.evidence],
        "rechecks": [(iso(r.due), iso(r.done_on), r.result) for r in measure.rechecks],
        "measure_cases": [(number,) for number in measure.cases],
        "measure_outlets": [(outlet,) for outlet in placed.outlet_ids],
    }


def placed_of(
    row: Any,
    parts: Mapping[str, Sequence[Row]],
    outlets: Mapping[int, str],
    problems: Mapping[int, str],
) -> PlacedMeasure:
    """The measure of a row of ``measures`` and the rows of its lists; ``outlets`` gives names by id, ``problems``
    numbers.
    """
    outlet_ids = tuple(outlet for (outlet,) in parts["measure_outlets"])
    measure = Measure(
        title=row.title,
        problem=Problem(row.problem, row.source, row.area, row.cause, day(row.found_on), row.found_at),
        kind=row.kind,
        owner_unit=row.owner_unit,
        owner=row.owner,
        co_owners=tuple(name for (name,) in parts["measure_owners"]),
        baseline=row.baseline,
        target=row.target,
        unit=row.unit,
        due=_due(row),
        term=row.term,
        progress=tuple(Progress(date.fromisoformat(on), v, t) for on, v, t in parts["measure_progress"]),
        evidence=tuple(text for (text,) in parts["measure_evidence"]),
        effect=Effect(row.verdict, row.effect),
        rechecks=tuple(Recheck(date.fromisoformat(d), day(done), r) for d, done, r in parts["rechecks"]),
        cases=tuple(number for (number,) in parts["measure_cases"]),
        category=row.category,
        outlets=tuple(outlets[outlet] for outlet in outlet_ids),
        clause=row.clause,
        status=row.status,
        finished_on=day(row.finished_on),
        problem_number=problems.get(row.problem_id, ""),
        in_force_on=day(row.in_force_on),
        number=row.number,
        revision=row.revision,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
    return PlacedMeasure(measure, row.id, row.uid, outlet_ids, row.problem_id, row.deleted_at)


def _due(row: Any) -> Due | None:
    due = Due(day(row.due_on), row.due_event, bool(row.at_once))
    return None if due == Due() else due
