"""What is done to cases. Each function is one user action and one commit, and returns what it changed.

Reading is in ``case_reading`` (whole cases) and ``case_lists`` (rows of a list).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from postal_desk.domain import states
from postal_desk.domain.case_json import apply_changes, case_to_json
from postal_desk.domain.cases import Case, Step
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.services import copies
from postal_desk.services.case_reading import (
    CaseView,
    HistoryLine,
    RelatedCase,
    found_case,
    full_number,
    iter_cases,
    iter_views,
    read_cases,
    read_views,
    show_case,
)
from postal_desk.services.closed_months import closed_month_warnings
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import to_json
from postal_desk.services.placing import Placer, dated_by_steps
from postal_desk.services.warnings_on_saving import day_warnings, item_warnings
from postal_desk.store import attachment_records, bulk, case_records, draft_records
from postal_desk.store.audit import Change
from postal_desk.store.batches import batches
from postal_desk.store.case_rows import Placed
from postal_desk.store.work import Work

__all__ = [
    "CaseView",
    "HistoryLine",
    "RelatedCase",
    "add_cases",
    "add_step",
    "add_steps",
    "assign_cases",
    "begin_copy_before",
    "close_case",
    "delete_cases",
    "edit_case",
    "iter_cases",
    "iter_views",
    "read_cases",
    "read_views",
    "reopen_case",
    "restore_cases",
    "show_case",
]

_BATCH = 1000
BULK = 20  #: deleting so many at once is worth a copy


def add_cases(desk: Desk, cases: Sequence[Case], draft: str | None = None) -> Changes:
    """Save new cases, all or none, in one commit; ``draft`` is dropped with it.

    Numbers, status and due days are given here. Refuses (naming the case by its place from 1, if there are several)
    unknown outlets and handlers with the nearest names, moves of steps that are not allowed, unknown related cases,
    and a case with ``closed_on`` that lacks something for closing.
    """
    if not cases:
        return Changes()
    with desk.work(write=True) as work:
        placed = Placer(desk, work).new(cases)
        first, last = placed[0], placed[-1]
        undo = desk.record(
            work,
            "case.add",
            "case",
            first.case.number if len(placed) == 1 else f"{first.case.number} … {last.case.number}",
            count=len(placed),
            changes=[Change("case", None, 1, "", to_json({"ids": [first.id, last.id]}))],
        )
        for some in batches(placed, _BATCH):
            bulk.insert_batch(work, [replace(one, added_by=undo) for one in some])
        if draft is not None:
            attachment_records.settle_draft(work, draft, "case", first.id, desk.moment())
            draft_records.drop(work, draft)
        warnings = (
            *day_warnings(desk.today(), placed),
            *item_warnings(work, placed),
            *closed_month_warnings(work, ((None, one) for one in placed)),
        )
        work.commit()
    numbers = tuple(one.case.number for one in placed)
    said = (
        say("Saved {number}", number=numbers[0])
        if len(numbers) == 1
        else say("Saved {count} cases", count=len(numbers))
    )
    return Changes(cases=numbers, drafts=draft is not None, undo=undo, said=said, warnings=warnings)


def edit_case(desk: Desk, number: str, changes: Mapping[str, object], revision: int | None = None) -> Changes:
    """Change fields of a case (values as :func:`~postal_desk.domain.case_json.parse_changes` gives them).

    With ``revision`` the edit is refused if somebody saved the case since it was read. Closing and reopening are
    not edits; the closing day of a closed case may be corrected.
    """

    def edited(case: Case) -> Case:
        new = apply_changes(case, changes, desk.rules)
        if (new.closed_on is None) != (case.closed_on is None):
            word = (
                say("use closing to close a case")
                if new.closed_on
                else say("use reopening to open a closed case")
            )
            raise FieldRefusal("closed_on", word)
        if new.closed_on is not None:
            _check_lacks_no_more(case, new)
        return _moved_by_dates(case, new)

    return _change(desk, number, "case.edit", edited, say("Saved {number}"), revision)


def _check_lacks_no_more(old: Case, new: Case) -> None:
    """A closed case stays one that could be closed. One that came closed out of an old ledger, without all that closing
    needs, can be edited as long as it does not lack more than it did.
    """
    lacked = {sentence.msgid for sentence in states.missing_for_closing(old)}
    if any(sentence.msgid not in lacked for sentence in states.missing_for_closing(new)):
        states.check_closable(new)


def _moved_by_dates(old: Case, new: Case) -> Case:
    """The status that a newly entered day of acceptance or answer brings."""
    if new.closed_on is not None:
        return new
    if old.answered_on is None and new.answered_on is not None:
        return replace(new, status="answered")
    if old.accepted_on is None and new.accepted_on is not None and new.status == "registered":
        return replace(new, status="accepted")
    return new


def add_step(desk: Desk, number: str, step: Step, draft: str = "") -> Changes:
    """Add one step to a case; see :func:`add_steps`."""
    return add_steps(desk, number, [step], draft)


def add_steps(desk: Desk, number: str, steps: Sequence[Step], draft: str = "") -> Changes:
    """Add steps to a case, in the order given. A step's status moves the case, if the move is allowed.

    A step that accepts or answers the case gives the day of it, unless one was entered. The files that wait with the
    ``draft`` of that key become those of the last step.
    """

    def settle(work: Work, new: Placed) -> None:
        place = len(new.case.steps)
        moment, at = desk.moment(), new.case.steps[-1].at
        attachment_records.settle_draft(work, draft, "case", new.id, moment, place, at)

    def stepped(case: Case) -> Case:
        status = case.status
        for at, step in enumerate(steps, start=1):
            if step.status:
                try:
                    states.check_move(status, step.status, desk.rules)
                except Refusal as refusal:
                    path = f"[{at}].status" if len(steps) > 1 else "status"
                    raise FieldRefusal(path, refusal.sentence) from refusal
                status = step.status
        if status == states.REOPENED != case.status:
            raise Refusal(say("A step can't reopen a case; reopen the case itself, with the reason"))
        return dated_by_steps(replace(case, steps=(*case.steps, *steps), status=status), steps)

    return _change(
        desk, number, "case.step", stepped, say("Step saved in {number}"), also=settle if draft else None
    )


def close_case(desk: Desk, number: str, closing: Mapping[str, object]) -> Changes:
    """Close a case with what ``closing`` adds to it; ``closed_on`` is today unless given.

    Refuses, naming everything, what closing still needs: a step, a disposition, the responsibility, the customer's
    opinion or an attempt to ask for it.
    """

    def closed(case: Case) -> Case:
        states.check_can_close(case.status)
        with_day = {
            "closed_on": desk.today(),
            **{k: v for k, v in closing.items() if (k, v) != ("closed_on", None)},
        }
        new = apply_changes(case, with_day, desk.rules)
        states.check_closable(new)
        return replace(new, status=states.CLOSED)

    return _change(desk, number, "case.close", closed, say("Closed {number}"))


def reopen_case(desk: Desk, number: str, on: date, reason: str) -> Changes:
    """Reopen a closed case; day and reason become a step. The answer given before stays on record."""

    def reopened(case: Case) -> Case:
        states.check_can_reopen(case.status)
        if case.closed_on is not None and on < case.closed_on:
            raise FieldRefusal(
                "on", say("{day} is before the closing day {closed}", day=on, closed=case.closed_on)
            )
        step = Step(on.isoformat(), actor=desk.actor, text=reason.strip(), status=states.REOPENED)
        return replace(case, steps=(*case.steps, step), closed_on=None, status=states.REOPENED)

    return _change(desk, number, "case.reopen", reopened, say("Reopened {number}"))


def begin_copy_before(desk: Desk, numbers: Sequence[str]) -> Callable[[], object] | None:
    """The copy that a bulk deletion calls for, to be made on another thread while work goes on; ``None``: none needed.

    Then call :func:`delete_cases` with ``copied``.
    """
    if len(numbers) < BULK or not copies.changed_since_copy(desk):
        return None
    draw = copies.begin_copy(desk)
    return lambda: draw(lambda _done, _total: None)


def delete_cases(desk: Desk, numbers: Sequence[str], *, copied: bool = False) -> Changes:
    """Move cases to the recycle bin, where they stay for 30 days. Their numbers are never given again.

    Before a bulk deletion the desk is copied, unless that was done (:func:`begin_copy_before`).
    """
    moment = desk.moment()
    if len(numbers) >= BULK and not copied:
        copies.copy_if_changed(desk)

    def deleted(placer: Placer, old: Placed) -> Placed:
        return replace(old, deleted_at=moment, case=_next(old.case, placer))

    return _change_many(
        desk, numbers, "case.delete", deleted, (say("Deleted {number}"), say("Deleted {count} cases"))
    )


def restore_cases(desk: Desk, numbers: Sequence[str]) -> Changes:
    """Take cases out of the recycle bin."""

    def restored(placer: Placer, old: Placed) -> Placed:
        return replace(old, deleted_at=None, case=_next(old.case, placer))

    return _change_many(
        desk,
        numbers,
        "case.restore",
        restored,
        (say("Restored {number}"), say("Restored {count} cases")),
        deleted=True,
    )


def assign_cases(desk: Desk, numbers: Sequence[str], handler: str) -> Changes:
    """Give cases to one handler, or with ``""`` to nobody."""

    def assigned(placer: Placer, old: Placed) -> Placed:
        return placer.changed(old, replace(old.case, handler=handler))

    return _change_many(
        desk, numbers, "case.assign", assigned, (say("Saved {number}"), say("Saved {count} cases"))
    )


def _next(case: Case, placer: Placer) -> Case:
    return replace(case, revision=case.revision + 1, changed_at=placer.moment)


def _change(
    desk: Desk,
    number: str,
    action: str,
    change: Callable[[Case], Case],
    said: Sentence,
    revision: int | None = None,
    also: Callable[[Work, Placed], None] | None = None,
) -> Changes:
    """Change one case in one commit, with what goes ``also`` into it. ``said`` gets the number."""
    with desk.work(write=True) as work:
        old = found_case(desk, work, number)
        if revision is not None and revision != old.case.revision:
            raise Refusal(
                say("{number} was changed meanwhile; look at it again, then save", number=old.case.number)
            )
        new = Placer(desk, work).changed(old, change(old.case))
        difference = difference_of(old, new)
        sentence = Sentence(said.msgid, {"number": old.case.number})
        if not difference[0]:
            return Changes(said=sentence)
        case_records.replace(work, old, new)
        undo = _record(desk, work, action, [(new, *difference)])
        if also is not None:
            also(work, new)
        warnings = item_warnings(work, [new]) if new.case.items != old.case.items else ()
        if (new.case.opened_on, new.case.closed_on) != (old.case.opened_on, old.case.closed_on):
            warnings = (*day_warnings(desk.today(), [new]), *warnings)
        if action != "case.reopen":  # a closed month keeps a case as it was closed then
            warnings = (*warnings, *closed_month_warnings(work, [(old, new)]))
        work.commit()
    return Changes(cases=(new.case.number,), undo=undo, said=sentence, warnings=warnings)


def _change_many(
    desk: Desk,
    numbers: Sequence[str],
    action: str,
    change: Callable[[Placer, Placed], Placed],
    said: tuple[Sentence, Sentence],
    *,
    deleted: bool = False,
) -> Changes:
    """Change cases in one commit with one audit row; a number that does not fit refuses all.

    ``said`` is for one case, which gets its number, and for several, which get their count.
    """
    wanted = list(dict.fromkeys(full_number(desk, number) for number in numbers))
    with desk.work(write=True) as work:
        placer = Placer(desk, work)
        known = case_records.by_numbers(work, wanted)
        differences, pairs = [], []
        for number in wanted:
            old = found_case(desk, work, number, deleted=deleted, known=known)
            new = change(placer, old)
            before, after = difference_of(old, new)
            if before:
                case_records.replace(work, old, new)
                differences.append((new, before, after))
                pairs.append((old, new))
        if not differences:
            return Changes()
        undo = _record(desk, work, action, differences)
        warnings = closed_month_warnings(work, pairs)
        work.commit()
    changed = tuple(new.case.number for new, _, _ in differences)
    sentence = Sentence(said[len(changed) > 1].msgid, {"number": changed[0], "count": len(changed)})
    return Changes(cases=changed, undo=undo, said=sentence, warnings=warnings)


def difference_of(old: Placed, new: Placed) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ between two states of a case, as JSON values before and after."""
    before, after = case_to_json(old.case), case_to_json(new.case)
    before["deleted_at"], after["deleted_at"] = old.deleted_at, new.deleted_at
    names = [name for name in after if after[name] != before[name] and name not in ("revision", "changed_at")]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _record(
    desk: Desk, work: Work, action: str, changed: Sequence[tuple[Placed, dict[str, Any], dict[str, Any]]]
) -> int:
    fields = dict.fromkeys(name for _, before, _ in changed for name in before)
    return desk.record(
        work,
        action,
        "case",
        changed[0][0].case.number if len(changed) == 1 else "",
        fields=tuple(fields),
        count=len(changed),
        changes=[
            Change("case", new.id, new.case.revision, to_json(before), to_json(after))
            for new, before, after in changed
        ],
    )
