"""A case as rows of the tables, and back. One place for both ways, so that they stay each other's inverse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from postal_desk.domain.cases import Case, Customer, Disposition, MailItem, OpinionAttempt, Relation, Step
from postal_desk.store.column_values import day, fen, iso, phone_digits, yuan

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A case with what the desk gives it beside its content; ``case`` carries number, status, revision and moments.

    ``dues`` are the first and the last day on which its reply clocks run out.
    """

    case: Case
    id: int
    uid: bytes
    sort_key: int
    outlet_id: int | None = None
    handler_id: int | None = None
    dues: tuple[date, date] | None = None
    added_by: int | None = None
    deleted_at: str | None = None


CASE_COLUMNS = (
    *(
        "id",
        "uid",
        "revision",
        "created_at",
        "changed_at",
        "deleted_at",
        "number",
        "sort_key",
        "status",
        "kind",
    ),
    *(
        "business",
        "category_top",
        "category",
        "channel",
        "opened_on",
        "accepted_on",
        "answered_on",
        "closed_on",
    ),
    *(
        "replied_on",
        "first_due",
        "last_due",
        "outlet_id",
        "handler_id",
        "subject",
        "severity",
        "fraud",
        "typical",
    ),
    *(
        "praised",
        "compensated",
        "responsibility",
        "opinion",
        "customer_name",
        "customer_phone",
        "customer_address",
    ),
    *("phone_digits", "age_band", "vulnerable", "anonymous", "added_by", "follow_up_on"),
)


def case_row(placed: Placed) -> Row:
    """The row of ``cases``, in the order of :data:`CASE_COLUMNS`."""
    case, customer, dues = placed.case, placed.case.customer, placed.dues
    return (
        placed.id,
        placed.uid,
        case.revision,
        case.created_at,
        case.changed_at,
        placed.deleted_at,
        case.number,
        placed.sort_key,
        case.status,
        case.kind,
        case.business,
        case.category[:2],
        case.category,
        case.channel,
        case.opened_on.isoformat(),
        iso(case.accepted_on),
        iso(case.answered_on),
        iso(case.closed_on),
        iso(case.replied_on),
        dues[0].isoformat() if dues else None,
        dues[1].isoformat() if dues else None,
        placed.outlet_id,
        placed.handler_id,
        case.subject,
        case.severity,
        int(case.fraud),
        int(case.typical),
        int(case.kind == "praise" or bool(case.praise)),
        int(any(d.kind == "compensated" for d in case.dispositions)),
        case.responsibility,
        case.opinion,
        customer.name,
        customer.phone,
        customer.address,
        phone_digits(customer.phone),
        customer.age_band,
        ",".join(customer.vulnerable),
        int(customer.anonymous),
        placed.added_by,
        iso(case.open_follow_up),
    )


#: The lists inside a case: table → its columns beside ``case_id`` and ``position``.
PART_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "items": ("number", "mail_class", "posted_on", "postage", "insured", "value"),
    "steps": ("at", "actor", "channel", "counterpart", "result", "text", "status", "follow_up_on"),
    "dispositions": ("kind", "amount", "on"),
    "attempts": ("on", "result"),
    "relations": ("number", "kind"),
}


def part_rows(case: Case, table: str) -> Iterable[Row]:
    """The rows of one list of a case, in the order of :data:`PART_COLUMNS`."""
    if table == "items":
        return [
            (i.number, i.mail_class, iso(i.posted_on), fen(i.postage), fen(i.insured), fen(i.value))
            for i in case.items
        ]
    if table == "steps":
        return [
            (s.at, s.actor, s.channel, s.counterpart, s.result, s.text, s.status, iso(s.follow_up_on))
            for s in case.steps
        ]
    if table == "dispositions":
        return [(d.kind, fen(d.amount), iso(d.on)) for d in case.dispositions]
    if table == "attempts":
        return [(a.on.isoformat(), a.result) for a in case.opinion_attempts]
    return [(r.number, r.kind) for r in case.related]


def searched_texts(case: Case) -> tuple[str, ...]:
    """Everything of a case that the search box looks in."""
    customer = case.customer
    texts = [
        case.number,
        case.subject,
        case.narrative,
        customer.name,
        customer.phone,
        phone_digits(customer.phone),
    ]
    texts += [customer.address, case.remedy, case.praise]
    texts += [item.number for item in case.items]
    for step in case.steps:
        texts += (step.actor, step.counterpart, step.text)
    return tuple(texts)


def case_of(row: Any, texts: Row, parts: Mapping[str, list[Row]], outlet: str, handler: str) -> Case:
    """The case of a row of ``cases``, its texts (narrative, remedy, praise) and the rows of its lists in order."""
    return Case(
        kind=row.kind,
        category=row.category,
        channel=row.channel,
        opened_on=date.fromisoformat(row.opened_on),
        subject=row.subject,
        business=row.business,
        accepted_on=day(row.accepted_on),
        answered_on=day(row.answered_on),
        narrative=texts[0],
        outlet=outlet,
        handler=handler,
        remedy=texts[1],
        severity=row.severity,
        fraud=bool(row.fraud),
        customer=Customer(
            name=row.customer_name,
            phone=row.customer_phone,
            address=row.customer_address,
            age_band=row.age_band,
            vulnerable=tuple(row.vulnerable.split(",")) if row.vulnerable else (),
            anonymous=bool(row.anonymous),
        ),
        items=tuple(MailItem(n, c, day(p), yuan(a), yuan(b), yuan(v)) for n, c, p, a, b, v in parts["items"]),
        steps=tuple(_step(*row) for row in parts["steps"]),
        dispositions=tuple(Disposition(k, yuan(a), day(on)) for k, a, on in parts["dispositions"]),
        responsibility=row.responsibility,
        opinion=row.opinion,
        opinion_attempts=tuple(OpinionAttempt(date.fromisoformat(on), r) for on, r in parts["attempts"]),
        praise=texts[2],
        related=tuple(Relation(n, k) for n, k in parts["relations"]),
        closed_on=day(row.closed_on),
        typical=bool(row.typical),
        number=row.number,
        status=row.status,
        revision=row.revision,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _step(*row: Any) -> Step:
    at, actor, channel, counterpart, result, text, status, follow_up_on = row
    return Step(at, actor, channel, counterpart, result, text, status, day(follow_up_on))
