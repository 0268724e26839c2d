"""Outlets and staff of the branch. Lists live: who left and what closed stays in history and vanishes from pickers."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any, cast

from postal_desk.domain.changes import Changes
from postal_desk.domain.fields import field as case_field
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.services.desk import Desk
from postal_desk.services.entered import checked_text, taken_out
from postal_desk.services.history_json import to_json
from postal_desk.store import case_records, organisation_records
from postal_desk.store.audit import Change
from postal_desk.store.organisation_records import Outlet, Staff
from postal_desk.store.work import Work

__all__ = [
    "Outlet",
    "Staff",
    "add_outlet",
    "add_staff",
    "edit_outlet",
    "edit_staff",
    "leave",
    "list_outlets",
    "list_staff",
    "resolve",
]

_LONGEST_ADDRESS = 200


def list_outlets(desk: Desk, on: date | None = None) -> list[Outlet]:
    """All outlets, or those in use on a day."""
    with desk.work() as work:
        return [
            o
            for o in organisation_records.all_outlets(work)
            if on is None or _in_use(o.valid_from, o.valid_to, on)
        ]


def list_staff(desk: Desk, on: date | None = None) -> list[Staff]:
    """All staff, or those who work on a day."""
    with desk.work() as work:
        return [
            s
            for s in organisation_records.all_staff(work)
            if on is None or _in_use(s.joined_on, s.left_on, on)
        ]


def _in_use(first: date | None, last: date | None, on: date) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)


def add_outlet(
    desk: Desk,
    name: str,
    *,
    kind: str = "",
    grade: int | None = None,
    address: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    successor: str = "",
) -> Changes:
    """Add an outlet. Refuses a name that is taken, an unknown kind, a grade outside 1 to 3."""
    outlet = Outlet(0, name, kind, grade, address, valid_from, valid_to, successor)
    with desk.work(write=True) as work:
        known = organisation_records.names(work, "outlets")
        outlet = _checked_outlet(desk, outlet, known)
        number = organisation_records.insert_outlet(work, desk.moment(), outlet)
        change = Change("outlet", number, 1, "", to_json(asdict(replace(outlet, id=number))))
        undo = desk.record(work, "outlet.add", "outlet", str(number), changes=[change])
        work.commit()
    said = say("Added {name}", name=outlet.name)
    return Changes(outlets=True, undo=undo, said=said, warnings=taken_out(name=name, address=address))


def edit_outlet(desk: Desk, name: str, changes: Mapping[str, object]) -> Changes:
    """Change fields of an outlet by name; a new ``name`` shows in its cases too."""
    with desk.work(write=True) as work:
        known = organisation_records.names(work, "outlets")
        old = next((o for o in organisation_records.all_outlets(work) if o.name == name), None)
        if old is None:
            raise unknown_name("outlet", name, known)
        _check_fields(changes, Outlet)
        others = {other: number for other, number in known.items() if other != name}
        new = _checked_outlet(desk, replace(old, **cast(Any, changes)), others)
        organisation_records.update_outlet(work, desk.moment(), new)
        undo = _record_edit(desk, work, "outlet", asdict(old), asdict(new))
        work.commit()
    said = say("Saved {name}", name=new.name)
    return Changes(outlets=True, undo=undo, said=said, warnings=taken_out(**changes))


def _checked_outlet(desk: Desk, outlet: Outlet, taken: Mapping[str, int]) -> Outlet:
    name = _checked_name(outlet.name, taken)
    if outlet.kind:
        _require_code(desk, "outlet_kinds", outlet.kind, "kind")
    if outlet.grade is not None and outlet.grade not in (1, 2, 3):
        raise FieldRefusal("grade", say("a grade is 1, 2 or 3"))
    _check_order("valid_to", outlet.valid_from, outlet.valid_to)
    if outlet.successor and outlet.successor not in taken:
        raise unknown_name("successor", outlet.successor, taken)
    return replace(outlet, name=name, address=checked_text(outlet.address, "address", _LONGEST_ADDRESS))


def add_staff(
    desk: Desk, name: str, *, position: str = "", outlet: str = "", joined_on: date | None = None
) -> Changes:
    """Add a person. Two people of one name need a distinction in it, as cases name people by their names."""
    person = Staff(0, name, position, outlet, joined_on)
    with desk.work(write=True) as work:
        person = _checked_staff(desk, work, person, organisation_records.names(work, "staff"))
        number = organisation_records.insert_staff(work, desk.moment(), person)
        change = Change("staff", number, 1, "", to_json(asdict(replace(person, id=number))))
        undo = desk.record(work, "staff.add", "staff", str(number), changes=[change])
        work.commit()
    said = say("Added {name}", name=person.name)
    return Changes(staff=True, undo=undo, said=said, warnings=taken_out(name=name))


def edit_staff(desk: Desk, name: str, changes: Mapping[str, object]) -> Changes:
    """Change fields of a person by name."""
    with desk.work(write=True) as work:
        known = organisation_records.names(work, "staff")
        old = _person(work, name, known)
        _check_fields(changes, Staff)
        others = {other: number for other, number in known.items() if other != name}
        new = _checked_staff(desk, work, replace(old, **cast(Any, changes)), others)
        organisation_records.update_staff(work, desk.moment(), new)
        undo = _record_edit(desk, work, "staff", asdict(old), asdict(new))
        work.commit()
    said = say("Saved {name}", name=new.name)
    return Changes(staff=True, undo=undo, said=said, warnings=taken_out(**changes))


def _person(work: Work, name: str, known: Mapping[str, int]) -> Staff:
    found = next((s for s in organisation_records.all_staff(work) if s.name == name), None)
    if found is None:
        raise unknown_name("name", name, known)
    return found


def _checked_staff(desk: Desk, work: Work, person: Staff, taken: Mapping[str, int]) -> Staff:
    name = _checked_name(person.name, taken)
    if person.position:
        _require_code(desk, "positions", person.position, "position")
    if person.outlet:
        known = organisation_records.names(work, "outlets")
        if person.outlet not in known:
            raise unknown_name("outlet", person.outlet, known)
    _check_order("left_on", person.joined_on, person.left_on)
    return replace(person, name=name)


def leave(desk: Desk, name: str, on: date, hand_over_to: str = "") -> Changes:
    """Record somebody's last day and hand all open cases over to a colleague, in one commit.

    Refuses to leave open cases behind with nobody named. The answer's ``cases`` are those handed over.
    """
    with desk.work(write=True) as work:
        known = organisation_records.names(work, "staff")
        old = _person(work, name, known)
        _check_order("on", old.joined_on, on)
        successor = _successor(work, name, hand_over_to, on, known)
        cases = list(case_records.open_of_handler(work, old.id))
        if cases and not successor:
            raise Refusal(
                say(
                    "{name} still has open cases ({count}); name a colleague to hand them over to",
                    name=name,
                    count=len(cases),
                )
            )
        moment, changes = desk.moment(), []
        for placed in cases:
            case = replace(
                placed.case, handler=successor, revision=placed.case.revision + 1, changed_at=moment
            )
            case_records.replace(work, placed, replace(placed, case=case, handler_id=known[successor]))
            changes.append(
                Change(
                    "case",
                    placed.id,
                    case.revision,
                    to_json({"handler": name}),
                    to_json({"handler": successor}),
                )
            )
        new = replace(old, left_on=on)
        organisation_records.update_staff(work, moment, new)
        changes.append(_edit(desk, "staff", asdict(old), asdict(new)))
        undo = desk.record(work, "staff.leave", "staff", str(old.id), fields=["left_on"], changes=changes)
        work.commit()
    numbers = tuple(placed.case.number for placed in cases)
    said = say("{name} leaves on {day}; handed over: {count}", name=name, day=on, count=len(numbers))
    return Changes(cases=numbers, staff=True, undo=undo, said=said)


def _successor(work: Work, name: str, successor: str, on: date, known: Mapping[str, int]) -> str:
    if not successor:
        return ""
    person = _person(work, successor, known)
    if successor == name or (person.left_on is not None and person.left_on <= on):
        raise FieldRefusal(
            "hand_over_to", say("{name} does not work here after {day}", name=successor, day=on)
        )
    return successor


def _record_edit(desk: Desk, work: Work, kind: str, old: dict[str, Any], new: dict[str, Any]) -> int:
    fields = [name for name in new if new[name] != old[name]]
    return desk.record(
        work, f"{kind}.edit", kind, str(old["id"]), fields=fields, changes=[_edit(desk, kind, old, new)]
    )


def _edit(desk: Desk, kind: str, old: dict[str, Any], new: dict[str, Any]) -> Change:
    return Change(kind, old["id"], 0, to_json(old), to_json(new))


def resolve(work: Work, table: str, field: str, name: str, known: dict[str, int] | None = None) -> int | None:
    """The id behind a name that a case gives (``None`` for an empty one); refuses an unknown one with near names."""
    if not name:
        return None
    known = organisation_records.names(work, table) if known is None else known
    if name not in known:
        raise unknown_name(field, name, known)
    return known[name]


def unknown_name(field: str, name: str, known: Iterable[str]) -> FieldRefusal:
    """The refusal of a name that is in no list, with the nearest ones that are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.3) or sorted(names)[:5]
    if not near:
        return FieldRefusal(
            field, say("“{name}” is not in the list, which is empty; add it first", name=name)
        )
    return FieldRefusal(
        field, say("“{name}” is not in the list; nearest: {near}", name=name, near=tuple(near))
    )


def _checked_name(name: str, taken: Mapping[str, int]) -> str:
    name = checked_text(name, "name", case_field("outlet").max_length)
    if not name:
        raise FieldRefusal("name", say("this field is required"))
    if name in taken:
        raise FieldRefusal("name", say("“{name}” is taken; tell the two apart in the name", name=name))
    return name


def _require_code(desk: Desk, codes: str, code: str, field: str) -> None:
    try:
        desk.rules.require(codes, code)
    except Refusal as refusal:
        raise FieldRefusal(field, refusal.sentence) from refusal


def _check_order(field: str, first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise FieldRefusal(field, say("{day} is before {first}", day=last, first=first))


def _check_fields(changes: Mapping[str, object], of: type[Outlet] | type[Staff]) -> None:
    known = tuple(name for name in of.__dataclass_fields__ if name != "id")
    for name in changes:
        if name not in known:
            raise FieldRefusal(name, _unknown_key(known))


def _unknown_key(known: tuple[str, ...]) -> Sentence:
    return say("this key is not known; known are: {keys}", keys=known)
