"""The audit: one row for each change (one for a whole batch), written in the commit that makes the change.

Rows are only ever added (the database refuses anything else) and chained: each hash covers the row and the hash
before it. A row names who, when, what action, which record and which fields, never their values: these stand in the
``history`` beside it, of which the row keeps a keyed digest: a history can be blanked and the chain still holds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from postal_desk.store.audit_secrets import AuditSecrets
from postal_desk.store.work import AuditEnd, Work

GENESIS = bytes(32)

_ROW = ("id", "at", "who", "action", "kind", "record", "fields", "count", "digest", "prev", "hash")
_ADD = f"INSERT INTO audit ({', '.join(_ROW)}) VALUES ({', '.join('?' * len(_ROW))})"
_ADD_CHANGE = (
    "INSERT INTO history (audit_id, kind, record_id, revision, before, after) VALUES (?, ?, ?, ?, ?, ?)"
)
_READ = f"SELECT {', '.join(_ROW)} FROM audit"
_OF_RECORD = (
    f"{_READ} WHERE id IN (SELECT audit_id FROM history WHERE kind = ?1 AND record_id = ?2) OR id IN "
    "(SELECT audit_id FROM history WHERE kind = 'attachment' AND record_id IN "
    "(SELECT id FROM attachments WHERE kind = ?1 AND record_id = ?2)) OR id = ?3 ORDER BY id"
)


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
    last = work.first("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    number, prev = (int(last[0]) + 1, bytes(last[1])) if last else (1, GENESIS)
    row: dict[str, object] = {
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
    work.run_many(_ADD, [(*row.values(), head)])
    work.audit_end = AuditEnd(number, head, at)
    work.run_many(
        _ADD_CHANGE,
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
    last = work.first("SELECT id, hash, at FROM audit ORDER BY id DESC LIMIT 1")
    return AuditEnd(int(last[0]), bytes(last[1]), last[2]) if last else AuditEnd(0, GENESIS, "")


def latest_moment(work: Work, after: int, rows: int) -> str:
    """The latest time among the newest ``rows`` with a number above ``after``, empty without any."""
    sql = "SELECT max(at) FROM (SELECT at FROM audit WHERE id > ? ORDER BY id DESC LIMIT ?)"
    found = work.first(sql, (after, rows))
    return str(found[0]) if found and found[0] else ""


def head_at(work: Work, number: int) -> bytes | None:
    """The hash of one row, where the chain begins for row 0, ``None`` if there is no such row."""
    if number == 0:
        return GENESIS
    found = work.first("SELECT hash FROM audit WHERE id = ?", (number,))
    return bytes(found[0]) if found else None


def first_broken(work: Work) -> int | None:
    """The id of the first row that does not continue the chain, ``None`` if all of it holds."""
    prev, expected = GENESIS, 1
    for found in work.cursor(f"{_READ} ORDER BY id"):
        row: dict[str, Any] = dict(zip(_ROW, found, strict=True))
        if row["id"] != expected or row["prev"] != prev or row["hash"] != hash_of(row):
            return expected
        prev, expected = row["hash"], expected + 1
    return None


def first_spoilt_history(work: Work, secrets: AuditSecrets) -> int | None:
    """The id of the first row whose history no longer has the values it was written with, ``None`` if all have.

    Rows whose history was blanked by an audited act are passed over.
    """
    kept: dict[int, bytes] = dict(work.cursor("SELECT id, digest FROM audit ORDER BY id"))
    blanked = {
        number for (number,) in work.cursor("SELECT audit_id FROM history WHERE blanked_by IS NOT NULL")
    }
    for number, digest in kept.items():
        if number not in blanked and digest_of(secrets.of_row(number), changes_of(work, number)) != digest:
            return number
    return None


def blank(work: Work, kind: str, record_id: int, audit_id: int) -> None:
    """Blank the values kept of one record: the audited act ``audit_id`` says so from now on."""
    sql = "UPDATE history SET before = '', after = '', blanked_by = ? WHERE kind = ? AND record_id = ?"
    work.run_many(sql, [(audit_id, kind, record_id)])


def values_of(work: Work, kind: str, record_id: int) -> list[str]:
    """All values kept of one record, as they stand there (JSON)."""
    rows = work.rows("SELECT before, after FROM history WHERE kind = ? AND record_id = ?", (kind, record_id))
    return [text for row in rows for text in row if text]


def changes_of(work: Work, audit_id: int) -> list[Change]:
    """The values behind one row of the audit, in the order they were written."""
    sql = (
        "SELECT kind, record_id, revision, before, after FROM history WHERE audit_id = ? AND blanked_by IS NULL "
        "ORDER BY id"
    )
    return [Change(*row) for row in work.cursor(sql, (audit_id,))]


def row(work: Work, audit_id: int) -> AuditRow | None:
    """One row of the audit."""
    return next(read_rows(work.cursor(f"{_READ} WHERE id = ?", (audit_id,))), None)


def newest(work: Work, limit: int) -> list[AuditRow]:
    """The newest rows, newest first."""
    return list(read_rows(work.cursor(f"{_READ} ORDER BY id DESC LIMIT ?", (limit,))))


def of_record(work: Work, kind: str, record_id: int, added_by: int | None = None) -> list[AuditRow]:
    """Everything that was done to one record and its files, oldest first; ``added_by`` is the row of the batch that
    brought it.
    """
    return list(read_rows(work.cursor(_OF_RECORD, (kind, record_id, added_by))))


def read_rows(result: Iterable[Sequence[Any]]) -> Iterator[AuditRow]:
    """Rows of the table as they are handed out."""
    for number, at, who, action, kind, record, fields, count, *_chain in result:
        yield AuditRow(
            number, at, who, action, kind, record, tuple(fields.split(",")) if fields else (), count
        )
