"""Item numbers: normal form, kind and check digit (UPU S10; Chinese domestic numbers seem to follow it).

No official text on the domestic form was found, so a failed check is a warning and never a block.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from operator import mul
from typing import Literal

from postal_desk.domain.sentences import Refusal, say

Form = Literal["s10", "domestic", "digits13", "unknown"]
Check = Literal["ok", "suspicious", "none"]

_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_DOMESTIC = re.compile(r"[A-Z]{2}[0-9]{11}")
_DIGITS13 = re.compile(r"[0-9]{13}")
#: Blanks, hyphens and dashes of all kinds, and marks that cannot be seen.
_DROPPED = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff\u30fc]+")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_ZEROS = sum(_WEIGHTS) * ord("0")
_HOME_COUNTRY = "CN"


@dataclass(frozen=True, slots=True)
class ItemCheck:
    """A normalised number, its form and what the check digit says (``none``: this form has none)."""

    number: str
    form: Form
    check: Check


def normalise(text: str) -> str:
    """The number as it is stored: half-width, upper case, no blanks or hyphens. Idempotent; never refuses."""
    if text.isascii() and text.isalnum():
        return text.upper()
    while (folded := _fold(text)) != text:  # a dropped blank can join what it parted
        text = folded
    return folded


def _fold(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).upper())


def check_digit(serial: str) -> int:
    """The check digit of eight digits: 11 − weighted sum mod 11, where 10 becomes 0 and 11 becomes 5."""
    if len(serial) != 8 or not (serial.isascii() and serial.isdigit()):
        raise ValueError("a serial number has eight digits")
    digit: int = 11 - (sum(map(mul, _WEIGHTS, serial.encode())) - _ZEROS) % 11
    return {10: 0, 11: 5}.get(digit, digit)


def form_of(number: str) -> Form:
    """The form of a normalised number."""
    if _S10.fullmatch(number):
        return "s10"
    if _DOMESTIC.fullmatch(number):
        return "domestic"
    return "digits13" if _DIGITS13.fullmatch(number) else "unknown"


def check(text: str) -> ItemCheck:
    """Normalise a number and judge it. ``suspicious`` is a warning: such a number is still recorded."""
    number = normalise(text)
    form = form_of(number)
    if form not in ("s10", "domestic"):
        return ItemCheck(number, form, "none")
    return ItemCheck(number, form, "suspicious" if is_suspicious(number) else "ok")


def is_suspicious(number: str) -> bool:
    """True for a normalised number of a form with a check digit that does not fit."""
    return form_of(number) in ("s10", "domestic") and check_digit(number[2:10]) != int(number[10])


def is_international(text: str) -> bool:
    """True for an S10 number of another country than China."""
    number = normalise(text)
    return len(number) == 13 and _S10.fullmatch(number) is not None and number[11:] != _HOME_COUNTRY


def make_number(prefix: str, serial: int, ending: str) -> str:
    """A number with the right check digit: two letters, a serial below 10⁸, a country or province code."""
    figures = f"{serial:08d}"
    number = f"{prefix}{figures}{check_digit(figures)}{ending}"
    if form_of(number) not in ("s10", "domestic"):
        raise Refusal(
            say(
                "An item number begins with two letters and ends in a country or two-digit province code; "
                "“{prefix}” and “{ending}” don't",
                prefix=prefix,
                ending=ending,
            )
        )
    return number
