"""Taking the persons of a case out of other texts: each way in which they can be written there becomes stars."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from postal_desk.domain.cases import Case
from postal_desk.domain.masking import HALF_WIDTH, STAR

T = TypeVar("T")

_APART = r"[\s·•\-－—]{0,2}"  # what may stand between the digits of a number
_CALLED = (
    r"(?:某{1,2}|女士|先生|小姐|同志|大爷|大妈|大娘|大叔|阿姨|奶奶|爷爷|老人|老太太?|老师|师傅|某女士|某先生)"
)
_LEAST_DIGITS = 6  # shorter numbers are found in any text
_SURNAME = re.compile(r"[㐀-鿿𠀀-𳏿]{2,4}")


def words_of(case: Case, staff: Collection[str], found: Iterable[str] = ()) -> set[str]:
    """What names somebody in a case: customer, counterparts, numbers of phones and items, the address, and what was
    ``found`` in its free texts. Members of the ``staff`` are none of them.
    """
    customer = case.customer
    told = {customer.name, customer.phone, customer.address, *found}
    told |= {item.number for item in case.items}
    told |= {name for step in case.steps for name in (step.actor, step.counterpart)}
    return {word for word in (word.strip() for word in told) if len(word) > 1 and word not in staff}


def pattern_of(words: Iterable[str], compound_surnames: Collection[str]) -> re.Pattern[str] | None:
    """Finds the words; numbers in any grouping, a Chinese name also as «surname 女士». ``None`` for no words."""
    parts = []
    for word in sorted({word.translate(HALF_WIDTH) for word in words}, key=len, reverse=True):
        if sum(character.isdigit() for character in word) >= _LEAST_DIGITS:
            letters = [re.escape(character) for character in word if character.isalnum()]
            parts.append(_APART.join(letters))
        elif not word.isdigit():
            parts.append(re.escape(word))
        if _SURNAME.fullmatch(word):
            surname = word[:2] if len(word) > 2 and word[:2] in compound_surnames else word[0]
            parts.append(re.escape(surname) + _CALLED)
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def without(value: T, pattern: re.Pattern[str]) -> T:
    """A text, or a record of texts however deep, with every find starred to its length: whatever limit held, holds."""
    if isinstance(value, str):
        return cast(T, _starred(value, pattern))
    if isinstance(value, tuple):
        return cast(T, tuple(without(part, pattern) for part in value))
    if is_dataclass(value) and not isinstance(value, type):
        known: Any = value
        values = {field.name: without(getattr(known, field.name), pattern) for field in fields(known)}
        return cast(T, replace(known, **values))
    return value


def _starred(text: str, pattern: re.Pattern[str]) -> str:
    characters = list(text)
    for found in pattern.finditer(text.translate(HALF_WIDTH)):
        for at in range(*found.span()):
            characters[at] = STAR
    return "".join(characters)
