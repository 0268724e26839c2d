"""What a column of a ledger can hold: each target declared once, with the number by which a desk remembers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from postal_desk.domain.fields import field
from postal_desk.domain.sentences import Sentence, say

Form = Literal[
    "text", "date", "code", "category", "outlet", "staff", "phone", "person", "age", "item", "money", "flag",
    "steps", "outcome", "opinion", "status", "part", "none",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """``codes`` names the word list of a code; ``many``: several columns may hold it; ``length`` in code points."""

    name: str
    label: Sentence
    form: Form
    codes: str = ""
    many: bool = False
    length: int = 0
    mask: str = ""


def _of_field(name: str, path: str, form: Form, codes: str = "", many: bool = False) -> Target:
    declared = field(path)
    return Target(name, declared.label, form, codes, many, declared.max_length, declared.mask)


_ALL = (
    _of_field("opened_on", "opened_on", "date"),
    _of_field("accepted_on", "accepted_on", "date"),
    _of_field("answered_on", "answered_on", "date"),
    _of_field("closed_on", "closed_on", "date"),
    Target("asked_on", say("Opinion asked on"), "date"),
    Target("opened_year", say("Opened: year"), "part"),
    Target("opened_month", say("Opened: month"), "part"),
    Target("opened_day", say("Opened: day"), "part"),
    _of_field("kind", "kind", "code", "kinds"),
    _of_field("business", "business", "code", "business"),
    _of_field("category", "category", "category", "categories"),
    _of_field("channel", "channel", "code", "channels"),
    _of_field("subject", "subject", "text"),
    _of_field("narrative", "narrative", "text", many=True),
    _of_field("outlet", "outlet", "outlet"),
    _of_field("handler", "handler", "staff"),
    Target("customer", say("Customer with phone"), "person", mask="name"),
    _of_field("customer_name", "customer.name", "text"),
    _of_field("customer_phone", "customer.phone", "phone"),
    _of_field("customer_address", "customer.address", "text"),
    _of_field("customer_age", "customer.age_band", "age"),
    _of_field("items_number", "items.number", "item", many=True),
    _of_field("items_class", "items.class", "code", "classes"),
    _of_field("items_posted_on", "items.posted_on", "date"),
    _of_field("items_postage", "items.postage", "money"),
    _of_field("items_insured", "items.insured", "money"),
    _of_field("items_value", "items.value", "money"),
    _of_field("remedy", "remedy", "text"),
    _of_field("severity", "severity", "code", "severities"),
    _of_field("fraud", "fraud", "flag"),
    Target("steps", say("Steps, split by date"), "steps", many=True, length=20_000),
    Target("dispositions", say("Outcome"), "outcome", "dispositions", length=20_000),
    Target("amount", say("Amount of compensation"), "money"),
    _of_field("responsibility", "responsibility", "code", "responsibility"),
    _of_field("opinion", "opinion", "opinion", "opinions"),
    _of_field("praise", "praise", "text"),
    Target("status", say("Status"), "status", "statuses"),
    Target("ledger_number", say("Number in the ledger"), "text", length=60),
    Target("serial", say("Serial, left out"), "none", many=True),
    Target("note", say("Narrative, with heading"), "text", many=True, length=100_000),
    Target("skip", say("Left out"), "none", many=True),
)
#: Targets by name, in the order in which lists show them.
TARGETS: Mapping[str, Target] = {target.name: target for target in _ALL}
#: What every case has to have: by a column, or by a value that stands for the whole ledger.
NEEDED = ("opened_on", "kind", "category", "channel")
#: Targets whose column needs no heading and no reader.
SILENT = ("serial", "skip")
#: What the template calls a target where its label says too much for a heading.
HEADINGS: Mapping[str, Sentence] = {
    "steps": say("Action taken"),
    "dispositions": say("Outcome"),
    "amount": say("Compensation"),
    "note": say("Remarks"),
    "ledger_number": say("Ledger number"),
    "items_class": say("Mail class"),
}
