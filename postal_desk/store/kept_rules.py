"""The rules read last. A desk that is unlocked, opened again or looked at after an edit elsewhere finds them ready."""

from __future__ import annotations

from pathlib import Path

from postal_desk.domain.rules import Rules
from postal_desk.store import rule_store
from postal_desk.store.lazy_tables import shared_tables
from postal_desk.store.rule_records import build_rules
from postal_desk.store.work import Work


class KeptRules:
    """Rules and the rows they were built from; they are immutable, so every desk with the same rows may have them."""

    def __init__(self) -> None:
        self._last: tuple[Path, list[rule_store.Row], Rules] | None = None

    def of(self, work: Work, seeds: Path) -> Rules:
        """The rules of a desk, with the word lists of ``seeds``."""
        rows, last = rule_store.rows(work), self._last
        if last is None or last[0] != seeds or last[1] != rows:
            built = build_rules(rule_store.records(rows), shared_tables(seeds, "reader"))
            last = self._last = seeds, rows, built
        return last[2]
