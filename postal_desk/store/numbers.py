"""Giving case numbers: a sequence for each branch code with letter and business month, which only counts up."""

from __future__ import annotations

from datetime import date

from postal_desk.domain import numbering
from postal_desk.store.work import Work

_MONTH_BITS = 12
_MOST_SERIES = 256

_TAKE = (
    "INSERT INTO sequences (series_id, month, last) VALUES (?, ?, ?) "
    "ON CONFLICT (series_id, month) DO UPDATE SET last = last + excluded.last RETURNING last"
)


def series_id(work: Work, prefix: str) -> int:
    """The id of a series (branch code with letter), made if it is new."""
    found = work.first("SELECT id FROM series WHERE prefix = ?", (prefix,))
    if found is not None:
        return int(found[0])
    (known,) = work.first("SELECT count(*) FROM series") or (0,)
    if known >= _MOST_SERIES:
        raise ValueError(f"a desk holds at most {_MOST_SERIES} series of numbers")
    work.run_many("INSERT INTO series (id, prefix) VALUES (?, ?)", [(known, prefix)])
    return int(known)


def take(work: Work, of_series: int, month: str, count: int = 1) -> int:
    """Take ``count`` numbers of a month (``YYYY-MM``) for good; returns the first of them."""
    last = work.rows(_TAKE, (of_series, month, count)).scalar_one()
    return int(last) - count + 1


def sort_key(opened_on: date, of_series: int, month: str, sequence: int) -> int:
    """The key that orders cases by business date, then number.

    The number's own month is part of it: the date of a case may be corrected into another month, its number stays.
    """
    months = (int(month[:4]) - 1970) * 12 + int(month[5:7])
    return numbering.sort_key(opened_on, of_series << _MONTH_BITS | months, sequence)


def first_key(opened_on: date) -> int:
    """The smallest key that a case of this day can have."""
    return numbering.sort_key(opened_on, 0, 0)


def key_of_number(work: Work, number: str, opened_on: date) -> int:
    """The sort key of a numbered case opened (now) on this day."""
    parts = numbering.parse_number(number)
    of_series = series_id(work, parts.branch + parts.letter)
    return sort_key(opened_on, of_series, f"{parts.year:04d}-{parts.month:02d}", parts.sequence)
