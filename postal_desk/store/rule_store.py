"""The desk's own copy of the rules: loaded at each start, edited in place, brought forward by an upgrade.

A rule nobody edited follows the shipped one. An edited rule stays as it is; the newer shipped form is kept beside it
(``shipped``), so that the difference can be shown and taken over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from postal_desk.domain.rules import Rules
from postal_desk.store.rule_records import RuleRecord, iter_rule_records
from postal_desk.store.work import Work

_COLUMNS = ("kind", "key", "position", "payload", "edited", "seed_hash", "shipped")
_ADD = f"INSERT INTO rules ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_ONE = "WHERE kind = ? AND key = ?"
_ALL = "SELECT kind, key, payload FROM rules ORDER BY position"

#: A rule as it is stored: kind, key, payload.
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class StoredRule:
    """One rule of the desk. ``shipped`` is set where a newer shipped form waits beside an edited one."""

    record: RuleRecord
    edited: bool
    seed_hash: str
    shipped: Mapping[str, object] | None


def seeds_digest(root: Path) -> str:
    """One digest of all rule files of a seeds folder; it changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted([*root.glob("*.toml"), *(root / "calendars").glob("*.toml")]):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def rows(work: Work) -> list[Row]:
    """All rules in their order, as they are stored."""
    return [(kind, key, text) for kind, key, text in work.cursor(_ALL)]


def records(stored: Iterable[Row]) -> list[RuleRecord]:
    """The rules that rows hold."""
    return [RuleRecord(kind, key, json.loads(payload)) for kind, key, payload in stored]


def load(work: Work) -> list[RuleRecord]:
    """All rules in their order."""
    return records(rows(work))


def load_stored(work: Work, kind: str = "") -> list[StoredRule]:
    """Rules with where they come from, all or those of one kind."""
    found = work.cursor(
        "SELECT kind, key, payload, edited, seed_hash, shipped FROM rules WHERE ?1 IN ('', kind) ORDER BY position",
        (kind,),
    )
    return [
        StoredRule(
            RuleRecord(its_kind, key, json.loads(payload)),
            bool(edited),
            seed_hash,
            json.loads(shipped) if shipped else None,
        )
        for its_kind, key, payload, edited, seed_hash, shipped in found
    ]


def fill(work: Work, rules: Rules) -> None:
    """Put the shipped rules into a new desk."""
    work.run_many(_ADD, shipped_rows(rules))


def shipped_rows(rules: Rules) -> list[tuple[object, ...]]:
    """The rows that hold rules nobody edited."""
    return [_values(at, r, r.fingerprint()) for at, r in enumerate(iter_rule_records(rules), start=1)]


def put(
    work: Work,
    record: RuleRecord,
    *,
    edited: bool,
    seed_hash: str,
    shipped: Mapping[str, object] | None = None,
) -> None:
    """Replace or add one rule; ``shipped`` is the newer shipped form that goes on waiting beside it."""
    found = work.first(f"SELECT position FROM rules {_ONE}", (record.kind, record.key))
    found = found or work.first("SELECT coalesce(max(position), 0) + 1 FROM rules")
    assert found is not None
    remove(work, record.kind, record.key)
    waiting = None if shipped is None else _json(shipped)
    work.run_many(_ADD, [_values(int(found[0]), record, seed_hash, edited, waiting)])


def remove(work: Work, kind: str, key: str) -> None:
    """Drop one rule."""
    work.run_many(f"DELETE FROM rules {_ONE}", [(kind, key)])


def bring_forward(work: Work, shipped: Iterable[RuleRecord]) -> tuple[list[RuleRecord], list[RuleRecord]]:
    """Take over newer shipped rules; returns those taken over, and those that an edited rule holds back (they are kept
    beside it to be compared).
    """
    kept = {(s.record.kind, s.record.key): s for s in load_stored(work)}
    taken: list[RuleRecord] = []
    held_back: list[RuleRecord] = []
    for record in shipped:
        fingerprint = record.fingerprint()
        mine = kept.get((record.kind, record.key))
        if mine is None or (not mine.edited and mine.seed_hash != fingerprint):
            put(work, record, edited=False, seed_hash=fingerprint)
            taken.append(record)
        elif mine.edited and mine.seed_hash != fingerprint and mine.record.fingerprint() != fingerprint:
            values = (_json(record.payload), record.kind, record.key)
            work.run_many(f"UPDATE rules SET shipped = ? {_ONE}", [values])
            held_back.append(record)
    return taken, held_back


def _values(
    position: int, record: RuleRecord, seed_hash: str, edited: bool = False, shipped: str | None = None
) -> tuple[object, ...]:
    """A row in the order of :data:`_COLUMNS`."""
    return record.kind, record.key, position, _json(record.payload), int(edited), seed_hash, shipped


def _json(payload: Mapping[str, object]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
