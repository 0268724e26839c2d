"""Drafts: forms that somebody began, kept until they are saved or dropped. Not audited: nothing happened yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from postal_desk.store.tables import drafts
from postal_desk.store.work import Work

_USER = "_user"


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished form: which form, its fields, the moment it was kept, the uid of the user whose it is (empty where
    there are no users).
    """

    key: str
    form: str
    payload: dict[str, Any]
    saved_at: str
    user: str = ""


def save(work: Work, key: str, form: str, payload: Mapping[str, Any], moment: str, user: str = "") -> None:
    """Keep a draft, over the one with the same key. Whose it is stands with the fields: nothing looks for it alone."""
    content = json.dumps({**payload, _USER: user}, ensure_ascii=False)
    values = {"form": form, "payload": content, "saved_at": moment}
    statement = insert(drafts).values(key=key, **values)
    work.run(statement.on_conflict_do_update(index_elements=["key"], set_=values))


def newest_first(work: Work) -> list[Draft]:
    """All drafts."""
    rows = work.run(select(drafts).order_by(drafts.c.saved_at.desc(), drafts.c.key))
    return [_draft(row.key, row.form, json.loads(row.payload), row.saved_at) for row in rows]


def _draft(key: str, form: str, content: dict[str, Any], saved_at: str) -> Draft:
    user = str(content.pop(_USER, ""))
    return Draft(key, form, content, saved_at, user)


def drop(work: Work, key: str) -> bool:
    """Drop a draft; ``False`` if there was none."""
    return work.run(delete(drafts).where(drafts.c.key == key)).rowcount > 0
