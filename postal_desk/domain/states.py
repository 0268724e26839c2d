"""The states of a case, the moves between them, and what closing needs (domain: states, "closing is earned").

The order follows GB/T 19012 / ISO 10002: receive, acknowledge, investigate, answer, close, review.
``waiting`` and ``escalated`` can be entered from any open state; nothing goes back to ``registered``;
``closed`` is reached by closing only and left by reopening only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from postal_desk.domain.cases import Case
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Label, Refusal, Sentence, say

CLOSED = "closed"
REOPENED = "reopened"

#: State → states that a step may lead to. Closing is no step, so ``closed`` is in none of them.
MOVES: Mapping[str, tuple[str, ...]] = {
    "registered": ("accepted", "investigating", "waiting", "answered", "escalated"),
    "accepted": ("investigating", "waiting", "answered", "escalated"),
    "investigating": ("waiting", "answered", "escalated"),
    "waiting": ("accepted", "investigating", "answered", "escalated"),
    "escalated": ("accepted", "investigating", "waiting", "answered"),
    "answered": ("investigating", "waiting", "escalated"),
    REOPENED: ("accepted", "investigating", "waiting", "answered", "escalated"),
    CLOSED: (REOPENED,),
}


def check_move(old: str, new: str, rules: Rules | None = None) -> None:
    """Refuse a step's move from one state to another, naming the allowed ones; staying where one is, is no
    move.

    ``closed`` is always refused: it is reached by closing the case (see :func:`check_can_close`). With
    ``rules`` the refusal speaks the states' names, without them their codes (what a JSON file needs).
    """
    for status in (old, new):
        if status not in MOVES:
            raise Refusal(
                say(
                    "There is no status “{status}”; use one of: {allowed}",
                    status=status,
                    allowed=tuple(MOVES),
                )
            )
    if new == old or new in MOVES[old]:
        return
    if new == CLOSED:
        raise Refusal(
            say("A step can't close a case; close the case itself, with its disposition and responsibility")
        )
    raise Refusal(
        say(
            "A case can't go from “{old}” to “{new}”; it can go to: {allowed}",
            old=_named(old, rules),
            new=_named(new, rules),
            allowed=tuple(_named(status, rules) for status in MOVES[old]),
        )
    )


def _named(status: str, rules: Rules | None) -> str | Label:
    return status if rules is None else rules.name("statuses", status)


def check_can_close(status: str) -> None:
    """Refuse to close a case that is closed already; every open state can be closed."""
    if status == CLOSED:
        raise Refusal(say("The case is closed already; to change how it ended, reopen it first"))


def check_can_reopen(status: str) -> None:
    """Refuse to reopen a case that is not closed."""
    if status != CLOSED:
        raise Refusal(say("The case is still open; only a closed case can be reopened, so just add a step"))


def missing_for_closing(case: Case) -> tuple[Sentence, ...]:
    """What the case still lacks to be closed, each as a short noun phrase; empty when it can be closed.

    ``closed_on`` is judged only if it is set, so the same function serves a case being closed and one still
    open.
    """
    missing: list[Sentence] = []
    if not any(step.day >= case.opened_on for step in case.steps):
        missing.append(say("a step dated on or after {day}", day=case.opened_on))
    if not case.dispositions:
        missing.append(say("an outcome (disposition)"))
    if any(d.kind == "compensated" and d.amount is None for d in case.dispositions):
        missing.append(say("the amount of the compensation"))
    if case.responsibility in ("", "pending"):
        missing.append(say("the responsibility (not “pending”)"))
    if case.opinion in ("", "not_asked") and not case.opinion_attempts:
        missing.append(say("the customer's opinion (or an attempt to ask for it)"))
    if case.closed_on is not None and case.closed_on < case.opened_on:
        missing.append(say("a closing day that is not before the opening day {day}", day=case.opened_on))
    elif case.closed_on is not None and case.closed_on < (last := _last_reopening(case) or case.closed_on):
        missing.append(say("a closing day that is not before the reopening of {day}", day=last))
    return tuple(missing)


def _last_reopening(case: Case) -> date | None:
    return max((step.day for step in case.steps if step.status == REOPENED), default=None)


def check_closable(case: Case) -> None:
    """Refuse a case that lacks something for closing, with everything that is missing in one sentence."""
    missing = missing_for_closing(case)
    if missing:
        raise Refusal(say("The case can't be closed yet; still missing: {missing}", missing=missing))


def status_of_new(case: Case, rules: Rules | None = None) -> str:
    """The status of a case that comes in whole: what the statuses of its steps and its dates lead to.

    The steps are replayed by day (within a day as written) and refused with their place,
    ``steps[1].status``, if a move is not allowed; a step may say ``closed`` only in a case that brings
    ``closed_on``. The dates fill what the steps leave open. Whether the case may be closed is for
    :func:`check_closable`.
    """
    status, moved_on = "registered", None
    for position, step in sorted(enumerate(case.steps, start=1), key=lambda pair: pair[1].day):
        if not step.status:
            continue
        if step.status != CLOSED or case.closed_on is None:
            try:
                check_move(status, step.status, rules)
            except Refusal as refusal:
                raise FieldRefusal(f"steps[{position}].status", refusal.sentence) from refusal
        status, moved_on = step.status, step.day
    if case.closed_on is not None:
        return CLOSED
    if case.answered_on is not None and (moved_on is None or moved_on <= case.answered_on):
        return "answered"
    if case.accepted_on is not None and status == "registered":
        return "accepted"
    return status
