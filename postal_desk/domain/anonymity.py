"""Taking the person out of a case and leaving what is counted: what goes is said by the fields' own declarations.

Personal Information Protection Law, art. 19 and 47: kept no longer than needed, then deleted or made anonymous.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from postal_desk.domain.fields import CASE_FIELDS, PART_FIELDS, Field

#: Stands in texts that may not be empty, or whose being there is counted (praise).
MARK = "（已匿名）"
YEARS, MOST_YEARS = 3, 30


def term_end(closed_on: date, years: int) -> date:
    """The last day on which a closed case is kept whole: the corresponding day, or the month's last."""
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:  # 29 February
        return closed_on.replace(year=closed_on.year + years, day=28)


def due_before(today: date, years: int) -> date:
    """Cases closed before this day are past their term today."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def anonymous(content: Mapping[str, Any], category: str, staff: Collection[str]) -> dict[str, Any]:
    """The changes (JSON values, as ``parse_changes`` reads them) that make a case anonymous.

    ``content`` is the case as JSON, ``category`` the name that takes the subject's place. Whoever is not among the
    ``staff`` goes from the steps too.
    """
    changes: dict[str, Any] = {}
    for field in CASE_FIELDS:
        if field.personal and not field.name.startswith("customer."):
            changes[field.name] = _blank(field, content.get(field.name), category)
    customer = dict(content["customer"])
    for field in CASE_FIELDS:
        if field.personal and field.name.startswith("customer."):
            customer[field.key] = ""
    changes["customer"] = customer
    for part, fields in PART_FIELDS.items():
        if any(field.personal for field in fields):
            rows = (_blank_part(dict(row), fields, staff) for row in content[part])
            changes[part] = [row for row in rows if any(row.values())]
    changes["typical"] = False  # there is nothing left to tell
    return changes


def _blank(field: Field, value: Any, category: str) -> Any:
    if field.required:
        return f"{category}{MARK}"
    return MARK if value and field.name == "praise" else ""


def _blank_part(row: dict[str, Any], fields: tuple[Field, ...], staff: Collection[str]) -> dict[str, Any]:
    for field in fields:
        if not field.personal or field.key not in row:
            continue
        if field.name == "steps.actor" and row[field.key] in staff:
            continue
        row[field.key] = MARK if row[field.key] and field.kind == "lines" else ""
    if "counterpart" in row and not any(value for key, value in row.items() if key not in ("at", "actor")):
        row["text"] = MARK  # a step that told of somebody only was one all the same
    return row
