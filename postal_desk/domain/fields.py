"""Each field of a case, declared once: its JSON name, label, form, length, what closing needs, how it is masked.

Forms, lists, parsing, export and masking read this and nothing of their own. Lengths are in code points and hold at
entry, import and merge alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from postal_desk.domain.sentences import Sentence, say

Kind = Literal[
    "code",
    "category",
    "text",
    "lines",
    "date",
    "moment",
    "money",
    "bool",
    "count",
    "codes",
    "outlet",
    "staff",
    "number",
    "list",
]
Mask = Literal["", "name", "phone", "address", "id", "item"]

LONGEST_LIST = 1000


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``name`` is its JSON path (``customer.phone``, ``items.number``); ``codes`` names a code list.

    ``text`` is one line, ``lines`` may have several; ``outlet`` and ``staff`` are names from the desk's lists;
    ``list`` holds records whose fields begin with its name. ``mask`` says how personal data leaves the desk; ``free``
    is told in somebody's own words, so it may hold any.
    """

    name: str
    label: Sentence
    kind: Kind
    codes: str = ""
    max_length: int = 0
    required: bool = False
    needed_to_close: bool = False
    mask: Mask = ""
    free: bool = False

    @property
    def personal(self) -> bool:
        """True if it can tell who somebody is: scanned before an export, taken out when its term is over."""
        return bool(self.mask) or self.free

    @property
    def key(self) -> str:
        """The last part of the name: the key within its JSON object."""
        return self.name.rpartition(".")[2]


_TOP = (
    Field("kind", say("Kind"), "code", codes="kinds", required=True),
    Field("business", say("Business"), "code", codes="business"),
    Field("category", say("Category"), "category", required=True),
    Field("channel", say("Channel"), "code", codes="channels", required=True),
    Field("opened_on", say("Opened on"), "date", required=True),
    Field("accepted_on", say("Accepted on"), "date"),
    Field("answered_on", say("Answered on"), "date"),
    Field("subject", say("Subject"), "text", max_length=200, required=True, free=True),
    Field("narrative", say("Narrative"), "lines", max_length=100_000, free=True),
    Field("outlet", say("Outlet"), "outlet", max_length=60),
    Field("handler", say("Handler"), "staff", max_length=60),
    Field("remedy", say("Remedy sought"), "lines", max_length=2_000, free=True),
    Field("severity", say("Severity"), "code", codes="severities"),
    Field("fraud", say("Suspected fraud"), "bool"),
)
_CUSTOMER = (
    Field("customer.name", say("Customer"), "text", max_length=60, mask="name"),
    Field("customer.phone", say("Phone"), "text", max_length=60, mask="phone"),
    Field("customer.address", say("Address"), "text", max_length=200, mask="address"),
    Field("customer.age_band", say("Age"), "code", codes="age_bands"),
    Field("customer.vulnerable", say("Vulnerable"), "codes", codes="vulnerabilities"),
    Field("customer.anonymous", say("Anonymous"), "bool"),
)
_ITEM = (
    Field("items.number", say("Item number"), "number", max_length=40, mask="item"),
    Field("items.class", say("Class of mail"), "code", codes="classes"),
    Field("items.posted_on", say("Posted on"), "date"),
    Field("items.postage", say("Postage"), "money"),
    Field("items.insured", say("Insured for"), "money"),
    Field("items.value", say("Value"), "money"),
)
_STEP = (
    Field("steps.at", say("When"), "moment", required=True),
    Field("steps.actor", say("Who"), "text", max_length=100, free=True),
    Field("steps.channel", say("Channel"), "code", codes="channels"),
    Field("steps.counterpart", say("Counterpart"), "text", max_length=100, free=True),
    Field("steps.result", say("Result"), "code", codes="step_results"),
    Field("steps.text", say("What happened"), "lines", max_length=20_000, free=True),
    Field("steps.status", say("Status"), "code", codes="statuses"),
    Field("steps.follow_up_on", say("Follow up on"), "date"),
)
_DISPOSITION = (
    Field("dispositions.kind", say("Disposition"), "code", codes="dispositions", required=True),
    Field("dispositions.amount", say("Amount"), "money"),
    Field("dispositions.on", say("On"), "date"),
)
_ATTEMPT = (
    Field("opinion_attempts.on", say("On"), "date", required=True),
    Field("opinion_attempts.result", say("Result"), "code", codes="attempt_results"),
)
_RELATED = (
    Field("related.number", say("Case number"), "text", max_length=40, required=True),
    Field("related.kind", say("Relation"), "code", codes="relations", required=True),
)
_END = (
    Field("items", say("Mail items"), "list"),
    Field("steps", say("Steps"), "list", needed_to_close=True),
    Field("dispositions", say("Dispositions"), "list", needed_to_close=True),
    Field("responsibility", say("Responsibility"), "code", codes="responsibility", needed_to_close=True),
    Field("opinion", say("Customer's opinion"), "code", codes="opinions", needed_to_close=True),
    Field("opinion_attempts", say("Attempts to ask for the opinion"), "list"),
    Field("praise", say("Praise"), "lines", max_length=10_000, free=True),
    Field("related", say("Related cases"), "list"),
    Field("closed_on", say("Closed on"), "date"),
    Field("typical", say("Released as a typical case"), "bool"),
)

#: The fields of the case itself, in the order of the contract; ``customer.*`` stand in their place.
CASE_FIELDS: tuple[Field, ...] = (*_TOP, *_CUSTOMER, *_END)
#: The fields of the records in each list, by the list's name.
PART_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "items": _ITEM,
    "steps": _STEP,
    "dispositions": _DISPOSITION,
    "opinion_attempts": _ATTEMPT,
    "related": _RELATED,
}
_BY_NAME = {
    field.name: field for field in (*CASE_FIELDS, *(f for fields in PART_FIELDS.values() for f in fields))
}


def field(name: str) -> Field:
    """The field with this JSON path. Raises :class:`KeyError` for a path that is not declared: a bug."""
    return _BY_NAME[name]
