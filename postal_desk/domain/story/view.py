"""A story as the finders see it: folded character for character, with its clauses and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from postal_desk.domain.story.characters import TO_SIMPLIFIED
from postal_desk.domain.story.reading import Span

_FOLD: dict[int, int | str] = {0xFF01 + i: 0x21 + i for i in range(94)} | {
    0x3000: " ",
    0x00A0: " ",
    0x2009: " ",
    0x202F: " ",
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0x2013: "-",
    0x2212: "-",
    0x3010: "[",
    0x3011: "]",
    **TO_SIMPLIFIED,
}
# A full stop ends a sentence before a blank, but not after a title or a short form.
_STOP = r"(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bdr)(?<!\bprof)(?<!\bno)(?<!\btel)(?<!\bst)\.(?=\s|$)"
_SENTENCE = re.compile(rf"[。!?\n]|{_STOP}")
_CLAUSE = re.compile(rf"[,。!?;\n|\t]|{_STOP}")


def fold(text: str) -> str:
    """Half-width, lower case, simplified, one blank for another; the length never changes."""
    turned = text.translate(_FOLD)
    lower = turned.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in turned)


# In a line without any other mark a blank between characters parts the clauses, as people write in chats.
_UNMARKED = re.compile(
    r"^(?=[^\n]*[\u4e00-\u9fff] +[\u4e00-\u9fff\d][^\n]*[\u4e00-\u9fff] +[\u4e00-\u9fff\d])[^\n,。!?;:]{12,}$",
    re.M,
)
_PARTING = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def _with_clauses(folded: str) -> str:
    return _UNMARKED.sub(lambda line: _PARTING.sub(",", line[0]), folded)


def _ends(pattern: re.Pattern[str], folded: str) -> list[int]:
    return [match.start() for match in pattern.finditer(folded)]


@dataclass
class View:
    """``text`` as given, ``folded`` for matching. ``clauses`` and ``sentences`` are the places of their end marks."""

    text: str
    folded: str = ""
    clauses: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folded = self.folded or _with_clauses(fold(self.text))
        self.clauses = _ends(_CLAUSE, self.folded)
        self.sentences = _ends(_SENTENCE, self.folded)

    @cached_property
    def grams(self) -> frozenset[str]:
        """Every character and every pair of neighbours: what is not in here need not be looked for."""
        return frozenset(self.folded) | {one + two for one, two in pairwise(self.folded)}

    def _around(self, ends: list[int], at: int) -> Span:
        index = bisect_left(ends, at)
        start = ends[index - 1] + 1 if index else 0
        return start, ends[index] if index < len(ends) else len(self.folded)

    def clause(self, at: int) -> Span:
        """The clause around a place: between commas, stops or line ends."""
        return self._around(self.clauses, at)

    def sentence(self, at: int) -> Span:
        """The sentence around a place: between stops or line ends."""
        return self._around(self.sentences, at)

    def before(self, at: int, reach: int) -> str:
        """Up to ``reach`` folded characters before a place, in its sentence."""
        return self.folded[max(self.sentence(at)[0], at - reach) : at]

    def after(self, at: int, reach: int) -> str:
        """Up to ``reach`` folded characters from a place on, in its sentence."""
        return self.folded[at : min(self.sentence(at)[1], at + reach)]

    def words_before(self, at: int, reach: int) -> str:
        """As :meth:`before`, but in the clause."""
        return self.folded[max(self.clause(at)[0], at - reach) : at]


class Taken:
    """Stretches of the text that are spoken for, so that a phone is not also found inside an item number."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)

    def add(self, span: Span) -> None:
        """Take one more stretch."""
        self._spans.insert(bisect_right(self._spans, span), span)

    def free(self, span: Span) -> bool:
        """True if no taken stretch touches this one."""
        index = bisect_left(self._spans, span)
        after = index < len(self._spans) and self._spans[index][0] < span[1]
        before = index > 0 and self._spans[index - 1][1] > span[0]
        return not (after or before)
