"""What a month still contradicts itself in before it is closed: each finding names the record where it is put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from postal_desk.domain.sentences import Sentence, say

ERROR, NOTICE = "error", "notice"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One finding. An ``error`` keeps a month from being closed unless somebody says why it is closed all the same; a
    ``notice`` is worth a look. ``kind`` and ``number`` name the record (``case``, ``claim``, ``measure``, ``draft``,
    ``settings``, ``month``).
    """

    code: str
    level: str
    what: Sentence
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding: how grave, and what is said of a record."""

    level: str
    what: Sentence


#: findings about cases, in the order they are told; the store knows how each is found
OF_CASES: Mapping[str, Kind] = {
    "closed_without_disposition": Kind(ERROR, say("closed without a disposition")),
    "closed_undecided": Kind(ERROR, say("closed without a decision on the responsibility")),
    "closed_without_step": Kind(ERROR, say("closed without a step after its opening")),
    "closed_without_opinion": Kind(
        ERROR, say("closed without the customer's opinion or an attempt to ask for it")
    ),
    "accepted_before_opened": Kind(ERROR, say("accepted before it was opened")),
    "answered_before_opened": Kind(ERROR, say("answered before it was opened")),
    "answered_after_closed": Kind(ERROR, say("answered after it was closed")),
    "answered_without_day": Kind(
        ERROR, say("its status is “answered”, but the day of the answer is missing")
    ),
    "answer_without_status": Kind(NOTICE, say("has a day of answer, but its status says nobody answered")),
    "step_in_future": Kind(ERROR, say("has a step dated after today")),
    "step_after_closing": Kind(NOTICE, say("has a step dated after its closing")),
    "compensation_without_amount": Kind(ERROR, say("compensated without an amount")),
    "outcome_without_day": Kind(
        ERROR, say("compensated or a fraud prevented without the day of it: no month counts it")
    ),
    "outcome_before_opened": Kind(ERROR, say("an outcome is dated before the opening")),
    "overdue_without_step": Kind(ERROR, say("in progress past its clock, and nobody has done anything")),
    "outlet_not_valid": Kind(ERROR, say("its outlet did not exist on the opening day")),
    "handler_not_there": Kind(ERROR, say("its handler was not with the branch then")),
    "category_not_valid": Kind(ERROR, say("its category did not hold on the opening day")),
    "no_outlet": Kind(NOTICE, say("names no outlet, so no outlet's figures count it")),
    "no_handler": Kind(NOTICE, say("is in progress and nobody handles it")),
    "praise_without_words": Kind(NOTICE, say("is praise, but nothing says what for")),
    "item_twice": Kind(NOTICE, say("shares an item of mail with another case, and neither names the other")),
}
#: findings about claims
OF_CLAIMS: Mapping[str, Kind] = {
    "paid_case_silent": Kind(ERROR, say("is paid, but its case does not count that compensation")),
    "open_claim_of_closed_case": Kind(ERROR, say("is still open, though its case is closed")),
}
