"""Where the roles are enforced: every write writes an audit row, and no row is written that the role does not allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from postal_desk.domain import roles
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services.history_json import from_json
from postal_desk.store import user_records
from postal_desk.store.audit import Change
from postal_desk.store.batches import batches
from postal_desk.store.user_records import User
from postal_desk.store.work import Work

_BATCH = 500


def role_of(user: User | None, today: date) -> str:
    """The role that holds today; at a desk without users everybody has the manager's."""
    if user is None:
        return roles.MANAGER
    return roles.role_on(user.role, user.acting_from, user.acting_to, today)


def may(user: User | None, today: date, action: str, kind: str = "") -> bool:
    """True if the role allows the action, be it on the user's own records only."""
    right, role = roles.right_of(action, kind), role_of(user, today)
    return role in right.roles or role in right.own


def require(user: User | None, today: date, action: str, kind: str = "") -> None:
    """Raise the refusal that says what the role lacks."""
    if user is not None and not may(user, today, action, kind):
        raise _refused(user, today)


def check(
    user: User | None, today: date, work: Work, action: str, kind: str, changes: Iterable[Change]
) -> None:
    """As :func:`require`, and where only own records are allowed each case among the changes has to be one, and each
    case with a file or a ticked line among them.
    """
    if user is None:
        return
    require(user, today, action, kind)
    if role_of(user, today) not in roles.right_of(action, kind).roles:
        _check_own(user, today, work, list(changes))


def check_undo(
    user: User | None, today: date, work: Work, action: str, kind: str, taken: Sequence[Change]
) -> None:
    """Who may not do it may not take it back either, nor do it by taking back somebody's undo."""
    check(user, today, work, action, kind, taken)
    moved = [one for one in taken if one.kind == "case" and "deleted_at" in from_json(one.after or "{}")]
    if moved:
        check(user, today, work, "case.delete", "case", moved)
    if any(one.kind == "hold" for one in taken):
        require(user, today, "case.hold")


def _check_own(user: User, today: date, work: Work, changes: list[Change]) -> None:
    by_id = {one.record_id: one.before for one in changes if one.kind == "case" and one.record_id is not None}
    touched = {one.record_id for one in changes if one.kind == "check"}
    files = [one.record_id for one in changes if one.kind == "attachment" and one.record_id is not None]
    for kind, record_id in user_records.whose_files(work, files):
        if kind == "case":
            touched.add(record_id)
        else:
            require(user, today, f"{kind}.edit")
    for case_id in touched:
        if case_id is not None:
            by_id.setdefault(case_id, "")
    for some in batches(sorted(by_id), _BATCH):
        for case_id, (number, who, handler) in user_records.whose_cases(work, some).items():
            # Whoever takes a case over does not thereby own what it was before.
            before = from_json(by_id[case_id] or "{}")
            handled = before.get("handler", handler)
            if who != user.name and (not user.staff or handled != user.staff):
                role = roles.NAMES[role_of(user, today)]
                raise Refusal(
                    say(
                        "{number} was logged by {who}: as {role}, {name} changes own cases only; ask a manager",
                        number=number,
                        who=who or "?",
                        role=role,
                        name=user.name,
                    )
                )


def _refused(user: User, today: date) -> Refusal:
    return Refusal(
        say(
            "The role of {name} ({role}) does not allow this; ask a manager",
            name=user.name,
            role=roles.NAMES[role_of(user, today)],
        )
    )
