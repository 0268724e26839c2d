"""What the JSON of measures, problems and claims shares: objects by their declared fields, lists of texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postal_desk.domain.fields import LONGEST_LIST, Field
from postal_desk.domain.json_values import Reader, check_keys, joined, of_type
from postal_desk.domain.sentences import FieldRefusal, say


def values_of(fields: tuple[Field, ...], data: Any, reader: Reader, path: str) -> dict[str, Any]:
    """The values of one object that are not empty."""
    of_type(data, Mapping, path, say("a JSON object is expected"))
    check_keys(data, tuple(field.key for field in fields), path)
    values: dict[str, Any] = {}
    for field in fields:
        read = reader.read(field, data.get(field.key), joined(path, field.key))
        if read is not None:
            values[field.key] = read
        elif field.required:
            raise FieldRefusal(joined(path, field.key), say("this field is required"))
    return values


def texts_of(field: Field, value: Any, reader: Reader, path: str) -> tuple[str, ...]:
    """Texts without repetitions; an empty one is refused, for it says nothing."""
    check_list(value, path)
    found: dict[str, None] = {}
    for at, part in enumerate(value, start=1):
        text = reader.read(field, part, f"{path}[{at}]")
        if text is None:
            raise FieldRefusal(f"{path}[{at}]", say("this entry is empty; take it out"))
        found[text] = None
    return tuple(found)


def check_list(value: Any, path: str) -> None:
    """A list, and not too long a one."""
    of_type(value, list, path, say("a list is expected"))
    if len(value) > LONGEST_LIST:
        reason = say("{count} entries are too many; {most} at most", count=len(value), most=LONGEST_LIST)
        raise FieldRefusal(path, reason)
