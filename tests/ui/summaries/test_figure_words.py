"""A change is said with a sign and in words; a zero denominator is a dash."""

from __future__ import annotations

import pytest

from postal_desk import i18n
from postal_desk.domain.summaries import Period, Rate
from postal_desk.ui.summaries.figure_words import (
    Move,
    count_move,
    counts,
    mean,
    mean_move,
    percent,
    plain,
    rate_move,
)


@pytest.fixture(autouse=True)
def in_english() -> None:
    i18n.use("en")


def test_rates_stand_beside_their_counts() -> None:
    assert (percent(Rate(41, 42)), counts(Rate(41, 42))) == ("97.6%", "41/42")


def test_all_of_them_need_no_decimal() -> None:
    assert (percent(Rate(42, 42)), percent(Rate(2999, 3000))) == ("100%", "100.0%")


def test_nothing_to_divide_by_is_a_dash() -> None:
    assert (percent(Rate()), counts(Rate()), mean(None)) == ("—", "", "—")


def test_a_rate_moves_in_points_and_up_is_good() -> None:
    assert rate_move(Rate(9, 10), Rate(8, 10)) == Move("▲ 10.0 points", "up 10.0 points", "good")
    assert rate_move(Rate(8, 10), Rate(9, 10)).tone == "bad"


def test_more_days_are_worse() -> None:
    assert mean_move(3.4, 4.0) == Move("▼ 0.6 days", "down 0.6 days", "good")


def test_a_difference_that_rounds_to_nothing_is_no_change() -> None:
    assert rate_move(Rate(9999, 10000), Rate(1, 1)) == Move("no change", "no change")


def test_receiving_more_is_neither_good_nor_bad() -> None:
    assert count_move(46, Period(received=50)) == Move("▼ 4", "down 4")


def test_a_month_without_records_is_not_compared_with() -> None:
    assert count_move(46, Period()).shown == "—"
    assert rate_move(Rate(1, 1), Rate()).spoken == "nothing to compare with"


def test_an_unfinished_month_is_not_judged() -> None:
    assert plain(Move("▼ 1", "down 1", "bad")) == Move("▼ 1", "down 1")
