"""Looking things up in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from postal_desk.store import audit as rows
from postal_desk.store.audit import AuditRow
from postal_desk.store.tables import audit
from postal_desk.store.work import Work

_COMING_AND_GOING = ("access.login", "access.lock", "access.failed")


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Empty parts let everything through. ``month`` is YYYY-MM, ``first`` and ``last`` are days, both included.

    ``action`` is a whole one (``case.edit``) or the part before its dot; ``record`` a number, the end of one, or a name
    as it stands; ``named`` are kind and id of what else is meant by it.
    """

    month: str = ""
    record: str = ""
    action: str = ""
    who: str = ""
    first: date | None = None
    last: date | None = None
    named: tuple[tuple[str, str], ...] = ()


def find(work: Work, wanted: AuditFilter, limit: int = 0, before: int = 0) -> list[AuditRow]:
    """Rows newest first; limit 0 is no limit, ``before`` the number of the last row seen."""
    statement = _where(select(audit), wanted).order_by(audit.c.id.desc())
    if before:
        statement = statement.where(audit.c.id < before)
    if limit:
        statement = statement.limit(limit)
    return list(rows.read_rows(work.run(statement)))


def count(work: Work, wanted: AuditFilter) -> int:
    """How many rows there are."""
    return int(work.run(_where(select(func.count()).select_from(audit), wanted)).scalar_one())


def last_change(work: Work) -> int:
    """The number of the last row that tells of a change: coming and going alone is none."""
    statement = select(audit.c.id).where(audit.c.action.not_in(_COMING_AND_GOING))
    return int(work.run(statement.order_by(audit.c.id.desc()).limit(1)).scalar() or 0)


def actions_since(work: Work, audit_id: int, action: str) -> int:
    """How often something was done after a row of the audit."""
    return int(
        work.rows("SELECT count(*) FROM audit WHERE id > ? AND action = ?", (audit_id, action)).scalar_one()
    )


def seen(work: Work) -> tuple[list[str], list[str]]:
    """Everybody and every action that the audit names, in order of the alphabet."""
    who, actions = (
        [str(value) for value in work.run(select(column).distinct().order_by(column)).scalars()]
        for column in (audit.c.who, audit.c.action)
    )
    return who, actions


def _where(statement: Select[Any], wanted: AuditFilter) -> Select[Any]:
    if wanted.month:
        statement = statement.where(audit.c.at.startswith(f"{wanted.month}-", autoescape=True))
    if wanted.record:
        tail = audit.c.record.endswith(f"-{wanted.record}", autoescape=True)
        also = (and_(audit.c.kind == kind, audit.c.record == number) for kind, number in wanted.named)
        statement = statement.where(or_(audit.c.record == wanted.record, tail, *also))
    if wanted.action:
        part = audit.c.action.startswith(f"{wanted.action}.", autoescape=True)
        statement = statement.where(or_(audit.c.action == wanted.action, part))
    if wanted.who:
        statement = statement.where(audit.c.who == wanted.who)
    if wanted.first is not None:
        statement = statement.where(audit.c.at >= wanted.first.isoformat())
    if wanted.last is not None:
        statement = statement.where(audit.c.at < (wanted.last + timedelta(days=1)).isoformat())
    return statement
