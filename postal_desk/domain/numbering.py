"""Case numbers: ``220204-2019-07-0044`` and, for the second desk of a branch, ``220204B-2019-07-0044``.

Branch code, letter of the desk (none for the first), year and month of the business date, sequence within
that month. The sequence has four digits and grows beyond 9999. A number is given once and never reused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.text_rule import excerpt

FIRST_YEAR = 1970  #: cases opened before do not fit the key
_EPOCH = date(FIRST_YEAR, 1, 1).toordinal()
_ORDINAL_BITS = 20
_SEQUENCE_BITS = 24
MAX_ORDINAL = (1 << _ORDINAL_BITS) - 1
MAX_SEQUENCE = (1 << _SEQUENCE_BITS) - 1
_MAX_DAYS = (1 << (63 - _ORDINAL_BITS - _SEQUENCE_BITS)) - 1

_TAIL = (
    r"(?P<letter>[A-Z]?)-(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])-(?P<sequence>[0-9]{4}|[1-9][0-9]{4,7})"
)
_NUMBER = re.compile(r"(?P<branch>[0-9]{6})" + _TAIL)
_SHORT = re.compile(_TAIL)


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber:
    """A case number in its parts; ``str()`` gives the readable form."""

    branch: str
    letter: str
    year: int
    month: int
    sequence: int

    def __str__(self) -> str:
        return format_number(self.branch, self.year, self.month, self.sequence, self.letter)


def format_number(branch: str, year: int, month: int, sequence: int, letter: str = "") -> str:
    """The readable number; ``branch`` is the six-digit code, ``sequence`` counts from 1."""
    return f"{branch}{letter}-{year:04d}-{month:02d}-{sequence:04d}"


def parse_number(text: str, own_branch: str = "") -> CaseNumber:
    """The parts of a number, or :class:`Refusal`. Full-width and lower-case writing is understood.

    With ``own_branch`` the short form that lists show (``2019-07-0044``, ``B-2019-07-0044``) is understood
    too.
    """
    written = unicodedata.normalize("NFKC", text).strip().upper()
    found = _NUMBER.fullmatch(written)
    branch = found["branch"] if found else own_branch
    if found is None and own_branch:
        found = _SHORT.fullmatch(written if written[:1].isalpha() else f"-{written}")
    if found is None or int(found["sequence"]) == 0 or int(found["year"]) == 0:
        raise Refusal(
            say(
                "“{text}” is not a case number; one looks like {example}",
                text=excerpt(text),
                example=_EXAMPLE,
            )
        )
    return CaseNumber(
        branch, found["letter"], int(found["year"]), int(found["month"]), int(found["sequence"])
    )


_EXAMPLE = "220204-2019-07-0044"


def is_number(text: str) -> bool:
    """True for a whole case number as it is written everywhere."""
    return _NUMBER.fullmatch(text) is not None


def shorten(number: str, own_branch: str) -> str:
    """What a list shows: the part after the own branch's code; a number of another branch stays whole."""
    if own_branch and number.startswith(own_branch) and len(number) > len(own_branch):
        return number[len(own_branch) :].removeprefix("-")
    return number


def sort_key(opened_on: date, desk_ordinal: int, sequence: int) -> int:
    """The 63-bit key that orders cases by business date, then desk, then sequence.

    Days since 1970-01-01 in the high 19 bits, then 20 bits of desk, then 24 bits of sequence. A date that
    does not fit (before 1970, after 3405) is refused as content; an ordinal or sequence that does not fit
    is a bug.
    """
    days = opened_on.toordinal() - _EPOCH
    if not 0 <= days <= _MAX_DAYS:
        raise Refusal(say("The opening day {day} can't be right; use a day from 1970 on", day=opened_on))
    if not 0 <= desk_ordinal <= MAX_ORDINAL or not 0 <= sequence <= MAX_SEQUENCE:
        raise ValueError(f"desk {desk_ordinal} or sequence {sequence} does not fit the key")
    return days << (_ORDINAL_BITS + _SEQUENCE_BITS) | desk_ordinal << _SEQUENCE_BITS | sequence


def opened_on_of(key: int) -> date:
    """The business date inside a :func:`sort_key`."""
    return date.fromordinal(_EPOCH + (key >> (_ORDINAL_BITS + _SEQUENCE_BITS)))
