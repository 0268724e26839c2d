"""The desk's own rules: categories, clocks, calendar, compensation. Shown with their sources, edited, reset, kept.

Every edit is checked as a whole before it is kept: a rule that contradicts another is refused with its field. Edited
rules survive an upgrade of the program; the newer shipped form then waits beside them (``RuleEntry.shipped``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from postal_desk import paths
from postal_desk.domain.changes import Changes
from postal_desk.domain.rules import CalendarYear, Rules
from postal_desk.domain.sentences import FieldRefusal, Label, Refusal, say
from postal_desk.services.desk import Desk
from postal_desk.services.entered import checked_text
from postal_desk.services.history_json import to_json
from postal_desk.store import due_records, rule_store
from postal_desk.store.audit import Change
from postal_desk.store.rule_checks import check_rules
from postal_desk.store.rule_records import RuleRecord, build_rules, iter_rule_records
from postal_desk.store.rule_store import StoredRule
from postal_desk.store.seeding import load_rules
from postal_desk.store.work import Work

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule of the desk. ``added`` was made here and is not shipped; ``shipped`` is a newer form that waits."""

    kind: str
    key: str
    payload: Mapping[str, object]
    edited: bool
    added: bool
    shipped: Mapping[str, object] | None


def list_rules(desk: Desk, kind: str = "") -> list[RuleEntry]:
    """All rules in their order, or those of one kind (code, category, clock, counting, compensation, calendar …)."""
    with desk.work() as work:
        stored = rule_store.load_stored(work, kind)
    return [
        RuleEntry(s.record.kind, s.record.key, s.record.payload, s.edited, not s.seed_hash, s.shipped)
        for s in stored
    ]


def edit_rule(desk: Desk, kind: str, key: str, payload: Mapping[str, object]) -> Changes:
    """Put new values in place of a rule's, or add a rule with a new key. Names the field of what can't be used."""
    return change_rules(desk, "rule.edit", [RuleEdit(kind, key, payload)])


def reset_rule(desk: Desk, kind: str, key: str) -> Changes:
    """Take the shipped form of a rule again. A rule that was added here has none."""
    shipped = shipped_rule(kind, key)
    return change_rules(desk, "rule.reset", [RuleEdit(kind, key, shipped.payload, shipped=True)])


def shipped_rule(kind: str, key: str) -> RuleRecord:
    """The form of a rule that this program ships; refuses one that was added in a desk."""
    for record in iter_rule_records(load_rules(paths.seeds())):
        if (record.kind, record.key) == (kind, key):
            return record
    raise Refusal(say("{key} is not shipped with the program; give it a last day instead", key=key))


def keep_edited(desk: Desk, kind: str, key: str) -> Changes:
    """Keep an edited rule as it is: the newer shipped form that waits beside it is not shown any more."""
    old = _stored(desk, kind, key)
    if old.shipped is None:
        return Changes()
    seen = RuleRecord(kind, key, old.shipped).fingerprint()
    with desk.work(write=True) as work:
        rule_store.put(work, old.record, edited=True, seed_hash=seen)
        desk.record(work, "rule.keep", "rule", f"{kind}:{key}")
        work.commit()
    return Changes(rules=True, said=say("Your own rule stays"))


def add_category(
    desk: Desk, code: str, zh: str, en: str = "", *, parent: str = "", valid_from: date | None = None
) -> Changes:
    """Add a category: ``code`` is two digits, or with ``parent`` the word behind its dot (``07`` and ``lost``)."""
    name = {"zh": checked_text(zh, "zh", _LONGEST_NAME), "en": checked_text(en or zh, "en", _LONGEST_NAME)}
    if not name["zh"]:
        raise FieldRefusal("zh", say("this field is required"))
    key = f"{parent}.{code}" if parent else code
    if key in desk.rules.categories:
        raise FieldRefusal("code", say("“{name}” is taken; choose another name", name=key))
    payload: dict[str, object] = {"name": name}
    if parent:
        payload["parent"] = parent
    if valid_from:
        payload["valid_from"] = valid_from.isoformat()
    return change_rules(desk, "rule.add", [RuleEdit("category", key, payload)])


def close_category(desk: Desk, code: str, valid_to: date, successor: str = "") -> Changes:
    """Give a category its last day, and the one that takes its place. Its cases keep it."""
    payload = dict(_stored(desk, "category", code).record.payload)
    payload["valid_to"] = valid_to.isoformat()
    if successor:
        payload["successor"] = successor
    else:
        payload.pop("successor", None)
    return change_rules(desk, "rule.edit", [RuleEdit("category", code, payload)])


def set_calendar(desk: Desk, *years: CalendarYear) -> Changes:
    """Keep the holidays and make-up working days of years; due days that depend on them are set anew."""
    records = iter_rule_records(replace(desk.rules, calendar={year.year: year for year in years}))
    edits = [RuleEdit(r.kind, r.key, r.payload) for r in records if r.kind == "calendar"]
    return change_rules(desk, "rule.edit", edits)


def _stored(desk: Desk, kind: str, key: str) -> StoredRule:
    with desk.work() as work:
        found = next((s for s in rule_store.load_stored(work, kind) if s.record.key == key), None)
    if found is None:
        raise Refusal(say("There is no rule {key}; look it up in the list", key=f"{kind} {key}"))
    return found


@dataclass(frozen=True, slots=True)
class RuleEdit:
    """New values of a rule: the shipped ones if ``shipped``. ``payload`` ``None`` removes one that was added here."""

    kind: str
    key: str
    payload: Mapping[str, object] | None
    shipped: bool = False


def change_rules(desk: Desk, action: str, edits: Sequence[RuleEdit]) -> Changes:
    """Make several edits in one commit, checked together: none of them is kept if one can't be."""
    with desk.work(write=True) as work:
        stored = {(s.record.kind, s.record.key): s for s in rule_store.load_stored(work)}
        untouched = stored.keys() - {(edit.kind, edit.key) for edit in edits}
        records = [RuleRecord(e.kind, e.key, e.payload) for e in edits if e.payload is not None]
        _checked(desk, [s.record for place, s in stored.items() if place in untouched], *records)
        contents = [_write(work, stored.get((edit.kind, edit.key)), edit) for edit in edits]
        fields = dict.fromkeys(
            field for before, after in contents for field in _changed_fields(before, after)
        )
        changes = [Change("rule", None, 0, to_json(before), to_json(after)) for before, after in contents]
        names = ",".join(f"{edit.kind}:{edit.key}" for edit in edits)
        undo = desk.record(work, action, "rule", names, fields=tuple(fields), changes=changes)
        _count_again(desk, work, [(edit.kind, edit.key) for edit in edits])
        work.commit()
    desk.reload_rules()
    return Changes(
        rules=True, undo=undo, said=say("Saved the rule {name}", name=_name(edits[-1], contents[-1]))
    )


def _write(work: Work, old: StoredRule | None, edit: RuleEdit) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write one edit; what the history keeps of the rule before and after."""
    if edit.payload is None:
        if old is None or old.seed_hash:
            raise Refusal(
                say("{key} is not a rule that was added here; give it a last day instead", key=edit.key)
            )
        rule_store.remove(work, edit.kind, edit.key)
        return _content(old), {}
    record = RuleRecord(edit.kind, edit.key, edit.payload)
    seed_hash = record.fingerprint() if edit.shipped else old.seed_hash if old else ""
    edited = (
        not edit.shipped and record.fingerprint() != seed_hash
    )  # edited back to what is shipped: not edited
    waiting = old.shipped if old and edited else None
    rule_store.put(work, record, edited=edited, seed_hash=seed_hash, shipped=waiting)
    return _content(old), _content(StoredRule(record, edited, seed_hash, None))


def _name(edit: RuleEdit, content: tuple[Mapping[str, Any], Mapping[str, Any]]) -> object:
    """What the user calls the rule: its name in both languages, its key where it has none."""
    name = (content[1] or content[0])["payload"].get("name")
    return Label(name["zh"], name["en"]) if isinstance(name, dict) else edit.key


def put_back(desk: Desk, work: Work, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Undo one edit within a work; refuses if the rule was edited since. The desk reloads its rules afterwards."""
    stored = {(s.record.kind, s.record.key): s for s in rule_store.load_stored(work)}
    kind, key = (after or before)["kind"], (after or before)["key"]
    now = stored.get((kind, key))
    if _content(now) != after:
        raise Refusal(say("{name} was changed since; change it by hand", name=key))
    others = [s.record for s in stored.values() if s is not now]
    if before:
        record = RuleRecord(kind, key, before["payload"])
        _checked(desk, others, record)
        waiting = now.shipped if now and before["edited"] else None
        rule_store.put(work, record, edited=before["edited"], seed_hash=before["seed_hash"], shipped=waiting)
    else:
        _checked(desk, others)
        rule_store.remove(work, kind, key)
    _count_again(desk, work, [(kind, key)])


def _content(stored: StoredRule | None) -> dict[str, Any]:
    """As the history keeps a rule."""
    if stored is None:
        return {}
    record = stored.record
    return {
        "kind": record.kind,
        "key": record.key,
        "payload": dict(record.payload),
        "edited": stored.edited,
        "seed_hash": stored.seed_hash,
    }


def _changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    old, new = before.get("payload", {}), after.get("payload", {})
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]


def _checked(desk: Desk, others: Iterable[RuleRecord], *more: RuleRecord) -> Rules:
    rules = build_rules([*others, *more], desk.rules.reader)
    check_rules(rules)
    return rules


def _count_again(desk: Desk, work: Work, changed: Sequence[tuple[str, str]]) -> None:
    """Set the due days of the cases that changed rules (kind and key) may move."""
    counting = [(kind, key) for kind, key in changed if kind in due_records.COUNTED_BY]
    if not counting:
        return
    rules = build_rules(rule_store.load(work), desk.rules.reader)
    years = [int(key) for kind, key in counting if kind == "calendar"]
    since = date(min(years) - 1, 1, 1) if len(years) == len(counting) else None
    due_records.count_again(work, rules, desk.branch.code, since)
