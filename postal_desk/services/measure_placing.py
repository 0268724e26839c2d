"""Giving a measure its place in the desk: number, the ids behind its names, the moments; and telling states apart.

Shared by everything that writes measures. Works inside one open work and commits nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from postal_desk.domain import measures as rules_of_measures
from postal_desk.domain.json_values import joined
from postal_desk.domain.measure_json import apply_measure_changes, measure_to_json, parse_measure_changes
from postal_desk.domain.measures import FINISHED, Measure
from postal_desk.domain.problems import PROBLEM_FORM, ProblemRecord, problem_of
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.services.case_links import linked_case
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import to_json
from postal_desk.services.organisation import resolve
from postal_desk.services.problems import PROBLEMS
from postal_desk.store import measure_records, organisation_records, record_store
from postal_desk.store.audit import Change
from postal_desk.store.measure_rows import PlacedMeasure
from postal_desk.store.record_rows import PlacedRecord
from postal_desk.store.uids import uuid7
from postal_desk.store.work import Work

T = TypeVar("T")
_OF_THE_DESK = ("number", "revision", "created_at", "changed_at")


class MeasurePlacer:
    """Places measures within one work."""

    def __init__(self, desk: Desk, work: Work) -> None:
        self._desk = desk
        self._work = work
        self._outlets = organisation_records.names(work, "outlets")
        self.moment = desk.moment()
        self.problem_changes: list[Change] = []  # what was written of problems, for the history
        self.problems: list[str] = []  # their numbers

    def new(self, measure: Measure, path: str = "") -> PlacedMeasure:
        """Place a new measure: it gets the next number of the year it counts from.

        The problem it answers becomes a record of its own, unless it names one. Refuses (under ``path``) unknown cases,
        outlets and problems, and a finished one that lacks something for finishing. A measure may bring
        ``created_at``.
        """
        measure = _named(path, lambda: self._checked(self._entered(measure)))
        problem = _named(path, lambda: self._problem_of(measure))
        measure = replace(measure, problem=problem.record.content, problem_number=problem.record.number)
        created = measure.created_at or self.moment
        measure = replace(measure, revision=1, created_at=created, changed_at=measure.changed_at or created)
        number = measure_records.take_number(self._work, self._desk.branch.prefix, measure.begun_on.year)
        return PlacedMeasure(
            replace(measure, number=number),
            measure_records.next_id(self._work),
            uuid7(),
            self._outlet_ids(measure),
            problem.id,
        )

    def changed(self, old: PlacedMeasure, measure: Measure) -> PlacedMeasure:
        """Place a changed measure: next revision, and what follows from its new content. A change of its problem is
        written to the problem's own record.
        """
        measure = self._checked(measure)
        if measure.problem_number != old.measure.problem_number:
            problem = self._problem_of(measure)
            old = replace(old, problem_id=problem.id)
            measure = replace(measure, problem=problem.record.content, problem_number=problem.record.number)
        elif old.problem_id is not None and measure.problem != old.measure.problem:
            self._rewrite_problem(old.problem_id, measure)
        measure = replace(measure, revision=old.measure.revision + 1, changed_at=self.moment)
        return replace(old, measure=measure, outlet_ids=self._outlet_ids(measure))

    def put(self, old: PlacedMeasure, values: Mapping[str, Any]) -> PlacedMeasure:
        """Place the measure with field values as its history keeps them; none of them: it did not exist, so it goes
        into the recycle bin.
        """
        if not values:
            values = {"deleted_at": self.moment}
        given = dict(values)
        deleted_at = given.pop("deleted_at", old.deleted_at)
        measure = apply_measure_changes(old.measure, parse_measure_changes(given, self._desk.rules))
        return replace(self.changed(old, measure), deleted_at=deleted_at)

    def _problem_of(self, measure: Measure) -> PlacedRecord[ProblemRecord]:
        """The problem that a measure names, or a new one made of what it says."""
        if measure.problem_number:
            try:
                return PROBLEMS.found(self._desk, self._work, measure.problem_number)
            except Refusal as refusal:
                raise FieldRefusal("problem_number", refusal.sentence) from refusal
        made = replace(
            problem_of(measure.problem),
            category=measure.category,
            clause=measure.clause,
            cases=measure.cases,
            created_at=measure.created_at,
        )
        placed = PROBLEMS.place_new(self._desk, self._work, made)
        self._told(None, placed)
        return placed

    def _rewrite_problem(self, problem_id: int, measure: Measure) -> None:
        old = record_store.by_id(self._work, PROBLEM_FORM, problem_id)
        if old is None:
            raise Refusal(
                say("There is no problem {number}; look it up in the list", number=measure.problem_number)
            )
        said = measure.problem
        unit = old.record.unit if said.unit == old.record.content.unit else said.unit
        record = replace(
            old.record,
            text=said.text,
            source=said.source,
            area=said.area,
            cause=said.cause,
            found_on=said.found_on,
            unit=unit,
        )
        self._told(old, PROBLEMS.put(self._desk, self._work, old, record, old.deleted_at))

    def _told(self, old: PlacedRecord[ProblemRecord] | None, new: PlacedRecord[ProblemRecord]) -> None:
        self.problem_changes.append(PROBLEMS.change(old, new))
        self.problems.append(new.record.number)

    def _entered(self, measure: Measure) -> Measure:
        measure = replace(measure, status=rules_of_measures.status_of_new(measure))
        if measure.status != FINISHED:
            return measure
        on = measure.finished_on or self._desk.today()
        return rules_of_measures.finished(measure, on, measure.rechecks or None)

    def _checked(self, measure: Measure) -> Measure:
        """Outlets must be in the list, cases of this desk must exist; their numbers are written out."""
        for at, outlet in enumerate(measure.outlets, start=1):
            resolve(self._work, "outlets", f"outlets[{at}]", outlet, self._outlets)
        if measure.status == FINISHED:
            rules_of_measures.check_finishable(measure)
        numbers = [
            linked_case(self._desk, self._work, number, f"cases[{at}]")
            for at, number in enumerate(measure.cases, start=1)
        ]
        return replace(measure, cases=tuple(dict.fromkeys(numbers)))

    def _outlet_ids(self, measure: Measure) -> tuple[int, ...]:
        return tuple(self._outlets[outlet] for outlet in measure.outlets)


def _named(path: str, make: Callable[[], T]) -> T:
    """What ``make`` makes; its refusals say which of several measures they are about."""
    try:
        return make()
    except FieldRefusal as refusal:
        raise FieldRefusal(joined(path, refusal.path), refusal.reason) from refusal
    except Refusal as refusal:
        raise (FieldRefusal(path, refusal.sentence) if path else refusal) from refusal


def measure_state(placed: PlacedMeasure) -> dict[str, Any]:
    """The content of a measure as JSON values, and whether it is in the recycle bin."""
    state = {
        name: value for name, value in measure_to_json(placed.measure).items() if name not in _OF_THE_DESK
    }
    if placed.problem_id is not None:
        del state["problem"]  # its own record keeps it
    return {**state, "deleted_at": placed.deleted_at}


def measure_change(old: PlacedMeasure | None, new: PlacedMeasure) -> Change:
    """The values behind a change, before and after: the fields that differ, all of them for a new measure."""
    after = measure_state(new)
    before = measure_state(old) if old is not None else {}
    names = [name for name in after if old is None or after[name] != before.get(name)]
    return Change(
        "measure",
        new.id,
        new.measure.revision,
        to_json({name: before[name] for name in names if name in before}) if old is not None else "",
        to_json({name: after[name] for name in names}),
    )
