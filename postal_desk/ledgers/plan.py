"""How one ledger is to be read: sheet, headings, which column is which field, values for all rows, words decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.ledgers.sheet_scan import column_index, column_letters
from postal_desk.ledgers.targets import TARGETS

#: Values that may be given for all rows.
DEFAULTS = ("kind", "category", "channel", "business")
#: Word lists in which a word of the ledger may be decided; ``add`` as the value adds a name to the desk's list.
WORD_LISTS = (
    "kind", "business", "category", "channel", "items_class", "severity", "responsibility", "opinion", "status",
    "outlet", "handler",
)  # fmt: skip
ADD = "+"
_KEYS = ("sheet", "header_rows", "columns", "defaults", "words", "year", "month_first")


@dataclass(frozen=True)
class Plan:
    """``header`` is the first and the last heading row (from 1; ``(0, 0)``: no headings). ``columns``: index → target.

    ``words``: list → word as it stands in the ledger → code or name, ``""`` (leave the field empty, keep the word
    in the narrative) or :data:`ADD`. ``year`` is for dates without one.
    """

    sheet: str = ""
    header: tuple[int, int] = (0, 0)
    columns: Mapping[int, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    year: int | None = None
    month_first: bool | None = None

    def with_column(self, column: int, target: str) -> Plan:
        """One column set by hand; a target that only one column may hold leaves its old column, which is then kept
        in the narrative."""
        columns = dict(self.columns)
        if not TARGETS[target].many:
            for other, held in columns.items():
                if held == target and other != column:
                    columns[other] = "note"
        columns[column] = target
        return replace(self, columns=columns)

    def with_word(self, list_name: str, word: str, value: str) -> Plan:
        """One word decided."""
        words = {name: dict(found) for name, found in self.words.items()}
        words.setdefault(list_name, {})[word] = value
        return replace(self, words=words)

    def with_default(self, name: str, value: str) -> Plan:
        """One value for all rows that give none."""
        return replace(self, defaults={**self.defaults, name: value})

    def digest(self) -> bytes:
        """Changes when anything of it does that bears on what a row becomes."""
        document = plan_to_json(self)
        document.pop("sheet")
        return hashlib.blake2b(json.dumps(document, sort_keys=True).encode(), digest_size=8).digest()


def plan_to_json(mapping: Plan) -> dict[str, Any]:
    """The form in which a mapping is kept and in which ``--map`` reads it."""
    return {
        "sheet": mapping.sheet,
        "header_rows": list(mapping.header),
        "columns": {column_letters(at): name for at, name in sorted(mapping.columns.items())},
        "defaults": dict(mapping.defaults),
        "words": {name: dict(words) for name, words in mapping.words.items()},
        "year": mapping.year,
        "month_first": mapping.month_first,
    }


def plan_from_json(data: Any, base: Plan, headings: Mapping[int, str]) -> Plan:
    """A mapping as it is written in a file; what it leaves out is taken from ``base``.

    A column is named by its letters or by its heading. Raises :class:`FieldRefusal`.
    """
    if not isinstance(data, Mapping):
        raise Refusal(say("The mapping must be one JSON object, in braces"))
    for key in data:
        if key not in _KEYS:
            raise FieldRefusal(str(key)[:60], say("this key is not known; known are: {keys}", keys=_KEYS))
    mapping = base
    columns = _texts(data, "columns")
    for name, target in columns.items():
        if target not in TARGETS:
            raise FieldRefusal(
                f"columns.{name}",
                say("{code} is not one of: {codes}", code=repr(target), codes=tuple(TARGETS)),
            )
        mapping = mapping.with_column(_column(name, headings), target)
    for name, value in _texts(data, "defaults").items():
        if name not in DEFAULTS:
            raise FieldRefusal(
                f"defaults.{name}", say("{code} is not one of: {codes}", code=repr(name), codes=DEFAULTS)
            )
        mapping = mapping.with_default(name, value)
    for name, words in _object(data, "words").items():
        if name not in WORD_LISTS:
            raise FieldRefusal(
                f"words.{name}", say("{code} is not one of: {codes}", code=repr(name), codes=WORD_LISTS)
            )
        for word, value in _texts({name: words}, name).items():
            mapping = mapping.with_word(name, word, value)
    year = data.get("year", mapping.year)
    if year is not None and (not isinstance(year, int) or isinstance(year, bool) or not 1970 <= year <= 2099):
        raise FieldRefusal("year", say("a year from 1970 to 2099 is expected"))
    month_first = data.get("month_first", mapping.month_first)
    if month_first not in (None, True, False):
        raise FieldRefusal("month_first", say("true or false is expected"))
    return replace(mapping, year=year, month_first=month_first)


def place_from_json(data: Any) -> tuple[str, tuple[int, int] | None]:
    """Sheet and heading rows that a mapping file names; they decide what the rest is read against."""
    if not isinstance(data, Mapping):
        raise Refusal(say("The mapping must be one JSON object, in braces"))
    sheet, rows = data.get("sheet", ""), data.get("header_rows")
    if not isinstance(sheet, str):
        raise FieldRefusal("sheet", say("text is expected"))
    if rows is None:
        return sheet, None
    good = (
        isinstance(rows, list)
        and len(rows) == 2
        and all(type(row) is int and 0 <= row <= 1000 for row in rows)
    )
    if not good or rows[0] > rows[1]:
        raise FieldRefusal(
            "header_rows", say("two row numbers are expected, first and last, or [0, 0] for none")
        )
    return sheet, (rows[0], rows[1])


def _object(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key) or {}
    if not isinstance(value, Mapping):
        raise FieldRefusal(key, say("a JSON object is expected"))
    return value


def _texts(data: Mapping[str, Any], key: str) -> Mapping[str, str]:
    found = _object(data, key)
    for name, value in found.items():
        if not isinstance(value, str):
            raise FieldRefusal(f"{key}.{name}", say("text is expected"))
    return found


def _column(name: str, headings: Mapping[int, str]) -> int:
    for at, heading in headings.items():
        if heading == name:
            return at
    if name.isascii() and name.isalpha() and name.isupper() and len(name) <= 3:
        return column_index(name)
    raise FieldRefusal(
        f"columns.{name[:60]}",
        say(
            "there is no such column; its letters or one of: {codes}",
            codes=tuple(filter(None, headings.values())),
        ),
    )
