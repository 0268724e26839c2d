"""The rules of a newer program, taken over when a desk is opened; what the branch edited stays."""

from __future__ import annotations

from datetime import datetime

from postal_desk import paths
from postal_desk.services.lost_work import MARKED
from postal_desk.store import audit, facts, rule_store
from postal_desk.store.audit_secrets import secrets_in
from postal_desk.store.work import Work


def bring_rules_forward(work: Work, actor: str, now: datetime) -> None:
    """Take over the rules of a newer program; edited ones stay. Notes the opening in the desk's facts."""
    shipped = rule_store.seeds_digest(paths.seeds())
    known = facts.read(work)
    moment = now.isoformat(timespec="seconds")
    facts.write(work, {"opened_at": moment, MARKED: "1"})
    if known.get("seeds") != shipped:  # seldom, and what it needs is much to import
        from postal_desk.store import due_records
        from postal_desk.store.rule_records import build_rules, iter_rule_records
        from postal_desk.store.seeding import load_rules

        taken, held_back = rule_store.bring_forward(work, iter_rule_records(load_rules(paths.seeds())))
        if any(record.kind in due_records.COUNTED_BY for record in taken):
            rules = build_rules(rule_store.load(work))
            due_records.count_again(work, rules, known["branch_code"])
        facts.write(work, {"seeds": shipped})
        audit.append(
            work,
            secrets_in(known).now,
            at=moment,
            who=actor,
            action="rules.upgrade",
            kind="rule",
            fields=[f"{record.kind}:{record.key}" for record in held_back],
            count=len(taken),
        )
