"""A claim as JSON: reading what comes in (every fault named by its place), writing what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from postal_desk.domain.claim_fields import CLAIM_FIELDS, CLAIM_KEYS, CLAIM_OBJECTS, ITEM_FIELDS
from postal_desk.domain.claims import ENDS, Claim, ClaimItem, Ended, Sum, check_claim
from postal_desk.domain.fields import LONGEST_LIST
from postal_desk.domain.json_values import Reader, check_keys, in_list, joined, of_type
from postal_desk.domain.record_values import values_of
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, say

_TOP = {field.name: field for field in CLAIM_FIELDS}
_CLEARED: Mapping[str, object] = {"items": (), **dict.fromkeys(CLAIM_OBJECTS)}
#: what the desk works out and a claim that was shown may bring back
_GIVEN_BY_DESK = ("computed", "article")


def parse_claim(data: Mapping[str, Any], rules: Rules, today: date, path: str = "") -> Claim:
    """Read one claim as it comes in; without ``opened_on`` it is of ``today``. Whether the desk knows its case is for
    the service. Raises :class:`~postal_desk.domain.sentences.FieldRefusal`.
    """
    of_type(data, Mapping, path or "[1]", say("a JSON object is expected"))
    if data.get("number"):
        raise FieldRefusal(joined(path, "number"), say("the desk gives the number; leave it out"))
    if data.get("case") in (None, ""):
        raise FieldRefusal(joined(path, "case"), say("this field is required"))
    given = {key: value for key, value in data.items() if key != "number"}
    values = parse_claim_changes(given, rules, today, path)
    kept = {key: value for key, value in values.items() if value is not None}
    claim = Claim(**cast(Any, {"opened_on": today, **kept}))
    check_claim(claim, path)
    return claim


def parse_claim_changes(
    data: Mapping[str, Any], rules: Rules, today: date, path: str = ""
) -> dict[str, object]:
    """Read a partial claim: typed values by top-level key. ``None`` clears a field; objects and lists are replaced
    whole; a sum without a day is of ``today``.
    """
    check_keys(data, CLAIM_KEYS, path)
    reader = Reader(rules)
    values: dict[str, object] = {}
    for name, value in data.items():
        place = joined(path, name)
        if name in ("case", "opened_on") and value in (None, ""):
            raise FieldRefusal(place, say("this field is required and can't be cleared"))
        if name == "items":
            values[name] = None if value is None else _items(value, reader, place)
        elif name in CLAIM_OBJECTS:
            values[name] = None if value is None else _object(name, value, reader, today, place)
        else:
            values[name] = reader.read(_TOP[name], value, place)
    return values


def apply_claim_changes(claim: Claim, changes: Mapping[str, object]) -> Claim:
    """The claim with the changes of :func:`parse_claim_changes`; refuses what does not fit together."""
    values: dict[str, Any] = {
        key: _CLEARED.get(key, "") if value is None else value for key, value in changes.items()
    }
    changed = replace(claim, **values)
    check_claim(changed)
    return changed


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """The claim as it goes out; what today adds (its age) is left to the caller."""
    return {
        "number": claim.number,
        "status": claim.status,
        "case": claim.case,
        "opened_on": claim.opened_on.isoformat(),
        "items": [_item_to_json(item) for item in claim.items],
        "basis": claim.basis,
        "computed": _money(claim.computed),
        "proposed": _sum_to_json(claim.proposed),
        "agreed": _sum_to_json(claim.agreed),
        "paid": _sum_to_json(claim.paid) | {"receipt": claim.paid.receipt} if claim.paid else None,
        "ended": {"how": claim.ended.how, "on": claim.ended.on.isoformat()} if claim.ended else None,
        "reason": claim.reason,
        "revision": claim.revision,
        "created_at": claim.created_at,
        "changed_at": claim.changed_at,
    }


def _items(value: Any, reader: Reader, path: str) -> tuple[ClaimItem, ...]:
    of_type(value, list, path, say("a list is expected"))
    if len(value) > LONGEST_LIST:
        reason = say("{count} entries are too many; {most} at most", count=len(value), most=LONGEST_LIST)
        raise FieldRefusal(path, reason)
    return tuple(_item(part, reader, f"{path}[{at}]") for at, part in enumerate(value, start=1))


def _item(data: Any, reader: Reader, path: str) -> ClaimItem:
    of_type(data, Mapping, path, say("a JSON object is expected"))
    data = {key: value for key, value in data.items() if key not in _GIVEN_BY_DESK}
    values = values_of(ITEM_FIELDS, data, reader, path)
    if "class" in values:
        values["mail_class"] = values.pop("class")
    return ClaimItem(**values)


def _object(name: str, data: Any, reader: Reader, today: date, path: str) -> Sum | Ended:
    values = {"on": today, **values_of(CLAIM_OBJECTS[name], data, reader, path)}
    if name == "ended":
        in_list(values["how"], ENDS, joined(path, "how"))
        return Ended(**values)
    return Sum(**values)


def _item_to_json(item: ClaimItem) -> dict[str, Any]:
    article = {"zh": item.article.zh, "en": item.article.en} if item.article.zh else None
    return {
        "number": item.number,
        "class": item.mail_class or None,
        "event": item.event or None,
        "postage": _money(item.postage),
        "insured": _money(item.insured),
        "value": _money(item.value),
        "loss": _money(item.loss),
        "exemption": item.exemption or None,
        "gross_negligence": item.gross_negligence,
        "terms_not_displayed": item.terms_not_displayed,
        "computed": _money(item.computed),
        "article": article,
    }


def _sum_to_json(found: Sum | None) -> Any:
    return {"amount": _money(found.amount), "on": found.on.isoformat()} if found else None


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
