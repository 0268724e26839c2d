"""Messages that the domain produces and that the outer layers translate.

The domain never speaks a language: it returns a :class:`Sentence`, an English message id in ``str.format`` style
with its parameters. ``postal_desk.i18n.tell`` turns it into the user's language. Message ids are collected
from calls of :func:`say`, so pass a literal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Label(NamedTuple):
    """A name in both languages, as the seeds give it."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message id and its parameters.

    Parameters may be ``str``, ``int``, ``Decimal``, ``date``, :class:`Label`, another :class:`Sentence`, or a
    tuple of these (joined by the language's enumeration comma).
    """

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """English text, for logs and tests; users see ``i18n.tell`` instead."""
        return self.msgid.format(**{name: _plain(value) for name, value in self.params.items()})


def _plain(value: object) -> str:
    if isinstance(value, Label):
        return value.en
    if isinstance(value, tuple):
        return ", ".join(_plain(part) for part in value)
    return str(value)


def say(msgid: str, /, **params: object) -> Sentence:
    """Make a :class:`Sentence`; ``msgid`` must be a literal so that it can be collected for translation."""
    return Sentence(msgid, params)


class Refusal(Exception):
    """The content breaks a rule: one sentence that says what, where and the next step. Nothing was changed."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class FieldRefusal(Refusal):
    """A :class:`Refusal` that points at one field by its JSON path, for example ``customer.phone``; ``""`` is the one
    record that came in, and is not named.
    """

    def __init__(self, path: str, reason: Sentence) -> None:
        super().__init__(say("{field}: {reason}", field=path, reason=reason) if path else reason)
        self.path = path
        self.reason = reason
