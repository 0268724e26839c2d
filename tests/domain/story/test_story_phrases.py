"""One short wording a line in ``phrases/``: the ways a clerk or a customer puts the same thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from postal_desk.domain.story import Lexicon, Reading, read_story
from postal_desk.domain.story.remedy import find_remedy
from postal_desk.domain.story.view import View

ON = date(2024, 5, 15)
PHRASES = Path(__file__).parent / "phrases"


def check(name: str, heard: Callable[[str], str], right: Callable[[str, str], bool] = str.__eq__) -> None:
    """Fail with every line of a file that is heard as something else than is wanted."""
    written = (PHRASES / f"{name}.txt").read_text("utf-8").splitlines()
    lines = [line.partition("|") for line in written if line and not line.startswith("#")]
    assert lines
    wrong = [
        f"{words}: wanted “{wanted}”, heard “{got}”"
        for wanted, _, words in lines
        if not right(wanted, got := heard(words))
    ]
    if wrong:
        pytest.fail("\n".join([f"{name}.txt: {len(wrong)} of {len(lines)}", *wrong]), pytrace=False)


def _day(day: object) -> str:
    return day.isoformat().removeprefix(f"{ON.year}-") if isinstance(day, date) else ""


Read = Callable[[str], Reading]


@pytest.fixture
def read(lexicon: Lexicon) -> Read:
    return lambda words: read_story(words, ON, lexicon, ["船营支局"], ["罗成"])


def test_whose_a_number_is(read: Read) -> None:
    check("phones", lambda words: "".join(phone.whose[0] for phone in read(words).phones))


def test_customers_name(read: Read) -> None:
    def name(words: str) -> str:
        found = read(words).fields.get("customer.name")
        return str(found.value) if found else ""

    check("names", name)


def test_sums(read: Read) -> None:
    def sums(words: str) -> str:
        return ",".join(str(amount.amount) for amount in read(words).amounts)

    def numbers(listed: str) -> list[float]:
        return [float(one) for one in listed.split(",") if one]

    check("amounts", sums, lambda wanted, got: numbers(wanted) == numbers(got))


def test_days(read: Read) -> None:
    check("dates", lambda words: ",".join(_day(found.day) for found in read(words).dates))


def test_wishes(lexicon: Lexicon) -> None:
    def wish(words: str) -> str:
        found = find_remedy(View(words), lexicon)
        return str(found.value) if found else ""

    check("remedy", wish, lambda wanted, got: wanted in got if wanted else not got)


def test_day_of_posting(read: Read) -> None:
    def posted(words: str) -> str:
        found = read(words).fields.get("items.posted_on")
        return _day(found.value) if found else ""

    check("posted", posted)
