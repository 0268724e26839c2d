"""The rules as the program ships them, for when no desk is at hand."""

from __future__ import annotations

from postal_desk import paths
from postal_desk.domain.rules import Rules
from postal_desk.store.seeding import load_rules


def shipped_rules() -> Rules:
    """The rules of ``seeds/``; a mistake in them is a :class:`~postal_desk.domain.sentences.Refusal` with its place."""
    return load_rules(paths.seeds())
