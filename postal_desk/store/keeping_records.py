"""Which closed cases are past their term, which are held, which were made anonymous."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.dialects.sqlite import insert

from postal_desk.store.attachment_tables import case_keeping
from postal_desk.store.work import Work


@dataclass(frozen=True, slots=True)
class Keeping:
    """One closed case: since when it is held and why (empty: it is not), when it was made anonymous."""

    case_id: int
    number: str
    subject: str
    customer: str
    category: str
    closed_on: str
    held_on: str | None
    reason: str
    anonymous_at: str | None


_ROWS = (
    "SELECT c.id, c.number, c.subject, c.customer_name, c.category, c.closed_on, k.held_on, "
    "coalesce(k.reason, ''), k.anonymous_at FROM cases c LEFT JOIN case_keeping k ON k.case_id = c.id "
    "WHERE c.deleted_at IS NULL AND "
)


def _read(work: Work, where: str, values: tuple[str | int, ...]) -> list[Keeping]:
    return [Keeping(*row) for row in work.rows(_ROWS + where, values)]


def past_term(work: Work, before: str, limit: int = -1) -> list[Keeping]:
    """The living cases closed before a day that still tell who somebody was, oldest first; held ones are among them."""
    return _read(
        work,
        "c.closed_on IS NOT NULL AND c.closed_on < ? AND k.anonymous_at IS NULL ORDER BY c.closed_on, c.number LIMIT ?",
        (before, limit),
    )


def held(work: Work) -> list[Keeping]:
    """The living cases that are held, the oldest hold first; closed or not."""
    return _read(work, "k.held_on IS NOT NULL ORDER BY k.held_on, c.number", ())


def held_ids(work: Work) -> set[int]:
    """The ids of all cases that are held, deleted ones too."""
    return {row[0] for row in work.rows("SELECT case_id FROM case_keeping WHERE held_on IS NOT NULL")}


def of_cases(work: Work, ids: Sequence[int]) -> dict[int, tuple[str | None, str, str | None]]:
    """Hold (day and reason) and moment of anonymity of these cases; those with neither are absent."""
    marks = ", ".join("?" * len(ids))
    rows = work.rows(
        f"SELECT case_id, held_on, reason, anonymous_at FROM case_keeping WHERE case_id IN ({marks})",
        tuple(ids),
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def set_hold(work: Work, case_id: int, held_on: str | None, reason: str) -> None:
    """Hold a case, or (``None``) let it go."""
    values = {"held_on": held_on, "reason": reason}
    statement = insert(case_keeping).values(case_id=case_id, **values)
    work.run(statement.on_conflict_do_update(index_elements=["case_id"], set_=values))


def set_anonymous(work: Work, case_id: int, moment: str) -> None:
    """Note that a case tells of nobody any more."""
    statement = insert(case_keeping).values(case_id=case_id, anonymous_at=moment)
    work.run(statement.on_conflict_do_update(index_elements=["case_id"], set_={"anonymous_at": moment}))
