"""What is done with measures. Each writing function is one user action and one commit, and returns what it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from postal_desk.domain import measures as rules_of_measures
from postal_desk.domain.changes import Changes
from postal_desk.domain.measure_json import apply_measure_changes
from postal_desk.domain.measures import FINISHED, PLANNED, RUNNING, WITHDRAWN, Measure, Progress, Recheck
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.services.case_reading import HistoryLine
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import from_json
from postal_desk.services.measure_placing import MeasurePlacer, measure_change
from postal_desk.services.problems import PROBLEMS
from postal_desk.store import audit, measure_records
from postal_desk.store.measure_rows import PlacedMeasure
from postal_desk.store.work import Work

__all__ = [
    "MeasureView",
    "add_measures",
    "add_progress",
    "delete_measure",
    "edit_measure",
    "finish_measure",
    "link_case",
    "list_measures",
    "measures_of_case",
    "recheck_measure",
    "restore_measure",
    "show_measure",
    "unlink_case",
    "withdraw_measure",
]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with what today adds. ``missing`` is what finishing still needs; a list leaves ``history`` empty."""

    measure: Measure
    overdue: bool
    missing: tuple[Sentence, ...] = ()
    history: tuple[HistoryLine, ...] = ()


def add_measures(desk: Desk, measures: Sequence[Measure], action: str = "measure.add") -> Changes:
    """Save new measures, all or none, in one commit; number and status are given here.

    Refuses (naming the measure by its place from 1, if there are several) unknown cases, unknown outlets with the
    nearest names, and a finished measure without evidence or a judged effect.
    """
    if not measures:
        return Changes()
    with desk.work(write=True) as work:
        placer = MeasurePlacer(desk, work)
        placed = []
        for at, measure in enumerate(measures, start=1):
            placed.append(placer.new(measure, f"[{at}]" if len(measures) > 1 else ""))
            measure_records.insert_measure(work, placed[-1])
        numbers = tuple(one.measure.number for one in placed)
        undo = desk.record(
            work,
            action,
            "measure",
            numbers[0] if len(numbers) == 1 else f"{numbers[0]} … {numbers[-1]}",
            count=len(numbers),
            changes=[*placer.problem_changes, *(measure_change(None, one) for one in placed)],
        )
        work.commit()
    said = (
        say("Saved {number}", number=numbers[0])
        if len(numbers) == 1
        else say("Saved {count} measures", count=len(numbers))
    )
    linked = dict.fromkeys(number for one in placed for number in one.measure.cases)
    problems = PROBLEMS.named(*placer.problems)
    return Changes(cases=tuple(linked), measures=numbers, records=problems, undo=undo, said=said)


def list_measures(desk: Desk, status: str = "", overdue: bool = False, limit: int = 0) -> list[MeasureView]:
    """Measures, newest first by the day they count from, then the number; ``limit`` 0 is all."""
    today = desk.today()
    with desk.work() as work:
        found = measure_records.listed(work, status, today if overdue else None, limit)
    return [_view(placed.measure, today) for placed in found]


def measures_of_case(desk: Desk, case: str) -> list[Measure]:
    """The living measures that answer a case, in number order."""
    with desk.work() as work:
        numbers = measure_records.numbers_of_cases(work, [case]).get(case, ())
        found = [measure_records.by_number(work, number) for number in numbers]
    return [placed.measure for placed in found if placed is not None]


def show_measure(desk: Desk, number: str) -> MeasureView:
    """One measure by number (``M-2019-0003`` will do). Refuses an unknown and a deleted one."""
    with desk.work() as work:
        placed = _found(desk, work, number)
        rows = audit.of_record(work, "measure", placed.id)
    history = tuple(HistoryLine(row.at, row.who, row.action, row.fields, row.id) for row in rows)
    return replace(_view(placed.measure, desk.today()), history=history)


def edit_measure(
    desk: Desk, number: str, changes: Mapping[str, object], revision: int | None = None
) -> Changes:
    """Change fields (values as ``parse_measure_changes`` gives them), the status among them if the move is allowed.

    With ``revision`` the edit is refused if somebody saved the measure since it was read. Finishing is no edit; a
    finished measure that runs again keeps its evidence and loses its day of finishing.
    """

    def edited(measure: Measure) -> Measure:
        given = dict(changes)
        new = given.get("status") or measure.status
        try:
            rules_of_measures.check_move(measure.status, str(new), desk.rules)
        except Refusal as refusal:
            raise FieldRefusal("status", refusal.sentence) from refusal
        if measure.status == FINISHED != new:
            given["finished_on"] = None
        elif measure.status == FINISHED and given.get("finished_on", measure.finished_on) is None:
            raise FieldRefusal("finished_on", say("a finished measure keeps its day of finishing"))
        return apply_measure_changes(measure, given)

    return _change(desk, number, "measure.edit", edited, say("Saved {number}"), revision)


def add_progress(desk: Desk, number: str, entries: Sequence[Progress]) -> Changes:
    """Add entries to the log, which stays in the order of days. A planned measure is running from then on."""

    def progressed(measure: Measure) -> Measure:
        if measure.status == WITHDRAWN:
            raise Refusal(say("{number} was withdrawn; set it running first", number=measure.number))
        log = tuple(sorted((*measure.progress, *entries), key=lambda entry: entry.on))
        return replace(measure, progress=log, status=RUNNING if measure.status == PLANNED else measure.status)

    return _change(desk, number, "measure.progress", progressed, say("Progress saved in {number}"))


def finish_measure(desk: Desk, number: str, finishing: Mapping[str, object]) -> Changes:
    """Finish a measure with what ``finishing`` adds to it; ``finished_on`` is today unless given.

    Evidence and progress are added to what is on record; ``rechecks``, if given, stand in place of those at 3 and 12
    months. Refuses, naming everything, what finishing still needs: evidence, a judged effect.
    """

    def done(measure: Measure) -> Measure:
        given: dict[str, Any] = dict(finishing)
        if measure.status == FINISHED:
            raise Refusal(say("{number} is finished already; to change it, edit it", number=measure.number))
        if measure.status == WITHDRAWN:
            raise Refusal(say("{number} was withdrawn; set it running first", number=measure.number))
        if given.pop("status", FINISHED) != FINISHED:
            raise FieldRefusal("status", say("finishing leads to “finished”; leave the status out"))
        on = cast("date | None", given.pop("finished_on", None)) or desk.today()
        rechecks = cast("tuple[Recheck, ...]", given.pop("rechecks", None) or ())
        evidence = (*measure.evidence, *(given.pop("evidence", None) or ()))
        progress = (*measure.progress, *(given.pop("progress", None) or ()))
        given["evidence"] = tuple(dict.fromkeys(evidence))
        given["progress"] = tuple(sorted(progress, key=lambda entry: entry.on))
        new = apply_measure_changes(measure, given)
        # once more with its last state, so that the order of the days is checked
        return apply_measure_changes(rules_of_measures.finished(new, on, rechecks or None), {})

    return _change(desk, number, "measure.finish", done, say("Finished {number}"))


def recheck_measure(desk: Desk, number: str, done_on: date, result: str, due: date | None = None) -> Changes:
    """Write down what a re-check found: the one due on ``due``, by default the earliest that is open."""

    def checked(measure: Measure) -> Measure:
        return rules_of_measures.rechecked(measure, done_on, result, due)

    return _change(desk, number, "measure.recheck", checked, say("Re-check saved in {number}"))


def link_case(desk: Desk, number: str, case: str) -> Changes:
    """Name a case among those that a measure answers."""

    def linked(measure: Measure) -> Measure:
        return replace(measure, cases=(*measure.cases, case))

    return _change(desk, number, "measure.link", linked, say("Linked with {number}"))


def unlink_case(desk: Desk, number: str, case: str) -> Changes:
    """Take a case out of those that a measure answers."""

    def unlinked(measure: Measure) -> Measure:
        return replace(measure, cases=tuple(one for one in measure.cases if one != case))

    return _change(desk, number, "measure.unlink", unlinked, say("No longer linked with {number}"))


def withdraw_measure(desk: Desk, number: str, reason: str = "") -> Changes:
    """Give a measure up; the reason, if there is one, goes into its log."""

    def withdrawn(measure: Measure) -> Measure:
        rules_of_measures.check_move(measure.status, WITHDRAWN, desk.rules)
        log = (*measure.progress, Progress(desk.today(), text=reason)) if reason else measure.progress
        log = tuple(sorted(log, key=lambda entry: entry.on))
        return replace(measure, status=WITHDRAWN, finished_on=None, progress=log)

    return _change(desk, number, "measure.withdraw", withdrawn, say("Withdrawn {number}"))


def delete_measure(desk: Desk, number: str) -> Changes:
    """Put a measure into the recycle bin."""
    return _moved(desk, number, "measure.delete", desk.moment(), say("Deleted {number}"))


def restore_measure(desk: Desk, number: str) -> Changes:
    """Bring a measure back from the recycle bin."""
    return _moved(desk, number, "measure.restore", None, say("Brought back {number}"))


def _moved(desk: Desk, number: str, action: str, deleted_at: str | None, said: Sentence) -> Changes:
    with desk.work(write=True) as work:
        old = _found(desk, work, number, deleted=deleted_at is None)
        new = replace(MeasurePlacer(desk, work).changed(old, old.measure), deleted_at=deleted_at)
        measure_records.replace(work, old, new)
        whole = old.measure.number
        undo = desk.record(work, action, "measure", whole, changes=[measure_change(old, new)])
        work.commit()
    return Changes(
        cases=new.measure.cases,
        measures=(whole,),
        records=PROBLEMS.named(*_linked(new)),
        undo=undo,
        said=Sentence(said.msgid, {"number": whole}),
    )


def _view(measure: Measure, today: date) -> MeasureView:
    finished = measure.status == FINISHED
    missing = () if finished else rules_of_measures.missing_for_finishing(measure)
    return MeasureView(measure, measure.overdue(today), missing)


def _found(desk: Desk, work: Work, number: str, deleted: bool = False) -> PlacedMeasure:
    wanted = rules_of_measures.full_number(number, desk.branch.prefix)
    placed = measure_records.by_number(work, wanted)
    if placed is None or (placed.deleted_at is not None) != deleted:
        raise Refusal(say("There is no measure {number}; look it up in the list", number=wanted))
    return placed


def _change(
    desk: Desk,
    number: str,
    action: str,
    change: Callable[[Measure], Measure],
    said: Sentence,
    revision: int | None = None,
) -> Changes:
    """Change one measure in one commit. ``said`` gets the number."""
    with desk.work(write=True) as work:
        old = _found(desk, work, number)
        whole = old.measure.number
        if revision is not None and revision != old.measure.revision:
            raise Refusal(say("{number} was changed meanwhile; look at it again, then save", number=whole))
        placer = MeasurePlacer(desk, work)
        new = placer.changed(old, change(old.measure))
        difference = measure_change(old, new)
        sentence = Sentence(said.msgid, {"number": whole})
        own = tuple(from_json(difference.after))
        fields = (*own, *(("problem",) if placer.problem_changes else ()))
        if not fields:
            return Changes(said=sentence)
        changes = list(placer.problem_changes)
        if own:  # a change of the problem alone is kept by the problem
            measure_records.replace(work, old, new)
            changes.append(difference)
        undo = desk.record(work, action, "measure", whole, fields=fields, changes=changes)
        work.commit()
    linked = dict.fromkeys((*old.measure.cases, *new.measure.cases))
    problems = PROBLEMS.named(*dict.fromkeys((*placer.problems, *_linked(old, new))))
    return Changes(cases=tuple(linked), measures=(whole,), records=problems, undo=undo, said=sentence)


def _linked(*states: PlacedMeasure) -> list[str]:
    """The problems that these states of a measure answer: their status hangs on it."""
    return [state.measure.problem_number for state in states if state.measure.problem_number]
