"""Who may do what at a desk with users. Rules, not cryptography: whoever has a password has the key.

An action is named as the audit names it (``case.edit``); a rule holds for the action itself or for all that begin with
it (``case``), the longest one counts. «Own» records are those that the user logged, or handles as the staff member
the user is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.sentences import Label

CLERK, HANDLER, MANAGER, AUDITOR = "clerk", "handler", "manager", "auditor"
ROLES = (CLERK, HANDLER, MANAGER, AUDITOR)
NAMES: Mapping[str, Label] = {
    CLERK: Label("登记员", "Clerk"),
    HANDLER: Label("承办人", "Handler"),
    MANAGER: Label("分公司经理", "Manager"),
    AUDITOR: Label("审计员（只读）", "Auditor (reads only)"),
}
#: What each role is for, as the form for a user says it.
DUTIES: Mapping[str, Label] = {
    CLERK: Label(
        "登记案例，修改自己登记或承办的案例", "Logs cases, changes those logged or handled by this person"
    ),
    HANDLER: Label("办理所有案例和措施", "Works on all cases and measures"),
    MANAGER: Label(
        "全部权限：用户、名单、规则、封月",
        "Everything: users, lists, rules, closing months",
    ),
    AUDITOR: Label(
        "只看不改，可查阅和导出审计记录", "Reads everything, changes nothing; reads and exports the audit"
    ),
}


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do an action on any record, and who on own records only."""

    roles: frozenset[str]
    own: frozenset[str] = frozenset()


def _right(*roles: str, own: tuple[str, ...] = ()) -> Right:
    return Right(frozenset(roles), frozenset(own))


_ALL = _right(*ROLES)
_WRITERS = _right(CLERK, HANDLER, MANAGER)
_HANDLERS = _right(HANDLER, MANAGER)
_MANAGERS = _right(MANAGER)
_CASE_WORK = _right(HANDLER, MANAGER, own=(CLERK,))
_CASE_REMOVAL = _right(MANAGER, own=(CLERK, HANDLER))

RIGHTS: Mapping[str, Right] = {
    "": _HANDLERS,  # what no other line names
    "case": _CASE_WORK,  # a ledger coming in too
    "case.add": _WRITERS,
    "case.assign": _HANDLERS,
    "case.delete": _CASE_REMOVAL,
    "case.restore": _CASE_REMOVAL,
    "case.demo": _MANAGERS,
    "case.anonymise": _MANAGERS,
    "case.hold": _MANAGERS,
    "case.release": _MANAGERS,
    "case.merge": _MANAGERS,
    # reading and its traces
    "case.export": _ALL,
    "case.print": _ALL,
    "case.unmask": _ALL,
    "list.export": _ALL,
    "summary.export": _ALL,
    "export.unmasked": _MANAGERS,
    "audit.read": _right(MANAGER, AUDITOR),
    "audit.export": _right(MANAGER, AUDITOR),
    "attachment": _CASE_WORK,  # of a case; whoever may change another record may change its files
    "check": _CASE_WORK,
    "attachment.export": _MANAGERS,
    "attachment.open": _ALL,
    "access": _ALL,  # logging in, one's own password
    "view": _WRITERS,
    "draft": _WRITERS,
    # what holds for the whole branch
    "outlet": _MANAGERS,
    "staff": _MANAGERS,
    "rule": _MANAGERS,
    "rules": _MANAGERS,
    "calendar": _MANAGERS,
    "category": _MANAGERS,
    "setting": _MANAGERS,
    "user": _MANAGERS,
    "month": _MANAGERS,
    "total": _MANAGERS,  # totals typed for past months
    "desk": _MANAGERS,
    "mask": _WRITERS,
    "template": _MANAGERS,  # the superior's forms
    # copies are encrypted, and made by themselves under whoever is there, as the desk's cleaning is; restored they are
    # by whoever has a password of theirs, as the desk itself may not open
    "copy": _ALL,
    "copy.remove": _MANAGERS,
    "bin": _MANAGERS,
    "bin.purge": _ALL,
    # the work on the branch's records, by whoever works on all cases
    "measure": _HANDLERS,
    "problem": _HANDLERS,
    "visit": _HANDLERS,
    "error": _HANDLERS,
    "claim": _HANDLERS,
    "volume": _HANDLERS,
    "summary": _HANDLERS,
}

#: What taking a change back counts as, by the kind of record.
_EDITS = "{kind}.edit"


def right_of(action: str, kind: str = "") -> Right:
    """The rule for an action; taking something back is an edit of its ``kind``."""
    name = _EDITS.format(kind=kind) if action == "undo" else action
    while name not in RIGHTS:
        name = name.rpartition(".")[0]
    return RIGHTS[name]


def role_on(role: str, acting_from: date | None, acting_to: date | None, day: date) -> str:
    """The role that holds on a day: an acting manager's between two days, each included and each left open."""
    acts = (acting_from is not None or acting_to is not None) and (
        (acting_from is None or acting_from <= day) and (acting_to is None or day <= acting_to)
    )
    return MANAGER if acts else role
