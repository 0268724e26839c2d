"""The audit: one row for each change (one for a whole batch), written in the commit that makes the change.

Rows are only ever added (the database refuses anything else) and chained: each hash covers the row and the hash
before it. A row names who, when, what action, which record and which fields, never their values: these stand in the
``history`` beside it, of which the row keeps a keyed digest: a history can be blanked and the chain still holds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from postal_desk.store.attachment_tables import attachments
from postal_desk.store.tables import audit, history
from postal_desk.store.work import AuditEnd, Work

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Change:
    """The values behind a change of one record: JSON texts of the fields before and after (``""``: did not exist)."""

    kind: str
    record_id: int | None
    revision: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the audit as it is read back."""

    id: int
    at: str
    who: str
    action: str
    kind: str
    record: str
    fields: tuple[str, ...]
    count: int


def append(
    work: Work,
    secret: bytes,
    *,
    at: str,
    who: str,
    action: str,
    kind: str,
    record: str = "",
    fields: Sequence[str] = (),
    count: int = 1,
    changes: Sequence[Change] = (),
) -> int:
    """Add one row with the history behind it; returns its id. ``secret`` is the desk's key for digests."""
    last = work.rows("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").first()
    number, prev = (int(last[0]) + 1, bytes(last[1])) if last else (1, GENESIS)
    row = {
        "id": number,
        "at": at,
        "who": who,
        "action": action,
        "kind": kind,
        "record": record,
        "fields": ",".join(fields),
        "count": count,
        "digest": digest_of(secret, changes),
        "prev": prev,
    }
    head = hash_of(row)
    work.run(insert(audit), {**row, "hash": head})
    work.audit_end = AuditEnd(number, head, at)
    work.run_many(
        "INSERT INTO history (audit_id, kind, record_id, revision, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, c.kind, c.record_id, c.revision, c.before, c.after) for c in changes],
    )
    return number


def digest_of(secret: bytes, changes: Sequence[Change]) -> bytes:
    """Keyed digest of the values behind a row, in their order."""
    digest = hmac.new(secret, digestmod=hashlib.sha256)
    for change in changes:
        content = [change.kind, change.record_id, change.revision, change.before, change.after]
        digest.update(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return digest.digest()


def hash_of(row: dict[str, object]) -> bytes:
    """SHA-256 over the row in canonical form, the hash before it included."""
    parts = [
        part.hex() if isinstance(part, bytes) else part
        for name, part in sorted(row.items())
        if name != "hash"
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def end(work: Work) -> AuditEnd:
    """The last row, or where the chain begins if there is none."""
    last = work.rows("SELECT id, hash, at FROM audit ORDER BY id DESC LIMIT 1").first()
    return AuditEnd(int(last[0]), bytes(last[1]), last[2]) if last else AuditEnd(0, GENESIS, "")


def head_at(work: Work, number: int) -> bytes | None:
    """The hash of one row, where the chain begins for row 0, ``None`` if there is no such row."""
    if number == 0:
        return GENESIS
    found = work.rows("SELECT hash FROM audit WHERE id = ?", (number,)).first()
    return bytes(found[0]) if found else None


def first_broken(work: Work) -> int | None:
    """The id of the first row that does not continue the chain, ``None`` if all of it holds."""
    prev, expected = GENESIS, 1
    for found in work.run(select(audit).order_by(audit.c.id)).mappings():
        row = dict(found)
        if row["id"] != expected or row["prev"] != prev or row["hash"] != hash_of(row):
            return expected
        prev, expected = row["hash"], expected + 1
    return None


def first_spoilt_history(work: Work, secret: bytes) -> int | None:
    """The id of the first row whose history no longer has the values it was written with, ``None`` if all have.

    Rows whose history was blanked by an audited act are passed over.
    """
    wanted = select(audit.c.id, audit.c.digest).order_by(audit.c.id)
    kept: dict[int, bytes] = {row.id: row.digest for row in work.run(wanted)}
    blanked = set(work.run(select(history.c.audit_id).where(history.c.blanked_by.is_not(None))).scalars())
    for number, digest in kept.items():
        if number not in blanked and digest_of(secret, changes_of(work, number)) != digest:
            return number
    return None


def blank(work: Work, kind: str, record_id: int, audit_id: int) -> None:
    """Blank the values kept of one record: the audited act ``audit_id`` says so from now on."""
    values = {"before": "", "after": "", "blanked_by": audit_id}
    work.run(update(history).where(history.c.kind == kind, history.c.record_id == record_id).values(values))


def values_of(work: Work, kind: str, record_id: int) -> list[str]:
    """All values kept of one record, as they stand there (JSON)."""
    rows = work.rows("SELECT before, after FROM history WHERE kind = ? AND record_id = ?", (kind, record_id))
    return [text for row in rows for text in row if text]


def changes_of(work: Work, audit_id: int) -> list[Change]:
    """The values behind one row of the audit, in the order they were written."""
    wanted = (
        select(history)
        .where(history.c.audit_id == audit_id, history.c.blanked_by.is_(None))
        .order_by(history.c.id)
    )
    return [Change(row.kind, row.record_id, row.revision, row.before, row.after) for row in work.run(wanted)]


def row(work: Work, audit_id: int) -> AuditRow | None:
    """One row of the audit."""
    return next(read_rows(work.run(select(audit).where(audit.c.id == audit_id))), None)


def newest(work: Work, limit: int) -> list[AuditRow]:
    """The newest rows, newest first."""
    return list(read_rows(work.run(select(audit).order_by(audit.c.id.desc()).limit(limit))))


def of_record(work: Work, kind: str, record_id: int, added_by: int | None = None) -> list[AuditRow]:
    """Everything that was done to one record and its files, oldest first; ``added_by`` is the row of the batch that
    brought it.
    """
    touched = select(history.c.audit_id).where(history.c.kind == kind, history.c.record_id == record_id)
    files = select(attachments.c.id).where(attachments.c.kind == kind, attachments.c.record_id == record_id)
    filed = select(history.c.audit_id).where(history.c.kind == "attachment", history.c.record_id.in_(files))
    of_it = audit.c.id.in_(touched) | audit.c.id.in_(filed) | (audit.c.id == added_by)
    wanted = select(audit).where(of_it).order_by(audit.c.id)
    return list(read_rows(work.run(wanted)))


def read_rows(result: object) -> Iterator[AuditRow]:
    """Rows of the table as they are handed out."""
    for found in result:  # type: ignore[attr-defined]
        yield AuditRow(
            found.id,
            found.at,
            found.who,
            found.action,
            found.kind,
            found.record,
            tuple(found.fields.split(",")) if found.fields else (),
            found.count,
        )
