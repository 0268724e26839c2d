"""The checklist of a case: its lines by the desk's rules, and ticking what no step says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postal_desk.domain.changes import Changes
from postal_desk.domain.checklists import BY_STEP, CheckLine, lines_for
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.services.case_reading import found_case
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import from_json, to_json
from postal_desk.store import check_records
from postal_desk.store.audit import Change
from postal_desk.store.work import Work

KIND = "check"


def checklist(desk: Desk, number: str) -> tuple[CheckLine, ...]:
    """The lines that fit a case, done or open."""
    with desk.work() as work:
        placed = found_case(desk, work, number)
        ticked = check_records.of_case(work, placed.id)
    return lines_for(placed.case, desk.rules.check_items, ticked)


def tick(desk: Desk, number: str, item: str, done: bool = True) -> Changes:
    """Tick a line of a case's checklist, or take the tick away. A line that a step has done stays done."""
    with desk.work(write=True) as work:
        placed = found_case(desk, work, number)
        ticked = check_records.of_case(work, placed.id)
        lines = {line.key: line for line in lines_for(placed.case, desk.rules.check_items, ticked)}
        if item not in lines:
            raise FieldRefusal(
                "item", say("there is no such line; the lines are: {lines}", lines=tuple(lines))
            )
        if lines[item].done == BY_STEP:
            raise FieldRefusal("item", say("a step of the case has done this line"))
        if done == (item in ticked):
            return Changes()
        before = _state(item, ticked)
        after = {"item": item, "at": desk.moment(), "who": desk.actor} if done else {"item": item}
        _put(work, placed.id, after)
        change = Change(KIND, placed.id, 0, to_json(before), to_json(after))
        undo = desk.record(work, "case.check", KIND, placed.case.number, fields=(item,), changes=[change])
        work.commit()
    text = lines[item].text
    said = say("Done: {line}", line=text) if done else say("Open again: {line}", line=text)
    return Changes(cases=(placed.case.number,), undo=undo, said=said)


def taken_back(work: Work, change: Change) -> bool:
    """Put a tick back as it was before a change, within a work; ``False`` if it was ticked otherwise since."""
    case_id, before, after = change.record_id or 0, from_json(change.before), from_json(change.after)
    if _state(after["item"], check_records.of_case(work, case_id)) != after:
        return False
    _put(work, case_id, before)
    return True


def _state(item: str, ticked: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    if item not in ticked:
        return {"item": item}
    at, who = ticked[item]
    return {"item": item, "at": at, "who": who}


def _put(work: Work, case_id: int, state: Mapping[str, Any]) -> None:
    if "at" in state:
        check_records.put(work, case_id, state["item"], state["at"], state["who"])
    else:
        check_records.remove(work, case_id, state["item"])
