"""The words of ledgers: headings, and what stands for the program's codes. Shipped, and learned by a desk."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from postal_desk.domain.rules import Rules

_BRACKETS = re.compile(r"[(\[{<【《〈][^()\[\]{}<>【】《》〈〉]*[)\]}>】》〉]")
_NO_WORD = re.compile(r"[\s\W_]+")
_NAME_ENDINGS = ("邮政支局", "邮政所", "支局", "营业所", "邮政", "局", "所")
_LIKE = 0.45


def plain(text: str) -> str:
    """A word as words are compared: half-width, lower case, no blanks, no punctuation unless it is all there is."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _NO_WORD.sub("", folded) or folded.strip()


def plain_heading(text: str) -> str:
    """A heading without what stands in brackets: ``金额（元）`` → ``金额``."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _NO_WORD.sub("", _BRACKETS.sub("", folded)) or _NO_WORD.sub("", folded)


@dataclass
class Lexicon:
    """``headings``: plain heading → target (``second``: if that is taken); ``words``: list → plain word → code."""

    headings: dict[str, str]
    words: dict[str, dict[str, str]]
    second: dict[str, str] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        headings: Mapping[str, Any],
        words: Mapping[str, Any],
        rules: Rules,
        learned: Mapping[str, Mapping[str, str]] | None = None,
        labels: Mapping[str, Any] | None = None,
    ) -> Lexicon:
        """From the tables of ``seeds/ledgers``, the names of the desk's codes, and what the desk has learned."""
        known = {name: _inverted(table) for name, table in words.items()}
        for name, codes in rules.codes.items():
            target = known.setdefault(name, {})
            for code in codes.values():
                for word in (code.name.zh, code.name.en, code.code):
                    target[plain(word)] = code.code
        categories = known.setdefault("categories", {})
        for category in rules.categories.values():
            whole = rules.category_name(category.code)
            for word in (category.code, whole.zh, whole.en):
                categories[plain(word)] = category.code
            if category.parent is None:
                for word in (category.name.zh, category.name.en):
                    categories[plain(word)] = category.code
            else:
                categories.setdefault(plain(category.name.zh), category.code)
        learned = learned or {}
        own = _inverted(labels or {}, plain_heading)
        shipped = {**own, **_inverted(headings, plain_heading), **learned.get("heading", {})}
        second = {heading: target for heading, target in own.items() if shipped[heading] != target}
        return cls(shipped, known, second)

    def code(self, list_name: str, text: str) -> str | None:
        """The code of a word that is known, as it stands."""
        return self.words.get(list_name, {}).get(plain(text))

    def codes_within(self, list_name: str, text: str) -> list[str]:
        """All codes of which a word stands in a longer text and is not denied there, in the order of the list."""
        folded = plain(text)
        found = [
            code
            for word, code in self.words.get(list_name, {}).items()
            if len(word) > 1 and _stands(word, folded)
        ]
        return list(dict.fromkeys(found))

    def nearest(self, list_name: str, text: str, most: int = 3) -> list[str]:
        """Codes of the words most like this one."""
        words = self.words.get(list_name, {})
        return list(dict.fromkeys(words[word] for word in like(text, words)))[:most]


def _stands(word: str, text: str) -> bool:
    at = text.find(word)
    while at >= 0:
        if text[max(0, at - 1) : at] not in ("未", "没", "不", "无", "拒", "非"):
            return True
        at = text.find(word, at + 1)
    return False


def _inverted(table: Mapping[str, Sequence[str]], fold: Any = plain) -> dict[str, str]:
    return {fold(word): code for code, words in table.items() for word in words}


def like(text: str, words: Iterable[str], most: int = 6) -> list[str]:
    """The words most like a text; one that stands in the other counts as very like."""
    wanted = plain(text)
    if not wanted:
        return []
    scored = []
    for word in words:
        other = plain(word)
        share = difflib.SequenceMatcher(None, wanted, other, autojunk=False).ratio()
        if other and (other in wanted or wanted in other):
            share = max(share, 0.6 + 0.3 * min(len(other), len(wanted)) / max(len(other), len(wanted)))
        if share >= _LIKE:
            scored.append((-share, word))
    return [word for _share, word in sorted(scored)[:most]]


@dataclass
class Names:
    """Names of a desk's list (outlets, staff). :meth:`find` takes an exact name, or the only one it can mean."""

    names: tuple[str, ...]
    learned: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._exact = {plain(name): name for name in self.names}

    def find(self, text: str) -> str | None:
        """The name meant, ``""`` if the desk has learned to leave it out, ``None`` if it is not known."""
        folded = plain(text)
        if folded in self._exact:
            return self._exact[folded]
        if folded in self.learned:
            return self.learned[folded]
        stem = _stem(folded)
        if len(stem) < 2:
            return None
        meant = [name for key, name in self._exact.items() if _stem(key) == stem]
        return meant[0] if len(meant) == 1 else None

    def nearest(self, text: str) -> list[str]:
        """The names most like this one."""
        return like(text, self.names, 3)


def _stem(name: str) -> str:
    for ending in _NAME_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name
