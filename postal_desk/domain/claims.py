"""A claim 理赔 for lost, damaged or short mail: its items with what the articles give, and how far it has come.

The status is never typed: it follows from what is on record (proposed, agreed, paid, ended), so the two can't disagree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from postal_desk.domain.cases import Case, MailItem
from postal_desk.domain.compensation import Compensation, CompensationClaim, compensate
from postal_desk.domain.deadlines import Deadline
from postal_desk.domain.json_values import joined
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Label, Refusal, Sentence, say
from postal_desk.domain.text_rule import excerpt

OPENED, PROPOSED, AGREED, PAID, REFUSED, WITHDRAWN = (
    "opened",
    "proposed",
    "agreed",
    "paid",
    "refused",
    "withdrawn",
)
OPEN_STATUSES = (OPENED, PROPOSED, AGREED)
ENDS = (REFUSED, WITHDRAWN)
#: Clocks whose passing without the item found obliges compensation (Postal Law art. 47, 49 and 50).
OBLIGING_CLOCKS = ("inquiry_reply", "remittance_inquiry_reply")
#: Dispositions after which nothing is owed: the item was found, or its sender has it again or was paid already.
_SETTLED = frozenset({"found_and_delivered", "redelivered", "returned_to_sender", "compensated", "withdrawn"})
_NO_ARTICLE = Label("", "")

_NUMBER = re.compile(r"(?:(?P<prefix>[0-9]{6}[A-Z]?)-)?(?P<tail>C-[0-9]{4}-(?:[0-9]{4}|[1-9][0-9]{4,6}))")
_EXAMPLE = "220204-C-2019-0003"


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """One item of mail; what it was and what happened to it. ``computed`` and ``article`` are given by the desk when
    the item is saved: a rule edited later does not change what was worked out then.
    """

    number: str = ""
    mail_class: str = ""
    event: str = ""
    postage: Decimal | None = None
    insured: Decimal | None = None
    value: Decimal | None = None
    loss: Decimal | None = None
    exemption: str = ""
    gross_negligence: bool = False
    terms_not_displayed: bool = False
    computed: Decimal | None = None
    article: Label = _NO_ARTICLE

    @property
    def facts(self) -> CompensationClaim:
        """What the articles are asked."""
        return CompensationClaim(
            self.mail_class,
            self.event,
            self.postage,
            self.insured,
            self.value,
            self.loss,
            self.exemption or None,
            self.gross_negligence,
            self.terms_not_displayed,
        )


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount that was proposed, agreed or paid, and the day of it; ``receipt`` names the proof of a payment."""

    amount: Decimal
    on: date
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a claim ended without payment (``refused`` or ``withdrawn``), and when."""

    how: str
    on: date


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one case. ``number``, ``revision``, ``created_at`` and ``changed_at`` are given by the desk.

    ``basis`` says in words why it is owed; ``reason`` why less or more is agreed than the articles give, or nothing.
    """

    case: str
    opened_on: date
    items: tuple[ClaimItem, ...] = ()
    basis: str = ""
    proposed: Sum | None = None
    agreed: Sum | None = None
    paid: Sum | None = None
    ended: Ended | None = None
    reason: str = ""
    number: str = ""
    revision: int = 0
    created_at: str = ""
    changed_at: str = ""

    @property
    def status(self) -> str:
        """How far it has come."""
        if self.ended is not None:
            return self.ended.how
        if self.paid is not None:
            return PAID
        if self.agreed is not None:
            return AGREED
        return PROPOSED if self.proposed is not None else OPENED

    @property
    def is_open(self) -> bool:
        """True until it is paid, refused or withdrawn."""
        return self.status in OPEN_STATUSES

    @property
    def computed(self) -> Decimal | None:
        """What the articles give for all items; ``None`` where they give none for one of them."""
        amounts = [item.computed for item in self.items]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal("0.00")) if known and len(known) == len(amounts) else None

    @property
    def closed_on(self) -> date | None:
        """The day it was paid or ended."""
        if self.ended is not None:
            return self.ended.on
        return self.paid.on if self.paid is not None else None

    def age(self, today: date) -> int:
        """Days from its opening to its end, or to today."""
        return max(0, ((self.closed_on or today) - self.opened_on).days)


def format_number(prefix: str, year: int, sequence: int) -> str:
    """The readable number; ``prefix`` is the branch code with the desk's letter, ``sequence`` counts from 1."""
    return f"{prefix}-C-{year:04d}-{sequence:04d}"


def full_number(text: str, own_prefix: str) -> str:
    """The whole number of what somebody typed (``C-2019-0003`` will do), or :class:`Refusal`."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if found is None:
        raise Refusal(
            say(
                "“{text}” is not a claim's number; one looks like {example}",
                text=excerpt(text),
                example=_EXAMPLE,
            )
        )
    return f"{found['prefix'] or own_prefix}-{found['tail']}"


def work_out(item: ClaimItem, rules: Rules, on: date) -> Compensation:
    """What the articles that hold on a day give for an item. Where no rule covers it, or a sum that the rule needs is
    not known yet, no amount is told, and ``why`` says what is missing: a claim may be opened before all is known.
    """
    if not item.mail_class or not item.event:
        return Compensation(None, _NO_ARTICLE, (say("Give class and event; then the amount is worked out."),))
    try:
        return compensate(item.facts, rules, on)
    except FieldRefusal as refusal:
        word = say("No amount yet: {field}: {reason}.", field=refusal.path, reason=refusal.reason)
        return Compensation(None, _NO_ARTICLE, (word,))
    except Refusal as refusal:
        return Compensation(None, _NO_ARTICLE, (refusal.sentence,))


def worked_out(claim: Claim, rules: Rules) -> Claim:
    """The claim with each item's amount and article by the rules of the day it was opened."""
    items = []
    for item in claim.items:
        found = work_out(item, rules, claim.opened_on)
        items.append(replace(item, computed=found.amount, article=found.article))
    return replace(claim, items=tuple(items))


def check_claim(claim: Claim, path: str = "") -> None:
    """Refuse days in the wrong order, a payment that nobody agreed to, and an amount that differs without a reason."""
    order: list[tuple[str, date]] = [("opened_on", claim.opened_on)]
    for name, found in (("proposed", claim.proposed), ("agreed", claim.agreed), ("paid", claim.paid)):
        if found is not None:
            order.append((f"{name}.on", found.on))
    if claim.ended is not None:
        order.append(("ended.on", claim.ended.on))
    for (_, before), (name, day) in pairwise(order):
        if day < before:
            reason = say(
                "{day} is before {earlier}; the steps of a claim follow each other", day=day, earlier=before
            )
            raise FieldRefusal(joined(path, name), reason)
    if claim.paid is not None and claim.agreed is None:
        raise FieldRefusal(joined(path, "paid"), say("agree an amount first, then pay it"))
    if claim.paid is not None and claim.ended is not None:
        raise FieldRefusal(joined(path, "ended"), say("a claim that was paid can't be refused or withdrawn"))
    if claim.ended is not None and claim.ended.how == REFUSED and not claim.reason:
        raise FieldRefusal(joined(path, "reason"), say("say why nothing is paid"))
    _check_amounts(claim, path)


def _check_amounts(claim: Claim, path: str) -> None:
    agreed, paid, computed = claim.agreed, claim.paid, claim.computed
    if paid is not None and agreed is not None and paid.amount != agreed.amount:
        reason = say(
            "{paid} yuan differ from the {agreed} yuan agreed", paid=paid.amount, agreed=agreed.amount
        )
        raise FieldRefusal(joined(path, "paid.amount"), reason)
    if agreed is not None and computed is not None and agreed.amount != computed and not claim.reason:
        reason = say(
            "say why {agreed} yuan are agreed where the articles give {computed}",
            agreed=agreed.amount,
            computed=computed,
        )
        raise FieldRefusal(joined(path, "reason"), reason)


def obliges(case: Case, deadlines: tuple[Deadline, ...]) -> Deadline | None:
    """The inquiry clock of a case that ran out without the item found: that obliges compensation."""
    if any(disposition.kind in _SETTLED for disposition in case.dispositions):
        return None
    return next(
        (d for d in deadlines if d.clock in OBLIGING_CLOCKS and d.state in ("overdue", "late")),
        None,
    )


def proposed_for(case: Case, deadline: Deadline | None, today: date, basis: str) -> Claim:
    """A claim as a case suggests it: its items, lost if the reply period ran out; nothing is saved by this."""
    event = "lost" if deadline is not None or case.category.startswith("03") else ""
    if case.category.startswith("04"):
        event = "partly_damaged"
    return Claim(
        case=case.number,
        opened_on=today,
        items=tuple(_of_mail(item, event) for item in case.items) or (ClaimItem(event=event),),
        basis=basis,
    )


def _of_mail(item: MailItem, event: str) -> ClaimItem:
    return ClaimItem(
        item.number, item.mail_class, event, postage=item.postage, insured=item.insured, value=item.value
    )


def next_steps() -> Mapping[str, Sentence]:
    """What each status asks for next, for lists of open claims."""
    return {
        OPENED: say("propose an amount"),
        PROPOSED: say("agree with the customer"),
        AGREED: say("pay it"),
    }
