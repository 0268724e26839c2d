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

from sqlalchemy import delete, func, insert, select, update

from postal_desk.store.rule_records import RuleRecord
from postal_desk.store.tables import rules
from postal_desk.store.work import Work


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


def load(work: Work) -> list[RuleRecord]:
    """All rules in their order."""
    wanted = select(rules.c.kind, rules.c.key, rules.c.payload).order_by(rules.c.position)
    return [RuleRecord(kind, key, json.loads(payload)) for kind, key, payload in work.run(wanted)]


def load_stored(work: Work, kind: str = "") -> list[StoredRule]:
    """Rules with where they come from, all or those of one kind."""
    wanted = select(rules).order_by(rules.c.position)
    if kind:
        wanted = wanted.where(rules.c.kind == kind)
    return [
        StoredRule(
            RuleRecord(row.kind, row.key, json.loads(row.payload)),
            bool(row.edited),
            row.seed_hash,
            json.loads(row.shipped) if row.shipped else None,
        )
        for row in work.run(wanted)
    ]


def fill(work: Work, records: Iterable[RuleRecord]) -> None:
    """Put the shipped rules into a new desk."""
    work.run(insert(rules), [_values(at, r, r.fingerprint()) for at, r in enumerate(records, start=1)])


def put(
    work: Work,
    record: RuleRecord,
    *,
    edited: bool,
    seed_hash: str,
    shipped: Mapping[str, object] | None = None,
) -> None:
    """Replace or add one rule; ``shipped`` is the newer shipped form that goes on waiting beside it."""
    place = (rules.c.kind == record.kind) & (rules.c.key == record.key)
    position = work.run(select(rules.c.position).where(place)).scalar()
    if position is None:
        position = int(work.run(select(func.coalesce(func.max(rules.c.position), 0))).scalar_one()) + 1
    work.run(delete(rules).where(place))
    values = _values(position, record, seed_hash, edited)
    work.run(insert(rules), {**values, "shipped": None if shipped is None else _json(shipped)})


def remove(work: Work, kind: str, key: str) -> None:
    """Drop one rule."""
    work.run(delete(rules).where(rules.c.kind == kind, rules.c.key == key))


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
            place = (rules.c.kind == record.kind) & (rules.c.key == record.key)
            work.run(update(rules).where(place).values(shipped=_json(record.payload)))
            held_back.append(record)
    return taken, held_back


def _values(position: int, record: RuleRecord, seed_hash: str, edited: bool = False) -> dict[str, object]:
    return {
        "kind": record.kind,
        "key": record.key,
        "position": position,
        "payload": _json(record.payload),
        "edited": int(edited),
        "seed_hash": seed_hash,
        "shipped": None,
    }


def _json(payload: Mapping[str, object]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
