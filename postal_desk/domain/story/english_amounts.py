"""Sums in English words: “thirty-five yuan”, “two hundred and fifty kuai”."""

from __future__ import annotations

import re
from decimal import Decimal

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SIZES = {"hundred": 100, "thousand": 1000}
_WORD = "(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"

IN_WORDS = re.compile(
    rf"(?<![a-z])(?:(?P<head>{_WORD}|a) (?P<size>hundred|thousand)(?: and)?(?: (?P<rest>{_WORD}(?:[ -]{_WORD})?))?"
    rf"|(?P<small>{_WORD}(?:[ -]{_WORD})?))[ -](?:yuan|kuai|rmb|renminbi)(?![a-z])"
)


def value_of(match: re.Match[str]) -> Decimal:
    """The yuan of a match of :data:`IN_WORDS`."""
    small = match["rest"] or match["small"]
    value = sum(_WORDS[word] for word in re.split("[ -]", small)) if small else 0
    if match["size"]:
        value += _WORDS.get(match["head"], 1) * _SIZES[match["size"]]
    return Decimal(value)
