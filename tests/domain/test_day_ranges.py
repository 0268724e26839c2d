"""From one day to another as a period: how it is compared, stepped, written and typed."""

from __future__ import annotations

from datetime import date

import pytest

from postal_desk.domain.day_ranges import DayRange, whole_months
from postal_desk.domain.month_ranges import months_of
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal
from postal_desk.domain.spans import parse_span
from postal_desk.domain.typed_months import read_span

JULY = Month(2019, 7)


@pytest.mark.parametrize(
    ("days", "before", "year_before", "after"),
    [
        (
            "2019-06-26..2019-07-25",
            "2019-05-26..2019-06-25",
            "2018-06-26..2018-07-25",
            "2019-07-26..2019-08-25",
        ),
        (
            "2019-07-01..2019-07-15",
            "2019-06-16..2019-06-30",
            "2018-07-01..2018-07-15",
            "2019-07-16..2019-07-30",
        ),
        (
            "2018-12-26..2019-03-25",
            "2018-09-26..2018-12-25",
            "2017-12-26..2018-03-25",
            "2019-03-26..2019-06-25",
        ),
        ("2019-07-05..2019-07-05", "2019-07-04", "2018-07-05", "2019-07-06"),
    ],
)
def test_what_it_is_compared_with(days: str, before: str, year_before: str, after: str) -> None:
    span = parse_span(days)
    assert isinstance(span, DayRange)
    assert str(span) == days
    others = [str(other) for other in (span.previous, span.same_month_last_year, span.next)]
    assert others == [text if ".." in text else f"{text}..{text}" for text in (before, year_before, after)]


def test_whole_months_are_what_they_are() -> None:
    assert parse_span("2019-07-01..2019-07-31") == JULY
    assert str(parse_span("2019-07-01..2019-09-30")) == "2019-Q3"


def test_only_whole_months_count_as_its_months() -> None:
    assert months_of(parse_span("2019-06-26..2019-09-25")) == (JULY, Month(2019, 8))
    assert whole_months(date(2019, 7, 1), date(2019, 7, 30)) == ()


@pytest.mark.parametrize(
    "typed", ["6.26-7.25", "6月26日至7月25日", "2019-6-26..2019-7-25", "2019年6月26日-7月25日", "6/26 ~ 7/25"]
)
def test_days_are_typed_in_many_ways(typed: str) -> None:
    assert str(read_span(typed, JULY)) == "2019-06-26..2019-07-25"


def test_days_over_the_turn_of_the_year() -> None:
    assert str(read_span("12.26-1.25", JULY)) == "2018-12-26..2019-01-25"
    assert parse_span("2018-12-26..2019-01-25").label.zh == "2018年12月26日至2019年1月25日"


@pytest.mark.parametrize(
    "wrong", ["2019-07-15..2019-07-01", "2019-02-30..2019-03-01", "1990-01-02..2019-03-01"]
)
def test_days_that_will_not_do_are_refused(wrong: str) -> None:
    with pytest.raises(Refusal):
        parse_span(wrong)
