"""Whether a desk's file holds together: pages, references, search index, audit chain."""

from __future__ import annotations

from datetime import date

from postal_desk.domain.sentences import Sentence, say
from postal_desk.store import audit
from postal_desk.store.audit_secrets import AuditSecrets
from postal_desk.store.work import Work

Found = tuple[Sentence, str]
_MOST = 20  # of one kind: a damaged file must not print a million lines


def problems(work: Work, secrets: AuditSecrets) -> list[Found]:
    """What is wrong, with its place; at most some twenty of each kind."""
    return [*_pages(work), *_references(work), *_search(work), *_audit(work, secrets)]


def stored_dues(work: Work) -> dict[str, tuple[date, date] | None]:
    """The due days that each living case's row holds, by number."""
    rows = work.rows("SELECT number, first_due, last_due FROM cases WHERE deleted_at IS NULL")
    return {
        number: (date.fromisoformat(first), date.fromisoformat(last)) if first else None
        for number, first, last in rows
    }


def _pages(work: Work) -> list[Found]:
    damaged = [row[0] for row in work.rows("PRAGMA cipher_integrity_check")]
    damaged += [row[0] for row in work.rows(f"PRAGMA integrity_check({_MOST})") if row[0] != "ok"]
    advice = say("the file is damaged; stop working in it and go back to a copy")
    return [(advice, str(place)) for place in damaged[:_MOST]]


def _references(work: Work) -> list[Found]:
    broken = work.rows("PRAGMA foreign_key_check").fetchmany(_MOST)
    return [
        (say("a row of it names a row of {table} that does not exist", table=parent), f"{table} {row}")
        for table, row, parent, _index in broken
    ]


def _search(work: Work) -> list[Found]:
    """The search index must hold exactly the living cases."""
    missing = work.rows(
        "SELECT number FROM cases WHERE deleted_at IS NULL AND sort_key NOT IN (SELECT rowid FROM search) LIMIT ?",
        (_MOST,),
    )
    found: list[Found] = [
        (say("the search does not find it; save the case again"), row[0]) for row in missing
    ]
    extra = work.rows(
        "SELECT rowid FROM search WHERE rowid NOT IN (SELECT sort_key FROM cases WHERE deleted_at IS NULL) LIMIT ?",
        (_MOST,),
    )
    found += [(say("the search finds a case that does not exist"), f"search {row[0]}") for row in extra]
    return found


def _audit(work: Work, secrets: AuditSecrets) -> list[Found]:
    found: list[Found] = []
    if (broken := audit.first_broken(work)) is not None:
        found.append((say("the audit's chain is broken from here on"), f"audit {broken}"))
    if (spoilt := audit.first_spoilt_history(work, secrets)) is not None:
        found.append((say("the values kept behind it are not those that were written"), f"audit {spoilt}"))
    return found
