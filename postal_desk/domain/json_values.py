"""Single JSON values as the fields declare them: typed and checked, or refused with the place and the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from postal_desk.domain import item_numbers, text_rule
from postal_desk.domain.fields import Field
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Sentence, say

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):[0-5]\d)?", re.ASCII)
_MONEY = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
LARGEST_COUNT = 999_999_999


def joined(path: str, name: str) -> str:
    """The JSON path of a field below ``path``."""
    return f"{path}.{name}" if path else name


def of_type(value: Any, wanted: type[Any], path: str, reason: Sentence) -> None:
    """Refuse a value of another type."""
    if not isinstance(value, wanted):
        raise FieldRefusal(path, reason)


def check_keys(data: Any, known: Sequence[str], path: str) -> None:
    """Refuse anything but an object whose keys are all known."""
    of_type(data, Mapping, path or "[1]", say("a JSON object is expected"))
    for key in data:
        if key not in known:
            raise FieldRefusal(
                joined(path, str(key)[:60]),
                say("this key is not known; known are: {keys}", keys=tuple(known)),
            )


class Reader:
    """Reads values by the rules of one desk. ``None`` and ``""`` read as ``None``: the field is empty.

    ``notes`` collects what the text rule took out of texts, for whoever wants to say it.
    """

    def __init__(self, rules: Rules, notes: list[Sentence] | None = None) -> None:
        self.rules = rules
        self.notes = notes
        self._readers: Mapping[str, Callable[[Field, Any, str], Any]] = {
            "code": self._code,
            "category": self._category,
            "text": self._text,
            "lines": self._text,
            "outlet": self._text,
            "staff": self._text,
            "number": self._number,
            "date": self._date,
            "moment": self._moment,
            "money": self._money,
            "bool": self._bool,
            "count": self._count,
            "codes": self._codes,
        }

    def read(self, field: Field, value: Any, path: str) -> Any:
        """The typed value of a field, or :class:`FieldRefusal` for ``path``."""
        if value is None or (value == "" and field.kind != "bool"):
            return None
        read = self._readers[field.kind](field, value, path)
        if read is None and field.required:  # blanks or invisible characters only
            raise FieldRefusal(path, say("this field is required"))
        return read

    def _code(self, field: Field, value: Any, path: str) -> str:
        return in_list(value, tuple(self.rules.codes[field.codes]), path)

    def _codes(self, field: Field, value: Any, path: str) -> tuple[str, ...]:
        of_type(value, list, path, say("a list is expected"))
        known = tuple(self.rules.codes[field.codes])
        return tuple(
            dict.fromkeys(in_list(code, known, f"{path}[{at}]") for at, code in enumerate(value, start=1))
        )

    def _category(self, field: Field, value: Any, path: str) -> str:
        of_type(value, str, path, say("text is expected"))
        if value not in self.rules.categories:
            top = tuple(category.code for category in self.rules.top_categories())
            children = tuple(sorted(c for c in self.rules.categories if c.startswith(f"{value[:2]}.")))
            raise FieldRefusal(
                path,
                say(
                    "{code} is no category; near it are: {codes}",
                    code=repr(value[:40]),
                    codes=children or top,
                ),
            )
        return str(value)

    def _text(self, field: Field, value: Any, path: str) -> str | None:
        of_type(value, str, path, say("text is expected"))
        cleaned = text_rule.clean(value, field.max_length, path)
        if self.notes is not None and cleaned.said is not None:
            self.notes.append(say("{field}: {reason}", field=path, reason=cleaned.said))
        text = cleaned.text.strip()
        if field.kind != "lines" and "\n" in text:
            raise FieldRefusal(path, say("this field has one line; take the line break out"))
        return text or None

    def _number(self, field: Field, value: Any, path: str) -> str | None:
        text = self._text(field, value, path)
        return item_numbers.normalise(text) if text else None

    def _date(self, field: Field, value: Any, path: str) -> date:
        if isinstance(value, str) and (parts := _DATE.fullmatch(value)):
            try:
                day = date(*map(int, parts.groups()))
            except ValueError:
                raise FieldRefusal(path, say("{text} is not in the calendar", text=value)) from None
            if _FIRST_YEAR <= day.year <= _LAST_YEAR:
                return day
        raise FieldRefusal(path, say("no date; write it as 2019-07-02"))

    def _moment(self, field: Field, value: Any, path: str) -> str:
        if isinstance(value, str) and (parts := _MOMENT.fullmatch(value)):
            self._date(field, parts[1], path)
            return value
        raise FieldRefusal(path, say("no moment; write it as 2019-07-02T09:30, or the date alone"))

    def _money(self, field: Field, value: Any, path: str) -> Decimal:
        return money(value, path)

    def _bool(self, field: Field, value: Any, path: str) -> bool:
        of_type(value, bool, path, say("true or false is expected"))
        return bool(value)

    def _count(self, field: Field, value: Any, path: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
            raise FieldRefusal(path, say("a whole number from 0 to {most} is expected", most=LARGEST_COUNT))
        return value


def money(value: Any, path: str) -> Decimal:
    """Yuan to the fen from their text; numbers are refused, since binary fractions are not exact."""
    if isinstance(value, str) and _MONEY.fullmatch(value):
        return Decimal(value).quantize(Decimal("0.01"))
    if isinstance(value, str) and _MONEY.fullmatch(value.removeprefix("-")):
        raise FieldRefusal(path, say("must not be negative"))
    raise FieldRefusal(path, say('no amount; write yuan as text with two digits after the point, as "12.60"'))


def in_list(value: Any, known: tuple[str, ...], path: str) -> str:
    """Refuse anything but one of the known codes, naming them."""
    if not isinstance(value, str) or value not in known:
        raise FieldRefusal(path, say("{code} is not one of: {codes}", code=repr(value)[:60], codes=known))
    return value
