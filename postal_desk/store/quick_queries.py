"""Records that are found by a few typed words: measures, problems, visits, claims, errors, outlets, staff.

Their tables are small beside the cases, so each is read through once; what is shown of a record stands in one text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from postal_desk.store.work import Work

#: kind → number, what is shown, its state, the case it belongs to, what else is searched, and where all that stands
_SOURCES: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "measure": (
        "r.number",
        "r.title",
        "r.status",
        "''",
        "r.problem || ' ' || r.owner_unit || ' ' || r.owner",
        "measures AS r WHERE r.deleted_at IS NULL",
    ),
    "problem": (
        "r.number",
        "r.text",
        "''",
        "''",
        "r.unit || ' ' || r.clause || ' ' || coalesce(o.name, '')",
        "problems AS r LEFT JOIN outlets AS o ON o.id = r.outlet_id WHERE r.deleted_at IS NULL",
    ),
    "visit": (
        "r.number",
        "r.title",
        "''",
        "''",
        "r.purpose || ' ' || r.unit || ' ' || coalesce(o.name, '')",
        "visits AS r LEFT JOIN outlets AS o ON o.id = r.outlet_id WHERE r.deleted_at IS NULL",
    ),
    "claim": (
        "r.number",
        "c.subject",
        "''",
        "r.case_number",
        (
            "r.case_number || ' ' || r.receipt || ' ' || coalesce((SELECT group_concat(i.number, ' ') "
            "FROM claim_items AS i WHERE i.claim_id = r.id), '')"
        ),
        "claims AS r JOIN cases AS c ON c.number = r.case_number WHERE r.deleted_at IS NULL",
    ),
    "error": (
        "r.number",
        "r.text",
        "r.decision",
        "''",
        "s.name || ' ' || coalesce(o.name, '')",
        (
            "errors AS r JOIN staff AS s ON s.id = r.staff_id LEFT JOIN outlets AS o ON o.id = r.outlet_id "
            "WHERE r.deleted_at IS NULL"
        ),
    ),
    "outlet": ("''", "r.name", "''", "''", "''", "outlets AS r WHERE 1"),
    "staff": (
        "''",
        "r.name",
        "''",
        "''",
        "coalesce(o.name, '')",
        "staff AS r LEFT JOIN outlets AS o ON o.id = r.outlet_id WHERE 1",
    ),
}
KINDS = tuple(_SOURCES)
#: how well a record fits: its number, the beginning of its title, the whole of it, only what else is searched
BY_NUMBER, BY_BEGINNING, BY_TITLE, BY_REST = range(4)


class Hit(NamedTuple):
    """One record. ``rank`` is the better the smaller; ``text`` is as it was written, not masked."""

    kind: str
    rank: int
    number: str
    text: str
    state: str
    case: str


def find(work: Work, words: list[str], limit: int) -> list[Hit]:
    """The records that hold every word, of each kind the ``limit`` best; the best of all first, then the newest."""
    found: list[tuple[int, int, Hit]] = []
    for place, kind in enumerate(KINDS):
        sql, values = _question(kind, words, limit)
        rows: Any = work.rows(sql, values)
        found += [(int(row[0]), place, Hit(kind, *row)) for row in rows]
    found.sort(key=lambda one: one[:2])
    return [hit for _rank, _place, hit in found]


def _question(kind: str, words: list[str], limit: int) -> tuple[str, tuple[Any, ...]]:
    number, text, state, case, rest, where = _SOURCES[kind]
    like = [f"%{_escaped(word)}%" for word in words]
    every = " AND ".join([f"{number} || ' ' || {text} || ' ' || {rest} LIKE ? ESCAPE '\\'"] * len(words))
    titled = " AND ".join([f"{text} LIKE ? ESCAPE '\\'"] * len(words))
    rank = (
        f"CASE WHEN {number} LIKE ? ESCAPE '\\' THEN {BY_NUMBER} WHEN {text} LIKE ? ESCAPE '\\' THEN {BY_BEGINNING} "
        f"WHEN {titled} THEN {BY_TITLE} ELSE {BY_REST} END"
    )
    first = _escaped(" ".join(words))
    sql = (
        f"SELECT {rank} AS rank, {number}, {text}, {state}, {case} FROM {where} AND {every} "
        "ORDER BY rank, r.id DESC LIMIT ?"
    )
    return sql, (f"%{first}%", f"{first}%", *like, *like, limit)


def _escaped(word: str) -> str:
    """A word in which nothing stands for anything else."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
