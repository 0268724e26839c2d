"""The rules that the program ships with, for tests of what follows from them."""

from __future__ import annotations

import pytest

from postal_desk import paths
from postal_desk.domain.rules import Rules
from postal_desk.store.seeding import load_rules


@pytest.fixture(scope="session")
def seed_rules() -> Rules:
    """The shipped rules."""
    return load_rules(paths.seeds())
