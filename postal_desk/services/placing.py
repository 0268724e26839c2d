"""Giving a case its place in the desk: number, status, due days, the ids behind its names.

Shared by everything that writes cases. Works inside one open work and commits nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from postal_desk.domain import numbering, states
from postal_desk.domain.cases import Case, Relation, Step
from postal_desk.domain.deadlines import reply_dues
from postal_desk.domain.json_values import joined
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import resolve
from postal_desk.store import bulk, case_records, numbers, organisation_records
from postal_desk.store.case_rows import Placed
from postal_desk.store.uids import uuid7
from postal_desk.store.work import Work


class Placer:
    """Places cases within one work; looks names and numbers up once."""

    def __init__(self, desk: Desk, work: Work) -> None:
        self._desk = desk
        self._work = work
        self._series = numbers.series_id(work, desk.branch.prefix)
        self._outlets = organisation_records.names(work, "outlets")
        self._staff = organisation_records.names(work, "staff")
        self.moment = desk.moment()

    def new(
        self, cases: Sequence[Case], added_by: int | None = None, *, checked: bool = True
    ) -> list[Placed]:
        """Place new cases: each gets the next number of its month, in the order given.

        ``checked=False`` is for generated cases that bring their status and are known to be sound. A refusal names
        the case (``[3].outlet``) if there are several. A case may bring ``created_at`` and ``changed_at``.
        """
        if checked:
            cases = [
                self._entered(case, f"[{at}]" if len(cases) > 1 else "") for at, case in enumerate(cases, 1)
            ]
        months = Counter(str(Month.of(case.opened_on)) for case in cases)
        following = {
            month: numbers.take(self._work, self._series, month, count) for month, count in months.items()
        }
        first_id, branch = bulk.next_case_id(self._work), self._desk.branch
        placed = []
        for at, case in enumerate(cases):
            opened, month = case.opened_on, str(Month.of(case.opened_on))
            sequence = following[month]
            following[month] = sequence + 1
            created = case.created_at or self.moment
            numbered = replace(
                case,
                number=numbering.format_number(
                    branch.code, opened.year, opened.month, sequence, branch.letter
                ),
                revision=1,
                created_at=created,
                changed_at=case.changed_at or created,
            )
            placed.append(
                Placed(
                    numbered,
                    first_id + at,
                    uuid7(),
                    numbers.sort_key(opened, self._series, month, sequence),
                    self._outlets[case.outlet] if case.outlet else None,
                    self._staff[case.handler] if case.handler else None,
                    self.dues(case),
                    added_by,
                )
            )
        return placed

    def changed(self, old: Placed, case: Case) -> Placed:
        """Place a changed case: next revision, and what follows from its new content."""
        case = self._checked(case, "")
        case = replace(case, revision=old.case.revision + 1, changed_at=self.moment)
        moved = case.opened_on != old.case.opened_on
        return replace(
            old,
            case=case,
            sort_key=numbers.key_of_number(self._work, case.number, case.opened_on)
            if moved
            else old.sort_key,
            outlet_id=self._outlets[case.outlet] if case.outlet else None,
            handler_id=self._staff[case.handler] if case.handler else None,
            dues=self.dues(case),
        )

    def dues(self, case: Case) -> tuple[date, date] | None:
        """First and last day on which the reply clocks of a case run out."""
        return reply_dues(case, self._desk.rules, self._desk.branch.code)

    def _entered(self, case: Case, path: str) -> Case:
        try:
            case = dated_by_steps(case)
            case = self._checked(replace(case, status=states.status_of_new(case, self._desk.rules)), path)
            if case.closed_on is not None:
                states.check_closable(case)
        except FieldRefusal as refusal:
            inside = refusal.path if refusal.path.startswith(path) else joined(path, refusal.path)
            raise FieldRefusal(inside, refusal.reason) from refusal
        except Refusal as refusal:
            raise (FieldRefusal(path, refusal.sentence) if path else refusal) from refusal
        return case

    def _checked(self, case: Case, path: str) -> Case:
        """Names must be in the lists, related cases must exist."""
        resolve(self._work, "outlets", joined(path, "outlet"), case.outlet, self._outlets)
        resolve(self._work, "staff", joined(path, "handler"), case.handler, self._staff)
        if not case.related:
            return case
        related = [
            self._relation(r, case, joined(path, f"related[{at}]")) for at, r in enumerate(case.related, 1)
        ]
        return replace(case, related=tuple(dict.fromkeys(related)))

    def _relation(self, relation: Relation, case: Case, path: str) -> Relation:
        try:
            number = str(numbering.parse_number(relation.number, self._desk.branch.code))
        except Refusal as refusal:
            raise FieldRefusal(joined(path, "number"), refusal.sentence) from refusal
        if number == case.number:
            raise FieldRefusal(joined(path, "number"), say("a case can't be related to itself"))
        own = number.startswith(f"{self._desk.branch.prefix}-")
        if own and case_records.by_number(self._work, number) is None:
            raise FieldRefusal(joined(path, "number"), say("there is no case {number}", number=number))
        return Relation(number, relation.kind)


def dated_by_steps(case: Case, steps: Sequence[Step] | None = None) -> Case:
    """The case with the days that its steps (or only the given ones) tell and nobody entered: accepted, answered."""
    for step in case.steps if steps is None else steps:
        if step.day < case.opened_on:
            continue
        if step.status == "accepted" and case.accepted_on is None:
            case = replace(case, accepted_on=step.day)
        if step.status == "answered" and case.answered_on is None:
            case = replace(case, answered_on=step.day)
    return case
