"""Several months as one period."""

from __future__ import annotations

from datetime import date

import pytest

from postal_desk.domain.month_ranges import MonthRange, month_range
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal
from postal_desk.domain.spans import parse_span
from postal_desk.domain.typed_months import read_span

AUGUST = Month(2019, 8)


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("2019-Q3", "quarter", "2019年第三季度"),
        ("2019-h1", "half", "2019年上半年"),
        ("2019", "year", "2019年"),
        ("2019-01..2019-05", "range", "2019年1至5月"),
        ("2018-11..2019-02", "range", "2018年11月至2019年2月"),
        ("2019-07..2019-09", "quarter", "2019年第三季度"),
    ],
)
def test_a_period_is_what_its_ends_say(text: str, kind: str, label: str) -> None:
    period = parse_span(text)
    assert isinstance(period, MonthRange)
    assert (period.kind, period.label.zh) == (kind, label)
    assert parse_span(str(period)) == period


def test_a_month_stays_a_month() -> None:
    assert parse_span("2019-07") == parse_span("2019-07..2019-07") == Month(2019, 7)


@pytest.mark.parametrize(
    "text", ["2019-Q5", "2019-H3", "19", "2019-13", "2019-07..", "2019-02..2019-01", "x"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_span(text)


def test_neighbours_have_the_same_length() -> None:
    quarter = parse_span("2019-Q1")
    assert str(quarter.previous) == "2018-Q4"
    assert str(quarter.next) == "2019-Q2"
    assert str(quarter.same_month_last_year) == "2018-Q1"
    assert quarter.year_to_date == (date(2019, 1, 1), date(2019, 3, 31))


def test_a_range_over_new_year_has_all_of_itself_to_date() -> None:
    over = month_range(Month(2018, 11), Month(2019, 2))
    assert over.year_to_date == (date(2018, 11, 1), date(2019, 2, 28))
    assert date(2019, 1, 15) in over


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2019Q2", "2019-Q2"),
        ("q1", "2019-Q1"),
        ("三季度", "2019-Q3"),
        ("2018年第四季度", "2018-Q4"),
        ("4季度", "2018-Q4"),
        ("上半年", "2019-H1"),
        ("2018年下半年", "2018-H2"),
        ("2018", "2018"),
        ("2018年", "2018"),
        ("去年", "2018"),
        ("1-6月", "2019-H1"),
        ("2019年1月至5月", "2019-01..2019-05"),
        ("2019-01..2019-07", "2019-01..2019-07"),
        ("7", "2019-07"),
    ],
)
def test_periods_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert str(read_span(typed, AUGUST)) == meant


def test_a_period_to_come_is_refused() -> None:
    with pytest.raises(Refusal, match="has not begun"):
        read_span("2019Q4", AUGUST)
