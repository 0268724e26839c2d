"""A case as JSON: reading what comes in (every fault named by its place), writing what goes out.

The forms are the contract's. Nothing is guessed, cut or dropped: an unknown key, a code that is not in its list, a
date that is no date or a text that breaks the text rule refuses the whole record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from postal_desk.domain.cases import Case, Customer, Disposition, MailItem, OpinionAttempt, Relation, Step
from postal_desk.domain.fields import CASE_FIELDS, LONGEST_LIST, PART_FIELDS, Field
from postal_desk.domain.json_values import Reader, check_keys, joined, of_type
from postal_desk.domain.numbering import FIRST_YEAR
from postal_desk.domain.rules import Rules, holds
from postal_desk.domain.sentences import FieldRefusal, Sentence, say

_TOP = {field.name: field for field in CASE_FIELDS if "." not in field.name}
_CUSTOMER = {field.key: field for field in CASE_FIELDS if field.name.startswith("customer.")}
_PARTS: Mapping[str, type[Any]] = {
    "items": MailItem,
    "steps": Step,
    "dispositions": Disposition,
    "opinion_attempts": OpinionAttempt,
    "related": Relation,
}
_KEYS = (*_TOP, "customer")
#: JSON key → attribute, where they differ
_RENAMED = {"class": "mail_class"}


def parse_case(
    data: Mapping[str, Any], rules: Rules, path: str = "", notes: list[Sentence] | None = None
) -> Case:
    """Read one case as it comes in. ``path`` stands before each field named in a refusal (``[3]``: the third record).

    Raises :class:`~postal_desk.domain.sentences.FieldRefusal`. Outlet and handler are only read as text: whether the
    desk knows them is for the service, and so is whether a case with ``closed_on`` may be closed. ``notes`` gets a
    sentence for each text that invisible characters were taken out of.
    """
    check_keys(data, _KEYS, path)
    for field in _TOP.values():
        if field.required and data.get(field.name) in (None, ""):
            raise FieldRefusal(joined(path, field.name), say("this field is required"))
    values = {
        key: value for key, value in _changes(data, Reader(rules, notes), path).items() if value is not None
    }
    customer = cast(Mapping[str, Any], values.pop("customer", {}))
    case = Case(customer=_customer(Customer(), customer), **values)
    check_case(case, rules, path)
    return case


def parse_changes(
    data: Mapping[str, Any], rules: Rules, path: str = "", notes: list[Sentence] | None = None
) -> dict[str, object]:
    """Read a partial case: typed values by top-level key. ``None`` clears a field; lists are replaced whole.

    ``customer`` becomes a mapping of the customer's fields that are named. See :func:`apply_changes`.
    """
    check_keys(data, _KEYS, path)
    for name, value in data.items():
        if name in _TOP and _TOP[name].required and value in (None, ""):
            raise FieldRefusal(joined(path, name), say("this field is required and can't be cleared"))
    return _changes(data, Reader(rules, notes), path)


def apply_changes(case: Case, changes: Mapping[str, object], rules: Rules) -> Case:
    """The case with the changes of :func:`parse_changes`; refuses what does not fit together.

    ``customer`` may be a mapping of some fields or a whole :class:`~postal_desk.domain.cases.Customer`.
    """
    values: dict[str, Any] = {
        key: _CLEARED.get(key) if value is None else value for key, value in changes.items()
    }
    customer = values.pop("customer", case.customer)
    if isinstance(customer, Mapping):
        customer = _customer(case.customer, customer)
    changed = replace(case, customer=customer or Customer(), **values)
    check_case(changed, rules)
    return changed


def parse_step(
    data: Mapping[str, Any], rules: Rules, now: datetime, path: str = "", notes: list[Sentence] | None = None
) -> Step:
    """Read one step; without ``at`` it is of ``now``."""
    if isinstance(data, Mapping) and data.get("at") in (None, ""):
        data = {**data, "at": now.strftime("%Y-%m-%dT%H:%M")}
    return cast(Step, _part("steps", data, Reader(rules, notes), path))


def check_case(case: Case, rules: Rules, path: str = "") -> None:
    """Refuse days in the wrong order and a category that was not in use when the case was opened."""
    days = {name: getattr(case, name) for name in ("accepted_on", "answered_on", "closed_on")}
    check_days(case.opened_on, days, case.category, rules, path)


def check_days(
    opened_on: date, days: Mapping[str, date | None], category_code: str, rules: Rules, path: str = ""
) -> None:
    """The same for what is no case yet: ``days`` are those that can't be before the opening, by field."""
    if opened_on.year < FIRST_YEAR:
        raise FieldRefusal(
            joined(path, "opened_on"),
            say("{day} can't be right; use a day from {year} on", day=opened_on, year=str(FIRST_YEAR)),
        )
    for name, on in days.items():
        if on is not None and on < opened_on:
            reason = say("{day} is before the opening day {opened}", day=on, opened=opened_on)
            raise FieldRefusal(joined(path, name), reason)
    category = rules.categories.get(category_code)
    if category is not None and not holds(category, opened_on):
        reason = say("the category {code} was not in use on {day}", code=category_code, day=opened_on)
        if category.successor:
            reason = say("{reason}; use {successor}", reason=reason, successor=category.successor)
        raise FieldRefusal(joined(path, "category"), reason)


def _changes(data: Mapping[str, Any], reader: Reader, path: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in data.items():
        place = joined(path, name)
        if name == "customer":
            values[name] = _read_customer(value, reader, place)
        elif _TOP[name].kind == "list":
            values[name] = None if value is None else _list(name, value, reader, place)
        else:
            values[name] = reader.read(_TOP[name], value, place)
    return values


def _read_customer(value: Any, reader: Reader, path: str) -> dict[str, Any]:
    if value is None:
        return dict.fromkeys(_CUSTOMER)
    of_type(value, Mapping, path, say("a JSON object is expected"))
    check_keys(value, tuple(_CUSTOMER), path)
    return {key: reader.read(_CUSTOMER[key], part, joined(path, key)) for key, part in value.items()}


def _customer(customer: Customer, changes: Mapping[str, Any]) -> Customer:
    blank = Customer()
    return replace(
        customer, **{key: getattr(blank, key) if value is None else value for key, value in changes.items()}
    )


def _list(name: str, value: Any, reader: Reader, path: str) -> tuple[Any, ...]:
    of_type(value, list, path, say("a list is expected"))
    if len(value) > LONGEST_LIST:
        raise FieldRefusal(
            path, say("{count} entries are too many; {most} at most", count=len(value), most=LONGEST_LIST)
        )
    return tuple(_part(name, part, reader, f"{path}[{at}]") for at, part in enumerate(value, start=1))


def _part(name: str, data: Any, reader: Reader, path: str) -> Any:
    """One record of a list; places count from 1."""
    of_type(data, Mapping, path, say("a JSON object is expected"))
    fields: dict[str, Field] = {field.key: field for field in PART_FIELDS[name]}
    check_keys(data, tuple(fields), path)
    values: dict[str, Any] = {}
    for key, field in fields.items():
        read = reader.read(field, data.get(key), joined(path, key))
        if read is not None:
            values[_RENAMED.get(key, key)] = read
        elif field.required:
            raise FieldRefusal(joined(path, key), say("this field is required"))
    if problem := _emptiness(name, values):
        raise FieldRefusal(path, problem)
    return _PARTS[name](**values)


def _emptiness(name: str, values: Mapping[str, Any]) -> Sentence | None:
    if name == "items" and not values:
        return say("an item needs at least a number, a class or a date")
    if name == "steps" and not set(values) - {"at", "actor"}:
        return say("a step needs a text, a result, a channel or a status")
    return None


#: What a cleared field becomes; the rest become ``None``.
_CLEARED: Mapping[str, object] = {
    **{
        field.name: ""
        for field in _TOP.values()
        if field.kind in ("code", "text", "lines", "outlet", "staff")
    },
    **{field.name: False for field in _TOP.values() if field.kind == "bool"},
    **{field.name: () for field in _TOP.values() if field.kind == "list"},
}


def case_to_json(case: Case) -> dict[str, Any]:
    """The case as it goes out, computed fields (deadlines, overdue, elapsed days) left to the caller."""
    document: dict[str, Any] = {"number": case.number, "status": case.status}
    for name, field in _TOP.items():
        if name == "items":
            document["customer"] = {
                key: _out(of_customer, getattr(case.customer, key)) for key, of_customer in _CUSTOMER.items()
            }
        value = getattr(case, name)
        document[name] = (
            [_part_to_json(name, part) for part in value] if field.kind == "list" else _out(field, value)
        )
    document["measures"] = list(case.measures)
    document["revision"] = case.revision
    document["created_at"], document["changed_at"] = case.created_at, case.changed_at
    return document


def step_to_json(step: Step) -> dict[str, Any]:
    """One step as it goes out."""
    return _part_to_json("steps", step)


def _part_to_json(name: str, part: object) -> dict[str, Any]:
    return {
        field.key: _out(field, getattr(part, _RENAMED.get(field.key, field.key)))
        for field in PART_FIELDS[name]
    }


def _out(field: Field, value: Any) -> Any:
    """An empty code is ``null``, an empty text ``""``; amounts keep two digits."""
    if value is None or (value == "" and field.kind in ("code", "outlet", "staff")):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if field.kind == "money":
        return f"{value:.2f}"
    return list(value) if isinstance(value, tuple) else value
