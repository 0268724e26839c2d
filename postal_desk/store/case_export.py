"""The case list as it is exported: which cases a month's figures count, and each as one flat line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from postal_desk.store.summary_queries import CLOSED_SINCE, LIVING, STILL_OPEN, Span, text_of
from postal_desk.store.work import Work


def counted_keys(work: Work, span: Span, day: date) -> Iterator[int]:
    """Sort keys, newest first, of every case that the month's figures count: received or closed in the span, or
    open at the end of ``day``. To be used up within the work.
    """
    living = f"SELECT sort_key FROM cases WHERE {LIVING} AND"
    sql = (
        f"{living} opened_on BETWEEN ? AND ? UNION {living} closed_on BETWEEN ? AND ? "
        f"UNION SELECT sort_key FROM {STILL_OPEN} UNION SELECT sort_key FROM {CLOSED_SINCE} ORDER BY 1 DESC"
    )
    values = (*text_of(span), *text_of(span), *(day.isoformat(),) * 3)
    for run in work.rows(sql, values).partitions(10_000):
        yield from (key for (key,) in run)


class Listed(NamedTuple):
    """One case of the exported list, all on one line; days are ISO text, ``""`` for none, ``paid`` is fen."""

    number: str
    kind: str
    business: str
    category: str
    channel: str
    status: str
    opened_on: str
    answered_on: str
    closed_on: str
    last_due: str
    subject: str
    narrative: str
    remedy: str
    praise: str
    outlet: str
    handler: str
    customer_name: str
    customer_phone: str
    customer_address: str
    age_band: str
    vulnerable: str
    responsibility: str
    opinion: str
    fraud: int
    replied_on: str
    first_due: str
    items: tuple[str, ...]
    outcomes: tuple[str, ...]
    paid: int


_LIST = (
    "SELECT cases.id, cases.number, cases.kind, business, category, channel, status, opened_on, "
    "coalesce(answered_on, ''), coalesce(closed_on, ''), coalesce(last_due, ''), subject, narrative, remedy, praise, "
    "coalesce(outlets.name, ''), coalesce(staff.name, ''), customer_name, customer_phone, customer_address, "
    "age_band, vulnerable, responsibility, opinion, fraud, coalesce(replied_on, ''), coalesce(first_due, '') "
    "FROM cases JOIN case_texts ON case_texts.case_id = cases.id "
    "LEFT JOIN outlets ON outlets.id = cases.outlet_id LEFT JOIN staff ON staff.id = cases.handler_id "
)


def listed(work: Work, keys: Sequence[int]) -> list[Listed]:
    """The lines of the cases with these sort keys (some hundreds), newest first."""
    marks = ", ".join("?" * len(keys))
    rows = work.rows(
        f"{_LIST} WHERE cases.sort_key IN ({marks}) ORDER BY cases.sort_key DESC", tuple(keys)
    ).all()
    ids = tuple(row[0] for row in rows)
    of_cases = f"WHERE case_id IN ({marks}) ORDER BY case_id, position"
    items: defaultdict[int, list[str]] = defaultdict(list)
    for case, number in work.rows(f"SELECT case_id, number FROM items {of_cases}", ids):
        if number:
            items[case].append(number)
    outcomes: defaultdict[int, list[str]] = defaultdict(list)
    paid: Counter[int] = Counter()
    for case, kind, amount in work.rows(f"SELECT case_id, kind, amount FROM dispositions {of_cases}", ids):
        outcomes[case].append(kind)
        if kind == "compensated" and amount:
            paid[case] += amount
    return [
        Listed._make((*row[1:], tuple(items[row[0]]), tuple(outcomes[row[0]]), paid[row[0]])) for row in rows
    ]


def customer_names(work: Work) -> Iterator[str]:
    """The different names of customers, deleted cases included: whoever is named must not be told elsewhere."""
    for (name,) in work.cursor("SELECT DISTINCT customer_name FROM cases WHERE customer_name <> ''"):
        yield name
