"""Single values of a rule record, read strictly: a wrong type is refused, saying what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from postal_desk.domain.sentences import Label, Sentence, say

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")  # all but tab and line feed


class WrongValue(Exception):
    """A value of the wrong type or form; ``sentence`` says what was expected and what was found."""

    def __init__(self, expected: Sentence, found: object) -> None:
        text = repr(found) if isinstance(found, str) else str(found)
        shown = text if len(text) <= 60 else text[:60] + "…"
        self.sentence = say("expected {expected}, found {found}", expected=expected, found=shown)
        super().__init__(str(self.sentence))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValue(say("text"), value)
    if _CONTROL.search(value):
        raise WrongValue(say("text without control characters"), value)
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongValue(say("a whole number"), value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(say("true or false"), value)
    return value


def _number(value: object) -> Decimal:
    """A number as text, whole number or Decimal; a binary float isn't what was written, so it is refused."""
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise WrongValue(say("a number"), value)
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise WrongValue(say("a number"), value) from None
    if not number.is_finite():
        raise WrongValue(say("a number"), value)
    return number


def read_day(value: object) -> date:
    """A date, as such or as ``YYYY-MM-DD``; :class:`WrongValue` for anything else, a moment included."""
    if isinstance(value, datetime):
        raise WrongValue(say("a date such as 2019-07-17"), value)
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise WrongValue(say("a date such as 2019-07-17"), value) from None
    raise WrongValue(say("a date such as 2019-07-17"), value)


def _label(value: object) -> Label:
    if not isinstance(value, Mapping) or set(value) != {"zh", "en"}:
        raise WrongValue(say("a name in both languages, {form}", form="{ zh, en }"), value)
    zh, en = _text(value["zh"]), _text(value["en"])
    if not zh.strip() or not en.strip():
        raise WrongValue(say("a name in both languages, {form}", form="{ zh, en }"), value)
    return Label(zh, en)


def read_words(value: object) -> tuple[str, ...]:
    """A list of texts; :class:`WrongValue` for anything else."""
    if not isinstance(value, (list, tuple)):
        raise WrongValue(say("a list of words"), value)
    return tuple(_text(word) for word in value)


def _days(value: object) -> frozenset[date]:
    if not isinstance(value, (list, tuple)):
        raise WrongValue(say("a list of dates"), value)
    return frozenset(read_day(day) for day in value)


def _named_days(value: object) -> dict[date, Label]:
    if not isinstance(value, Mapping):
        raise WrongValue(say("dates with their names"), value)
    return {read_day(day): _label(name) for day, name in value.items()}


def _optional(read: Callable[[object], object]) -> Callable[[object], object]:
    return lambda value: None if value is None else read(value)


#: how to read each field type that the rule dataclasses declare, by its annotation
READERS: Mapping[str, Callable[[object], object]] = {
    "str": _text,
    "str | None": _optional(_text),
    "int": _whole,
    "bool": _flag,
    "Decimal": _number,
    "Decimal | None": _optional(_number),
    "date | None": _optional(read_day),
    "Label": _label,
    "Label | None": _optional(_label),
    "tuple[str, ...]": read_words,
    "frozenset[date]": _days,
    "Mapping[date, Label]": _named_days,
}


def plain(value: object) -> object:
    """The JSON form of a field's value, the inverse of its reader; sets come out sorted."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Label):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, frozenset):
        return [plain(part) for part in sorted(value)]
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(part) for key, part in sorted(value.items())}
    raise TypeError(f"no plain form for {type(value).__name__}")
