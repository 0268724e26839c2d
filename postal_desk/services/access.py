"""Coming in: who it is that the key's slot belongs to, and what the audit is told of it.

Roles are rules: whoever has a password has the key of the database.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from postal_desk.domain.roles import MANAGER
from postal_desk.store import attempts, audit, faults, key_ring_file, user_records
from postal_desk.store.database import Database
from postal_desk.store.faults import PasswordNeeded, TooManyTries, WrongPassword
from postal_desk.store.key_ring_file import Credential
from postal_desk.store.key_slots import PASSWORD, RECOVERY, Opened
from postal_desk.store.user_records import User
from postal_desk.store.work import Work

__all__ = [
    "Credential",
    "PasswordNeeded",
    "TooManyTries",
    "User",
    "WrongPassword",
    "admitted",
    "has_password",
    "names",
    "note_entry",
]

#: Who the audit names when somebody came in without a password of a user's.
BY_CODE, BY_BRANCH = "recovery code", "city branch"


def has_password(path: Path) -> bool:
    """True for a desk that somebody has to log in to. Reads the key file only."""
    return key_ring_file.ring_of(Path(path)) is not None


def names(path: Path) -> tuple[str, ...]:
    """Who may log in at a desk, before it is open; empty for one without a password."""
    return key_ring_file.names_in(Path(path))


def admitted(base: Database, opened: Opened | None) -> User | None:
    """The user who came in, ``None`` at a desk without users. Writes nothing.

    Raises :class:`~postal_desk.store.faults.WrongPassword` for one who is no user any more.
    """
    with base.work() as work:
        known = user_records.all_users(work)
    if opened is None:
        if any(user.active for user in known):
            raise faults.key_exchanged(base.folder)
        return None
    if opened.kind != PASSWORD:
        name = BY_CODE if opened.kind == RECOVERY else BY_BRANCH
        return User(0, "", name, MANAGER, slot=opened.slot)
    user = next((user for user in known if user.uid == opened.holder.uid), None)
    if user is None and not known:  # the first user's making was cut off between the key and the database
        return User(0, opened.holder.uid, opened.holder.name, MANAGER, slot=opened.slot)
    if user is None or not user.active:
        raise faults.not_admitted(base.folder, opened.holder.name)
    return user


def note_entry(
    work: Work, folder: Path, secret: bytes, user: User, opened: Opened, now: datetime, how: str
) -> User:
    """Write the coming in and the wrong attempts before it into the audit; returns the user as known from now on.

    The count of wrong attempts is to be cleared once this is committed.
    """
    moment = now.isoformat(timespec="seconds")

    def tell(action: str, record: str, fields: tuple[str, ...] = (), count: int = 1) -> None:
        audit.append(
            work,
            secret,
            at=moment,
            who=user.name,
            action=action,
            kind="user",
            record=record,
            fields=fields,
            count=count,
        )

    for failed in attempts.read(folder):
        if failed.count > failed.told:
            since = (failed.first, failed.last)
            tell("access.failed", failed.name or failed.door, since, failed.count - failed.told)
    tell("access.login", user.name, (how,) if how else ())
    if user.uid and not user.id:
        user = replace(user, id=user_records.insert_user(work, moment, user))
        tell("user.add", user.name, ("role",))
    elif user.uid and user.slot != opened.slot:
        # A change that was cut off before the database knew of it, or an older key file that somebody put back.
        user = replace(user, slot=opened.slot)
        user_records.update_user(work, moment, user)
        tell("access.password_unrecorded", user.name)
    return user
