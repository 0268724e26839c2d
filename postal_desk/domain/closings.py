"""A closed month: figures that no later edit changes, with the number, the revision and the hash that prove them.

What is hashed is one canonical JSON text: keys sorted, no blanks, UTF-8. The hash of a revision covers that of the one
before it and the end of the audit at that moment, so neither figures nor order can be exchanged unseen.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from postal_desk.domain.month_ranges import MonthRange, Span
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Label
from postal_desk.domain.spans import parse_span
from postal_desk.domain.summaries import Summary

#: of a summary, but no figure: which closing it is shown for, and which there are inside a longer period
_NO_FIGURES = ("closing", "closed_months")


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing of a month. ``previous`` is the hash of the revision before it, ``audit_head`` the audit's last hash
    when it was closed; ``figures`` the canonical text of the summary.
    """

    month: Month
    revision: int
    number: str
    closed_at: str
    closed_by: str
    reason: str
    audit_number: int
    audit_head: str
    previous: str
    figures: str
    hash: str

    @property
    def summary(self) -> Summary:
        """The frozen figures."""
        return summary_of(json.loads(self.figures))

    @property
    def holds(self) -> bool:
        """True if the hash is that of what stands here."""
        return self.hash == hash_of(self)


def serial_number(prefix: str, month: Month) -> str:
    """The serial number of a month's closing; its revisions share it. ``prefix`` is the branch code with its letter."""
    return f"{prefix}-S-{month}"


def canonical(summary: Summary) -> str:
    """The figures as the one text that is kept and hashed."""
    plain = {
        field.name: _plain(getattr(summary, field.name))
        for field in fields(summary)
        if field.name not in _NO_FIGURES
    }
    return _text(plain)


def hash_of(closing: Closing) -> str:
    """SHA-256 over everything else that the closing says."""
    content = {
        field.name: str(getattr(closing, field.name)) for field in fields(closing) if field.name != "hash"
    }
    return hashlib.sha256(_text(content).encode()).hexdigest()


def summary_of(plain: Mapping[str, Any]) -> Summary:
    """The summary of its canonical form. A figure that an older program did not know is at its default."""
    made: Summary = _read(Summary, plain)
    return made


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Label):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Month | MonthRange | date):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _read(hint: Any, value: Any) -> Any:
    """A value of a type, from its plain form."""
    if hint == Span:
        return parse_span(value)
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (part for part in typing.get_args(hint) if part is not type(None))
        return None if value is None else _read(inner, value)
    if origin is tuple:
        inner = typing.get_args(hint)[0]
        return tuple(_read(inner, part) for part in value)
    if hint is Month:
        return Month.parse(value)
    if hint is date:
        return date.fromisoformat(value)
    if hint is Decimal:
        return Decimal(value)
    if hint is Label:
        return Label(value["zh"], value["en"])
    if is_dataclass(hint) and isinstance(hint, type):
        hints = typing.get_type_hints(hint)
        known = {field.name for field in fields(hint)}
        return hint(**{name: _read(hints[name], part) for name, part in value.items() if name in known})
    return value
