"""What the fields with a list may be chosen from, on the day the case is opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from postal_desk.domain.rules import Rules, current
from postal_desk.i18n import label
from postal_desk.ui.widgets.choices import Choice, code_choices

if TYPE_CHECKING:
    from postal_desk.services.organisation import Outlet, Staff

#: Field → code list.
CODES = {
    "kind": "kinds",
    "channel": "channels",
    "business": "business",
    "severity": "severities",
    "customer.age_band": "age_bands",
}


def codes(rules: Rules, name: str, on: date) -> list[Choice]:
    """The entries of the field's code list that hold on the day, ``""`` first where the field may stay empty."""
    found = code_choices(current(rules.codes[CODES.get(name, name)].values(), on))
    if name == "customer.age_band":
        found = [choice for choice in found if choice.value != "unknown"]
    return found if name in ("kind", "channel") else [Choice("", "—"), *found]


def categories(rules: Rules, on: date) -> list[Choice]:
    """The categories that hold on the day, in code order, each child behind its parent."""
    found = sorted(current(rules.categories.values(), on), key=lambda category: category.code)
    return [
        Choice(category.code, label(rules.category_name(category.code)), category.code[:2])
        for category in found
    ]


def outlets(found: Iterable[Outlet]) -> list[Choice]:
    """The outlets by name."""
    return [Choice("", "—"), *(Choice(outlet.name, outlet.name) for outlet in found)]


def staff(found: Iterable[Staff]) -> list[Choice]:
    """The people by name, with their outlet in grey."""
    return [Choice("", "—"), *(Choice(person.name, person.name, person.outlet) for person in found)]
