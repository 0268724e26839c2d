"""A filter of cases as JSON, for saved views and remembered lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from postal_desk.domain.case_filters import CaseFilter

_EMPTY = CaseFilter()
_DAYS = frozenset(field.name for field in fields(CaseFilter) if "date" in str(field.type))


def filter_to_json(filter: CaseFilter) -> dict[str, Any]:
    """The parts that filter, as JSON values; empty ones are left out."""
    parts: dict[str, Any] = {}
    for field in fields(CaseFilter):
        value = getattr(filter, field.name)
        if value != getattr(_EMPTY, field.name):
            parts[field.name] = value.isoformat() if isinstance(value, date) else value
    return {name: list(value) if isinstance(value, tuple) else value for name, value in parts.items()}


def filter_from_json(parts: Mapping[str, Any]) -> CaseFilter:
    """The filter of such values; parts that this program does not know are left out."""
    known = {field.name for field in fields(CaseFilter)}
    values: dict[str, Any] = {}
    for name, value in parts.items():
        if name in _DAYS and value is not None:
            values[name] = date.fromisoformat(value)
        elif name in known:
            values[name] = tuple(value) if isinstance(value, list) else value
    return CaseFilter(**values)
