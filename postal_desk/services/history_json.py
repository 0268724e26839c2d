"""Values of a record as the history keeps them: JSON text that reads back to the same values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def to_json(values: Mapping[str, Any]) -> str:
    """JSON text of plain values and dates."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_plain)


def from_json(text: str) -> dict[str, Any]:
    """The values of :func:`to_json`, dates as text; empty for ``""``."""
    return dict(json.loads(text)) if text else {}


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the history")
