"""Finished cases as candidates for similarity: the best of a ranked search, and the newest of the same kind.

Both are bounded. The search looks at the newest :data:`SEARCHED` cases only, so that a million cost no more than a
hundred thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postal_desk.store.work import Work

SEARCHED = 100_000
_FINISHED = "cases.status = 'closed' AND cases.deleted_at IS NULL"
_SELECT = (
    "SELECT cases.id, cases.number, cases.subject, cases.status, cases.category, cases.fraud, cases.opinion, "
    "substr(case_texts.narrative, 1, 400), cases.customer_name, "
    "(SELECT group_concat(kind) FROM (SELECT kind FROM dispositions WHERE case_id = cases.id ORDER BY position))"
)
_TEXTS = "JOIN case_texts ON case_texts.case_id = cases.id"
#: FTS5's own bm25; the row ids are sort keys, whose high bits are the business date.
RANKED = "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? ORDER BY rank LIMIT ?"
_DONE = (  # a step of our own people before one of the customer's
    "SELECT text FROM steps WHERE case_id = ? AND text <> '' "
    "ORDER BY actor IN (SELECT name FROM staff) DESC, position DESC LIMIT 1"
)
_MEASURE = (
    "SELECT measures.title, measures.verdict FROM measure_cases "
    "JOIN measures ON measures.id = measure_cases.measure_id "
    "WHERE measure_cases.number = ? AND measures.deleted_at IS NULL AND measures.status <> 'withdrawn' "
    "ORDER BY measures.number DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One finished case: subject and the beginning of its narrative as ``text``, disposition codes as ``outcome``."""

    id: int
    number: str
    subject: str
    status: str
    category: str
    fraud: bool
    opinion: str
    text: str
    customer: str
    outcome: tuple[str, ...]


def finished(work: Work, category_top: str, fraud: bool, limit: int) -> list[Candidate]:
    """The newest finished cases of a category (``""``: of any), and with ``fraud`` those with that suspicion too."""
    queries: list[tuple[str, str, tuple[object, ...]]] = []
    if category_top:
        queries.append(("INDEXED BY ix_cases_category", "cases.category_top = ? AND ", (category_top,)))
    else:
        queries.append(("INDEXED BY ix_cases_status", "", ()))
    if fraud:
        queries.append(("INDEXED BY ix_cases_fraud", "cases.fraud = 1 AND ", ()))
    found: dict[int, Candidate] = {}
    for index, more, values in queries:
        sql = f"{_SELECT} FROM cases {index} {_TEXTS} WHERE {more}{_FINISHED} ORDER BY cases.sort_key DESC LIMIT ?"
        for row in work.rows(sql, (*values, limit)):
            found[row[0]] = _candidate(tuple(row))
    return list(found.values())


def ranked(work: Work, terms: Sequence[str], limit: int) -> list[Candidate]:
    """The finished ones among the best of a ranked search for any of the terms."""
    if not terms:
        return []
    expression = " OR ".join(f'"{term}"' for term in terms)
    keys = [key for (key,) in work.rows(RANKED, (expression, oldest_key(work), limit))]
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    sql = f"{_SELECT} FROM cases INDEXED BY ix_cases_key {_TEXTS} WHERE cases.sort_key IN ({marks}) AND {_FINISHED}"
    return [_candidate(tuple(row)) for row in work.rows(sql, tuple(keys))]


def oldest_key(work: Work) -> int:
    """The sort key from which on the search looks: that of the :data:`SEARCHED`-th newest living case, else 0."""
    sql = (
        "SELECT sort_key FROM cases INDEXED BY ix_cases_living WHERE deleted_at IS NULL "
        "ORDER BY sort_key DESC LIMIT 1 OFFSET ?"
    )
    found = work.rows(sql, (SEARCHED,)).first()
    return int(found[0]) if found else 0


def what_was_done(work: Work, candidate: Candidate) -> tuple[str, str]:
    """The measure that answers the case and its verdict, else what its last step said (and no verdict)."""
    measure = work.rows(_MEASURE, (candidate.number,)).first()
    if measure is not None:
        return str(measure[0]), str(measure[1])
    step = work.rows(_DONE, (candidate.id,)).first()
    return (str(step[0]), "") if step is not None else ("", "")


def _candidate(row: tuple[object, ...]) -> Candidate:
    case_id, number, subject, status, category, fraud, opinion, narrative, customer, kinds = row
    return Candidate(
        int(str(case_id)),
        str(number),
        str(subject),
        str(status),
        str(category),
        bool(fraud),
        str(opinion),
        f"{subject}\n{narrative}",
        str(customer),
        tuple(str(kinds).split(",")) if kinds else (),
    )
