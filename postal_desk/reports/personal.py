"""Personal data on its way out: one place that masks a case for documents and workbooks, or lets it pass."""

from __future__ import annotations

from dataclasses import replace

from postal_desk.domain.cases import Case, Customer, MailItem, Step
from postal_desk.domain.masking import mask, mask_free_text
from postal_desk.domain.rules import Rules


def masked_case(case: Case, rules: Rules, *, steps: bool = True) -> Case:
    """The case with names, phones, addresses and item numbers masked, in its fields and in every free text.

    Without ``steps`` they are left out: a list that does not show them need not mask them.
    """
    names = (case.customer.name,) if case.customer.name else ()

    def text(value: str) -> str:
        return mask_free_text(value, names, rules.compound_surnames).text if value else value

    return replace(
        case,
        subject=text(case.subject),
        narrative=text(case.narrative),
        remedy=text(case.remedy),
        praise=text(case.praise),
        customer=_masked_customer(case.customer, rules),
        items=tuple(_masked_item(item, rules) for item in case.items),
        steps=tuple(
            Step(
                step.at,
                text(step.actor),
                step.channel,
                text(step.counterpart),
                step.result,
                text(step.text),
                step.status,
                step.follow_up_on,
            )
            for step in (case.steps if steps else ())
        ),
    )


def _masked_customer(customer: Customer, rules: Rules) -> Customer:
    def part(field: str, value: str) -> str:
        return mask(field, value, rules) if value else value

    return replace(
        customer,
        name=part("name", customer.name),
        phone=part("phone", customer.phone),
        address=part("address", customer.address),
    )


def _masked_item(item: MailItem, rules: Rules) -> MailItem:
    return replace(item, number=mask("item", item.number, rules)) if item.number else item
