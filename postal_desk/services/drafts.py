"""Drafts of forms: kept while somebody types, offered again after a crash, dropped by the commit that saves them.

At a desk with users each sees their own. A manager may know whose drafts are open, and sees those of users who may not
log in any more: nobody else could end them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from postal_desk.domain.changes import Changes
from postal_desk.domain.roles import MANAGER
from postal_desk.services.desk import Desk
from postal_desk.store import draft_records, user_records
from postal_desk.store.draft_records import Draft
from postal_desk.store.work import Work

__all__ = [
    "Draft",
    "OpenDrafts",
    "drop_draft",
    "list_drafts",
    "open_drafts",
    "save_draft",
    "step_key",
    "visible",
]


@dataclass(frozen=True, slots=True)
class OpenDrafts:
    """How many drafts a user left open, and when the last was kept."""

    count: int
    last: str


def save_draft(desk: Desk, key: str, form: str, payload: Mapping[str, Any]) -> Changes:
    """Keep the fields of a form (JSON values) under ``key``, over what was kept there before."""
    with desk.work(write=True) as work:
        draft_records.save(work, key, form, payload, desk.moment(), _uid(desk))
        work.commit()
    return Changes(drafts=True)


def list_drafts(desk: Desk) -> list[Draft]:
    """The drafts that whoever works here may go on with, the newest first."""
    with desk.work() as work:
        return visible(desk, work)


def visible(desk: Desk, work: Work) -> list[Draft]:
    """The same within an open work."""
    found = draft_records.newest_first(work)
    if desk.user is None:
        return found
    theirs = {"", _uid(desk)}
    if desk.role == MANAGER:
        active = {user.uid for user in user_records.all_users(work) if user.active}
        theirs |= {draft.user for draft in found} - active
    return [draft for draft in found if draft.user in theirs]


def open_drafts(desk: Desk) -> dict[str, OpenDrafts]:
    """Who left how many drafts open, by the user's name: for managers, who see that there are any and not what is in
    them.
    """
    desk.require("user.edit")
    found: dict[str, OpenDrafts] = {}
    with desk.work() as work:
        names = {user.uid: user.name for user in user_records.all_users(work)}
        for draft in reversed(draft_records.newest_first(work)):
            if (name := names.get(draft.user)) is not None:
                before = found.get(name, OpenDrafts(0, ""))
                found[name] = OpenDrafts(before.count + 1, draft.saved_at)
    return found


def drop_draft(desk: Desk, key: str) -> Changes:
    """Throw a draft away; harmless if it is gone."""
    with desk.work(write=True) as work:
        dropped = draft_records.drop(work, key)
        work.commit()
    return Changes(drafts=dropped)


def step_key(desk: Desk, number: str) -> str:
    """Under which the text and the files of the step being typed for a case wait: for each user another one."""
    uid = _uid(desk)
    return f"step:{number}:{uid}" if uid else f"step:{number}"


def _uid(desk: Desk) -> str:
    return desk.user.uid if desk.user is not None else ""
