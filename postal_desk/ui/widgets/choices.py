"""One thing to choose from a list: its value, what the user reads, and what finds it when typing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postal_desk.i18n import label
from postal_desk.ui.widgets.initials import initials

if TYPE_CHECKING:
    from postal_desk.domain.rules import Code


@dataclass(frozen=True, slots=True)
class Choice:
    """``hint`` stands in grey behind the text (a code, a unit). An empty ``value`` means «none»."""

    value: str
    text: str
    hint: str = ""

    @property
    def searched(self) -> str:
        """What typed text is looked for in: name, its pinyin initials, code, hint."""
        return f"{self.text} {initials(self.text)} {self.value} {self.hint}".casefold()


def code_choices(codes: Iterable[Code]) -> list[Choice]:
    """Choices for the entries of a code list, in its order, in the language in use."""
    return [Choice(code.code, label(code.name)) for code in codes]


def matching(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """The choices that contain every typed word; those that begin with it first."""
    words = typed.casefold().split()
    found = [choice for choice in choices if all(word in choice.searched for word in words)]
    return sorted(found, key=lambda choice: not choice.searched.startswith(typed.casefold().strip()))
