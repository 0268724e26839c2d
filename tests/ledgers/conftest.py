"""A desk with two outlets and three people, and a way to read a ledger against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.domain.changes import Changes
from postal_desk.services import ledgers
from postal_desk.services.cases import read_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.ledger_import import import_ledger, settle_ledger
from postal_desk.services.ledgers import LedgerRead, Outcome
from postal_desk.services.organisation import add_outlet, add_staff

NOW = datetime(2020, 3, 2, 10, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk on 2 March 2020."""
    with create_desk(tmp_path / "desk", "船营区分公司", "220204", actor="苏阳", now=lambda: NOW) as made:
        for name in ("船营投递部", "松江支局"):
            add_outlet(made, name)
        for name in ("苏阳", "赵敏", "韩雪"):
            add_staff(made, name)
        yield made


@dataclass
class Ledgers:
    """Reads and imports ledgers against one desk."""

    desk: Desk

    def dry(self, path: Path, mapping: dict[str, Any] | None = None) -> LedgerRead:
        """The dry run of a file."""
        words = ledgers.ledger_words(self.desk)
        opened = ledgers.open_ledger(path)
        proposal = ledgers.mapped_ledger(opened, words, mapping or {})
        return settle_ledger(self.desk, ledgers.read_ledger(opened, proposal.plan, words))

    def take(self, path: Path, mapping: dict[str, Any] | None = None) -> Changes:
        """Import a file."""
        return import_ledger(self.desk, self.dry(path, mapping))

    def cases(self) -> list[Case]:
        """The desk's cases, oldest first."""
        return list(reversed(read_cases(self.desk, CaseFilter(), 0)))


@pytest.fixture
def book(desk: Desk) -> Ledgers:
    """The reader of ledgers."""
    return Ledgers(desk)


@pytest.fixture
def counted() -> Callable[[LedgerRead], tuple[int, int, int, int]]:
    """New, same, changed, refused; their sum is what came in."""

    def count(read: LedgerRead) -> tuple[int, int, int, int]:
        run = read.run
        counts = tuple(run.count(o) for o in (Outcome.NEW, Outcome.SAME, Outcome.CHANGED, Outcome.REFUSED))
        assert sum(counts) == run.total == len(run.rows)
        return counts  # type: ignore[return-value]

    return count
