"""What the search index stores of a text, and what it is asked: one way of cutting for both.

Text is folded (NFKC, case) and cut into runs of Han characters and runs of other letters and digits. A Han run becomes
its pairs of neighbouring characters and its last character alone; any other run stays whole. Long runs with digits
(phones, item numbers) also leave their endings of four characters and more, so that the last digits find them.

>>> index_text(["寄给刘先生"])
'寄给 给刘 刘先 先生 生'
>>> match_expression("刘先生 2019-07")
'"刘先 先生" AND "2019 07" *'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from postal_desk.domain.sentences import Refusal, say

# Unified ideographs with all their extensions, compatibility forms, and the two signs that count as one in text: 々〇.
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
_RUN = re.compile(f"([{_HAN}]+)|([^\\W_{_HAN}]+)")
_PARTS = re.compile(f"([{_HAN}]+)|([^\\W_{_HAN}]+)|(¦)")
#: What may stand between letters or digits of one word, as in 2019-07-0044.
_JOINTS = frozenset("-/.:_")
#: ideographs that folding turns into others
_COMPATIBLE = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_DIGIT = re.compile(r"\d")
_SHORTEST_ENDING = 4
_SHORTEST_NUMBER, _LONGEST_NUMBER = 7, 40
#: A shorter run of letters and digits is looked up whole: its prefix would be half of the index.
_SHORTEST_PREFIX = 2
#: Stands between the fields of one case. Nobody can ask for it, so no phrase reaches over it.
_BARRIER = "¦"
LONGEST_QUERY = 200


def fold(text: str) -> str:
    """Make two spellings of one text equal: full-width forms become plain, capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


def index_text(fields: Iterable[str]) -> str:
    """What is stored for one case: the terms of its fields, blank between, then the endings of its numbers."""
    stored: list[str] = []
    endings: dict[str, None] = {}
    for han, word, _ in _PARTS.findall(_BARRIER.join(filter(None, fields))):
        if han:
            stored += map(str.__add__, han, han[1:])
            stored.append(han[-1])
        elif not word:
            stored.append(_BARRIER)
        elif word.isascii():  # nearly all: folding the whole text would cost more than all the rest
            word = word.lower()
            stored.append(word)
            if _SHORTEST_NUMBER <= len(word) <= _LONGEST_NUMBER and _DIGIT.search(word):
                _add_endings(word, endings)
        else:
            for part in _runs(word):
                stored += part
                if _SHORTEST_NUMBER <= len(part[-1]) <= _LONGEST_NUMBER and _DIGIT.search(part[-1]):
                    _add_endings(part[-1], endings)
    return " ".join([*stored, *endings])


def _add_endings(word: str, endings: dict[str, None]) -> None:
    endings.update(dict.fromkeys(word[at:] for at in range(1, len(word) - _SHORTEST_ENDING + 1)))


def _runs(word: str) -> Iterator[list[str]]:
    """The terms of a word that is not plain, each run of it on its own."""
    for han, other in _RUN.findall(fold(word)):
        yield [*map(str.__add__, han, han[1:]), han[-1]] if han else [other]


def text_terms(text: str) -> set[str]:
    """The terms of one text: pairs of neighbouring Han characters, other words whole. Folded run by run, as most of a
    story is plain characters that folding leaves as they are.
    """
    found: set[str] = set()
    for han, word in _RUN.findall(text):
        if han and not _COMPATIBLE.search(han):
            found.update(map(str.__add__, han, han[1:]))
        elif word and word.isascii():
            found.add(word.lower())
        else:
            for folded_han, other in _RUN.findall(fold(han or word)):
                found.update(map(str.__add__, folded_han, folded_han[1:]))
                if other:
                    found.add(other)
    return found


def match_expression(query: str) -> str | None:
    """The FTS5 expression that asks for all words of ``query``, ``None`` if there is nothing in it to search for.

    Words are what blanks and punctuation separate; each is a phrase. Raises
    :class:`~postal_desk.domain.sentences.Refusal` for a query longer than :data:`LONGEST_QUERY` characters.
    """
    if len(query) > LONGEST_QUERY:
        raise Refusal(
            say(
                "The search text has {count} characters; search for {most} at most",
                count=len(query),
                most=LONGEST_QUERY,
            )
        )
    phrases = dict.fromkeys(_phrase(word) for word in _words(fold(query)))
    return " AND ".join(phrases) or None


def _words(text: str) -> Iterator[list[re.Match[str]]]:
    """The runs of a folded query, those of one word together."""
    word: list[re.Match[str]] = []
    for run in _RUN.finditer(text):
        if word and not _joined(word[-1], run, text[word[-1].end() : run.start()]):
            yield word
            word = []
        word.append(run)
    if word:
        yield word


def _joined(left: re.Match[str], right: re.Match[str], between: str) -> bool:
    if not between:
        return True
    return between in _JOINTS and left[2] is not None and right[2] is not None


def _phrase(word: list[re.Match[str]]) -> str:
    """One word as an FTS5 phrase; its end is open where the text may go on."""
    wanted: list[str] = []
    is_open = False
    for run in word:
        han, other = run[1], run[2]
        is_last = run is word[-1]
        if han:
            wanted += map(str.__add__, han, han[1:])
            if not is_last or len(han) == 1:
                wanted.append(han[-1])
            is_open = is_last and len(han) == 1
        else:
            wanted.append(other)
            is_open = is_last and (len(other) >= _SHORTEST_PREFIX or len(word) > 1)
    return f'"{" ".join(wanted)}"' + (" *" if is_open else "")
