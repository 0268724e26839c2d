"""Personal data on its way out: one place that masks a case for documents and workbooks, or lets it pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from postal_desk.domain.cases import Case, Customer, MailItem
from postal_desk.domain.masking import STAR, mask, mask_free_text
from postal_desk.domain.rules import Rules
from postal_desk.reports.xlsx_cases import CaseLine

#: Shorter streets and numbers are too common to be looked for in a story.
LEAST = 4
LONGEST_NAME = 4


def masked_case(case: Case, rules: Rules) -> Case:
    """The case with names, phones, addresses and item numbers masked, in its fields and in every free text."""
    customer = _masked_customer(case.customer, rules)
    numbers = [item.number for item in case.items]
    text = _free_text(case.customer.name, case.customer.address, customer.address, numbers, rules)
    return replace(
        case,
        subject=text(case.subject),
        narrative=text(case.narrative),
        remedy=text(case.remedy),
        praise=text(case.praise),
        customer=customer,
        items=tuple(_masked_item(item, rules) for item in case.items),
        steps=tuple(
            replace(step, actor=text(step.actor), counterpart=text(step.counterpart), text=text(step.text))
            for step in case.steps
        ),
    )


def masked_line(line: CaseLine, rules: Rules) -> CaseLine:
    """The same for a line of the case list."""
    address = _value("address", line.address, rules)
    text = _free_text(line.customer, line.address, address, line.items, rules)
    return line._replace(
        subject=text(line.subject),
        narrative=text(line.narrative),
        remedy=text(line.remedy),
        praise=text(line.praise),
        customer=_value("name", line.customer, rules),
        phone=_value("phone", line.phone, rules),
        address=address,
        items=tuple(mask("item", number, rules) for number in line.items),
    )


def _free_text(
    name: str, address: str, shown_address: str, items: Iterable[str], rules: Rules
) -> Callable[[str], str]:
    """How the free texts of one case are masked: by patterns, and by what the case's own fields say."""
    wanted = name.strip()
    plain = all(
        char >= "\u3400" and not "\uff00" <= char <= "\uffef" for char in wanted
    )  # Han: written one way
    known = {word: starred(word, rules) for word in rules.also_masked}
    known |= {number: mask("item", number, rules) for number in items if len(number) >= LEAST}
    street = address.strip().removeprefix(shown_address.removesuffix("***"))
    if len(street) >= LEAST:
        known[street] = "***"

    def masked(value: str) -> str:
        if not value:
            return value
        for secret, shown in known.items():
            value = value.replace(secret, shown)
        names = () if not wanted or (plain and wanted not in value) else (wanted,)
        return mask_free_text(value, names, rules.compound_surnames).text

    return masked


def starred(word: str, rules: Rules) -> str:
    """A word that somebody wants starred: a name keeps its surname, anything longer is starred whole."""
    return mask("name", word, rules) if len(word) <= LONGEST_NAME else STAR * len(word)


def with_words_starred(text: str, rules: Rules) -> str:
    """A text that was masked before, with the desk's own words starred too."""
    for word in rules.also_masked:
        text = text.replace(word, starred(word, rules))
    return text


def _value(field: str, value: str, rules: Rules) -> str:
    return mask(field, value, rules) if value else value


def _masked_customer(customer: Customer, rules: Rules) -> Customer:
    return replace(
        customer,
        name=_value("name", customer.name, rules),
        phone=_value("phone", customer.phone, rules),
        address=_value("address", customer.address, rules),
    )


def _masked_item(item: MailItem, rules: Rules) -> MailItem:
    return replace(item, number=mask("item", item.number, rules)) if item.number else item
