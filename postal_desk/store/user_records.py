"""Users: the rows behind those who log in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from postal_desk.store.column_values import day, iso
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


_ALL = (
    "SELECT u.id, u.uid, u.name, u.role, s.name, u.active, u.acting_from, u.acting_to, u.must_change, u.slot "
    "FROM users u LEFT JOIN staff s ON s.id = u.staff_id ORDER BY u.id"
)


def all_users(work: Work) -> list[User]:
    """All users, former ones too, in the order they were added."""
    return [
        User(
            user_id,
            uid.hex(),
            name,
            role,
            staff or "",
            bool(active),
            day(acting_from),
            day(acting_to),
            bool(must_change),
            slot,
        )
        for user_id, uid, name, role, staff, active, acting_from, acting_to, must_change, slot in work.cursor(
            _ALL
        )
    ]


def insert_user(work: Work, moment: str, user: User) -> int:
    """Add a user (the ``id`` is ignored); returns the id."""
    given = {"uid": bytes.fromhex(user.uid), "revision": 1, "created_at": moment, "changed_at": moment}
    values = {**_values(work, user), **given}
    sql = f"INSERT INTO users ({', '.join(values)}) VALUES ({', '.join('?' * len(values))}) RETURNING id"
    found = work.first(sql, tuple(values.values()))
    assert found is not None
    return int(found[0])


def update_user(work: Work, moment: str, user: User) -> None:
    """Write a user's values over those of the id."""
    values = _values(work, user)
    settings = ", ".join(f"{column} = ?" for column in values)
    sql = f"UPDATE users SET {settings}, revision = revision + 1, changed_at = ? WHERE id = ?"
    work.run_many(sql, [(*values.values(), moment, user.id)])


def _values(work: Work, user: User) -> dict[str, Any]:
    person = work.first("SELECT id FROM staff WHERE name = ?", (user.staff,)) if user.staff else None
    return {
        "name": user.name,
        "role": user.role,
        "staff_id": person[0] if person else None,
        "active": int(user.active),
        "acting_from": iso(user.acting_from),
        "acting_to": iso(user.acting_to),
        "must_change": int(user.must_change),
        "slot": user.slot,
    }


def whose_cases(work: Work, ids: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Number, who logged it and who handles it, of each case by its id."""
    wanted = tuple(ids)
    sql = (
        "SELECT c.id, c.number, a.who, s.name FROM cases c LEFT JOIN audit a ON a.id = c.added_by "
        f"LEFT JOIN staff s ON s.id = c.handler_id WHERE c.id IN ({', '.join('?' * len(wanted))})"
    )
    return {
        number: (case, who or "", handler or "") for number, case, who, handler in work.cursor(sql, wanted)
    }


def whose_files(work: Work, ids: Iterable[int]) -> set[tuple[str, int]]:
    """Kind and id of the records that files belong to; a draft is none."""
    sql = "SELECT kind, record_id FROM attachments WHERE record_id IS NOT NULL AND id = ?"
    found = (work.first(sql, (file,)) for file in ids)
    return {(str(row[0]), int(row[1])) for row in found if row is not None}
