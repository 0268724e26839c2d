"""What ``seeds/reader/learnt.toml`` holds: words counted over labelled stories, and how far to trust them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: The coded fields that have learnt words.
FIELDS = ("kind", "category", "business", "channel", "fraud")
#: What confidence is made of, in the order of :func:`~postal_desk.domain.story.opinion.standing`.
PARTS = ("evidence", "lead", "opinion", "ahead", "heard", "decided", "untold", "fellow")
#: Stands among the codes of a field for the texts from which none of them can be told; it is never proposed.
UNTOLD = "none"
#: The field whose opinion says which codes are likely together with it.
FELLOWS = {
    "kind": "category",
    "category": "kind",
    "business": "category",
    "channel": "kind",
    "fraud": "category",
}


@dataclass(frozen=True)
class Learnt:
    """The learnt words: ``start`` and ``says`` by field and code, ``trust`` by field and part.

    ``rarity`` holds every word that was counted; each weighs less the more of them a text has. ``together`` says by
    field and code of its fellow how often each of its codes goes with that one.
    """

    rarity: Mapping[str, float]
    start: Mapping[str, Mapping[str, float]]
    says: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]
    trust: Mapping[str, Mapping[str, float]]
    together: Mapping[str, Mapping[str, Mapping[str, float]]]
