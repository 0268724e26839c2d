"""Readable numbers of the records beside the cases: branch code, the kind's letter, year, sequence."""

from __future__ import annotations

import re
import unicodedata

from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.text_rule import excerpt

_NUMBER = re.compile(
    r"(?:(?P<prefix>[0-9]{6}[A-Z]?)-)?(?P<letter>[A-Z])-(?P<year>[0-9]{4})-(?P<count>[0-9]{4}|[1-9][0-9]{4,6})"
)


def format_number(prefix: str, letter: str, year: int, sequence: int) -> str:
    """``220204-P-2019-0003``; ``prefix`` is the branch code with the desk's letter, ``sequence`` counts from 1."""
    return f"{prefix}-{letter}-{year:04d}-{sequence:04d}"


def full_number(text: str, letter: str, own_prefix: str) -> str:
    """The whole number of what somebody typed (``P-2019-0003`` will do), or :class:`Refusal`."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if found is None or found["letter"] != letter:
        example = format_number(own_prefix, letter, 2019, 3)
        raise Refusal(
            say(
                "“{text}” is no number of this kind; one looks like {example}",
                text=excerpt(text),
                example=example,
            )
        )
    return format_number(found["prefix"] or own_prefix, letter, int(found["year"]), int(found["count"]))
