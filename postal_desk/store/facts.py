"""The few facts that make a desk this desk: its identity, branch, letter, whether it is for practice."""

from __future__ import annotations

from collections.abc import Mapping

from postal_desk.store.work import Work

_SET = "INSERT INTO desk_facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def read(work: Work) -> dict[str, str]:
    """All facts by name."""
    return dict(work.cursor("SELECT name, value FROM desk_facts"))


def write(work: Work, facts: Mapping[str, str]) -> None:
    """Set facts, new or known."""
    work.run_many(_SET, list(facts.items()))
