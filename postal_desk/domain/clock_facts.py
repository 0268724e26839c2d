"""What a case says that decides on its clocks: business, variant of the law, days that clocks start from."""

from __future__ import annotations

from datetime import date

from postal_desk.domain.cases import Case
from postal_desk.domain.item_numbers import is_international

INTERNATIONAL_CATEGORY = "07.international"
REMOTE_CATEGORY = "07.remote"
DEAD_LETTER = "dead_letter"
DEAD_LETTER_CATEGORY = "09.dead_letter"
UNDELIVERABLE = frozenset(
    {
        "no_such_organisation",
        "no_such_person",
        "insufficient_address",
        "moved",
        "refused",
        "unclaimed",
    }
)

Start = tuple[date, str]  # the day a clock starts, and the item number if it is an item's own clock

_CLASS_BUSINESS = {
    "ordinary_letter": "letter",
    "registered_letter": "letter",
    "insured_letter": "letter",
    "printed_matter": "letter",
    "registered_printed_matter": "letter",
    "parcel": "parcel",
    "insured_parcel": "parcel",
    "express": "express",
    "remittance": "remittance",
    "newspaper": "newspaper",
}
_CATEGORY_BUSINESS = {"07.remittance": "remittance", DEAD_LETTER_CATEGORY: "letter"}


def business_of(case: Case) -> str:
    """The business of a case; where nobody said it, what its items' class or its category tells."""
    if case.business:
        return case.business
    for item in case.items:
        if item.mail_class in _CLASS_BUSINESS:
            return _CLASS_BUSINESS[item.mail_class]
    return _CATEGORY_BUSINESS.get(case.category, "")


def variant_of(case: Case, item_number: str = "") -> str:
    """Which of the law's variants a case runs by; with an item number, that item's own clock."""
    if case.category == INTERNATIONAL_CATEGORY:
        return "international"
    items = [item for item in case.items if not item_number or item.number == item_number]
    if any(
        "international" in item.mail_class or (item.number and is_international(item.number))
        for item in items
    ):
        return "international"
    return "remote" if case.category == REMOTE_CATEGORY else ""


def starts_of(origin: str, case: Case) -> list[Start]:
    """The days from which a clock of this origin (``ClockRule.start``) runs in a case; none if it doesn't.

    A clock that runs from the posting runs for each item, the others once for the case.
    """
    if origin == "posting":
        posted = [(item.posted_on, item.number) for item in case.items if item.posted_on is not None]
        return list(dict.fromkeys(posted))
    if origin == "undeliverable":
        day = undeliverable_on(case)
        return [] if day is None else [(day, "")]
    return [(case.opened_on, "")]


def undeliverable_on(case: Case) -> date | None:
    """The day on which the post confirmed that a letter can neither be delivered nor returned, if it did.

    A step with the result ``dead_letter`` says it; else a disposition ``dead_letter``; in a case of the
    category ``09.dead_letter`` the last step that found the item undeliverable, or the day of opening.
    """
    confirmed = [step.day for step in case.steps if step.result == DEAD_LETTER]
    confirmed += [d.on or case.opened_on for d in case.dispositions if d.kind == DEAD_LETTER]
    if confirmed:
        return confirmed[0]
    if case.category != DEAD_LETTER_CATEGORY:
        return None
    return max((step.day for step in case.steps if step.result in UNDELIVERABLE), default=case.opened_on)
