"""An error of a member of staff, and whether it is exempt from a penalty 差错免责 [S1 no. 4].

The grounds are data (``seeds/accountability.toml``): an error within so many months of joining, or one caused by
equipment or system with evidence that was accepted. The decision is a person's; the ground only allows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.fields import Field
from postal_desk.domain.measures import months_later
from postal_desk.domain.record_forms import RecordForm
from postal_desk.domain.rules import ErrorExemptionRule, Rules, current
from postal_desk.domain.sentences import FieldRefusal, Sentence, say

PENDING, EXEMPTED, UPHELD = "pending", "exempted", "upheld"
PERSON, EQUIPMENT, SYSTEM = "person", "equipment", "system"
NEW_STAFF, ACCEPTED_CAUSE = "new_staff", "accepted_cause"
GROUNDS = (NEW_STAFF, ACCEPTED_CAUSE)


@dataclass(frozen=True, slots=True)
class ErrorRecord:
    """One error. ``evidence`` are texts that say what proves its cause; ``accepted_by`` who accepted them.

    ``ground`` is the key of the rule that an exemption rests on; ``decision`` stays ``pending`` until somebody decides.
    """

    staff: str
    on: date
    text: str
    cause: str = PERSON
    outlet: str = ""
    category: str = ""
    accepted_by: str = ""
    accepted_on: date | None = None
    decision: str = PENDING
    decided_by: str = ""
    decided_on: date | None = None
    ground: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    number: str = ""
    revision: int = 0
    created_at: str = ""
    changed_at: str = ""

    @property
    def begun_on(self) -> date:
        """The day on which it happened."""
        return self.on


@dataclass(frozen=True, slots=True)
class Exemption:
    """Whether one rule exempts an error, and why or why not, sentence by sentence."""

    rule: ErrorExemptionRule
    holds: bool
    why: tuple[Sentence, ...]


def exemptions(error: ErrorRecord, joined_on: date | None, rules: Rules) -> tuple[Exemption, ...]:
    """Each rule in force on the error's day, judged; those that exempt come first."""
    judged = [_judge(error, joined_on, rule) for rule in current(rules.error_exemptions, error.on)]
    return tuple(sorted(judged, key=lambda one: not one.holds))


def _judge(error: ErrorRecord, joined_on: date | None, rule: ErrorExemptionRule) -> Exemption:
    if rule.ground == NEW_STAFF:
        return _new_staff(error, joined_on, rule)
    return _accepted_cause(error, rule)


def _new_staff(error: ErrorRecord, joined_on: date | None, rule: ErrorExemptionRule) -> Exemption:
    if joined_on is None:
        why = say(
            "The day on which {name} joined is not on record; add it to the list of staff", name=error.staff
        )
        return Exemption(rule, False, (why,))
    last = months_later(joined_on, rule.months)
    facts = say(
        "{name} joined on {joined}; {months} months from then end on {last}",
        name=error.staff,
        joined=joined_on,
        months=rule.months,
        last=last,
    )
    if error.on < joined_on:
        return Exemption(rule, False, (facts, say("The error of {day} lies before that", day=error.on)))
    if error.on <= last:
        return Exemption(rule, True, (facts, say("The error of {day} lies within them", day=error.on)))
    return Exemption(rule, False, (facts, say("The error of {day} lies after them", day=error.on)))


def _accepted_cause(error: ErrorRecord, rule: ErrorExemptionRule) -> Exemption:
    if error.cause not in rule.causes:
        return Exemption(rule, False, (say("The cause on record is the person, not equipment or system"),))
    lacking: list[Sentence] = []
    if not error.evidence:
        lacking.append(say("evidence of the cause"))
    if not error.accepted_by or error.accepted_on is None:
        lacking.append(say("that somebody accepted the evidence, and when"))
    if lacking:
        return Exemption(rule, False, (say("Still missing: {missing}", missing=tuple(lacking)),))
    accepted = say(
        "The cause lies in equipment or system; {name} accepted the evidence on {day}",
        name=error.accepted_by,
        day=error.accepted_on,
    )
    return Exemption(rule, True, (accepted,))


def check_decision(error: ErrorRecord, joined_on: date | None, rules: Rules) -> str:
    """The key of the ground that an exemption rests on (``""`` for any other decision).

    Refuses an exemption that no rule allows, with what every rule says.
    """
    if error.decision != EXEMPTED:
        return ""
    found = exemptions(error, joined_on, rules)
    holding = [one.rule.key for one in found if one.holds]
    if not holding:
        raise FieldRefusal(
            "decision",
            say("no rule exempts this error: {why}", why=tuple(reasons(found)))
            if found
            else say("no rule of exemption was in force on {day}", day=error.on),
        )
    return error.ground if error.ground in holding else holding[0]


def reasons(found: Iterable[Exemption]) -> list[Sentence]:
    """What the rules say, in their order."""
    return [sentence for one in found for sentence in one.why]


def _check(error: ErrorRecord) -> None:
    if bool(error.accepted_by) != (error.accepted_on is not None):
        raise FieldRefusal("accepted_on", say("accepted evidence needs both a name and a day"))
    if error.accepted_by and not error.evidence:
        raise FieldRefusal("evidence", say("there is no evidence that could have been accepted; add it"))
    if error.decision != PENDING and (not error.decided_by or error.decided_on is None):
        raise FieldRefusal("decided_on", say("a decision needs who decided and on which day"))
    for name, day in (("decided_on", error.decided_on), ("accepted_on", error.accepted_on)):
        if day is not None and day < error.on:
            raise FieldRefusal(
                name, say("{day} is before the day {error} of the error", day=day, error=error.on)
            )


ERROR_FORM: RecordForm[ErrorRecord] = RecordForm(
    "error",
    "E",
    ErrorRecord,
    (
        Field("staff", say("Staff member"), "staff", max_length=60, required=True),
        Field("on", say("Date of the error"), "date", required=True),
        Field("text", say("What went wrong"), "lines", max_length=10_000, required=True),
        Field("cause", say("Cause"), "code", codes="error_causes"),
        Field("outlet", say("Outlet"), "outlet", max_length=60),
        Field("category", say("Category"), "category"),
        Field("accepted_by", say("Evidence accepted by"), "text", max_length=60),
        Field("accepted_on", say("Evidence accepted on"), "date"),
        Field("decision", say("Decision"), "code", codes="error_decisions"),
        Field("decided_by", say("Decided by"), "text", max_length=60),
        Field("decided_on", say("Decided on"), "date"),
        Field("ground", say("Ground"), "text", max_length=60),
        Field("reason", say("Reason"), "lines", max_length=10_000),
    ),
    texts={
        "evidence": Field("evidence", say("Evidence"), "lines", max_length=10_000),
        "cases": Field("cases", say("Cases"), "text", max_length=40),
    },
    check=_check,
)
