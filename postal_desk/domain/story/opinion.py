"""A second opinion on the coded fields: what words that stood in labelled stories speak for.

The cues of ``seeds/reader`` say what a clerk would think of; ``learnt.toml`` holds what was counted over stories that
people labelled. Each is often wrong where it stands alone and seldom where the other agrees, so a field is proposed
with the confidence that both of them together deserve. ``tests/stories/learn.py`` writes the file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Set
from itertools import pairwise

from postal_desk.domain.story.evidence import Evidence
from postal_desk.domain.story.learnt import FELLOWS, FIELDS, PARTS, UNTOLD, Learnt
from postal_desk.domain.story.reading import Found, Span
from postal_desk.domain.story.view import View

#: A word is at most this many Chinese characters, or two Latin words.
LONGEST = 3
#: The length (:func:`length_of`) of a text of about ten characters: a shorter one counts as if it were as long.
LEAST_LENGTH = 30.0
#: How a story was told shows in its first and last characters: words there count by themselves for the channel.
OPENING, CLOSING = 24, 30
#: The share of codes that were never seen together.
NEVER = 0.005
#: Evidence and opinions beyond these bounds say nothing more.
LOWEST, HIGHEST, SUREST = -3.0, 8.0, 7.0
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
#: Endings that don't change what an English word speaks for: parcels, delivered, delivering.
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ied|ies|ed|es|er|ly|s|y|e)$")


def words_of(folded: str) -> set[str]:
    """Every word of a text: up to three Chinese characters that stand together, one or two Latin words' stems."""
    found: set[str] = set()
    for run in _HAN.findall(folded):
        for length in range(1, LONGEST + 1):
            found.update(run[at : at + length] for at in range(len(run) - length + 1))
    latin = [_ENDING.sub("", word) for word in _LATIN.findall(folded)]
    found.update(latin)
    found.update(f"{one} {two}" for one, two in pairwise(latin))
    return found


def telling_words(folded: str) -> set[str]:
    """Every word of a text, and those of its opening (“^窗口”) and its close (“$来电”) once more."""
    text = folded.strip()
    found = words_of(folded)
    found.update(f"^{word}" for word in words_of(text[:OPENING]))
    found.update(f"${word}" for word in words_of(text[-CLOSING:]))
    return found


def words_by_field(whole: str, own: str) -> dict[str, set[str]]:
    """The words each field listens to: ``own`` are the customer's only, ``whole`` is all of the story."""
    words = words_of(whole)
    return dict.fromkeys(FIELDS, words) | {"kind": words_of(own), "channel": telling_words(whole)}


def length_of(words: Set[str], rarity: Mapping[str, float]) -> float:
    """What the weight of every word is divided by; a few words never weigh like a whole story."""
    return max(LEAST_LENGTH, math.sqrt(sum(rarity[word] ** 2 for word in words & rarity.keys())))


def opinions(words: Set[str], field: str, learnt: Learnt) -> dict[str, float]:
    """What the words speak for: the logarithm of the odds of every code of a field."""
    length = length_of(words, learnt.rarity)
    odds = dict.fromkeys(learnt.start.get(field, {}), 0.0)
    says = learnt.says.get(field, {})
    # In order, so that the same text gives the same confidence to the last digit.
    for word in sorted(words & says.keys()):
        for code, weight in says[word]:
            odds[code] += weight
    return {code: learnt.start[field][code] + weight / length for code, weight in odds.items()}


def fellowship(field: str, odds: Mapping[str, Mapping[str, float]], learnt: Learnt) -> dict[str, float]:
    """How well each code of a field goes with what the words say of its fellow: logarithms of shares."""
    other = odds[FELLOWS[field]]
    likely = {code: 1.0 / (1.0 + math.exp(-min(max(odd, -SUREST), SUREST))) for code, odd in other.items()}
    whole, tables = sum(likely.values()), learnt.together.get(field, {})
    if not whole:
        return {}
    codes = sorted({code for table in tables.values() for code in table})
    return {
        code: math.log(
            sum(share * tables.get(name, {}).get(code, NEVER) for name, share in likely.items()) / whole
        )
        for code in codes
    }


def standing(
    evidence: Mapping[str, float],
    odds: Mapping[str, float],
    decided: str | None,
    fellows: Mapping[str, float],
) -> Iterator[tuple[str, tuple[float, ...]]]:
    """How each code stands with cues and learnt words; the numbers are those of :data:`PARTS`."""
    scores = {code: min(max(score, LOWEST), HIGHEST) / 4 for code, score in evidence.items()}
    heard = {code: min(max(odd, -SUREST), SUREST) for code, odd in odds.items()}
    untold = heard.pop(UNTOLD, 0.0)
    for code in sorted(scores.keys() | heard.keys()):
        score, odd = scores.get(code, 0.0), heard.get(code, -SUREST)
        other = max((own for name, own in scores.items() if name != code), default=0.0)
        other_odd = max((own for name, own in heard.items() if name != code), default=-SUREST)
        yield code, (
            score, score - max(other, 0.0), odd, odd - other_odd, float(score > 0), float(code == decided),
            untold, fellows.get(code, math.log(NEVER)),
        )  # fmt: skip


def confidence(trust: Mapping[str, float], code: str, numbers: tuple[float, ...]) -> float:
    """The probability of a code that stands so; ``trust`` may name a code that proved better or worse than others."""
    odds = trust["start"] + trust.get(code, 0.0)
    odds += sum(trust[part] * number for part, number in zip(PARTS, numbers, strict=True))
    return 1.0 / (1.0 + math.exp(-odds))


def likeliest(
    view: View,
    words: Mapping[str, Set[str]],
    odds: Mapping[str, Mapping[str, float]],
    field: str,
    evidence: Mapping[str, Evidence],
    decided: Found | None,
    learnt: Learnt,
) -> Found | None:
    """The code that cues and learnt words together make the likeliest, with its probability, or ``None``."""
    trust = learnt.trust[field]
    scores = {code: own.score for code, own in evidence.items()}
    said = None if decided is None else str(decided.value)
    stand = standing(scores, odds[field], said, fellowship(field, odds, learnt))
    ranked = [(confidence(trust, code, numbers), code) for code, numbers in stand]
    if not ranked:
        return None
    sure, code = max(ranked)
    if decided is not None and code == said:
        at = decided.at
    elif code in evidence:
        at = evidence[code].at
    else:
        at = _weightiest(view, words[field], field, code, learnt)
    return Found(code, at, sure)


def _weightiest(view: View, words: Set[str], field: str, code: str, learnt: Learnt) -> Span:
    """Where the word stands that speaks most for a code no cue speaks for."""
    says = learnt.says[field]
    most, best = 0.0, ""
    for word in sorted(words & says.keys()):
        weight = dict(says[word]).get(code, 0.0)
        if weight > most and word[0] not in "^$":
            most, best = weight, word
    # Of a Latin word only the stem is known, and between two of them may stand whatever parts words.
    expression = r"[^a-z]+".join(rf"\b{re.escape(stem)}[a-z']*" for stem in best.split())
    found = re.search(expression if best.isascii() else best, view.folded)
    return found.span() if best and found else (0, min(1, len(view.text)))
