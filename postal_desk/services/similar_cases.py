"""Earlier cases like this one, with what came of them: a hint for whoever handles it.

Compared are the newest finished cases of the same category (and, with a suspicion of fraud, of all such cases): their
subjects and narratives by shared pairs of characters, rare pairs weighing more. No index of the whole desk is asked,
so the answer takes the same time among a million cases.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from postal_desk.services.desk import Desk
from postal_desk.store import similar_queries
from postal_desk.store.search_text import text_terms
from postal_desk.store.similar_queries import Candidate

_POOL = 200
_LEAST_SCORE = 0.08


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """One earlier case; ``outcome`` are disposition codes, ``score`` runs from 0 to 1."""

    number: str
    subject: str
    status: str
    outcome: tuple[str, ...]
    score: float


def similar_cases(
    desk: Desk, text: str, category: str = "", fraud: bool = False, exclude: str = "", limit: int = 5
) -> list[SimilarCase]:
    """The most similar finished cases, best first; ``exclude`` is the number of the case itself."""
    wanted = frozenset(text_terms(text))
    if not wanted:
        return []
    with desk.work() as work:
        pool = similar_queries.finished(work, category[:2], fraud, _POOL)
    texts = [
        (candidate, frozenset(text_terms(candidate.text)))
        for candidate in pool
        if candidate.number != exclude
    ]
    best = sorted(_scored(wanted, texts), key=lambda scored: -scored[0])[:limit]
    return [SimilarCase(c.number, c.subject, c.status, c.outcome, round(score, 3)) for score, c in best]


def _scored(
    wanted: frozenset[str], texts: Sequence[tuple[Candidate, frozenset[str]]]
) -> list[tuple[float, Candidate]]:
    """Cosine of the weighted sets; a term weighs more the fewer of the candidates have it."""
    frequency = Counter(term for _, terms in texts for term in terms)
    weights = {term: math.log(1 + len(texts) / frequency[term]) ** 2 for term in frequency}
    unseen = math.log(1 + len(texts)) ** 2
    length = math.sqrt(sum(weights.get(term, unseen) for term in wanted))
    scored = []
    for candidate, terms in texts:
        shared = sum(weights[term] for term in wanted & terms)
        if shared:
            own = math.sqrt(sum(weights[term] for term in terms))
            score = shared / (length * own)
            if score >= _LEAST_SCORE:
                scored.append((score, candidate))
    return scored
