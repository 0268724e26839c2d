"""The small language in which ``seeds/reader`` writes its cues, and the cues made from it.

A pattern is plain text, in any case, full-width or half-width; punctuation is not matched literally except ``-`` and
``'``. Besides text it may hold

=============  ==========================================================================
``(a|b)``      either; ``(a|)`` or ``a?`` may be missing
``<name>``     one of the words of that list in ``classes.toml``
``<!字>``      not right after one of these characters
``<~字>``      not right before one of these characters
``…``          a few characters within the clause (8; 40 in an English pattern)
``……``         more characters within the sentence (18; 80 in an English pattern)
``#``          a number, in figures or in Chinese
``*``          after a Latin word: any ending
``^`` ``$``    the beginning, the end of the clause
blank          any blanks; none needed beside a Chinese character
=============  ==========================================================================

Gaps are bounded, so that matching takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from postal_desk.domain.story import numerals
from postal_desk.domain.story.reading import Span
from postal_desk.domain.story.view import fold

_NUMBER = rf"(?:\d[\d,.]{{0,11}}|[{numerals.CHINESE}几数半]{{1,5}})"
_SPECIAL = re.compile(r"(<[!~][^<>]+>|<[a-z_]+>|……|…|[()|?*#^$]| +|[^<>…()|?*#^$ ]+)")
_LATIN = re.compile(r"[a-z]")
_PLAIN = re.compile(r"[^<>…()|?*#^$ ]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class PatternFault(ValueError):
    """A pattern that can't be read; the message says why."""


def translate(source: str, classes: Mapping[str, Sequence[str]]) -> str:
    """The regular expression of a pattern, for folded text. Raises :class:`PatternFault`."""
    folded = fold(source.strip())
    english = bool(_LATIN.search(folded)) and not _HAN.search(folded)
    parts = list(_parts(folded, classes, english))
    expression = "".join(parts)
    if not expression:
        raise PatternFault("it is empty")
    if english or (folded[0].isascii() and folded[0].isalpha()):
        expression = rf"(?<![a-z]){expression}"
    if folded[-1].isascii() and folded[-1].isalpha():
        expression += r"(?![a-z])"
    if folded[0].isdigit():
        expression = rf"(?<!\d){expression}"
    if folded[-1].isdigit():
        expression += r"(?!\d)"
    if folded.count("(") != folded.count(")"):
        raise PatternFault("its brackets do not match")
    if re.search(r"(?:^|[(|])[?*]", folded):
        raise PatternFault("“?” and “*” need something before them")
    return expression


def _parts(folded: str, classes: Mapping[str, Sequence[str]], english: bool) -> Iterator[str]:
    position = 0
    for match in _SPECIAL.finditer(folded):
        if match.start() != position:
            raise PatternFault(f"“{folded[position : match.start()]}” is not understood")
        position, token = match.end(), match[0]
        if token[:2] in ("<!", "<~"):
            yield ("(?<!" if token[1] == "!" else "(?!") + f"[{re.escape(token[2:-1])}])"
        elif token[0] == "<":
            yield _word_class(token[1:-1], classes)
        elif token == "…":
            yield r"[^,。!?;\n.]{0,40}?" if english else r"[^,。!?;\n|]{0,8}?"
        elif token == "……":
            yield r"[^。!?;\n]{0,80}?" if english else r"[^。!?\n]{0,18}?"
        elif token in _FIXED:
            yield _FIXED[token]
        elif token.isspace():
            yield r"\s+" if english else r"\s*"
        elif folded[position : position + 1] == "?" and len(token) > 1:
            yield re.escape(token[:-1]) + f"(?:{re.escape(token[-1])})"
        else:
            yield re.escape(token)
    if position != len(folded):
        raise PatternFault(f"“{folded[position:]}” is not understood")


_FIXED = {
    "(": "(?:", ")": ")", "|": "|", "?": "?", "*": "[a-z]*", "#": _NUMBER,
    "^": r"(?:^|(?<=[,。!?;\n|:. ]))", "$": r"(?=[,。!?;\n|.)]|$)",
}  # fmt: skip


def _word_class(name: str, classes: Mapping[str, Sequence[str]]) -> str:
    if name not in classes:
        raise PatternFault(f"there is no list <{name}> in classes.toml")
    return (
        "(?:" + "|".join(re.escape(fold(word)) for word in sorted(classes[name], key=len, reverse=True)) + ")"
    )


def anchor(source: str) -> str:
    """The longest stretch of a pattern that every match contains, or ``""``: a quick test before matching."""
    folded, depth, best, run = fold(source.strip()), 0, "", ""
    for token in _SPECIAL.findall(folded):
        if token in ("?", "*") and depth == 0:
            run = run[:-1] if token == "?" else run
        if token == "(":
            depth += 1
        if token[0] not in "<…()|?*#^$ " and depth == 0:
            best, run = max(best, run, key=len), token
            continue
        best, run = max(best, run, key=len), ""
        if token == ")":
            depth -= 1
    return max(best, run, key=len)


@dataclass(eq=False)
class Cue:
    """One pattern with its weight. Compiled when its anchor first turns up."""

    source: str
    weight: float
    expression: str
    anchor: str = ""
    plain: bool = False
    _compiled: re.Pattern[str] | None = field(default=None, repr=False)

    def find(self, folded: str, start: int = 0) -> Span | None:
        """The first match at or after a place."""
        if self.plain:
            at = folded.find(self.anchor, start)
            return None if at < 0 else (at, at + len(self.anchor))
        if self.anchor and self.anchor not in folded:
            return None
        match = self.pattern.search(folded, start)
        return None if match is None else match.span()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression."""
        if self._compiled is None:
            self._compiled = re.compile(self.expression)
        return self._compiled


def make_cue(source: str, weight: float, classes: Mapping[str, Sequence[str]]) -> Cue:
    """A cue of a pattern; raises :class:`PatternFault`. Plain Chinese words need no expression."""
    folded = fold(source.strip())
    edges = folded[:1] + folded[-1:]
    if _PLAIN.fullmatch(folded) and not re.search(r"[a-z\d]", edges) and _HAN.search(folded):
        return Cue(source, weight, "", folded, plain=True)
    return Cue(source, weight, translate(source, classes), anchor(source))


class CueTable:
    """The cues of a file, found by what a text must hold for them to stand in it."""

    def __init__(self, cues: Mapping[str, Sequence[Cue]]) -> None:
        self.codes: Mapping[str, tuple[Cue, ...]] = {code: tuple(own) for code, own in cues.items()}
        self._by_gram: dict[str, list[tuple[int, str, Cue]]] = {}
        order = 0
        for code, own in cues.items():
            for cue in own:
                self._by_gram.setdefault(cue.anchor[:2], []).append((order, code, cue))
                order += 1

    def possible(self, grams: Set[str]) -> Iterator[tuple[str, Cue]]:
        """The cues whose anchor may stand in a text of these characters and pairs, in the file's order."""
        keys = grams & self._by_gram.keys() | ({""} & self._by_gram.keys())
        for _, code, cue in sorted(entry for key in keys for entry in self._by_gram[key]):
            yield code, cue
