"""Problems as records of their own, with the measures that answer them and the field visit that found them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postal_desk.domain.changes import Changes
from postal_desk.domain.problems import PROBLEM_FORM, ProblemRecord, status_of
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services.case_reading import HistoryLine
from postal_desk.services.desk import Desk
from postal_desk.services.registers import Register
from postal_desk.store import measure_records, record_queries, record_store
from postal_desk.store.record_rows import PlacedRecord
from postal_desk.store.work import Work

__all__ = [
    "PROBLEMS",
    "ProblemView",
    "add_problems",
    "delete_problem",
    "edit_problem",
    "list_problems",
    "restore_problem",
    "show_problem",
]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem with the living measures that answer it, its status by them, and the visit that found it.

    A list leaves ``history`` empty.
    """

    record: ProblemRecord
    measures: tuple[str, ...]
    status: str
    visit: str = ""
    history: tuple[HistoryLine, ...] = ()


def _bound(work: Work, placed: PlacedRecord[ProblemRecord]) -> None:
    answering = tuple(number for number, _status in measure_records.of_problems(work).get(placed.id, []))
    if answering:
        raise Refusal(
            say(
                "{number} is answered by {measures}; delete these first, or link them with another problem",
                number=placed.record.number,
                measures=answering,
            )
        )


def _written(work: Work, placed: PlacedRecord[ProblemRecord]) -> None:
    measure_records.copy_problem(work, placed.id, placed.record.content)


PROBLEMS: Register[ProblemRecord] = Register(
    PROBLEM_FORM,
    say("There is no problem {number}; look it up in the list"),
    bound=_bound,
    written=_written,
)


def add_problems(desk: Desk, problems: Sequence[ProblemRecord]) -> Changes:
    """Save new problems, all or none."""
    return PROBLEMS.add(desk, problems)


def edit_problem(
    desk: Desk, number: str, changes: Mapping[str, object], revision: int | None = None
) -> Changes:
    """Change fields of a problem; the measures that answer it show the new content."""
    return PROBLEMS.edit(desk, number, changes, revision)


def delete_problem(desk: Desk, number: str) -> Changes:
    """Put a problem into the recycle bin. Refuses one that a living measure answers."""
    return PROBLEMS.delete(desk, number)


def restore_problem(desk: Desk, number: str) -> Changes:
    """Bring a problem back from the recycle bin."""
    return PROBLEMS.restore(desk, number)


def show_problem(desk: Desk, number: str) -> ProblemView:
    """One problem with its history."""
    found = PROBLEMS.show(desk, number)
    with desk.work() as work:
        placed = PROBLEMS.found(desk, work, found.record.number)
        return _view(placed, _answers(work), record_queries.visits_of_problems(work), found.history)


def list_problems(desk: Desk, status: str = "", limit: int = 0) -> list[ProblemView]:
    """The living problems, newest first; ``status`` (``open answered solved``) keeps those of one status."""
    with desk.work() as work:
        answers, visits = _answers(work), record_queries.visits_of_problems(work)
        found = [_view(placed, answers, visits) for placed in record_store.listed(work, PROBLEM_FORM)]
    kept = [view for view in found if not status or view.status == status]
    return kept[:limit] if limit else kept


def _answers(work: Work) -> dict[int, list[tuple[str, str]]]:
    return measure_records.of_problems(work)


def _view(
    placed: PlacedRecord[ProblemRecord],
    answers: Mapping[int, Sequence[tuple[str, str]]],
    visits: Mapping[str, str],
    history: tuple[HistoryLine, ...] = (),
) -> ProblemView:
    of_it = answers.get(placed.id, ())
    status = status_of(tuple(status for _number, status in of_it))
    visit = visits.get(placed.record.number, "")
    return ProblemView(placed.record, tuple(number for number, _status in of_it), status, visit, history)
