"""What a password has to be. Length is what counts; characters of several kinds are not asked for."""

from __future__ import annotations

import unicodedata

from postal_desk.domain.sentences import FieldRefusal, say

SHORTEST, LONGEST = 8, 200
_ROWS = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1q2w3e4r5t6y7u8i",
)
_COMMON = (
    "password",
    "passw0rd",
    "postaldesk",
    "chinapost",
    "youzheng",
    "iloveyou",
    "woaini1314",
    "5201314520",
)


def check_password(password: str, name: str = "") -> None:
    """Raise a :class:`FieldRefusal` at ``password`` for one that is too short, too long, or tried first by anybody."""
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < SHORTEST:
        raise FieldRefusal("password", say("a password has at least {least} characters", least=SHORTEST))
    if len(plain) > LONGEST or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in plain):
        raise FieldRefusal(
            "password", say("a password is one line of at most {most} characters", most=LONGEST)
        )
    low = plain.casefold()
    runs = any(low in row or low in row[::-1] for row in _ROWS)
    if len(set(low)) <= 2 or runs or low in _COMMON or (name and low == name.casefold()):
        raise FieldRefusal(
            "password", say("this password is among the first that are guessed; choose another")
        )
