"""Checklists: what is usually done in a case of a kind, and what of it has been done.

A line is done when a step of the case says so (its channel, its result), or when somebody ticked it. A checklist
reminds, it never blocks: closing has rules of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postal_desk.domain.cases import Case
from postal_desk.domain.rules import CheckItem, current
from postal_desk.domain.sentences import Label

BY_STEP, BY_HAND = "step", "hand"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line for one case. ``done`` is how: ``step``, ``hand``, or ``""`` while it is open; ``at`` when by hand."""

    key: str
    checklist: Label
    text: Label
    done: str = ""
    at: str = ""
    who: str = ""


def lines_for(
    case: Case, items: Iterable[CheckItem], ticked: Mapping[str, tuple[str, str]]
) -> tuple[CheckLine, ...]:
    """The lines that fit a case (by category, class of mail, kind, suspicion of fraud), in the order of the rules."""
    return tuple(_line(item, case, ticked) for item in current(items, case.opened_on) if fits(item, case))


def fits(item: CheckItem, case: Case) -> bool:
    """True if the line is meant for such a case. An empty selection is any; ``07`` means its children too."""
    if item.categories and not any(_within(case.category, category) for category in item.categories):
        return bool(case.fraud and item.fraud)
    if item.classes and not {mail.mail_class for mail in case.items} & set(item.classes):
        return False
    return not item.kinds or case.kind in item.kinds


def _within(category: str, wanted: str) -> bool:
    return category == wanted or category.startswith(f"{wanted}.")


def _line(item: CheckItem, case: Case, ticked: Mapping[str, tuple[str, str]]) -> CheckLine:
    if _said_by_step(item, case):
        return CheckLine(item.key, item.checklist, item.name, BY_STEP)
    at, who = ticked.get(item.key, ("", ""))
    return CheckLine(item.key, item.checklist, item.name, BY_HAND if at else "", at, who)


def _said_by_step(item: CheckItem, case: Case) -> bool:
    """A step on or after the opening with one of the channels and one of the results (where such are named)."""
    if not (item.channels or item.results):
        return False
    return any(
        step.day >= case.opened_on
        and (not item.channels or step.channel in item.channels)
        and (not item.results or step.result in item.results)
        for step in case.steps
    )
