"""The branch's settings: names and texts."""

from __future__ import annotations

from collections.abc import Mapping

from postal_desk.store.work import Work

_SET = (
    "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def read(work: Work) -> dict[str, str]:
    """All settings by name."""
    return dict(work.cursor("SELECT name, value FROM settings"))


def write(work: Work, values: Mapping[str, str]) -> None:
    """Set some of them."""
    work.run_many(_SET, list(values.items()))
