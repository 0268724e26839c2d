r"""The text rule: one function for every text that comes in, typed, pasted, imported or merged.

Canonical composition (NFC); one kind of line end; invisible characters stripped, and said; what no document
can hold refused. Rare Han characters and "·" are kept. Lengths are in code points. Nothing is ever cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postal_desk.domain.sentences import FieldRefusal, Sentence, say

_LINE_END = re.compile(r"\r\n|[\r\u2028\u2029]")
#: Marks without width. Variation selectors are not among them: they choose the shape of a rare Han character.
_ZERO_WIDTH = (
    r"\u00ad\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"
)
_DIRECTION = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = re.compile(f"[{_ZERO_WIDTH}{_DIRECTION}]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LAST_OF_PLANES = "".join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NO_CHARACTER = re.compile(rf"[\ufdd0-\ufdef{_LAST_OF_PLANES}]")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text after the rule; ``stripped``: the invisible characters taken out (``U+200B``) with how often."""

    text: str
    stripped: tuple[tuple[str, int], ...] = ()

    @property
    def said(self) -> Sentence | None:
        """What the user is told of it; ``None`` if nothing was taken out."""
        if not self.stripped:
            return None
        return say(
            "{count} invisible characters were taken out ({kinds})",
            count=sum(count for _, count in self.stripped),
            kinds=tuple(code for code, _ in self.stripped),
        )


def clean(text: str, limit: int, path: str) -> CleanText:
    """Bring a text into the form in which it is stored, or refuse it.

    ``limit`` is the most code points allowed, ``path`` the field's JSON path for the :class:`FieldRefusal`,
    which gives the place (counted from 1) of what can't be stored, or length and limit. Cleaning twice
    changes nothing.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return CleanText(text)
    text = _LINE_END.sub("\n", text)
    _refuse(_SURROGATE, text, path)
    _refuse(_CONTROL, text, path)
    _refuse(_NO_CHARACTER, text, path)
    found = Counter(_INVISIBLE.findall(text))
    if found:
        text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise FieldRefusal(
            path,
            say(
                "{length} characters are too long, at most {limit} are stored; nothing was cut, please shorten it",
                length=len(text),
                limit=limit,
            ),
        )
    return CleanText(text, tuple((_code(character), count) for character, count in sorted(found.items())))


def notes_of(value: object, path: str = "") -> Iterator[Sentence]:
    """What :func:`clean` takes out of the texts of a JSON value, each with its place."""
    if isinstance(value, str):
        if found := Counter(_INVISIBLE.findall(value)):
            taken = CleanText("", tuple((_code(char), count) for char, count in sorted(found.items()))).said
            yield say("{field}: {reason}", field=path, reason=taken)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from notes_of(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for at, part in enumerate(value, 1):
            yield from notes_of(part, f"{path}[{at}]")


def _refuse(pattern: re.Pattern[str], text: str, path: str) -> None:
    found = pattern.search(text)
    if found is None:
        return
    code, place = _code(found[0]), found.start() + 1
    if pattern is _SURROGATE:
        reason = say(
            "half a character ({code}) at place {place}; please type it again", code=code, place=place
        )
    else:
        reason = say(
            "a character that can't be stored ({code}) at place {place}; please delete it",
            code=code,
            place=place,
        )
    raise FieldRefusal(path, reason)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def excerpt(text: str, limit: int = 20) -> str:
    """The beginning of a text as a refusal may quote it: only what can be shown, one line, "…" where it goes on."""
    shown = "".join(character if character.isprintable() else " " for character in text[: limit + 1]).strip()
    return shown if len(text) <= limit else f"{shown[:limit]}…"
