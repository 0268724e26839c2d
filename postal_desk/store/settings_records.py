"""The branch's settings: names and texts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from postal_desk.store.tables import settings
from postal_desk.store.work import Work


def read(work: Work) -> dict[str, str]:
    """All settings by name."""
    return dict(work.run(select(settings.c.name, settings.c.value)).all())


def write(work: Work, values: Mapping[str, str]) -> None:
    """Set some of them."""
    for name, value in values.items():
        statement = insert(settings).values(name=name, value=value)
        work.run(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
