"""Looking things up in the audit."""

from __future__ import annotations

from sqlalchemy import or_, select

from postal_desk.store import audit as rows
from postal_desk.store.audit import AuditRow
from postal_desk.store.tables import audit
from postal_desk.store.work import Work


def find(work: Work, month: str, record: str, action: str, limit: int) -> list[AuditRow]:
    """Rows newest first; empty filters let everything through, limit 0 is no limit.

    ``action`` is a whole one (``case.edit``) or the part before its dot.
    """
    wanted = select(audit).order_by(audit.c.id.desc())
    if month:
        wanted = wanted.where(audit.c.at.startswith(f"{month}-", autoescape=True))
    if record:
        wanted = wanted.where(audit.c.record == record)
    if action:
        part = audit.c.action.startswith(f"{action}.", autoescape=True)
        wanted = wanted.where(or_(audit.c.action == action, part))
    if limit:
        wanted = wanted.limit(limit)
    return list(rows.read_rows(work.run(wanted)))
