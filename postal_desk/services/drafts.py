"""Drafts of forms: kept while somebody types, offered again after a crash, dropped by the commit that saves them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postal_desk.domain.changes import Changes
from postal_desk.services.desk import Desk
from postal_desk.store import draft_records
from postal_desk.store.draft_records import Draft

__all__ = ["Draft", "drop_draft", "list_drafts", "save_draft"]


def save_draft(desk: Desk, key: str, form: str, payload: Mapping[str, Any]) -> Changes:
    """Keep the fields of a form (JSON values) under ``key``, over what was kept there before."""
    with desk.work(write=True) as work:
        draft_records.save(work, key, form, payload, desk.moment())
        work.commit()
    return Changes(drafts=True)


def list_drafts(desk: Desk) -> list[Draft]:
    """All drafts, the newest first."""
    with desk.work() as work:
        return draft_records.newest_first(work)


def drop_draft(desk: Desk, key: str) -> Changes:
    """Throw a draft away; harmless if it is gone."""
    with desk.work(write=True) as work:
        dropped = draft_records.drop(work, key)
        work.commit()
    return Changes(drafts=dropped)
