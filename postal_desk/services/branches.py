"""The branch whose desk it is: its name and code, as they are checked when a desk is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.rules import Rules, holds
from postal_desk.domain.sentences import FieldRefusal, Label, say
from postal_desk.services.entered import checked_text

_CODE = re.compile(r"[0-9]{6}")
_LETTER = re.compile(r"[A-Z]?")
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Branch:
    """The branch whose desk it is. ``letter`` sets a second desk of the same branch apart."""

    name: str
    code: str
    letter: str = ""

    @property
    def prefix(self) -> str:
        """What its case numbers begin with."""
        return self.code + self.letter


def checked_branch(rules: Rules, name: str, code: str, letter: str, on: date) -> Branch:
    """The branch with these; the name of a known code may be left out. Refuses what can't be one."""
    if not _CODE.fullmatch(code):
        raise FieldRefusal("code", say("a branch code has six digits, as in 220204"))
    if not _LETTER.fullmatch(letter):
        raise FieldRefusal("letter", say("the letter of a second desk is one of A to Z"))
    name = checked_text(name, "branch", _LONGEST_NAME) or _known_name(rules, code, on).zh
    if not name:
        raise FieldRefusal(
            "branch", say("the code {code} is not in the list; give the branch a name", code=code)
        )
    return Branch(name, code, letter)


def _known_name(rules: Rules, code: str, on: date) -> Label:
    periods = rules.divisions.get(code, ())
    return next((period.name for period in periods if holds(period, on)), Label("", ""))
