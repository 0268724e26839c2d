"""Calendar months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.periods import Month, as_of, default_month, months_between, months_until, until
from postal_desk.domain.sentences import Label, Refusal

MONTHS = st.builds(Month, st.integers(1900, 2999), st.integers(1, 12))
JULY = Month(2019, 7)


def test_a_month_knows_its_days_and_neighbours() -> None:
    assert (JULY.first, JULY.last, JULY.days) == (date(2019, 7, 1), date(2019, 7, 31), 31)
    assert (JULY.previous, JULY.next, JULY.same_month_last_year) == (
        Month(2019, 6),
        Month(2019, 8),
        Month(2018, 7),
    )
    assert JULY.year_to_date == (date(2019, 1, 1), date(2019, 7, 31))
    assert JULY.label == Label("2019年7月", "July 2019")
    assert Month(2020, 2).last == date(2020, 2, 29)
    assert Month(2019, 1).previous == Month(2018, 12)


@given(MONTHS)
def test_a_month_reads_back(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.of(month.first) == Month.of(month.last) == month
    assert month.first in month
    assert month.next.first not in month


@given(MONTHS, st.integers(-600, 600))
def test_moving_there_and_back_again(month: Month, count: int) -> None:
    moved = month.plus(count)
    assert moved.plus(-count) == month
    assert (moved > month) == (count > 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019",
        "2019-7",
        "2019-13",
        "2019-00",
        "19-07",
        "2019-07-01",
        "２０１９-０７",
        "1899-12",
        "0000-01",
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="write it like 2019-07"):
        Month.parse(text)


def test_months_between_are_inclusive() -> None:
    assert list(months_between(Month(2018, 11), Month(2019, 2))) == [
        Month(2018, 11),
        Month(2018, 12),
        Month(2019, 1),
        Month(2019, 2),
    ]
    assert list(months_between(JULY, JULY.previous)) == []


@given(MONTHS, st.integers(1, 40))
def test_the_months_until_one_end_with_it(month: Month, count: int) -> None:
    months = months_until(month, count)
    assert (months[-1], len(months)) == (month, count)
    assert months == list(months_between(months[0], month))


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2019, 8, 1), JULY),
        (date(2019, 8, 10), JULY),
        (date(2019, 8, 11), Month(2019, 8)),
        (date(2019, 1, 5), Month(2018, 12)),
    ],
)
def test_until_the_tenth_the_last_month_is_meant(today: date, month: Month) -> None:
    assert default_month(today) == month


@pytest.mark.parametrize(
    ("today", "day", "unfinished"),
    [
        (date(2019, 7, 10), date(2019, 7, 10), date(2019, 7, 10)),
        (date(2019, 7, 31), date(2019, 7, 31), None),
        (date(2019, 9, 1), date(2019, 7, 31), None),
    ],
)
def test_an_unfinished_month_says_until_when(today: date, day: date, unfinished: date | None) -> None:
    assert as_of(JULY, today) == day
    assert until(JULY, today) == unfinished
