"""Which states of a case count as open."""

from __future__ import annotations

OPEN_STATES = frozenset(
    {"registered", "accepted", "investigating", "waiting", "answered", "escalated", "reopened"}
)
