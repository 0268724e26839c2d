"""What a record beside the cases is made of, declared once: single fields, lists of small records, lists of texts.

Reading from JSON (every fault named by its place), writing to JSON, the tables and the undo all go by the form. A
record is a frozen dataclass whose attributes are the form's keys, with ``number``, ``revision``, ``created_at`` and
``changed_at``, which the desk gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, Protocol, TypeVar, cast

from postal_desk.domain.fields import Field
from postal_desk.domain.json_values import Reader, check_keys, joined, of_type
from postal_desk.domain.record_values import check_list, texts_of, values_of
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, say


class Numbered(Protocol):
    """What each record carries beside its content."""

    @property
    def number(self) -> str: ...
    @property
    def revision(self) -> int: ...
    @property
    def created_at(self) -> str: ...
    @property
    def changed_at(self) -> str: ...
    @property
    def begun_on(self) -> date:
        """The day it counts from: its number's year, its place in lists."""
        ...


R = TypeVar("R", bound=Numbered)
#: Values of a record that the desk gives.
OF_THE_DESK = ("number", "revision", "created_at", "changed_at")


@dataclass(frozen=True)
class RecordForm(Generic[R]):
    """One kind of record. ``kind`` names it in audit and history, ``letter`` stands in its numbers.

    ``parts`` are lists of small dataclasses, ``texts`` lists of bare texts (names of outlets, if the field is of the
    kind ``outlet``; numbers of cases, if it is named ``cases``); ``check`` refuses what does not fit together.
    """

    kind: str
    letter: str
    make: Callable[..., R]
    fields: tuple[Field, ...]
    parts: Mapping[str, tuple[type[Any], tuple[Field, ...]]] = field(default_factory=dict)
    texts: Mapping[str, Field] = field(default_factory=dict)
    check: Callable[[R], None] = lambda _record: None

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of the record in JSON, in order."""
        return (*(one.name for one in self.fields), *self.parts, *self.texts)

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that a record can't be without."""
        return tuple(one.name for one in self.fields if one.required)

    def field(self, name: str) -> Field:
        """The single field of that name. Raises :class:`KeyError`."""
        return {one.name: one for one in self.fields}[name]


def parse_record(form: RecordForm[R], data: Mapping[str, Any], rules: Rules, path: str = "") -> R:
    """Read a record as it comes in. Raises :class:`FieldRefusal`. Names and numbers are read as text only: whether
    the desk knows them is for the service.
    """
    of_type(data, Mapping, path or "[1]", say("a JSON object is expected"))
    if data.get("number"):
        raise FieldRefusal(joined(path, "number"), say("the desk gives the number; leave it out"))
    data = {key: value for key, value in data.items() if key != "number"}
    for name in form.required:
        if data.get(name) in (None, ""):
            raise FieldRefusal(joined(path, name), say("this field is required"))
    values = parse_record_changes(form, data, rules, path)
    record = form.make(**{key: value for key, value in values.items() if value is not None})
    form.check(record)
    return record


def parse_record_changes(
    form: RecordForm[R], data: Mapping[str, Any], rules: Rules, path: str = ""
) -> dict[str, object]:
    """Read a partial record: typed values by key. ``None`` clears a field; lists are replaced whole."""
    check_keys(data, form.keys, path)
    reader = Reader(rules)
    values: dict[str, object] = {}
    for name, value in data.items():
        at = joined(path, name)
        if name in form.required and value in (None, ""):
            raise FieldRefusal(at, say("this field is required and can't be cleared"))
        if name in form.parts:
            values[name] = None if value is None else _parts(form.parts[name], value, reader, at)
        elif name in form.texts:
            values[name] = None if value is None else texts_of(form.texts[name], value, reader, at)
        else:
            values[name] = reader.read(form.field(name), value, at)
    return values


def apply_record_changes(form: RecordForm[R], record: R, changes: Mapping[str, object]) -> R:
    """The record with the changes of :func:`parse_record_changes`; refuses what does not fit together."""
    values = {key: cleared(form, key) if value is None else value for key, value in changes.items()}
    changed = cast(R, replace(cast(Any, record), **values))
    form.check(changed)
    return changed


def cleared(form: RecordForm[Any], key: str) -> object:
    """What an empty field of the record holds."""
    if key in form.parts or key in form.texts:
        return ()
    kind = form.field(key).kind
    if kind in ("date", "money"):
        return None
    return False if kind == "bool" else 0 if kind == "count" else ""


def record_to_json(form: RecordForm[R], record: R) -> dict[str, Any]:
    """The record as it goes out, in the order of the form, the number first, revision and moments last."""
    document: dict[str, Any] = {"number": record.number}
    for one in form.fields:
        document[one.name] = _out(one, getattr(record, one.name))
    for key, (_make, fields) in form.parts.items():
        document[key] = [
            {f.key: _out(f, getattr(part, f.key)) for f in fields} for part in getattr(record, key)
        ]
    for key in form.texts:
        document[key] = list(getattr(record, key))
    for key in OF_THE_DESK[1:]:
        document[key] = getattr(record, key)
    return document


def _out(field: Field, value: Any) -> Any:
    if value is None or (value == "" and field.kind in ("code", "category")):
        return None
    return value.isoformat() if isinstance(value, date) else value


def _parts(
    shape: tuple[type[Any], tuple[Field, ...]], value: Any, reader: Reader, path: str
) -> tuple[Any, ...]:
    check_list(value, path)
    made, fields = shape
    return tuple(_part(made, fields, part, reader, f"{path}[{at}]") for at, part in enumerate(value, start=1))


def _part(made: type[Any], fields: tuple[Field, ...], data: Any, reader: Reader, path: str) -> Any:
    return made(**values_of(fields, data, reader, path))
