"""What the story reader found, for people: fields by their names, personal data masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from postal_desk import i18n
from postal_desk.domain.columns import aligned
from postal_desk.domain.fields import Field, field
from postal_desk.domain.masking import mask, mask_free_text, mask_item, mask_phone
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import say
from postal_desk.i18n import _

_CHECKS = {
    "ok": say("The check digit is right"),
    "suspicious": say("The check digit does not fit: compare it with the receipt"),
}


def reading_lines(document: Mapping[str, Any], rules: Rules) -> list[str]:
    """A line for each thing found: what it is, what was read, and of fields how sure the reader is."""
    rows = [*_fields(document["fields"], rules), *_marks(document)]
    return aligned(rows, (2,)) if rows else []


def check_words(check: str) -> str:
    """What the check digit of an item number says; nothing if that form has none."""
    return i18n.tell(_CHECKS[check]) if check in _CHECKS else ""


def _fields(found: Mapping[str, Any], rules: Rules) -> Iterator[tuple[str, str, str]]:
    names = [found["customer.name"]["value"]] if "customer.name" in found else []
    for name, one in found.items():
        kept = field(name)
        yield i18n.tell(kept.label), _value(kept, one["value"], rules, names), f"{one['confidence']:.0%}"


def _value(kept: Field, value: Any, rules: Rules, names: Sequence[str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return i18n.enumerate_words(_value(kept, one, rules, names) for one in value)
    if kept.kind == "category":
        return i18n.label(rules.category_name(value))
    if kept.codes:
        return i18n.label(rules.name(kept.codes, value))
    if kept.mask:
        return mask(kept.mask, str(value), rules)
    return mask_free_text(str(value), names, rules.compound_surnames).text if kept.free else str(value)


def _marks(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for item in document["items"]:
        words = check_words(item["check"])
        yield _("Item number"), "  ".join(filter(None, (mask_item(item["number"]), words))), ""
    for phone in document["phones"]:
        whose = _("Customer") if phone["whose"] == "customer" else ""
        yield _("Phone"), "  ".join(filter(None, (mask_phone(phone["number"]), whose))), ""
    for day in document["dates"]:
        yield _("Day"), f"{day['date']}  {day['text']}", ""
    for sum_ in document["amounts"]:
        yield _("Amount"), _("{amount} yuan").format(amount=sum_["amount"]), ""
