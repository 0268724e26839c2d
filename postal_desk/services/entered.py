"""Texts that people enter outside a case's form (names, addresses, titles of views), under the same text rule."""

from __future__ import annotations

from postal_desk.domain import text_rule
from postal_desk.domain.sentences import FieldRefusal, Sentence, say


def checked_text(value: str, path: str, max_length: int) -> str:
    """One line by the text rule, without blanks around it; refuses what is too long or has a line break."""
    text = text_rule.clean(value, max_length, path).text.strip()
    if "\n" in text:
        raise FieldRefusal(path, say("this field has one line; take the line break out"))
    return text


def taken_out(**given: object) -> tuple[Sentence, ...]:
    """What the rule took out of the texts given for fields, each with its field: never in silence."""
    return tuple(text_rule.notes_of(given))
