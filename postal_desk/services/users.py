"""The users of a desk: who may log in, as what, and with which password.

A password wraps the desk's key (``store.key_slots``), so a change of it rewrites the file beside the database in one
step and costs nothing else. Where file and database change together the file goes first: what is cut off between the
two is found and written down at the next login.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from secrets import token_bytes
from typing import Any, cast

from postal_desk.domain import roles
from postal_desk.domain.changes import Changes
from postal_desk.domain.passwords import check_password
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.services.access import BY_BRANCH, BY_CODE
from postal_desk.services.desk import Credential, Desk, Owner
from postal_desk.services.entered import checked_text, taken_out
from postal_desk.services.history_json import from_json, to_json
from postal_desk.services.organisation import unknown_name
from postal_desk.services.purging import clear_shelf, renew_files
from postal_desk.store import (
    attempts,
    facts,
    faults,
    key_ring_file,
    key_slots,
    organisation_records,
    user_records,
)
from postal_desk.store.audit import Change
from postal_desk.store.audit_secrets import renewed
from postal_desk.store.column_values import day
from postal_desk.store.copy_source import Told, nothing_told
from postal_desk.store.files_beside import FILE_SECRET
from postal_desk.store.key_slots import PASSWORD, Holder, KeyRing
from postal_desk.store.keys import new_key
from postal_desk.store.uids import uuid7
from postal_desk.store.user_records import User
from postal_desk.store.work import Work

__all__ = [
    "User",
    "add_user",
    "change_password",
    "checked_owner",
    "edit_user",
    "list_users",
    "protect",
    "put_back",
    "refresh",
    "set_password",
]

_LONGEST_NAME = 30
_EDITABLE = ("role", "staff", "active", "acting_from", "acting_to")


def list_users(desk: Desk) -> list[User]:
    """All users, former ones too."""
    with desk.work() as work:
        return user_records.all_users(work)


def checked_owner(name: str, password: str) -> Owner:
    """The first user of a desk to be made, with a fresh recovery code. Refuses a bad name or password."""
    checked = _checked_name(name, [])
    check_password(password, checked)
    return Owner(checked, password, key_slots.new_code())


def protect(desk: Desk, name: str, password: str, told: Told = nothing_told) -> tuple[Changes, str]:
    """Give a desk that anybody can open its first user, a manager, who is logged in by that.

    The key of before lay open beside the desk and in its copies, so the desk gets a new one: database and attachments
    are written anew with it (``told`` hears how far that is) and take the old ones' place in one moment. The secret of
    the audit changes with it, for all that comes (``store.audit_secrets``). Returns the
    recovery code too, which is kept nowhere. Copies made before still open without a password
    (``services.plain_copies``).
    """
    if desk.practice:
        raise Refusal(say("A practice desk has no password; the real one gets it"))
    if desk.user is not None:
        raise Refusal(say("This desk has users already; add another one"))
    owner = checked_owner(name, password)
    key, secret = new_key(), token_bytes(32)
    holder = Holder(uuid7().hex(), owner.name)
    ring = key_ring_file.first_ring(key, holder, owner.password, owner.recovery_code)
    made: list[User] = []

    def fill(work: Work) -> None:
        user = User(0, holder.uid, owner.name, roles.MANAGER, slot=_slot_of(ring, holder.uid))
        made.append(replace(user, id=user_records.insert_user(work, desk.moment(), user)))
        last = desk.record(work, "user.add", "user", owner.name, fields=("role",))
        for_later = renewed(facts.read(work), last, token_bytes(32))
        facts.write(work, {FILE_SECRET: secret.hex(), **for_later})

    try:
        renew_files(desk, secret)
        desk.change_key(key, ring.text(), fill, told)
    finally:
        clear_shelf(desk)  # of the old files or, if it failed, of the new ones
    desk.user = made[-1]
    return Changes(users=True, said=say("From now on this desk asks for a password")), owner.recovery_code


def add_user(
    desk: Desk, name: str, role: str, password: str, *, must_change: bool = False, **values: object
) -> Changes:
    """Add a user. ``values``: ``staff`` (a name), ``acting_from``, ``acting_to``. ``must_change`` asks for a password
    of their own at the first login in the window.
    """
    ring = _ring(desk)
    desk.require("user.add")
    warnings = taken_out(name=name)
    with desk.work(write=True) as work:
        known = user_records.all_users(work)
        name = _checked_name(name, [user.name for user in known])
        check_password(password, name)
        user = _checked(work, User(0, uuid7().hex(), name, role, must_change=must_change), values, known)
        slot = key_slots.wrap(desk.copies.key, PASSWORD, password, Holder(user.uid, name))
        user = replace(user, slot=slot.salt)
        number = user_records.insert_user(work, desk.moment(), user)
        change = Change("user", number, 1, "", to_json(_shown(user)))
        desk.record(work, "user.add", "user", name, fields=tuple(_shown(user)), changes=[change])
        with _new_ring(desk, ring, ring.put(slot)):
            work.commit()
    return Changes(users=True, said=say("Added {name}", name=name), warnings=warnings)


def edit_user(desk: Desk, name: str, values: Mapping[str, object]) -> Changes:
    """Change role, staff member, acting days, or whether the user may log in at all (``active``; False takes the
    password away). There is always a manager who may log in. Names stay: the audit knows people by them.
    """
    ring = _ring(desk)
    desk.require("user.edit")
    with desk.work(write=True) as work:
        known = user_records.all_users(work)
        old = _found(known, name)
        new = _checked(work, old, values, known)
        if new == old:
            return Changes()
        _keep_a_manager(known, new)
        fields = [field for field in _EDITABLE if getattr(new, field) != getattr(old, field)]
        before, after = _shown(old), _shown(new)
        change = Change(
            "user",
            old.id,
            0,
            to_json({field: before[field] for field in fields}),
            to_json({field: after[field] for field in fields}),
        )
        undo = desk.record(work, "user.edit", "user", name, fields=tuple(fields), changes=[change])
        changed = ring
        if old.active and not new.active:
            changed, new = ring.without(old.uid), replace(new, slot="")
        user_records.update_user(work, desk.moment(), new)
        with _new_ring(desk, ring, changed):
            work.commit()
    refresh(desk)
    return Changes(users=True, undo=undo, said=say("Saved {name}", name=name))


def set_password(desk: Desk, name: str, password: str, *, must_change: bool = False) -> Changes:
    """Give a user another password: a manager, or whoever came in by the recovery code."""
    desk.require("user.password")
    return _rewrap(desk, name, password, "user.password", must_change)


def change_password(desk: Desk, old: str, new: str) -> Changes:
    """Change one's own password; the old one is asked for, as somebody may have left the PC unlocked."""
    if desk.user is None or desk.user.name in (BY_CODE, BY_BRANCH):
        raise Refusal(say("Log in with a password first; only users have one to change"))
    ring = _ring(desk)
    try:
        attempts.check(desk.path, desk.user.uid, desk.now())
        key_ring_file.unlock(ring, desk.path, Credential.password(old, desk.user.name))
    except faults.TooManyTries as wait:
        raise FieldRefusal("old", wait.sentence) from wait
    except faults.WrongPassword as wrong:
        attempts.note(desk.path, desk.user.uid, desk.user.name, desk.now())
        raise FieldRefusal("old", say("this is not your password")) from wrong
    if old == new:
        raise FieldRefusal("password", say("this is the password you have already"))
    return _rewrap(desk, desk.user.name, new, "access.password", False)


def _rewrap(desk: Desk, name: str, password: str, action: str, must_change: bool) -> Changes:
    ring = _ring(desk)
    with desk.work(write=True) as work:
        old = _found(user_records.all_users(work), name)
        if not old.active:
            raise Refusal(say("{name} may not log in; let {name} in again first", name=name))
        check_password(password, name)
        slot = key_slots.wrap(desk.copies.key, PASSWORD, password, Holder(old.uid, name))
        user = replace(old, slot=slot.salt, must_change=must_change)
        user_records.update_user(work, desk.moment(), user)
        desk.record(work, action, "user", name)
        with _new_ring(desk, ring, _proved(desk, ring).put(slot)):
            work.commit()
    attempts.settle(desk.path, old.uid, desk.now())  # what was typed wrong was the password of before
    refresh(desk)
    return Changes(users=True, said=say("{name} has a new password", name=name))


def _proved(desk: Desk, ring: KeyRing) -> KeyRing:
    """The slots, with the recovery code as typed back if it is what opened the desk: somebody has it on paper."""
    code = ring.recovery
    if code is None or desk.user is None or (desk.user.name, desk.user.slot) != (BY_CODE, code.salt):
        return ring
    return ring.put(replace(code, confirmed=True))


def put_back(desk: Desk, work: Work, change: Change) -> None:
    """Take back a change of role, staff member or acting days; letting in and shutting out can't be, as the password
    went with it. Call :func:`refresh` once it is committed.
    """
    before, after = (_with_days(from_json(part or "{}")) for part in (change.before, change.after))
    known = user_records.all_users(work)
    user = next((user for user in known if user.id == change.record_id), None)
    if user is None or not before or "active" in before:
        raise Refusal(say("This can't be taken back; change it by hand"))
    if any(getattr(user, name) != value for name, value in after.items()):
        raise Refusal(say("{name} was changed since; change it by hand", name=user.name))
    new = _checked(work, user, before, known)
    _keep_a_manager(known, new)
    user_records.update_user(work, desk.moment(), new)


def refresh(desk: Desk) -> None:
    """Whoever is logged in may have another role now."""
    if desk.user is not None and desk.user.id:
        desk.user = next(user for user in list_users(desk) if user.id == desk.user.id)


def _with_days(values: Mapping[str, Any]) -> dict[str, Any]:
    days = ("acting_from", "acting_to")
    return {name: day(value) if name in days else value for name, value in values.items()}


def _ring(desk: Desk) -> KeyRing:
    ring = key_ring_file.ring_of(desk.path)
    if ring is None:
        raise Refusal(
            say("This desk has no password yet: give it its first user, a manager, before you add others")
        )
    return ring


@contextmanager
def _new_ring(desk: Desk, old: KeyRing, new: KeyRing) -> Iterator[None]:
    """The new slots in the file while the database commits; the old ones again if it does not."""
    if new != old:
        key_ring_file.write_ring(desk.path, new)
    try:
        yield
    except BaseException:
        if new != old:
            key_ring_file.write_ring(desk.path, old)
        raise


def _slot_of(ring: KeyRing, uid: str) -> str:
    return next(slot.salt for slot in ring.slots if slot.holder == uid)


def _shown(user: User) -> dict[str, Any]:
    return {name: value for name, value in asdict(user).items() if name in _EDITABLE}


def _checked_name(name: str, taken: list[str]) -> str:
    checked = checked_text(name, "name", _LONGEST_NAME)
    if not checked:
        raise FieldRefusal("name", say("this field is required"))
    if checked in (BY_CODE, BY_BRANCH) or checked in taken:
        raise FieldRefusal("name", say("“{name}” is taken; tell the two apart in the name", name=checked))
    return checked


def _found(known: list[User], name: str) -> User:
    user = next((user for user in known if user.name == name), None)
    if user is None:
        raise unknown_name("name", name, [user.name for user in known])
    return user


def _checked(work: Work, user: User, values: Mapping[str, object], known: list[User]) -> User:
    for name in values:
        if name not in _EDITABLE:
            raise FieldRefusal(name, say("this key is not known; known are: {keys}", keys=_EDITABLE))
    new = replace(user, **cast(Any, dict(values)))
    if new.role not in roles.ROLES:
        raise FieldRefusal("role", say("a role is one of: {roles}", roles=roles.ROLES))
    if new.acting_from and new.acting_to and new.acting_to < new.acting_from:
        raise FieldRefusal(
            "acting_to", say("{day} is before {first}", day=new.acting_to, first=new.acting_from)
        )
    if new.staff:
        people = organisation_records.names(work, "staff")
        if new.staff not in people:
            raise unknown_name("staff", new.staff, people)
        other = next((u.name for u in known if u.staff == new.staff and u.uid != new.uid), "")
        if other:
            raise FieldRefusal("staff", say("{other} is this person already", other=other))
    return new


def _keep_a_manager(known: list[User], new: User) -> None:
    """Acting managers don't count: their time ends by itself."""
    after = [new if user.id == new.id else user for user in known]
    if not any(user.active and user.role == roles.MANAGER and user.slot for user in after):
        raise Refusal(
            say(
                "{name} is the last manager who can log in; make somebody else a manager first", name=new.name
            )
        )
