"""The class of mail that a story names in the very words that told its business («挂号信»)."""

from __future__ import annotations

from postal_desk.domain.rules import Rules
from postal_desk.domain.story.reading import Found, Reading


def named_class(reading: Reading, rules: Rules) -> Found | None:
    """The class whose name stands in those words, the longest such name; ``None`` if they name none."""
    business = reading.fields.get("business")
    if business is None:
        return None
    start, end = business.at
    words = reading.text[start:end].casefold()
    named = [
        (len(name), words.index(name.casefold()), code.code)
        for code in rules.codes["classes"].values()
        for name in code.name
        if name.casefold() in words
    ]
    if not named:
        return None
    length, place, code_word = max(named)
    return Found(code_word, (start + place, start + place + length), business.confidence)
