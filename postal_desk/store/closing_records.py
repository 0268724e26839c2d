"""Closed months: added to, read, never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select

from postal_desk.domain.closings import Closing
from postal_desk.domain.periods import Month
from postal_desk.store.month_tables import month_closings
from postal_desk.store.work import Work


def of_month(work: Work, month: Month) -> list[Closing]:
    """The closings of a month, the first one first."""
    wanted = select(month_closings).where(month_closings.c.month == str(month))
    return [_closing(row) for row in work.run(wanted.order_by(month_closings.c.revision))]


def newest(work: Work, month: Month) -> Closing | None:
    """The closing that holds."""
    wanted = select(month_closings).where(month_closings.c.month == str(month))
    row = work.run(wanted.order_by(month_closings.c.revision.desc()).limit(1)).first()
    return _closing(row) if row is not None else None


def every(work: Work) -> list[Closing]:
    """All closings, by month and revision."""
    wanted = select(month_closings).order_by(month_closings.c.month, month_closings.c.revision)
    return [_closing(row) for row in work.run(wanted)]


def closed_months(work: Work) -> dict[str, str]:
    """Each closed month (``2019-07``) with its serial number."""
    found = work.rows("SELECT month, max(number) FROM month_closings GROUP BY month ORDER BY month")
    return dict(map(tuple, found))


def add(work: Work, closing: Closing) -> None:
    """Keep a closing for good."""
    values: dict[str, Any] = {name: getattr(closing, name) for name in _COLUMNS}
    work.run(insert(month_closings).values(**values, month=str(closing.month)))


_COLUMNS = (
    *("revision", "number", "closed_at", "closed_by", "reason", "audit_number", "audit_head"),
    *("previous", "figures", "hash"),
)


def _closing(row: Any) -> Closing:
    return Closing(month=Month.parse(row.month), **{name: getattr(row, name) for name in _COLUMNS})


def has_cases(work: Work, month: Month) -> bool:
    """True if a living case was opened in or before a month: before the desk began there is nothing to close."""
    sql = (
        "SELECT 1 FROM cases INDEXED BY ix_cases_received WHERE deleted_at IS NULL AND opened_on <= ? LIMIT 1"
    )
    return work.rows(sql, (month.last.isoformat(),)).first() is not None
