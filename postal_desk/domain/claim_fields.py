"""Each field of a claim, declared once, as ``fields`` does for a case."""

from __future__ import annotations

from collections.abc import Mapping

from postal_desk.domain.fields import Field
from postal_desk.domain.sentences import say

ITEM_FIELDS = (
    Field("items.number", say("Item number"), "number", max_length=40, mask="item"),
    Field("items.class", say("Class of mail"), "code", codes="classes"),
    Field("items.event", say("Event"), "code", codes="events"),
    Field("items.postage", say("Postage"), "money"),
    Field("items.insured", say("Insured for"), "money"),
    Field("items.value", say("Value"), "money"),
    Field("items.loss", say("Loss"), "money"),
    Field("items.exemption", say("Exemption"), "code", codes="exemptions"),
    Field("items.gross_negligence", say("Intent or gross negligence"), "bool"),
    Field("items.terms_not_displayed", say("The terms were not displayed"), "bool"),
)
_AMOUNT = (
    Field("amount", say("Amount"), "money", required=True),
    Field("on", say("On"), "date"),
)
#: The single objects within a claim, by key. A day that is left out is today.
CLAIM_OBJECTS: Mapping[str, tuple[Field, ...]] = {
    "proposed": _AMOUNT,
    "agreed": _AMOUNT,
    "paid": (*_AMOUNT, Field("receipt", say("Receipt"), "text", max_length=100, free=True)),
    "ended": (
        Field("how", say("How it ended"), "code", codes="claim_statuses", required=True),
        Field("on", say("On"), "date"),
    ),
}
CLAIM_FIELDS = (
    Field("case", say("Case"), "text", max_length=40, required=True),
    Field("opened_on", say("Opened on"), "date"),
    Field("basis", say("Basis"), "lines", max_length=10_000, free=True),
    Field("reason", say("Reason"), "lines", max_length=10_000, free=True),
)
#: The keys of a claim in JSON, in their order.
CLAIM_KEYS = ("case", "opened_on", "items", "basis", "proposed", "agreed", "paid", "ended", "reason")
