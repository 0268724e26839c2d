"""One short wording a line in ``phrases/``: the ways a clerk or a customer puts the same thing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from postal_desk.domain.story import Lexicon, Reading, read_story
from postal_desk.domain.story.remedy import find_remedy
from postal_desk.domain.story.view import View

ON = date(2024, 5, 15)
PHRASES = Path(__file__).parent / "phrases"


def lines(name: str) -> list[tuple[str, str]]:
    """What is wanted, and the words."""
    written = (PHRASES / f"{name}.txt").read_text("utf-8").splitlines()
    parts = [line.partition("|") for line in written if line and not line.startswith("#")]
    return [(wanted, words) for wanted, _, words in parts]


def read(words: str, lexicon: Lexicon) -> Reading:
    return read_story(words, ON, lexicon, ["船营支局"], ["罗成"])


def _day(day: date) -> str:
    return day.isoformat().removeprefix(f"{ON.year}-")


@pytest.mark.parametrize(("wanted", "words"), lines("phones"))
def test_whose_a_number_is(wanted: str, words: str, lexicon: Lexicon) -> None:
    assert "".join(phone.whose[0] for phone in read(words, lexicon).phones) == wanted


@pytest.mark.parametrize(("wanted", "words"), lines("names"))
def test_customers_name(wanted: str, words: str, lexicon: Lexicon) -> None:
    found = read(words, lexicon).fields.get("customer.name")
    assert (found.value if found else "") == wanted


@pytest.mark.parametrize(("wanted", "words"), lines("amounts"))
def test_sums(wanted: str, words: str, lexicon: Lexicon) -> None:
    sums = [float(amount.amount) for amount in read(words, lexicon).amounts]
    assert sums == [float(one) for one in wanted.split(",") if one]


@pytest.mark.parametrize(("wanted", "words"), lines("dates"))
def test_days(wanted: str, words: str, lexicon: Lexicon) -> None:
    assert ",".join(_day(found.day) for found in read(words, lexicon).dates) == wanted


@pytest.mark.parametrize(("wanted", "words"), lines("remedy"))
def test_wishes(wanted: str, words: str, lexicon: Lexicon) -> None:
    found = find_remedy(View(words), lexicon)
    assert (wanted in str(found.value)) if wanted and found else (found is None and not wanted)


@pytest.mark.parametrize(("wanted", "words"), lines("posted"))
def test_day_of_posting(wanted: str, words: str, lexicon: Lexicon) -> None:
    found = read(words, lexicon).fields.get("items.posted_on")
    assert (_day(found.value) if found and isinstance(found.value, date) else "") == wanted
