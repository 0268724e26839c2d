"""What is done with claims. Each writing function is one user action and one commit, and returns what it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from postal_desk.domain import claims as rules_of_claims
from postal_desk.domain.cases import Case, Disposition
from postal_desk.domain.changes import Changes
from postal_desk.domain.claim_json import apply_claim_changes
from postal_desk.domain.claims import Claim, Sum
from postal_desk.domain.deadlines import Deadline, clocks_for_case
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.services.case_reading import HistoryLine, found_case, full_number
from postal_desk.services.cases import difference_of
from postal_desk.services.claim_placing import ClaimPlacer, claim_change
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import from_json, to_json
from postal_desk.services.placing import Placer
from postal_desk.store import audit, case_records, claim_records
from postal_desk.store.audit import Change
from postal_desk.store.claim_records import PlacedClaim
from postal_desk.store.work import Work

__all__ = [
    "CaseClaims",
    "ClaimView",
    "Worked",
    "add_claims",
    "claims_of_case",
    "delete_claim",
    "edit_claim",
    "list_claims",
    "pay_claim",
    "preview",
    "restore_claim",
    "show_claim",
]


@dataclass(frozen=True, slots=True)
class Worked:
    """What the articles give for one item, and why; ``amount`` ``None``: no amount."""

    amount: Decimal | None
    why: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with what today adds: its age in days, why each item gets what it gets; a list leaves the rest empty."""

    claim: Claim
    age_days: int
    worked: tuple[Worked, ...] = ()
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseClaims:
    """The claims of a case; ``proposal`` is one that its overdue inquiry suggests (not saved), ``deadline`` the clock
    that ran out; ``deleted`` how many lie in the recycle bin.
    """

    claims: tuple[ClaimView, ...]
    proposal: Claim | None
    deadline: Deadline | None
    deleted: tuple[Claim, ...] = ()


def add_claims(desk: Desk, claims: Sequence[Claim]) -> Changes:
    """Save new claims, all or none, in one commit; number and amounts by the articles are given here."""
    if not claims:
        return Changes()
    with desk.work(write=True) as work:
        placer = ClaimPlacer(desk, work)
        placed = []
        for claim in claims:
            placed.append(placer.new(claim))
            claim_records.insert_claim(work, placed[-1])
        numbers = tuple(one.claim.number for one in placed)
        undo = desk.record(
            work,
            "claim.add",
            "claim",
            numbers[0] if len(numbers) == 1 else f"{numbers[0]} … {numbers[-1]}",
            count=len(numbers),
            changes=[claim_change(None, one) for one in placed],
        )
        work.commit()
    said = (
        say("Saved {number}", number=numbers[0])
        if len(numbers) == 1
        else say("Saved {count} claims", count=len(numbers))
    )
    cases = tuple(dict.fromkeys(one.claim.case for one in placed))
    return Changes(cases=cases, claims=numbers, undo=undo, said=said)


def edit_claim(
    desk: Desk, number: str, changes: Mapping[str, object], revision: int | None = None
) -> Changes:
    """Change fields (values as ``parse_claim_changes`` gives them). With ``revision`` the edit is refused if somebody
    saved the claim since it was read. A payment comes with :func:`pay_claim`.
    """
    if changes.get("paid") is not None:
        payment = changes["paid"]
        assert isinstance(payment, Sum)
        return pay_claim(desk, number, payment, {k: v for k, v in changes.items() if k != "paid"}, revision)
    return _change(
        desk,
        number,
        "claim.edit",
        lambda claim: apply_claim_changes(claim, changes),
        say("Saved {number}"),
        revision,
    )


def pay_claim(
    desk: Desk,
    number: str,
    payment: Sum,
    changes: Mapping[str, object] | None = None,
    revision: int | None = None,
) -> Changes:
    """Write down a payment, and in the same commit the compensation in the case (its figures are counted from there),
    unless the case says already that it was compensated with this amount.
    """
    with desk.work(write=True) as work:
        old = _found(desk, work, number)
        _check_revision(old, revision)
        claim = apply_claim_changes(old.claim, {**(changes or {}), "paid": payment})
        new = ClaimPlacer(desk, work).changed(old, claim)
        claim_records.replace(work, old, new)
        written = [claim_change(old, new), *_compensated(desk, work, new.claim, payment)]
        undo = desk.record(
            work,
            "claim.pay",
            "claim",
            new.claim.number,
            fields=tuple(from_json(written[0].after)),
            count=len(written),
            changes=written,
        )
        work.commit()
    said = say("{number}: {amount} yuan paid", number=new.claim.number, amount=payment.amount)
    return Changes(cases=(new.claim.case,), claims=(new.claim.number,), undo=undo, said=said)


def _compensated(desk: Desk, work: Work, claim: Claim, payment: Sum) -> list[Change]:
    """The change of the case that a payment brings with it; none where the case says so already."""
    old = case_records.by_number(work, claim.case)
    if old is None or old.deleted_at is not None or _says(old.case, payment):
        return []
    outcome = Disposition("compensated", payment.amount, payment.on)
    kept = tuple(d for d in old.case.dispositions if not (d.kind == "compensated" and d.amount is None))
    case = replace(old.case, dispositions=(*kept, outcome))
    new = Placer(desk, work).changed(old, case)
    before, after = difference_of(old, new)
    case_records.replace(work, old, new)
    return [Change("case", new.id, new.case.revision, to_json(before), to_json(after))]


def _says(case: Case, payment: Sum) -> bool:
    return any(d.kind == "compensated" and d.amount == payment.amount for d in case.dispositions)


def delete_claim(desk: Desk, number: str) -> Changes:
    """Move a claim to the recycle bin, where it stays for 30 days. What the case says of it stays."""
    return _bin(desk, number, "claim.delete", say("Deleted {number}"), deleted=True)


def restore_claim(desk: Desk, number: str) -> Changes:
    """Take a claim out of the recycle bin."""
    return _bin(desk, number, "claim.restore", say("Restored {number}"), deleted=False)


def show_claim(desk: Desk, number: str) -> ClaimView:
    """One claim by number (``C-2019-0003`` will do). Refuses an unknown and a deleted one."""
    with desk.work() as work:
        placed = _found(desk, work, number)
        rows = audit.of_record(work, "claim", placed.id)
    history = tuple(HistoryLine(row.at, row.who, row.action, row.fields, row.id) for row in rows)
    return replace(_view(placed.claim, desk), history=history)


def list_claims(desk: Desk, *, only_open: bool = False, case: str = "", limit: int = 0) -> list[ClaimView]:
    """Claims, newest first; only the open ones the oldest first. ``limit`` 0 is all."""
    wanted = full_number(desk, case) if case else ""
    with desk.work() as work:
        found = claim_records.listed(work, only_open=only_open, case=wanted, limit=limit)
    return [ClaimView(placed.claim, placed.claim.age(desk.today())) for placed in found]


def claims_of_case(desk: Desk, number: str) -> CaseClaims:
    """The claims of one case, and the one its overdue inquiry suggests while there is none."""
    with desk.work() as work:
        case = found_case(desk, work, number).case
        found = claim_records.of_case(work, case.number)
        binned = claim_records.of_case(work, case.number, deleted=True)
    deadlines = clocks_for_case(case, desk.rules, desk.today(), desk.branch.code)
    deadline = None if found else rules_of_claims.obliges(case, deadlines)
    return CaseClaims(
        tuple(_view(placed.claim, desk) for placed in found),
        proposal_for(desk, case, deadline) if deadline else None,
        deadline,
        tuple(placed.claim for placed in binned),
    )


def proposal(desk: Desk, number: str) -> Claim:
    """A claim as the case suggests it, with what the articles give; nothing is saved."""
    with desk.work() as work:
        case = found_case(desk, work, number).case
    deadlines = clocks_for_case(case, desk.rules, desk.today(), desk.branch.code)
    return proposal_for(desk, case, rules_of_claims.obliges(case, deadlines))


def proposal_for(desk: Desk, case: Case, deadline: Deadline | None) -> Claim:
    """The claim that a case suggests, worked out; ``deadline`` is the reply period that ran out, if one did."""
    from postal_desk import i18n

    basis = ""
    if deadline is not None:
        basis = i18n.tell(
            say(
                "{clock} ended on {due} without the item found ({source}).",
                clock=deadline.rule.name,
                due=deadline.due,
                source=deadline.source,
            )
        )
    claim = rules_of_claims.proposed_for(case, deadline, desk.today(), basis)
    return rules_of_claims.worked_out(claim, desk.rules)


def preview(desk: Desk, claim: Claim) -> tuple[Worked, ...]:
    """What the articles give for each item of a claim that is being typed, and why."""
    found = (rules_of_claims.work_out(item, desk.rules, claim.opened_on) for item in claim.items)
    return tuple(Worked(one.amount, one.why) for one in found)


def _view(claim: Claim, desk: Desk) -> ClaimView:
    return ClaimView(claim, claim.age(desk.today()), preview(desk, claim))


def _found(desk: Desk, work: Work, number: str, *, deleted: bool = False) -> PlacedClaim:
    wanted = rules_of_claims.full_number(number, desk.branch.prefix)
    placed = claim_records.by_number(work, wanted)
    if placed is None or (placed.deleted_at is not None and not deleted):
        raise Refusal(say("There is no claim {number}; look it up in the list", number=wanted))
    return placed


def _check_revision(old: PlacedClaim, revision: int | None) -> None:
    if revision is not None and revision != old.claim.revision:
        raise Refusal(
            say("{number} was changed meanwhile; look at it again, then save", number=old.claim.number)
        )


def _bin(desk: Desk, number: str, action: str, said: Sentence, *, deleted: bool) -> Changes:
    with desk.work(write=True) as work:
        old = _found(desk, work, number, deleted=True)
        whole = old.claim.number
        if (old.deleted_at is not None) == deleted:
            word = say("{number} is not in the recycle bin", number=whole)
            raise Refusal(say("{number} is in the recycle bin already", number=whole) if deleted else word)
        placer = ClaimPlacer(desk, work)
        new = replace(placer.changed(old, old.claim), deleted_at=placer.moment if deleted else None)
        claim_records.replace(work, old, new)
        undo = desk.record(work, action, "claim", whole, changes=[claim_change(old, new)])
        work.commit()
    sentence = Sentence(said.msgid, {"number": whole})
    return Changes(cases=(new.claim.case,), claims=(whole,), undo=undo, said=sentence)


def _change(
    desk: Desk,
    number: str,
    action: str,
    change: Callable[[Claim], Claim],
    said: Sentence,
    revision: int | None = None,
) -> Changes:
    """Change one claim in one commit. ``said`` gets the number."""
    with desk.work(write=True) as work:
        old = _found(desk, work, number)
        _check_revision(old, revision)
        new = ClaimPlacer(desk, work).changed(old, change(old.claim))
        difference = claim_change(old, new)
        sentence = Sentence(said.msgid, {"number": old.claim.number})
        fields = tuple(from_json(difference.after))
        if not fields:
            return Changes(said=sentence)
        claim_records.replace(work, old, new)
        undo = desk.record(work, action, "claim", old.claim.number, fields=fields, changes=[difference])
        work.commit()
    cases = tuple(dict.fromkeys((old.claim.case, new.claim.case)))
    return Changes(cases=cases, claims=(old.claim.number,), undo=undo, said=sentence)


def purge_claims(desk: Desk, work: Work, limit: str) -> list[str]:
    """Remove for good what was deleted before a moment, and what belongs to no case any more; part of emptying the bin,
    within its work.
    """
    found = (*claim_records.deleted_before(work, limit), *claim_records.without_case(work))
    gone = list({placed.id: placed for placed in found}.values())
    if gone:
        purged = desk.record(work, "bin.purge", "claim", count=len(gone))
        for placed in gone:
            audit.blank(work, "claim", placed.id, purged)
            claim_records.remove(work, placed)
    return [placed.claim.number for placed in gone]
