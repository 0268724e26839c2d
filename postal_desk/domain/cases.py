"""A customer-service case and its parts, as immutable records.

Dates are :class:`datetime.date`, moments are local text ``YYYY-MM-DDTHH:MM`` or a bare ``YYYY-MM-DD`` (a step whose
time of day nobody noted), money is :class:`decimal.Decimal` in yuan to the fen. Codes are the stable words of
``seeds/codes.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Customer:
    """Who asks. All fields may be empty (anonymous, or not said)."""

    name: str = ""
    phone: str = ""
    address: str = ""
    age_band: str = "unknown"
    vulnerable: tuple[str, ...] = ()
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class MailItem:
    """One item of mail; ``mail_class`` is ``class`` in JSON. Postage, insured sum and value are yuan or unknown."""

    number: str = ""
    mail_class: str = ""
    posted_on: date | None = None
    postage: Decimal | None = None
    insured: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did: actor, channel, counterpart, result, text, moment."""

    at: str
    actor: str = ""
    channel: str = ""
    counterpart: str = ""
    result: str = ""
    text: str = ""
    status: str = ""
    follow_up_on: date | None = None

    @property
    def day(self) -> date:
        """The calendar day of the step."""
        return date.fromisoformat(self.at[:10])


@dataclass(frozen=True, slots=True)
class Disposition:
    """One outcome of the case; ``amount`` only where money was paid; ``on`` the day it took effect."""

    kind: str
    amount: Decimal | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class OpinionAttempt:
    """One attempt to ask for the customer's opinion and what came of it."""

    on: date
    result: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to another case by number: duplicate, follow_up, appeal_of."""

    number: str
    kind: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case. ``number``, ``status``, ``revision``, ``created_at`` and ``changed_at`` are given by the desk.

    ``created_at`` and ``changed_at`` are local ISO moments to the second. ``outlet`` and ``handler`` are names.
    """

    kind: str
    category: str
    channel: str
    opened_on: date
    subject: str
    business: str = ""
    accepted_on: date | None = None
    answered_on: date | None = None
    narrative: str = ""
    outlet: str = ""
    handler: str = ""
    remedy: str = ""
    severity: str = ""
    fraud: bool = False
    customer: Customer = Customer()
    items: tuple[MailItem, ...] = ()
    steps: tuple[Step, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    responsibility: str = ""
    opinion: str = ""
    opinion_attempts: tuple[OpinionAttempt, ...] = ()
    praise: str = ""
    related: tuple[Relation, ...] = ()
    closed_on: date | None = None
    typical: bool = False
    number: str = ""
    status: str = "registered"
    revision: int = 0
    created_at: str = ""
    changed_at: str = ""
    measures: tuple[str, ...] = ()

    @property
    def replied_on(self) -> date | None:
        """The day that stops a reply clock: the answer, else the closing."""
        return self.answered_on or self.closed_on

    @property
    def is_open(self) -> bool:
        """True until the case is closed."""
        return self.status != "closed"

    @property
    def open_follow_up(self) -> date | None:
        """The earliest day that a step promised to come back to and no later step has followed."""
        if not self.is_open:
            return None
        promised = (
            step.follow_up_on
            for at, step in enumerate(self.steps, start=1)
            if step.follow_up_on is not None and all(s.day < step.follow_up_on for s in self.steps[at:])
        )
        return min(promised, default=None)
