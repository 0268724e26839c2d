"""Working days, with the shipped calendar and without one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.rules import CalendarYear, Rules
from postal_desk.domain.sentences import Label
from postal_desk.domain.workdays import (
    add_working_days,
    calendar_known,
    is_working_day,
    next_working_day,
    working_days_until,
)

HOLIDAY = Label("国庆节", "National Day")
CALENDAR = {
    2019: CalendarYear(
        2019,
        {date(2019, 10, day): HOLIDAY for day in range(1, 8)},
        frozenset({date(2019, 9, 29), date(2019, 10, 12)}),
        Label("通知", "notice"),
    )
}
DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2019, 9, 29), True),  # a Sunday made up
        (date(2019, 9, 30), True),
        (date(2019, 10, 1), False),
        (date(2019, 10, 5), False),  # a Saturday inside the holiday
        (date(2019, 10, 12), True),
        (date(2019, 10, 13), False),
    ],
)
def test_the_notice_goes_before_the_weekday(day: date, working: bool) -> None:
    assert is_working_day(day, CALENDAR) is working


def test_without_a_calendar_only_weekends_rest() -> None:
    assert not calendar_known(2030, CALENDAR)
    assert is_working_day(date(2030, 10, 1), CALENDAR)
    assert not is_working_day(date(2030, 10, 5), CALENDAR)


def test_counting_passes_over_rest_days_and_says_which() -> None:
    reached = add_working_days(date(2019, 9, 28), 3, CALENDAR)
    assert reached.day == date(2019, 10, 8)
    assert [rest.day.day for rest in reached.skipped] == [1, 2, 3, 4, 5, 6, 7]
    assert {rest.holiday for rest in reached.skipped} == {HOLIDAY}
    assert reached.made_up == (date(2019, 9, 29),)
    assert reached.complete


def test_counting_into_an_unknown_year_says_so() -> None:
    reached = add_working_days(date(2019, 12, 30), 3, CALENDAR)
    assert reached.day == date(2020, 1, 2)
    assert reached.unknown_years == (2020,)
    assert not reached.complete


def test_a_working_day_moves_nowhere_and_a_rest_day_to_the_next() -> None:
    assert next_working_day(date(2019, 9, 30), CALENDAR).day == date(2019, 9, 30)
    moved = next_working_day(date(2019, 10, 1), CALENDAR)
    assert moved.day == date(2019, 10, 8)
    assert len(moved.skipped) == 7


def test_no_working_days_are_no_count() -> None:
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date(2019, 7, 2), 0, CALENDAR)


@given(start=DAYS, count=st.integers(1, 60))
def test_counting_agrees_with_a_plain_scan(seed_rules: Rules, start: date, count: int) -> None:
    reached = add_working_days(start, count, seed_rules.calendar)
    passed = [start + timedelta(days=offset) for offset in range(1, (reached.day - start).days + 1)]
    working = [day for day in passed if is_working_day(day, seed_rules.calendar)]
    assert len(working) == count
    assert working[-1] == reached.day
    assert [rest.day for rest in reached.skipped] == [day for day in passed if day not in set(working)]


@given(today=DAYS, ahead=st.integers(-5, 40), at_most=st.integers(0, 10))
def test_days_until_are_counted_up_to_one_more_than_asked(
    seed_rules: Rules, today: date, ahead: int, at_most: int
) -> None:
    day = today + timedelta(days=ahead)
    between = [today + timedelta(days=offset) for offset in range(1, ahead + 1)]
    true_count = sum(is_working_day(one, seed_rules.calendar) for one in between)
    assert working_days_until(today, day, seed_rules.calendar, at_most) == min(true_count, at_most + 1)
