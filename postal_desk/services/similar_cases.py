"""Earlier cases like this one, with what was done and whether it worked: a hint for whoever handles it.

Candidates are the best of a ranked search for the telling terms of the text, and the newest finished cases of the same
category (and, with a suspicion of fraud, of all such cases). They are compared by shared pairs of characters, rare
pairs weighing more; the same category and the same suspicion count in favour.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import chain
from weakref import WeakKeyDictionary

from postal_desk.domain.masking import mask_free_text
from postal_desk.services.desk import Desk
from postal_desk.store import similar_queries
from postal_desk.store.search_text import text_terms
from postal_desk.store.similar_queries import Candidate
from postal_desk.store.work import Work

__all__ = ["SimilarCase", "similar_cases"]

_POOL = 80  # newest of the category
_RANKED = 40  # best of the search
_TERMS = 16  # asked of the search: more cost time and add little
_TOO_COMMON = 0.3  # of the pool: such a term tells nothing apart
_LEAST_SCORE = 0.08
_SAME = 1.15
_LONGEST_TEXT, _LONGEST_DONE = 2000, 40
_KEPT = 256  # texts taken apart, some 30 kB each
#: an open desk → text → its terms; they go with the desk
_kept: WeakKeyDictionary[Desk, dict[str, frozenset[str]]] = WeakKeyDictionary()
#: Outcomes in which the customer got what there was to get.
_WORKED = frozenset(
    {"found_and_delivered", "returned_to_sender", "redelivered", "refunded", "compensated", "fraud_prevented"}
)
_CONTENT = ("satisfied", "fairly_satisfied")


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """One earlier case; ``outcome`` are disposition codes; ``score`` runs from 0 to 1, the same kind a little higher.

    ``done`` is what was done, masked and short; ``verdict`` is ``worked``, ``failed`` or ``""`` where nothing tells.
    """

    number: str
    subject: str
    status: str
    outcome: tuple[str, ...]
    score: float
    done: str = ""
    verdict: str = ""
    fraud: bool = False


def similar_cases(
    desk: Desk, text: str, category: str = "", fraud: bool = False, exclude: str = "", limit: int = 5
) -> list[SimilarCase]:
    """The most similar finished cases, best first; ``exclude`` is the number of the case itself."""
    wanted = text_terms(text[:_LONGEST_TEXT])
    if not wanted:
        return []
    with desk.work() as work:
        kept = _kept.setdefault(desk, {})
        newest = similar_queries.finished(work, category[:2], fraud, _POOL)
        pool = {one.number: (one, _terms(kept, one.text)) for one in newest}
        asked = telling(wanted, [terms for _, terms in pool.values()])
        for one in similar_queries.ranked(work, asked, _RANKED):
            if one.number not in pool:
                pool[one.number] = (one, _terms(kept, one.text))
        pool.pop(exclude, None)
        scored = (
            (_liked(score, one, category, fraud), one) for score, one in _scored(wanted, list(pool.values()))
        )
        best = sorted(scored, key=lambda pair: (-pair[0], pair[1].number))[:limit]
        return [_told(desk, work, one, score) for score, one in best]


def _terms(kept: dict[str, frozenset[str]], text: str) -> frozenset[str]:
    """The terms of a candidate's text. The last ones stay at hand: while somebody types, the same candidates are
    asked about again and again.
    """
    found = kept.pop(text, None)
    if found is None:
        found = frozenset(text_terms(text))
        if len(kept) >= _KEPT:
            del kept[next(iter(kept))]
    kept[text] = found  # the last one asked for goes last
    return found


def telling(wanted: Set[str], known: Sequence[Set[str]]) -> list[str]:
    """The terms to search for: those that few of the known texts have. A term that some have comes before one that
    none has, which may be no word at all but the end of one and the beginning of the next.
    """
    frequency = Counter(chain.from_iterable(wanted & terms for terms in known))
    most = max(1.0, _TOO_COMMON * len(known))
    usable = sorted(term for term in wanted if len(term) > 1 and frequency[term] <= most)
    seen = sorted((term for term in usable if frequency[term]), key=lambda term: frequency[term])
    unseen = [term for term in usable if not frequency[term]]
    half = max(_TERMS // 2, _TERMS - len(unseen))
    return [*seen[:half], *unseen][:_TERMS]


def _liked(score: float, candidate: Candidate, category: str, fraud: bool) -> float:
    """The score, raised for the same category and the same suspicion."""
    if category and candidate.category[:2] == category[:2]:
        score *= _SAME
    return score * _SAME if fraud and candidate.fraud else score


def _told(desk: Desk, work: Work, candidate: Candidate, score: float) -> SimilarCase:
    done, verdict = similar_queries.what_was_done(work, candidate)
    names = [candidate.customer] if candidate.customer else []

    def hide(text: str) -> str:
        return mask_free_text(text, names, desk.rules.compound_surnames).text

    return SimilarCase(
        candidate.number,
        hide(candidate.subject),
        candidate.status,
        candidate.outcome,
        round(score, 3),
        _short(hide(done)),
        _verdict(candidate, verdict),
        candidate.fraud,
    )


def _verdict(candidate: Candidate, measure: str) -> str:
    """What tells whether it worked: the customer's opinion before anything else, then the outcome."""
    if candidate.opinion == "dissatisfied":
        return "failed"
    if candidate.opinion in _CONTENT or measure or _WORKED.intersection(candidate.outcome):
        return "worked"
    return ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_DONE else line[:_LONGEST_DONE] + "…"


def _scored(wanted: Set[str], texts: Sequence[tuple[Candidate, Set[str]]]) -> list[tuple[float, Candidate]]:
    """Cosine of the weighted sets; a term weighs more the fewer of the candidates have it."""
    frequency = Counter(chain.from_iterable(terms for _, terms in texts))
    by_frequency = [0.0, *(math.log(1 + len(texts) / times) ** 2 for times in range(1, len(texts) + 1))]
    weights = dict(zip(frequency, map(by_frequency.__getitem__, frequency.values()), strict=True))
    weight_of = weights.__getitem__
    unseen = math.log(1 + len(texts)) ** 2
    length = math.sqrt(sum(weights.get(term, unseen) for term in wanted))
    scored = []
    for candidate, terms in texts:
        shared = sum(map(weight_of, wanted & terms))
        if shared:
            score = shared / (length * math.sqrt(sum(map(weight_of, terms))))
            if score >= _LEAST_SCORE:
                scored.append((score, candidate))
    return scored
