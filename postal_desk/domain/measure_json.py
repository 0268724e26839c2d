"""A measure as JSON: reading what comes in (every fault named by its place), writing what goes out.

The form is the contract's, with ``finished_on`` added. As with cases nothing is guessed, cut or dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from postal_desk.domain.fields import Field
from postal_desk.domain.json_values import Reader, check_keys, joined, of_type
from postal_desk.domain.measure_fields import (
    MEASURE_FIELDS,
    MEASURE_KEYS,
    MEASURE_OBJECTS,
    MEASURE_PARTS,
    MEASURE_TEXTS,
)
from postal_desk.domain.measures import Due, Effect, Measure, Problem, Progress, Recheck
from postal_desk.domain.record_values import check_list, texts_of, values_of
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Sentence, say

_TOP = {field.name: field for field in MEASURE_FIELDS}
_REQUIRED = ("title", "problem", "kind")
_TYPES: Mapping[str, type[Any]] = {
    "problem": Problem,
    "due": Due,
    "effect": Effect,
    "progress": Progress,
    "rechecks": Recheck,
}
#: What a cleared field becomes; texts and codes become ``""``.
_CLEARED: Mapping[str, object] = {
    "due": None,
    "effect": Effect(),
    "finished_on": None,
    "in_force_on": None,
    **dict.fromkeys((*MEASURE_PARTS, *MEASURE_TEXTS), ()),
}


def parse_measure(
    data: Mapping[str, Any], rules: Rules, path: str = "", notes: list[Sentence] | None = None
) -> Measure:
    """Read one measure as it comes in. ``path`` stands before each field named in a refusal (``[3]``: the third).

    Raises :class:`~postal_desk.domain.sentences.FieldRefusal`. Case numbers and outlets are only read as text: whether
    the desk knows them is for the service, and so is whether a finished measure may be.
    """
    of_type(data, Mapping, path or "[1]", say("a JSON object is expected"))
    if data.get("number"):
        raise FieldRefusal(joined(path, "number"), say("the desk gives the number; leave it out"))
    data = {key: value for key, value in data.items() if key != "number"}
    for name in _REQUIRED:
        if data.get(name) in (None, "") and not (name == "problem" and data.get("problem_number")):
            raise FieldRefusal(joined(path, name), say("this field is required"))
    values = parse_measure_changes(data, rules, path, notes)
    given = {key: value for key, value in values.items() if value is not None}
    measure = Measure(**cast(Any, {"problem": Problem(""), **given}))
    check_measure(measure, path)
    return measure


def parse_measure_changes(
    data: Mapping[str, Any], rules: Rules, path: str = "", notes: list[Sentence] | None = None
) -> dict[str, object]:
    """Read a partial measure: typed values by top-level key. ``None`` clears a field; objects and lists are replaced
    whole.
    """
    check_keys(data, MEASURE_KEYS, path)
    reader = Reader(rules, notes)
    values: dict[str, object] = {}
    for name, value in data.items():
        if name in (*_REQUIRED, "status") and value in (None, ""):
            if name == "status":
                continue
            raise FieldRefusal(joined(path, name), say("this field is required and can't be cleared"))
        values[name] = _value(name, value, reader, joined(path, name))
    return values


def apply_measure_changes(measure: Measure, changes: Mapping[str, object]) -> Measure:
    """The measure with the changes of :func:`parse_measure_changes`; refuses what does not fit together."""
    values: dict[str, Any] = {
        key: _CLEARED.get(key, "") if value is None else value for key, value in changes.items()
    }
    changed = replace(measure, **values)
    check_measure(changed)
    return changed


def parse_progress(
    data: Mapping[str, Any], rules: Rules, today: date, path: str = "", notes: list[Sentence] | None = None
) -> Progress:
    """Read one entry of the log; without ``on`` it is of ``today``."""
    if isinstance(data, Mapping) and data.get("on") in (None, ""):
        data = {**data, "on": today.isoformat()}
    return cast(Progress, _part("progress", data, Reader(rules, notes), path))


def parse_recheck(data: Mapping[str, Any], rules: Rules, today: date) -> tuple[date | None, date, str]:
    """Read what a re-check brought: the day it was due (``None``: the earliest open one), done on, result."""
    fields = {field.key: field for field in MEASURE_PARTS["rechecks"]}
    check_keys(data, tuple(fields), "")
    reader = Reader(rules)
    due, done_on, result = (reader.read(field, data.get(key), key) for key, field in fields.items())
    if not result:
        raise FieldRefusal("result", say("say what the re-check found"))
    return due, done_on or today, result


def check_measure(measure: Measure, path: str = "") -> None:
    """Refuse days in the wrong order, and a finishing day of a measure that is not finished."""
    found, done = measure.problem.found_on, measure.finished_on
    if done is not None and measure.status != "finished":
        raise FieldRefusal(joined(path, "finished_on"), say("only a finished measure has a day of finishing"))
    if found is not None and done is not None and done < found:
        reason = say("{day} is before the day {found} on which the problem was found", day=done, found=found)
        raise FieldRefusal(joined(path, "finished_on"), reason)


def measure_to_json(measure: Measure) -> dict[str, Any]:
    """The measure as it goes out; what today adds (overdue) is left to the caller."""
    document: dict[str, Any] = {"number": measure.number}
    for key in MEASURE_KEYS:
        value = getattr(measure, key)
        if key == "due":
            document[key] = _due_to_json(value)
        elif key == "effect":
            document[key] = None if value == Effect() else {"verdict": value.verdict, "text": value.text}
        elif key in MEASURE_OBJECTS:
            document[key] = _fields_to_json(MEASURE_OBJECTS[key], value)
        elif key in MEASURE_PARTS:
            document[key] = [_fields_to_json(MEASURE_PARTS[key], part) for part in value]
        else:
            document[key] = list(value) if key in MEASURE_TEXTS else _out(_TOP[key], value)
    document["revision"] = measure.revision
    document["created_at"], document["changed_at"] = measure.created_at, measure.changed_at
    return document


def _due_to_json(due: Due | None) -> dict[str, Any] | None:
    """The one way that holds."""
    if due is None:
        return None
    if due.on is not None:
        return {"on": due.on.isoformat()}
    return {"event": due.event} if due.event else {"at_once": True}


def _fields_to_json(fields: tuple[Field, ...], record: object) -> dict[str, Any]:
    return {field.key: _out(field, getattr(record, field.key)) for field in fields}


def _out(field: Field, value: Any) -> Any:
    if value is None or (value == "" and field.kind in ("code", "category")):
        return None
    return value.isoformat() if isinstance(value, date) else value


def _value(name: str, value: Any, reader: Reader, path: str) -> Any:
    if name in MEASURE_OBJECTS:
        return None if value is None else _object(name, value, reader, path)
    if name in MEASURE_PARTS:
        return None if value is None else _list(name, value, reader, path)
    if name in MEASURE_TEXTS:
        return None if value is None else texts_of(MEASURE_TEXTS[name], value, reader, path)
    return reader.read(_TOP[name], value, path)


def _object(name: str, data: Any, reader: Reader, path: str) -> Any:
    made = _TYPES[name](**values_of(MEASURE_OBJECTS[name], data, reader, path))
    if name == "due" and sum((made.on is not None, bool(made.event), made.at_once)) != 1:
        raise FieldRefusal(path, say("give one of: on (a day), event, at_once (true)"))
    return made


def _list(name: str, value: Any, reader: Reader, path: str) -> tuple[Any, ...]:
    check_list(value, path)
    return tuple(_part(name, part, reader, f"{path}[{at}]") for at, part in enumerate(value, start=1))


def _part(name: str, data: Any, reader: Reader, path: str) -> Any:
    made = _TYPES[name](**values_of(MEASURE_PARTS[name], data, reader, path))
    if isinstance(made, Progress) and not (made.value or made.text):
        raise FieldRefusal(path, say("progress needs a value or a text"))
    if isinstance(made, Recheck) and bool(made.done_on) != bool(made.result):
        raise FieldRefusal(path, say("a re-check that was done has both a day and a result"))
    return made
