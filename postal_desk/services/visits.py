"""Field visits 调研: the plan, the questions, the findings, and how a finding becomes a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from postal_desk.domain.changes import Changes
from postal_desk.domain.problems import ProblemRecord
from postal_desk.domain.record_forms import apply_record_changes
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.domain.visits import VISIT_FORM, Finding, Visit
from postal_desk.services.desk import Desk
from postal_desk.services.problems import PROBLEMS
from postal_desk.services.registers import RecordView, Register
from postal_desk.store.work import Work

__all__ = [
    "VISITS",
    "add_visits",
    "delete_visit",
    "edit_visit",
    "list_visits",
    "make_problem",
    "restore_visit",
    "show_visit",
]


def _check(desk: Desk, work: Work, visit: Visit) -> Visit:
    """The problems that findings became must exist; their numbers are written out."""
    findings = []
    for at, finding in enumerate(visit.findings, start=1):
        if finding.problem:
            try:
                number = PROBLEMS.found(desk, work, finding.problem).record.number
            except Refusal as refusal:
                raise FieldRefusal(f"findings[{at}].problem", refusal.sentence) from refusal
            finding = replace(finding, problem=number)
        findings.append(finding)
    return replace(visit, findings=tuple(findings))


VISITS: Register[Visit] = Register(
    VISIT_FORM, check=_check, missing=say("There is no field visit {number}; look it up in the list")
)


def add_visits(desk: Desk, visits: Sequence[Visit]) -> Changes:
    """Save new visits, all or none."""
    return VISITS.add(desk, visits)


def edit_visit(
    desk: Desk, number: str, changes: Mapping[str, object], revision: int | None = None
) -> Changes:
    """Change fields of a visit."""
    return VISITS.edit(desk, number, changes, revision)


def delete_visit(desk: Desk, number: str) -> Changes:
    """Put a visit into the recycle bin; the problems that it found stay."""
    return VISITS.delete(desk, number)


def restore_visit(desk: Desk, number: str) -> Changes:
    """Bring a visit back from the recycle bin."""
    return VISITS.restore(desk, number)


def show_visit(desk: Desk, number: str) -> RecordView[Visit]:
    """One visit with its history."""
    return VISITS.show(desk, number)


def list_visits(desk: Desk, limit: int = 0) -> list[Visit]:
    """The living visits, newest first."""
    return VISITS.all(desk, limit)


def make_problem(desk: Desk, number: str, at: int, given: Mapping[str, object] | None = None) -> Changes:
    """Make the finding ``at`` (from 1) of a visit a problem, in one commit; ``given`` are further fields of it.

    Text, place and day come from the finding and the visit. Refuses a finding that is a problem already.
    """
    with desk.work(write=True) as work:
        old = VISITS.found(desk, work, number)
        visit = old.record
        if not 1 <= at <= len(visit.findings):
            raise Refusal(
                say(
                    "{number} has {count} findings; name one of them",
                    number=visit.number,
                    count=len(visit.findings),
                )
            )
        finding = visit.findings[at - 1]
        if finding.problem:
            raise Refusal(say("This finding is a problem already: {number}", number=finding.problem))
        found = ProblemRecord(
            finding.text, "research", found_on=visit.visited_on, unit=visit.unit, outlet=visit.outlet
        )
        problem = PROBLEMS.place_new(
            desk, work, apply_record_changes(PROBLEMS.form, found, dict(given or {}))
        )
        findings = (
            *visit.findings[: at - 1],
            Finding(finding.text, problem.record.number),
            *visit.findings[at:],
        )
        new = VISITS.put(desk, work, old, replace(visit, findings=findings), None)
        changes = [PROBLEMS.change(None, problem), VISITS.change(old, new)]
        undo = desk.record(work, "problem.add", "problem", problem.record.number, changes=changes)
        work.commit()
    return Changes(
        records=(*PROBLEMS.named(problem.record.number), *VISITS.named(visit.number)),
        undo=undo,
        said=say("Saved {number}", number=problem.record.number),
    )
