"""Saved views: named filters of the case list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from postal_desk.store.tables import views
from postal_desk.store.work import Work


def in_order(work: Work) -> list[tuple[int, str, dict[str, Any]]]:
    """Id, name and filter (JSON values) of all views, in the order they were made."""
    rows = work.run(select(views.c.id, views.c.name, views.c.filter).order_by(views.c.id))
    return [(number, name, json.loads(content)) for number, name, content in rows]


def put(work: Work, name: str, content: Mapping[str, Any], view_id: int | None = None) -> int:
    """Add a view, or write over the one with ``view_id`` (which is added if it is gone); returns the id."""
    values = {"name": name, "filter": json.dumps(content, ensure_ascii=False)}
    if view_id is not None and work.run(update(views).where(views.c.id == view_id).values(values)).rowcount:
        return view_id
    given = {} if view_id is None else {"id": view_id}
    key = work.run(insert(views), {**values, **given}).inserted_primary_key
    assert key is not None
    return int(key[0])


def remove(work: Work, view_id: int) -> None:
    """Drop a view."""
    work.run(delete(views).where(views.c.id == view_id))
