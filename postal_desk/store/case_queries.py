"""Which cases a filter means, as SQL whose plan is chosen here and not guessed by the database.

Each query is driven by one index (``INDEXED BY``) that already has the newest cases first, or by the search index, so
a list of a hundred costs the same among a thousand cases as among a million. Nothing here scans a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.status_groups import OPEN_STATES
from postal_desk.store.column_values import phone_digits
from postal_desk.store.work import Work

_LIVING = "cases.deleted_at IS NULL"
_DELETED = "cases.deleted_at IS NOT NULL"
_TOP = 2  # characters of a category of level 1; its children have more


@dataclass
class Query:
    """``FROM`` and ``WHERE`` of a list in the order of ``key``, newest first."""

    source: str
    key: str = "cases.sort_key"
    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    #: what the search index alone can answer: the expression and bounds of the key
    match: list[tuple[str, Any]] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        """One more condition that must hold."""
        self.conditions.append(condition)
        self.values += values

    def bound(self, operator: str, key: int) -> None:
        """Bound the key."""
        self.add(f"{self.key} {operator} ?", key)
        if self.match:
            self.match.append((f"search.rowid {operator} ?", key))

    @property
    def where(self) -> str:
        """All conditions."""
        return " AND ".join(self.conditions)


def query_of(filter: CaseFilter, today: date) -> Query | None:
    """The query of a filter; ``None`` if nothing can meet it (a search text without a word in it).

    ``today`` decides what is overdue. Names of outlet and handler are resolved inside the query.
    """
    query = _driven(filter, today)
    if query is None:
        return None
    query.add(_DELETED if filter.deleted else _LIVING)
    _add_days(query, filter)
    _add_codes(query, filter)
    for column, table, name in (
        ("outlet_id", "outlets", filter.outlet),
        ("handler_id", "staff", filter.handler),
    ):
        if name:
            query.add(f"cases.{column} = (SELECT id FROM {table} WHERE name = ?)", name)
    if filter.overdue:
        query.add("cases.replied_on IS NULL AND cases.first_due < ?", today.isoformat())
    for flag, column in (("fraud", "fraud"), ("compensated", "compensated"), ("praise", "praised")):
        if getattr(filter, flag):
            query.add(f"cases.{column} = 1")
    if filter.customer_phone:
        query.add("cases.phone_digits <> '' AND cases.phone_digits = ?", phone_digits(filter.customer_phone))
    if filter.numbers:
        query.add(f"cases.number IN ({_marks(filter.numbers)})", *filter.numbers)
    return query


def _driven(filter: CaseFilter, today: date) -> Query | None:
    """The source that yields the fewest rows in the right order, with the conditions that it needs."""
    if filter.text.strip():
        from postal_desk.store.search_text import match_expression

        expression = match_expression(filter.text)
        if expression is None:
            return None
        if filter.deleted:  # the bin is small and not in the search index
            return _search_in_bin(filter.text)
        query = Query(
            "search CROSS JOIN cases INDEXED BY ix_cases_key ON cases.sort_key = search.rowid",
            "search.rowid",
            match=[("search MATCH ?", expression)],
        )
        query.add("search MATCH ?", expression)
        if _index(filter) in _SMALL:
            _add_hits_among(query, filter, today)
        return query
    index = _index(filter)
    query = Query(f"cases INDEXED BY {index}")
    if _is_open(filter):
        query.add("cases.closed_on IS NULL")
    return query


#: Indexes that give few cases: a search holds its hits against them instead of looking up the case of each hit.
_SMALL = frozenset(
    f"ix_cases_{name}" for name in ("number", "phone", "unreplied", "fraud", "closed", "due", "open", "codes")
)


def _add_hits_among(query: Query, filter: CaseFilter, today: date) -> None:
    among = query_of(replace(filter, text=""), today)
    assert among is not None  # only a text can be impossible to meet
    # The sign keeps SQLite from asking the search once for each key.
    query.add(f"+search.rowid IN (SELECT {among.key} FROM {among.source} WHERE {among.where})", *among.values)


def _search_in_bin(text: str) -> Query:
    query = Query("cases INDEXED BY ix_cases_bin")
    for word in text.split():
        query.add(
            "instr(lower(cases.number || ' ' || cases.subject || ' ' || cases.customer_name), lower(?)) > 0",
            word,
        )
    return query


def _index(filter: CaseFilter) -> str:
    if filter.deleted:
        return "ix_cases_bin"
    rare = (filter.kind, filter.business, filter.channel, filter.praise, filter.compensated, filter.opinions)
    choices = (
        (bool(filter.numbers), "ix_cases_number"),
        (bool(filter.customer_phone), "ix_cases_phone"),
        (filter.overdue, "ix_cases_unreplied"),
        (filter.fraud, "ix_cases_fraud"),
        (bool(filter.closed_from and filter.closed_to), "ix_cases_closed"),
        (bool(filter.due_from and filter.due_to), "ix_cases_due"),
        (_is_open(filter), "ix_cases_open"),
        (any(rare), "ix_cases_codes"),
        (bool(filter.handler), "ix_cases_handler"),
        (bool(filter.outlet), "ix_cases_outlet"),
        (len(filter.category) > _TOP, "ix_cases_subcategory"),
        (bool(filter.category), "ix_cases_category"),
        (len(filter.statuses) == 1, "ix_cases_status"),
    )
    return next((index for applies, index in choices if applies), "ix_cases_living")


def _is_open(filter: CaseFilter) -> bool:
    return bool(filter.statuses) and OPEN_STATES.issuperset(filter.statuses)


def _add_days(query: Query, filter: CaseFilter) -> None:
    """Business dates bound the key itself; the other dates their columns."""
    if filter.opened_from:
        query.bound(">=", _first_key(filter.opened_from))
    if filter.opened_to:
        query.bound("<", _first_key(filter.opened_to + timedelta(days=1)))
    for column, first, last in (
        ("closed_on", filter.closed_from, filter.closed_to),
        ("last_due", filter.due_from, filter.due_to),
    ):
        if first or last:
            query.add(f"cases.{column} IS NOT NULL")
        if first:
            query.add(f"cases.{column} >= ?", first.isoformat())
        if last:
            query.add(f"cases.{column} <= ?", last.isoformat())


def _first_key(day: date) -> int:
    from postal_desk.store import numbers

    return numbers.first_key(max(day, date(1970, 1, 1)))


def _add_codes(query: Query, filter: CaseFilter) -> None:
    if filter.statuses:
        query.add(f"cases.status IN ({_marks(filter.statuses)})", *filter.statuses)
    if filter.opinions:
        query.add(f"cases.opinion IN ({_marks(filter.opinions)})", *filter.opinions)
    if len(filter.category) > _TOP:
        query.add("cases.category = ?", filter.category)
    elif filter.category:
        query.add("cases.category_top = ?", filter.category)
    for column in ("kind", "business", "channel"):
        if value := getattr(filter, column):
            query.add(f"cases.{column} = ?", value)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


#: What a row of a list shows.
LIST_COLUMNS = (
    *("sort_key", "number", "subject", "customer_name", "kind", "category", "channel", "status", "opened_on"),
    *("first_due", "replied_on", "closed_on", "fraud", "vulnerable", "praised"),
)
_SELECT_LIST = (
    f"SELECT {', '.join(f'cases.{column}' for column in LIST_COLUMNS)}, "
    "outlets.name AS outlet, staff.name AS handler"
)
_NAMES = "LEFT JOIN outlets ON outlets.id = cases.outlet_id LEFT JOIN staff ON staff.id = cases.handler_id"


def newest(work: Work, query: Query, limit: int, *, before: int | None = None, offset: int = 0) -> list[Any]:
    """List rows, newest first; ``before`` continues below a sort key, ``offset`` passes over rows."""
    sql, values = _ordered(f"{_SELECT_LIST} FROM {query.source} {_NAMES}", query, limit, before)
    if offset:
        sql, values = f"{sql} OFFSET ?", (*values, offset)
    return list(work.cursor(sql, values))


def keys(work: Work, query: Query, limit: int = -1, before: int | None = None) -> Iterator[int]:
    """Sort keys, newest first; ``limit`` -1 is no limit. To be used up within the work."""
    if (
        query.match and len(query.match) == len(query.conditions) - 1
    ):  # all but "living", which the index holds alone
        query = Query("search", query.key, *_split(query.match))
    sql, values = _ordered(f"SELECT {query.key} FROM {query.source}", query, limit, before)
    return (key for (key,) in work.cursor(sql, values))


def _split(conditions: Sequence[tuple[str, Any]]) -> tuple[list[str], list[Any]]:
    return [condition for condition, _ in conditions], [value for _, value in conditions]


def _ordered(select: str, query: Query, limit: int, before: int | None) -> tuple[str, tuple[Any, ...]]:
    below, values = "", [*query.values]
    if before is not None:
        below = f" AND {query.key} < ?"
        values.append(before)
    return f"{select} WHERE {query.where}{below} ORDER BY {query.key} DESC LIMIT ?", (*values, limit)


def of_keys(work: Work, wanted: Sequence[int]) -> dict[int, Any]:
    """List rows by sort key, deleted cases too."""
    sql = f"{_SELECT_LIST} FROM cases {_NAMES} WHERE cases.sort_key IN ({_marks(wanted)})"
    return {row[0]: row for row in work.cursor(sql, tuple(wanted))} if wanted else {}


def counts(work: Work, filter: CaseFilter, today: date) -> tuple[int, int, int]:
    """How many cases meet a filter, how many of them are closed, how many overdue today.

    Only the whole is counted row by row; open and overdue cases are few and stand in indexes of their own.
    """
    total = count_of(work, filter, today)
    if filter.overdue or not total:
        return total, 0, total
    statuses = OPEN_STATES.intersection(filter.statuses) if filter.statuses else OPEN_STATES
    still_open = count_of(work, replace(filter, statuses=tuple(sorted(statuses))), today) if statuses else 0
    return total, total - still_open, count_of(work, replace(filter, overdue=True), today)


def count(work: Work, query: Query) -> int:
    """How many cases meet a query."""
    (found,) = work.cursor(f"SELECT count(*) FROM {query.source} WHERE {query.where}", tuple(query.values))
    return int(found[0])


def count_of(work: Work, filter: CaseFilter, today: date) -> int:
    """How many cases meet a filter.

    A search is counted in its index alone; with other conditions the hits are held against the keys that these give,
    instead of looking each hit's case up.
    """
    query = query_of(filter, today)
    if query is None:
        return 0
    if not query.match:
        return count(work, query)
    hits = Query("search", query.key, *_split(query.match))
    if replace(filter, text="", opened_from=None, opened_to=None) != CaseFilter():
        _add_hits_among(hits, filter, today)
    return count(work, hits)


def naming(work: Work, number: str) -> list[tuple[str, str]]:
    """Number and kind of relation of the living cases that name this one."""
    sql = (
        "SELECT cases.number, relations.kind FROM relations CROSS JOIN cases ON cases.id = relations.case_id "
        f"WHERE relations.number = ? AND {_LIVING} ORDER BY cases.sort_key"
    )
    return [(other, kind) for other, kind in work.cursor(sql, (number,))]


def count_of_phone(work: Work, digits: str, exclude: str = "") -> int:
    """How many living cases have this phone (its digits alone), the case with number ``exclude`` left out."""
    sql = f"SELECT count(*) FROM cases WHERE phone_digits <> '' AND phone_digits = ? AND number <> ? AND {_LIVING}"
    (found,) = work.cursor(sql, (digits, exclude))
    return int(found[0])


def keys_of_phone(work: Work, digits: str, span: tuple[date, date], limit: int) -> list[int]:
    """Sort keys of the living cases of a phone opened within ``span`` (both days inclusive), newest first."""
    if not digits:
        return []
    sql = (
        f"SELECT sort_key FROM cases WHERE phone_digits <> '' AND phone_digits = ? AND {_LIVING} "
        "AND sort_key >= ? AND sort_key < ? ORDER BY sort_key DESC LIMIT ?"
    )
    return [key for (key,) in work.cursor(sql, (digits, *_key_span(span), limit))]


def keys_of_item(work: Work, item: str, span: tuple[date, date], limit: int) -> list[int]:
    """Sort keys of the living cases with an item of mail opened within ``span``, newest first."""
    sql = (
        "SELECT DISTINCT cases.sort_key FROM items CROSS JOIN cases ON cases.id = items.case_id "
        f"WHERE items.number <> '' AND items.number = ? AND {_LIVING} "
        "AND cases.sort_key >= ? AND cases.sort_key < ? ORDER BY cases.sort_key DESC LIMIT ?"
    )
    return [key for (key,) in work.cursor(sql, (item, *_key_span(span), limit))]


def _key_span(span: tuple[date, date]) -> tuple[int, int]:
    return _first_key(span[0]), _first_key(span[1] + timedelta(days=1))


def numbers_with_item(work: Work, item: str, limit: int) -> list[str]:
    """Numbers of the living cases with this item of mail, newest first."""
    sql = (
        "SELECT DISTINCT cases.number FROM items CROSS JOIN cases ON cases.id = items.case_id "
        f"WHERE items.number <> '' AND items.number = ? AND {_LIVING} ORDER BY cases.sort_key DESC LIMIT ?"
    )
    return [number for (number,) in work.cursor(sql, (item, limit))]
