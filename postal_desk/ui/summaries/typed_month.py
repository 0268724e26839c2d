"""Months the way people type them: ``7``, ``7月``, ``2019-7``, ``201907``, ``2019年7月``, 上月, ``July 2019``."""

from __future__ import annotations

import re
import unicodedata

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.text_rule import excerpt

_WORDS = {
    **dict.fromkeys(("本月", "这个月", "this month"), 0),
    **dict.fromkeys(("上月", "上个月", "last month"), -1),
}
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = re.compile(r"([0-9]{4}|[0-9]{2}) ?[-/.年] ?([0-9]{1,2}) ?月?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})")
_ALONE = re.compile(r"([0-9]{1,2}) ?月?")
_NAMED = re.compile(r"([a-z]{3,9})\.?(?:[ ,]+([0-9]{4}))?")
_FIRST_YEAR = 1900


def read_month(text: str, this: Month) -> Month:
    """The month that is meant, or :class:`Refusal`; a month without a year is the latest one up to ``this``.

    A month after ``this`` is refused: nothing can have happened in it.
    """
    written = " ".join(unicodedata.normalize("NFKC", text).strip().lower().split())
    found = _word(written, this) or _figures(written, this) or _name(written, this)
    if found is None:
        forms = say("write for example 7, 2019-7, 201907, 2019年7月 or 上月")
        raise Refusal(say("“{text}” is not a month; {forms}", text=excerpt(text), forms=forms))
    if found > this:
        raise Refusal(
            say("{month} has not begun yet; the latest month is {this}", month=found.label, this=this.label)
        )
    return found


def _word(written: str, this: Month) -> Month | None:
    return this.plus(_WORDS[written]) if written in _WORDS else None


def _figures(written: str, this: Month) -> Month | None:
    if found := _FULL.fullmatch(written) or _DIGITS.fullmatch(written):
        year = int(found[1])
        return _month(year if year > 99 else 2000 + year, int(found[2]))
    if found := _ALONE.fullmatch(written):
        return _latest(int(found[1]), this)
    return None


def _name(written: str, this: Month) -> Month | None:
    found = _NAMED.fullmatch(written)
    if found is None or found[1][:3] not in _NAMES:
        return None
    month = _NAMES.index(found[1][:3]) + 1
    if not Month(2000, month).label.en.split()[0].lower().startswith(found[1]):
        return None
    return _month(int(found[2]), month) if found[2] else _latest(month, this)


def _latest(month: int, this: Month) -> Month | None:
    return _month(this.year if month <= this.month else this.year - 1, month)


def _month(year: int, month: int) -> Month | None:
    return Month(year, month) if year >= _FIRST_YEAR and 1 <= month <= 12 else None
