"""Reading and writing whole claims, their numbers, and what a month or a day wants to know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, text, update

from postal_desk.domain.claims import Claim, ClaimItem, Ended, Sum, format_number
from postal_desk.domain.sentences import Label
from postal_desk.store.bulk import insert_statement
from postal_desk.store.claim_tables import claim_items, claims
from postal_desk.store.column_values import day, fen, iso, yuan
from postal_desk.store.work import Work

_ITEM_COLUMNS = (
    *("number", "mail_class", "event", "postage", "insured", "value", "loss", "exemption"),
    *("gross_negligence", "terms_not_displayed", "computed", "article_zh", "article_en"),
)
_INSERT_ITEMS = insert_statement("claim_items", ("claim_id", "position", *_ITEM_COLUMNS))
#: A claim of a deleted case waits with it in the bin, and counts nowhere.
_CASE_LIVES = (
    "EXISTS (SELECT 1 FROM cases WHERE cases.number = claims.case_number AND cases.deleted_at IS NULL)"
)
_CASE_GONE = "NOT EXISTS (SELECT 1 FROM cases WHERE cases.number = claims.case_number)"
_TAKE = (
    "INSERT INTO claim_sequences (prefix, year, last) VALUES (?, ?, 1) "
    "ON CONFLICT (prefix, year) DO UPDATE SET last = last + 1 RETURNING last"
)


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A claim with what the desk gives it beside its content."""

    claim: Claim
    id: int
    uid: bytes
    deleted_at: str | None = None


def take_number(work: Work, prefix: str, year: int) -> str:
    """The next number of a year, taken for good; ``prefix`` is the branch code with the desk's letter."""
    return format_number(prefix, year, int(work.rows(_TAKE, (prefix, year)).scalar_one()))


def next_id(work: Work) -> int:
    """The id that the next claim gets."""
    return int(work.rows("SELECT coalesce(max(id), 0) + 1 FROM claims").scalar_one())


def by_number(work: Work, number: str) -> PlacedClaim | None:
    """The claim with this number, a deleted one too."""
    return next(_placed(work, work.run(select(claims).where(claims.c.number == number)).all()), None)


def by_id(work: Work, claim_id: int) -> PlacedClaim | None:
    """The claim with this id, a deleted one too."""
    return next(_placed(work, work.run(select(claims).where(claims.c.id == claim_id)).all()), None)


def of_case(work: Work, number: str, *, deleted: bool = False) -> list[PlacedClaim]:
    """The claims of a case, oldest first; with ``deleted`` those in the recycle bin instead."""
    gone = claims.c.deleted_at.is_not(None) if deleted else claims.c.deleted_at.is_(None)
    wanted = select(claims).where(claims.c.case_number == number, gone).order_by(claims.c.number)
    return list(_placed(work, work.run(wanted).all()))


def listed(
    work: Work, *, only_open: bool = False, case: str = "", deleted: bool = False, limit: int = 0
) -> list[PlacedClaim]:
    """Claims, newest first (opening day, then number); open ones the oldest first (then as they were
    entered). ``limit`` 0 is all.
    """
    wanted = select(claims).where(
        claims.c.deleted_at.is_not(None) if deleted else claims.c.deleted_at.is_(None)
    )
    if case:
        wanted = wanted.where(claims.c.case_number == case)
    if only_open:
        # ids, not numbers: in that order an index holds the open ones alone
        still_open = wanted.where(claims.c.closed_on.is_(None), text(_CASE_LIVES))
        wanted = still_open.order_by(claims.c.opened_on, claims.c.id)
    else:
        wanted = wanted.order_by(claims.c.opened_on.desc(), claims.c.number.desc())
    return list(_placed(work, work.run(wanted.limit(limit) if limit else wanted).all()))


def insert_claim(work: Work, placed: PlacedClaim) -> None:
    """Add a claim with its items."""
    work.run(insert(claims), _values(placed))
    _insert_items(work, placed)


def replace(work: Work, old: PlacedClaim, new: PlacedClaim) -> None:
    """Write a claim over its old state, and its items where they differ."""
    work.run(update(claims).where(claims.c.id == old.id).values(_values(new)))
    if new.claim.items != old.claim.items:
        work.run(delete(claim_items).where(claim_items.c.claim_id == old.id))
        _insert_items(work, new)


def remove(work: Work, placed: PlacedClaim) -> None:
    """Take a claim out for good. Its number is not given again."""
    work.run(delete(claims).where(claims.c.id == placed.id))


def deleted_before(work: Work, moment: str) -> list[PlacedClaim]:
    """The claims that were deleted before a moment."""
    wanted = select(claims).where(claims.c.deleted_at.is_not(None), claims.c.deleted_at < moment)
    return list(_placed(work, work.run(wanted).all()))


def without_case(work: Work) -> list[PlacedClaim]:
    """The claims whose case is gone for good."""
    return list(_placed(work, work.run(select(claims).where(text(_CASE_GONE))).all()))


@dataclass(frozen=True, slots=True)
class ClaimTotals:
    """What a span of days brought: claims opened, paid (with the sum, in fen), ended without payment; and at the end
    of it those still open, with the day the oldest of them was opened.
    """

    new: int
    paid: int
    amount: int
    refused: int
    open: int
    oldest: str | None


def totals(work: Work, first: date, last: date, as_of: date) -> ClaimTotals:
    """Over the living claims; ``as_of`` is the day on which open ones are counted."""
    span, end = (first.isoformat(), last.isoformat()), as_of.isoformat()
    row = work.rows(
        "SELECT count(*) FILTER (WHERE opened_on BETWEEN ? AND ?),"
        " count(*) FILTER (WHERE paid_on BETWEEN ? AND ?),"
        " coalesce(sum(paid) FILTER (WHERE paid_on BETWEEN ? AND ?), 0),"
        " count(*) FILTER (WHERE ended = 'refused' AND ended_on BETWEEN ? AND ?),"
        " count(*) FILTER (WHERE opened_on <= ? AND (closed_on IS NULL OR closed_on > ?)),"
        " min(opened_on) FILTER (WHERE opened_on <= ? AND (closed_on IS NULL OR closed_on > ?))"
        f" FROM claims WHERE deleted_at IS NULL AND {_CASE_LIVES}",
        (*span, *span, *span, *span, *(end,) * 4),
    ).one()
    return ClaimTotals(*row)


def _values(placed: PlacedClaim) -> dict[str, Any]:
    claim = placed.claim
    amounts: dict[str, Any] = {}
    for name in ("proposed", "agreed", "paid"):
        found: Sum | None = getattr(claim, name)
        amounts[name] = fen(found.amount) if found else None
        amounts[f"{name}_on"] = iso(found.on) if found else None
    return {
        "id": placed.id,
        "uid": placed.uid,
        "revision": claim.revision,
        "created_at": claim.created_at,
        "changed_at": claim.changed_at,
        "deleted_at": placed.deleted_at,
        "number": claim.number,
        "case_number": claim.case,
        "opened_on": iso(claim.opened_on),
        "basis": claim.basis,
        **amounts,
        "receipt": claim.paid.receipt if claim.paid else "",
        "ended": claim.ended.how if claim.ended else "",
        "ended_on": iso(claim.ended.on) if claim.ended else None,
        "reason": claim.reason,
        "closed_on": iso(claim.closed_on),
    }


def _insert_items(work: Work, placed: PlacedClaim) -> None:
    rows = [
        (
            placed.id,
            position,
            item.number,
            item.mail_class,
            item.event,
            *map(fen, (item.postage, item.insured, item.value, item.loss)),
            item.exemption,
            int(item.gross_negligence),
            int(item.terms_not_displayed),
            fen(item.computed),
            *item.article,
        )
        for position, item in enumerate(placed.claim.items, start=1)
    ]
    work.run_many(_INSERT_ITEMS, rows)


def _placed(work: Work, rows: Sequence[Any]) -> Iterator[PlacedClaim]:
    if not rows:
        return
    items: defaultdict[int, list[ClaimItem]] = defaultdict(list)
    wanted = (
        select(claim_items)
        .where(claim_items.c.claim_id.in_([row.id for row in rows]))
        .order_by(claim_items.c.claim_id, claim_items.c.position)
    )
    for found in work.run(wanted):
        items[found.claim_id].append(_item(found))
    for row in rows:
        yield PlacedClaim(_claim(row, tuple(items[row.id])), row.id, row.uid, row.deleted_at)


def _item(row: Any) -> ClaimItem:
    return ClaimItem(
        row.number,
        row.mail_class,
        row.event,
        yuan(row.postage),
        yuan(row.insured),
        yuan(row.value),
        yuan(row.loss),
        row.exemption,
        bool(row.gross_negligence),
        bool(row.terms_not_displayed),
        yuan(row.computed),
        Label(row.article_zh, row.article_en),
    )


def _claim(row: Any, items: tuple[ClaimItem, ...]) -> Claim:
    return Claim(
        case=row.case_number,
        opened_on=date.fromisoformat(row.opened_on),
        items=items,
        basis=row.basis,
        proposed=_sum(row.proposed, row.proposed_on),
        agreed=_sum(row.agreed, row.agreed_on),
        paid=_sum(row.paid, row.paid_on, row.receipt),
        ended=Ended(row.ended, date.fromisoformat(row.ended_on)) if row.ended else None,
        reason=row.reason,
        number=row.number,
        revision=row.revision,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _sum(amount: int | None, on: str | None, receipt: str = "") -> Sum | None:
    yuans, when = yuan(amount), day(on)
    return None if yuans is None or when is None else Sum(yuans, when, receipt)
