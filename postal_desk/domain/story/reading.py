"""What the reader found in a story, as plain records; positions are code points of ``Reading.text``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

#: The fields the reader may fill, in the order in which a form shows them.
FIELD_NAMES = (
    "kind",
    "category",
    "business",
    "channel",
    "subject",
    "outlet",
    "handler",
    "customer.name",
    "customer.phone",
    "customer.age_band",
    "customer.vulnerable",
    "items.posted_on",
    "remedy",
    "fraud",
)

Span: TypeAlias = tuple[int, int]
Value: TypeAlias = str | bool | date | tuple[str, ...]
Whose = Literal["customer", "other", "service"]


@dataclass(frozen=True, slots=True)
class Found:
    """One field: its value, the words that say so, and how sure that is (0..1).

    Values are text, except ``fraud`` (``True``), ``items.posted_on`` (a date) and ``customer.vulnerable`` (codes).
    """

    value: Value
    at: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class ItemFound:
    """An item number in normal form; ``check`` as in ``rule item``: ok, suspicious, none."""

    number: str
    at: Span
    check: str


@dataclass(frozen=True, slots=True)
class PhoneFound:
    """A telephone number: digits, ``0432-62481234`` for a landline, ``+44…`` for one abroad."""

    number: str
    whose: Whose
    at: Span


@dataclass(frozen=True, slots=True)
class DateFound:
    """An expression that means one day."""

    day: date
    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class AmountFound:
    """A sum in yuan to the fen."""

    amount: Decimal
    at: Span


@dataclass(frozen=True, slots=True)
class StepFound:
    """One message of a pasted chat, in the shape of a case's step; ``span`` covers its header and text."""

    at: str
    actor: str
    counterpart: str
    text: str
    span: Span
    channel: str = "web"


@dataclass(frozen=True)
class Reading:
    """All that was found.

    ``suggestions`` names the fields that are too unsure to fill in: they are to be offered only.
    ``read_to`` is where reading for meaning stopped: a longer text is kept whole, its rest is not looked at.
    ``fraud_signs`` are the words behind the field ``fraud``, the weightiest first.
    ``category_child`` is a category below ``category``, where the words leave no doubt.
    ``usual_kind`` is what a case of the category usually is, where the words leave the kind open: to be offered only.
    """

    text: str
    fields: Mapping[str, Found] = field(default_factory=dict)
    items: tuple[ItemFound, ...] = ()
    phones: tuple[PhoneFound, ...] = ()
    dates: tuple[DateFound, ...] = ()
    amounts: tuple[AmountFound, ...] = ()
    steps: tuple[StepFound, ...] = ()
    category_child: Found | None = None
    suggestions: frozenset[str] = frozenset()
    read_to: int = 0
    fraud_signs: tuple[Span, ...] = ()
    usual_kind: Found | None = None


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def reading_to_json(reading: Reading) -> dict[str, object]:
    """The document of ``case read``; what was not found is absent from ``fields``."""
    return {
        "text": reading.text,
        "fields": {
            name: {
                "value": _plain(found.value),
                "at": list(found.at),
                "confidence": round(found.confidence, 2),
            }
            for name, found in sorted(reading.fields.items(), key=lambda pair: FIELD_NAMES.index(pair[0]))
        },
        "items": [{"number": i.number, "at": list(i.at), "check": i.check} for i in reading.items],
        "phones": [{"number": p.number, "whose": p.whose, "at": list(p.at)} for p in reading.phones],
        "dates": [{"date": d.day.isoformat(), "text": d.text, "at": list(d.at)} for d in reading.dates],
        "amounts": [{"amount": f"{a.amount:.2f}", "at": list(a.at)} for a in reading.amounts],
        "steps": [
            {"at": s.at, "actor": s.actor, "channel": s.channel, "counterpart": s.counterpart, "text": s.text}
            for s in reading.steps
        ],
    }
