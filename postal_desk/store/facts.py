"""The few facts that make a desk this desk: its identity, branch, letter, whether it is for practice."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from postal_desk.store.tables import desk_facts
from postal_desk.store.work import Work


def read(work: Work) -> dict[str, str]:
    """All facts by name."""
    return dict(work.run(select(desk_facts.c.name, desk_facts.c.value)).all())


def write(work: Work, facts: Mapping[str, str]) -> None:
    """Set facts, new or known."""
    for name, value in facts.items():
        statement = insert(desk_facts).values(name=name, value=value)
        work.run(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
