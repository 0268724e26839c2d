"""Users: the rows behind those who log in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update

from postal_desk.store.case_rows import day, iso
from postal_desk.store.tables import staff
from postal_desk.store.user_tables import users
from postal_desk.store.work import Work


@dataclass(frozen=True, slots=True)
class User:
    """One who may log in. ``staff`` is the name of the staff member this user is; ``must_change``: the password was
    given by somebody else.
    """

    id: int
    uid: str
    name: str
    role: str
    staff: str = ""
    active: bool = True
    acting_from: date | None = None
    acting_to: date | None = None
    must_change: bool = False
    slot: str = ""


def all_users(work: Work) -> list[User]:
    """All users, former ones too, in the order they were added."""
    wanted = (
        select(users, staff.c.name.label("staff"))
        .outerjoin(staff, staff.c.id == users.c.staff_id)
        .order_by(users.c.id)
    )
    return [
        User(
            row.id,
            row.uid.hex(),
            row.name,
            row.role,
            row.staff or "",
            bool(row.active),
            day(row.acting_from),
            day(row.acting_to),
            bool(row.must_change),
            row.slot,
        )
        for row in work.run(wanted)
    ]


def insert_user(work: Work, moment: str, user: User) -> int:
    """Add a user (the ``id`` is ignored); returns the id."""
    given = {"uid": bytes.fromhex(user.uid), "revision": 1, "created_at": moment, "changed_at": moment}
    key = work.run(insert(users), {**_values(work, user), **given}).inserted_primary_key
    assert key is not None
    return int(key[0])


def update_user(work: Work, moment: str, user: User) -> None:
    """Write a user's values over those of the id."""
    changed = {**_values(work, user), "revision": users.c.revision + 1, "changed_at": moment}
    work.run(update(users).where(users.c.id == user.id).values(changed))


def _values(work: Work, user: User) -> dict[str, Any]:
    person = work.run(select(staff.c.id).where(staff.c.name == user.staff)).scalar() if user.staff else None
    return {
        "name": user.name,
        "role": user.role,
        "staff_id": person,
        "active": int(user.active),
        "acting_from": iso(user.acting_from),
        "acting_to": iso(user.acting_to),
        "must_change": int(user.must_change),
        "slot": user.slot,
    }


_THEIRS = text(
    "SELECT c.id, c.number, a.who, s.name FROM cases c LEFT JOIN audit a ON a.id = c.added_by "
    "LEFT JOIN staff s ON s.id = c.handler_id WHERE c.id IN :ids"
).bindparams(bindparam("ids", expanding=True))


def whose_cases(work: Work, ids: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Number, who logged it and who handles it, of each case by its id."""
    found = work.run(_THEIRS, {"ids": list(ids)})
    return {number: (case, who or "", handler or "") for number, case, who, handler in found}
