"""Which copies are kept, for any history of copies."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.copy_rotation import DAYS, MONTHS, RECENT, WEEKS, CopyMoment, kept

START = datetime(2019, 1, 1)


def numbered(moments: list[datetime]) -> list[CopyMoment]:
    return [CopyMoment(number, moment) for number, moment in enumerate(moments, 1)]


moments = st.lists(st.datetimes(START, datetime(2023, 1, 1)), max_size=80)
histories = moments.map(numbered)  # also of a clock that jumps
steady = moments.map(lambda found: numbered(sorted(found)))


@given(histories)
def test_the_newest_dozen_always_stays(copies: list[CopyMoment]) -> None:
    assert set(copies[-RECENT:]) <= kept(copies)


@given(histories)
def test_never_more_than_the_four_series_hold(copies: list[CopyMoment]) -> None:
    assert len(kept(copies)) <= RECENT + DAYS + WEEKS + MONTHS


@given(histories)
def test_keeping_twice_drops_nothing_more(copies: list[CopyMoment]) -> None:
    once = kept(copies)
    assert kept(once) == once


@given(steady)
def test_rotating_after_each_copy_ends_as_rotating_once(copies: list[CopyMoment]) -> None:
    standing: frozenset[CopyMoment] = frozenset()
    for copy in copies:
        standing = kept([*standing, copy])
    assert standing == kept(copies)


@given(steady)
def test_each_of_the_last_24_months_keeps_its_newest(copies: list[CopyMoment]) -> None:
    newest = {(copy.made_at.year, copy.made_at.month): copy for copy in copies}
    last = sorted(newest)[-MONTHS:]
    assert {newest[month] for month in last} <= kept(copies)


def test_half_hours_of_three_years() -> None:
    """58 copies at most, and never an hour without one of the last six, a day of the last two weeks, and so on."""
    copies = numbered([START + timedelta(minutes=30 * at) for at in range(3 * 365 * 48)])
    keep = sorted(kept(copies))
    ages = [(copies[-1].made_at - copy.made_at) for copy in keep]
    assert len([age for age in ages if age < timedelta(hours=6)]) == RECENT
    assert len({copy.made_at.date() for copy in keep if copy in keep[-RECENT - DAYS :]}) >= DAYS
    assert ages[0] > timedelta(days=23 * 30)


def test_a_clock_far_ahead_for_a_day_costs_no_recent_copy() -> None:
    copies = numbered([START, START.replace(year=2099), *(START + timedelta(hours=h) for h in range(1, 40))])
    assert set(copies[-RECENT:]) <= kept(copies)
