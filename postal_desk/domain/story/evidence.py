"""Weighing cues: which code of a list the words of a story speak for, how strongly, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.patterns import Cue, CueTable
from postal_desk.domain.story.reading import Found, Span
from postal_desk.domain.story.view import View

#: A cue that stands in many places is looked at this often before it is given up as denied.
TRIES = 4
#: What the first, second, … cue of the same weight counts: many weak words are no proof.
FADING = (1.0, 0.6, 0.4, 0.25, 0.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a code: the sum of the weights, and the place of the weightiest cue.

    ``places`` are those of every cue that speaks for it, the weightiest first.
    """

    score: float
    at: Span
    best: float = 0.0
    words: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()

    def plus(self, score: float) -> Evidence:
        """The same with a little more."""
        return Evidence(self.score + score, self.at, self.best, self.words, self.places)


NOTHING = Evidence(0.0, (0, 0))


def weigh(view: View, cues: CueTable, lexicon: Lexicon) -> dict[str, Evidence]:
    """The evidence for every code that has any."""
    possible: dict[str, list[Cue]] = {}
    for code, cue in cues.possible(view.grams):
        possible.setdefault(code, []).append(cue)
    weighed = {code: _weigh_one(view, own, lexicon) for code, own in possible.items()}
    return {code: evidence for code, evidence in weighed.items() if evidence.score}


def _weigh_one(view: View, cues: Iterable[Cue], lexicon: Lexicon) -> Evidence:
    found: list[tuple[float, Span, str]] = []
    for cue in cues:
        span = _place(view, cue, lexicon)
        if span is not None:
            found.append((cue.weight, span, cue.source))
    found.sort(key=lambda entry: (-abs(entry[0]), entry[1]))
    score, taken, counts = 0.0, list[tuple[Span, bool]](), dict[float, int]()
    words = []
    for weight, span, source in found:
        # The same words must not count twice: “丢失” inside “确认丢失”.
        if any(start < span[1] and span[0] < end and (weight > 0) == above for (start, end), above in taken):
            continue
        taken.append((span, weight > 0))
        rank = counts[weight] = counts.get(weight, 0) + 1
        score += weight * FADING[min(rank, len(FADING)) - 1]
        words.append(source)
    best = next(((weight, span) for weight, span, _ in found if weight > 0), (0.0, (0, 0)))
    places = tuple(span for span, above in taken if above)
    return Evidence(score, best[1], best[0], tuple(words), places)


def _place(view: View, cue: Cue, lexicon: Lexicon) -> Span | None:
    """The first place where the cue stands, neither denied (不是投诉, not a complaint) nor supposed (如已丢失)."""
    denied = lexicon.pattern("classes", "negation", after=r"(?: an?| the| any)? ?[^,。!?;\n]{0,2}$")
    supposed = lexicon.pattern("classes", "supposed", after=r"[^,。!?;\n]{0,3}$")
    start = 0
    for _ in range(TRIES):
        span = cue.find(view.folded, start)
        if span is None:
            return None
        before = view.words_before(span[0], 14)
        if not supposed.search(before) and not denied.search(before):
            return span
        start = span[1]
    return None


def decide(evidence: Mapping[str, Evidence], name: str, lexicon: Lexicon) -> Found | None:
    """The code that wins with enough score and distance (``thresholds.toml``), or ``None``."""
    ranked = sorted(((item.score, code) for code, item in evidence.items()), reverse=True)
    if not ranked:
        return None
    score, code = ranked[0]
    margin = score - max(ranked[1][0], 0.0) if len(ranked) > 1 else score
    if score < lexicon.number("thresholds", "score", name, 2.0) or margin < lexicon.number(
        "thresholds", "margin", name, 1.0
    ):
        return None
    sure = confidence(score, margin)
    least = lexicon.number("thresholds", "least", name, 0.0)
    if sure < lexicon.number("thresholds", "least", f"{name}>{code}", least):
        return None
    return Found(code, evidence[code].at, sure)


def confidence(score: float, margin: float) -> float:
    """0..1 from the score and its distance to the next: 2 alone gives 0.72, 4 alone 0.88."""
    return 1.0 - 0.53 ** ((min(score, 1.3 * margin) + 0.0) / 2 + 0.5) if score > 0 else 0.0
