"""What stands in the form, without any widget: typed, recognised, confirmed, suggested. See :mod:`slots` for the rule.

Fields are named by their JSON path (``customer.phone``); ``items.posted_on`` is the day of posting that all items
share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from postal_desk.ui.entry.item_rows import ItemRows
from postal_desk.ui.entry.slots import Origin, Slot, Value

if TYPE_CHECKING:
    from postal_desk.domain.story.reading import Found, Reading

#: What must be there before a case can be saved, in the order of the form.
REQUIRED = ("subject", "kind", "category", "channel", "opened_on")

_TEXTS = (
    "narrative", "subject", "kind", "category", "channel", "outlet", "handler", "customer.name", "customer.phone",
    "customer.address", "customer.age_band", "items.posted_on", "opened_on", "accepted_on", "answered_on",
    "business", "remedy", "severity", "praise",
)  # fmt: skip
_FLAGS = ("fraud", "customer.anonymous")
_LISTS = ("customer.vulnerable",)
#: What the story may fill; the rest is for people only.
READ = (
    "subject", "kind", "category", "channel", "outlet", "handler", "business", "remedy", "fraud", "items.posted_on",
    "customer.name", "customer.phone", "customer.address", "customer.age_band", "customer.vulnerable",
)  # fmt: skip
#: Lists of records that the form carries along as they are.
_CARRIED = ("steps", "related")


class Form:
    """The form of one case. ``offer_only``: a stored case is edited, so the story suggests and fills nothing in."""

    def __init__(self, today: str = "", offer_only: bool = False) -> None:
        self.offer_only = offer_only
        self.fields: dict[str, Slot] = {name: Slot() for name in _TEXTS}
        self.fields |= {name: Slot(blank=False) for name in _FLAGS}
        self.fields |= {name: Slot(blank=()) for name in _LISTS}
        self.fields["opened_on"] = Slot(default=today or None)
        self.items = ItemRows()
        self.carried: dict[str, list[dict[str, object]]] = {name: [] for name in _CARRIED}
        self.reading: Reading | None = None
        self.mail_class: Found | None = None

    def __getitem__(self, name: str) -> Slot:
        return self.fields[name]

    def text(self, name: str) -> str:
        """The value of a text, code or date field."""
        return str(self.fields[name].value)

    def likely(self, name: str) -> str:
        """The same, or what the story suggests while the field is empty."""
        return self.text(name) or str(self.fields[name].suggestion or "")

    @property
    def steps(self) -> list[dict[str, object]]:
        """Steps to be saved with the case (taken from a pasted chat)."""
        return self.carried["steps"]

    @property
    def related(self) -> list[dict[str, object]]:
        """Links to other cases, to be saved with the case."""
        return self.carried["related"]

    @property
    def is_empty(self) -> bool:
        """True if nobody has put anything in that a draft would be worth."""
        people = any(slot.origin is Origin.OWN and slot.given for slot in self.fields.values())
        return not (people or any(row.touched for row in self.items.rows) or any(self.carried.values()))

    def read(self, reading: Reading | None, mail_class: Found | None = None) -> set[str]:
        """Follow the story; the names of the fields that changed, ``items`` for the rows.

        ``mail_class`` is the class of mail that the story names, for the items found in it.
        """
        self.reading, self.mail_class = reading, mail_class
        found = self.found()
        unsure = reading.suggestions if reading is not None else frozenset()
        changed = {
            name
            for name in READ
            if _read_slot(self.fields[name], found.get(name), self.offer_only or name in unsure)
        }
        numbers = [item.number for item in reading.items] if reading is not None else []
        if not self.offer_only and self.items.read(numbers, *_said(mail_class)):
            changed.add("items")
        return changed

    def found(self) -> dict[str, Found]:
        """What the last reading says, by field; a category below the found one goes before it."""
        if self.reading is None:
            return {}
        found = dict(self.reading.fields)
        if self.reading.category_child is not None:
            found["category"] = self.reading.category_child
        if self.reading.usual_kind is not None:
            found["kind"] = self.reading.usual_kind
        return found

    def missing(self) -> list[str]:
        """The required fields that are still empty, in the order of the form."""
        return [name for name in REQUIRED if not self.fields[name].value and not self.fields[name].typed]

    def wrong(self) -> list[str]:
        """The fields that hold something nobody can understand, ``items[1].postage`` for a cell."""
        fields = [name for name, slot in self.fields.items() if slot.typed]
        cells = [
            f"items[{place}].{column}"
            for place, row in enumerate(self.items.rows, start=1)
            for column, slot in row.slots.items()
            if slot.typed
        ]
        return fields + cells

    def to_json(self) -> dict[str, object]:
        """The case as the JSON contract has it, without what is empty."""
        made: dict[str, object] = {}
        customer: dict[str, object] = {}
        for name, slot in self.fields.items():
            if slot.value == slot.blank or name == "items.posted_on":
                continue
            value = list(slot.value) if isinstance(slot.value, tuple) else slot.value
            part, _, inner = name.partition(".")
            if inner:
                customer[inner] = value
            else:
                made[part] = value
        if customer:
            made["customer"] = customer
        made |= {name: records for name, records in self.carried.items() if records}
        if items := self.items.to_json(self.text("items.posted_on")):
            made["items"] = items
        return made

    def load(self, case: Mapping[str, object]) -> None:
        """Take a stored case (its JSON); everything that is there counts as a person's word."""
        customer = case.get("customer")
        inner = customer if isinstance(customer, Mapping) else {}
        for name, slot in self.fields.items():
            part, _, key = name.partition(".")
            value = inner.get(key) if part == "customer" else case.get(part)
            if name == "customer.age_band" and value == "unknown":
                value = ""
            if name != "items.posted_on":
                slot.load(_of_kind(value, slot.blank))
        items = [item for item in _list(case.get("items")) if isinstance(item, Mapping)]
        days = {str(item.get("posted_on") or "") for item in items}
        shared = days.pop() if len(days) == 1 else ""
        self.fields["items.posted_on"].load(shared)
        self.items.load(items, shared)
        for name in _CARRIED:
            self.carried[name] = [
                dict(record) for record in _list(case.get(name)) if isinstance(record, Mapping)
            ]

    def to_payload(self) -> dict[str, object]:
        """What a draft keeps: JSON values only."""
        return {
            "fields": {
                name: slot.to_payload()
                for name, slot in self.fields.items()
                if slot.origin is not Origin.EMPTY
            },
            "items": self.items.to_payload(),
            "carried": self.carried,
        }

    def restore(self, payload: Mapping[str, object]) -> None:
        """Take a draft; what this version does not know is left out."""
        fields = payload.get("fields")
        for name, kept in fields.items() if isinstance(fields, Mapping) else ():
            if name in self.fields and isinstance(kept, Mapping):
                self.fields[name].restore(kept)
        if isinstance(items := payload.get("items"), Mapping):
            self.items.restore(items)
        carried = payload.get("carried")
        for name in _CARRIED:
            records = carried.get(name) if isinstance(carried, Mapping) else None
            self.carried[name] = [dict(record) for record in _list(records) if isinstance(record, Mapping)]


def changed_keys(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """The keys that differ, with their new value or ``None`` if emptied; of the customer only such fields."""
    changed: dict[str, object] = {}
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old != new:
            both = key == "customer"
            changed[key] = changed_keys(_mapping(old), _mapping(new)) if both else new
    return changed


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _said(found: Found | None) -> tuple[Value | None, float]:
    if found is None:
        return None, 0.0
    return as_value(found.value), found.confidence


def _read_slot(slot: Slot, found: Found | None, offer_only: bool) -> bool:
    value, confidence = _said(found)
    if value is not None and type(value) is not type(slot.blank):
        value = None
    return slot.read(value, confidence, offer_only)


def as_value(value: object) -> Value:
    """What the reader found, in the form of the JSON contract (a day as text, a list as a tuple)."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, list | tuple):
        return tuple(str(part) for part in value)
    return str(value)  # a date


def _of_kind(value: object, blank: Value) -> Value:
    if isinstance(blank, bool):
        return bool(value)
    if isinstance(blank, tuple):
        return tuple(str(part) for part in _list(value))
    return "" if value is None else str(value)


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
