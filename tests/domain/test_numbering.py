"""Case numbers and the key that orders them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.numbering import (
    MAX_ORDINAL,
    MAX_SEQUENCE,
    CaseNumber,
    format_number,
    opened_on_of,
    parse_number,
    shorten,
    sort_key,
)
from postal_desk.domain.sentences import Refusal

NUMBERS = st.builds(
    CaseNumber,
    branch=st.from_regex(r"[0-9]{6}", fullmatch=True),
    letter=st.sampled_from(["", "B", "Z"]),
    year=st.integers(1970, 2999),
    month=st.integers(1, 12),
    sequence=st.integers(1, MAX_SEQUENCE),
)
KEYS = st.tuples(
    st.dates(date(1970, 1, 1), date(3405, 1, 1)), st.integers(0, MAX_ORDINAL), st.integers(0, MAX_SEQUENCE)
)


def test_a_number_names_branch_desk_month_and_sequence() -> None:
    assert format_number("220204", 2019, 7, 44) == "220204-2019-07-0044"
    assert format_number("220204", 2019, 7, 44, "B") == "220204B-2019-07-0044"
    assert format_number("220204", 2019, 7, 10000) == "220204-2019-07-10000"


@given(NUMBERS)
def test_a_number_reads_back(number: CaseNumber) -> None:
    assert parse_number(str(number)) == number


@given(NUMBERS)
def test_the_short_form_reads_back_at_its_own_branch(number: CaseNumber) -> None:
    assert parse_number(shorten(str(number), number.branch), number.branch) == number


def test_lists_show_the_part_after_the_own_branch() -> None:
    assert shorten("220204-2019-07-0044", "220204") == "2019-07-0044"
    assert shorten("220204B-2019-07-0044", "220204") == "B-2019-07-0044"
    assert shorten("220203-2019-07-0044", "220204") == "220203-2019-07-0044"


def test_full_width_and_lower_case_are_understood() -> None:
    assert str(parse_number(" ２２０２０４b－2019-07-0044 ")) == "220204B-2019-07-0044"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019-07-0044",
        "220204-2019-13-0044",
        "220204-2019-07-044",
        "220204-2019-07-0000",
        "220204-2019-07-00044",
    ],
)
def test_what_is_no_number_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refusal, match="looks like 220204-2019-07-0044"):
        parse_number(text)


@given(KEYS, KEYS)
def test_keys_sort_by_date_then_desk_then_sequence(
    one: tuple[date, int, int], other: tuple[date, int, int]
) -> None:
    assert (sort_key(*one) < sort_key(*other)) == (one < other)


@given(KEYS)
def test_a_key_fits_63_bits_and_keeps_its_date(parts: tuple[date, int, int]) -> None:
    key = sort_key(*parts)
    assert 0 <= key < 1 << 63
    assert opened_on_of(key) == parts[0]


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(9999, 12, 31)])
def test_a_day_outside_the_key_is_refused(day: date) -> None:
    with pytest.raises(Refusal, match="opening day"):
        sort_key(day, 0, 1)


def test_a_sequence_beyond_the_key_is_a_bug() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        sort_key(date(2019, 7, 2), 0, MAX_SEQUENCE + 1)
