"""Finished cases as candidates for similarity: a bounded number, read from the newest."""

from __future__ import annotations

from dataclasses import dataclass

from postal_desk.store.work import Work

_FINISHED = "cases.status = 'closed' AND cases.deleted_at IS NULL"
_SELECT = (
    "SELECT cases.id, cases.number, cases.subject, cases.status, substr(case_texts.narrative, 1, 600), "
    "(SELECT group_concat(kind) FROM (SELECT kind FROM dispositions WHERE case_id = cases.id ORDER BY position))"
)
_TEXTS = "JOIN case_texts ON case_texts.case_id = cases.id"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One finished case: subject and the beginning of its narrative as ``text``, disposition codes as ``outcome``."""

    number: str
    subject: str
    status: str
    text: str
    outcome: tuple[str, ...]


def finished(work: Work, category_top: str, fraud: bool, limit: int) -> list[Candidate]:
    """The newest finished cases of a category (``""``: of any), and with ``fraud`` those with that suspicion too."""
    queries: list[tuple[str, tuple[object, ...]]] = []
    if category_top:
        queries.append(("INDEXED BY ix_cases_category", (category_top,)))
    else:
        queries.append(("INDEXED BY ix_cases_status", ()))
    if fraud:
        queries.append(("INDEXED BY ix_cases_fraud", ()))
    found: dict[int, Candidate] = {}
    for index, values in queries:
        more = "cases.category_top = ? AND " if values else "cases.fraud = 1 AND " if "fraud" in index else ""
        sql = f"{_SELECT} FROM cases {index} {_TEXTS} WHERE {more}{_FINISHED} ORDER BY cases.sort_key DESC LIMIT ?"
        for case_id, number, subject, status, narrative, kinds in work.rows(sql, (*values, limit)):
            outcome = tuple(kinds.split(",")) if kinds else ()
            found[case_id] = Candidate(number, subject, status, f"{subject}\n{narrative}", outcome)
    return list(found.values())
