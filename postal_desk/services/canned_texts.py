"""Canned texts for whoever types: what the variables stand for in a case."""

from __future__ import annotations

from datetime import date

from postal_desk import i18n
from postal_desk.domain.canned import STEP, fill, offered
from postal_desk.domain.cases import Case
from postal_desk.domain.deadlines import reply_dues
from postal_desk.domain.rules import CannedText
from postal_desk.domain.sentences import Label, Refusal, say
from postal_desk.domain.workdays import add_working_days
from postal_desk.services.desk import Desk

#: How a text names a customer whose name nobody gave.
SOMEBODY = Label("客户", "the customer")


def values_of(desk: Desk, case: Case) -> dict[str, str]:
    """The variables of :data:`~postal_desk.domain.canned.VARIABLES` for a case. Not masked: what is put in stays in the
    desk, where every text is masked when it is shown.
    """
    today = desk.today()
    dues = reply_dues(case, desk.rules, desk.branch.code)
    items = [item.number for item in case.items if item.number]
    paid = next((d.amount for d in case.dispositions if d.amount is not None), None)
    return {
        **_days(desk, today),
        "customer": case.customer.name or i18n.label(SOMEBODY),
        "number": case.number,
        "subject": case.subject,
        "item": items[0] if items else "",
        "items": i18n.enumerate_words(items),
        "outlet": case.outlet,
        "handler": case.handler,
        "opened": case.opened_on.isoformat(),
        "due": dues[0].isoformat() if dues else "",
        "days": str((today - case.opened_on).days),
        "amount": "" if paid is None else f"{paid:.2f}",
    }


def _days(desk: Desk, today: date) -> dict[str, str]:
    following = add_working_days(today, 1, desk.rules.calendar).day
    return {"today": today.isoformat(), "tomorrow": following.isoformat(), "branch": desk.branch.name}


def bare_values(desk: Desk) -> dict[str, str]:
    """The variables that need no case, for a story that is just begun."""
    return _days(desk, desk.today())


def texts_for(desk: Desk, case: Case, place: str = STEP) -> list[CannedText]:
    """The texts of a place, those for what was decided in the case first."""
    decided = [disposition.kind for disposition in case.dispositions]
    return offered(desk.rules.canned, desk.today(), place, dispositions=decided)


def filled(desk: Desk, key: str, case: Case | None = None) -> str:
    """One text in the language in use, its variables filled. Refuses an unknown key."""
    found = next((text for text in desk.rules.canned if text.key == key), None)
    if found is None:
        known = tuple(text.key for text in desk.rules.canned)
        raise Refusal(say("There is no canned text {key}; there are: {keys}", key=key, keys=known))
    return fill(i18n.label(found.text), values_of(desk, case) if case is not None else bare_values(desk))
