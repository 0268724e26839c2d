"""Invented claims of the sample desk: the newest compensated cases are paid, some open ones on their way, one refused.

However many cases there are, the claims are few, so that making a big desk takes no longer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from postal_desk import i18n
from postal_desk.domain.cases import Case
from postal_desk.domain.claims import Claim, Ended, Sum, proposed_for, worked_out
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Label
from postal_desk.services.claims import add_claims
from postal_desk.services.desk import Desk

_PAID, _OPEN = 8, 4
_AT_WORK = ("investigating", "waiting", "escalated")
_TO_SETTLE = timedelta(days=2)
_PROPOSED_AFTER = timedelta(days=1)
_LEAST = Decimal("20.00")
_RECEIPT = Label("收据（样例）{n} 号", "receipt (sample) no. {n}")
_BASIS = Label("样例：按赔偿规定核定", "sample: worked out by the rules of compensation")
_SETTLED = Label("样例：与客户协商一致", "sample: settled with the customer")
_REFUSED = Label("样例：客户未能提供收据", "sample: the customer could not show the receipt")


class ClaimMaker:
    """Watches the cases that are written and keeps the newest that a claim could belong to."""

    def __init__(self) -> None:
        self._compensated: deque[Case] = deque(maxlen=_PAID)
        self._open: deque[Case] = deque(maxlen=_OPEN)

    def look_at(self, cases: Iterable[Case]) -> None:
        """See more cases, the oldest first, with their numbers."""
        for case in cases:
            if any(d.kind == "compensated" and d.amount and d.on for d in case.dispositions):
                self._compensated.append(case)
            elif case.status in _AT_WORK and case.items:
                self._open.append(case)

    def save(self, desk: Desk, as_of: date) -> None:
        """Save the claims, as they stood on ``as_of``."""
        paid = [_paid(case, at) for at, case in enumerate(self._compensated, start=1)]
        waiting = [_waiting(case, desk.rules, as_of, at) for at, case in enumerate(self._open)]
        claims = [replace(one, created_at=f"{one.opened_on}T10:00:00") for one in (*paid, *waiting)]
        add_claims(desk, sorted(claims, key=lambda one: (one.opened_on, one.case)))


def _paid(case: Case, at: int) -> Claim:
    """The claim behind a compensation that the case tells of."""
    amount, on = next((d.amount, d.on) for d in case.dispositions if d.kind == "compensated" and d.amount)
    assert amount is not None
    assert on is not None
    opened = max(case.opened_on, on - _TO_SETTLE)
    return replace(
        proposed_for(case, None, opened, i18n.label(_BASIS)),
        proposed=Sum(amount, min(on, opened + _PROPOSED_AFTER)),
        agreed=Sum(amount, on),
        paid=Sum(amount, on, i18n.label(_RECEIPT).format(n=at)),
        reason=i18n.label(_SETTLED),
    )


def _waiting(case: Case, rules: Rules, as_of: date, at: int) -> Claim:
    """One that is only opened, proposed, agreed, or refused, in turn."""
    opened = max(case.opened_on, as_of - timedelta(days=9 - at))
    claim = worked_out(proposed_for(case, None, opened, i18n.label(_BASIS)), rules)
    amount = claim.computed or _LEAST
    later = min(as_of, opened + _PROPOSED_AFTER)
    if at == 1:
        return replace(claim, proposed=Sum(amount, later))
    if at == 2:
        return replace(claim, proposed=Sum(amount, later), agreed=Sum(amount, later))
    if at == 3:
        return replace(claim, ended=Ended("refused", later), reason=i18n.label(_REFUSED))
    return claim
