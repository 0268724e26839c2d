"""Reading the audit: who did what and when, and whether all of it is still there."""

from __future__ import annotations

from dataclasses import dataclass

from postal_desk.domain.periods import Month
from postal_desk.services.desk import Desk
from postal_desk.store import audit, audit_queries
from postal_desk.store.audit import AuditRow

__all__ = ["AuditCheck", "AuditRow", "read_audit", "verify_audit"]


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """``rows`` in the chain, its ``head`` (hexadecimal); the first row at which it breaks, and the first whose
    values are not those that were written, ``None`` where all holds.
    """

    rows: int
    head: str
    broken_at: int | None
    spoilt_at: int | None

    @property
    def ok(self) -> bool:
        """True if all of it holds."""
        return self.broken_at is None and self.spoilt_at is None


def read_audit(
    desk: Desk, *, month: Month | None = None, record: str = "", action: str = "", limit: int = 100
) -> list[AuditRow]:
    """Rows of the audit, newest first. ``action`` takes the first part of one too (``case``); limit 0: all."""
    with desk.work() as work:
        return audit_queries.find(work, str(month) if month else "", record, action, limit)


def verify_audit(desk: Desk) -> AuditCheck:
    """Go through the whole chain and the values behind it."""
    with desk.work() as work:
        end = audit.end(work)
        broken, spoilt = audit.first_broken(work), audit.first_spoilt_history(work, desk.audit_secret)
    return AuditCheck(end.number, end.head.hex(), broken, spoilt)
