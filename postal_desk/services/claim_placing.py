"""Giving a claim its place in the desk: number, what the articles give, the moments; and telling states apart.

Shared by everything that writes claims. Works inside one open work and commits nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from postal_desk.domain import numbering
from postal_desk.domain.claim_json import apply_claim_changes, claim_to_json, parse_claim_changes
from postal_desk.domain.claims import Claim, worked_out
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import to_json
from postal_desk.store import case_records, claim_records
from postal_desk.store.audit import Change
from postal_desk.store.claim_records import PlacedClaim
from postal_desk.store.uids import uuid7
from postal_desk.store.work import Work

#: in a claim's JSON, but not in its history: given by the desk, or following from the rest
_OF_THE_DESK = ("number", "status", "computed", "revision", "created_at", "changed_at")


class ClaimPlacer:
    """Places claims within one work."""

    def __init__(self, desk: Desk, work: Work) -> None:
        self._desk = desk
        self._work = work
        self.moment = desk.moment()

    def new(self, claim: Claim) -> PlacedClaim:
        """Place a new claim: it gets the next number of the year it was opened in. Refuses an unknown case. A claim may
        bring ``created_at``.
        """
        claim = worked_out(replace(claim, case=self._case(claim.case)), self._desk.rules)
        created = claim.created_at or self.moment
        number = claim_records.take_number(self._work, self._desk.branch.prefix, claim.opened_on.year)
        claim = replace(
            claim, number=number, revision=1, created_at=created, changed_at=claim.changed_at or created
        )
        return PlacedClaim(claim, claim_records.next_id(self._work), uuid7())

    def changed(self, old: PlacedClaim, claim: Claim) -> PlacedClaim:
        """Place a changed claim: next revision; amounts are worked out again only where what they stand on changed."""
        facts = [(item.number, item.facts) for item in claim.items]
        before = [(item.number, item.facts) for item in old.claim.items]
        if facts == before and claim.opened_on == old.claim.opened_on:
            claim = replace(claim, items=old.claim.items)
        else:
            claim = worked_out(claim, self._desk.rules)
        if claim.case != old.claim.case:
            claim = replace(claim, case=self._case(claim.case))
        return replace(old, claim=replace(claim, revision=old.claim.revision + 1, changed_at=self.moment))

    def put(self, old: PlacedClaim, values: Mapping[str, Any]) -> PlacedClaim:
        """Place the claim with field values as its history keeps them; none of them: it did not exist, so it goes into
        the recycle bin.
        """
        given = dict(values) if values else {"deleted_at": self.moment}
        deleted_at = given.pop("deleted_at", old.deleted_at)
        changes = parse_claim_changes(given, self._desk.rules, self._desk.today())
        return replace(self.changed(old, apply_claim_changes(old.claim, changes)), deleted_at=deleted_at)

    def _case(self, written: str) -> str:
        try:
            number = str(numbering.parse_number(written, self._desk.branch.code))
        except Refusal as refusal:
            raise FieldRefusal("case", refusal.sentence) from refusal
        known = case_records.by_number(self._work, number)
        if known is None or known.deleted_at is not None:
            raise FieldRefusal("case", say("there is no case {number}", number=number))
        return number


def claim_state(placed: PlacedClaim) -> dict[str, Any]:
    """The content of a claim as JSON values, and whether it is in the recycle bin."""
    state = {name: value for name, value in claim_to_json(placed.claim).items() if name not in _OF_THE_DESK}
    return {**state, "deleted_at": placed.deleted_at}


def claim_change(old: PlacedClaim | None, new: PlacedClaim) -> Change:
    """The values behind a change, before and after: the fields that differ, all of them for a new claim."""
    after = claim_state(new)
    before = claim_state(old) if old is not None else {}
    names = [name for name in after if old is None or after[name] != before[name]]
    return Change(
        "claim",
        new.id,
        new.claim.revision,
        to_json({name: before[name] for name in names}) if old is not None else "",
        to_json({name: after[name] for name in names}),
    )
