"""The exact comparison of two rates, against values that can be counted by hand."""

from __future__ import annotations

import math
from math import comb

import pytest

from postal_desk.domain.rate_comparison import at_most, chi_square_above, compare, power, scatter, tails


@pytest.mark.parametrize(
    ("count", "total", "share"), [(0, 5, 0.5), (3, 10, 0.25), (30, 90, 0.5), (7, 8, 0.9)]
)
def test_tail_is_the_sum_of_its_terms(count: int, total: int, share: float) -> None:
    terms = sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count + 1))
    assert at_most(count, total, share) == pytest.approx(terms, rel=1e-10)


def test_tail_is_right_for_a_hundred_thousand() -> None:
    """The middle of a symmetric distribution: half of it, and half of the middle term."""
    total = 100_000
    middle = math.exp(math.lgamma(total + 1) - 2 * math.lgamma(total / 2 + 1) - total * math.log(2))
    assert at_most(total // 2, total, 0.5) == pytest.approx(0.5 + middle / 2, abs=1e-9)


def test_equal_rates_differ_by_nothing() -> None:
    found = compare(30, 30, 181, 181)
    assert found.ratio == pytest.approx(1)
    assert found.low < 1 < found.high
    assert found.p == 1


def test_interval_is_that_of_clopper_and_pearson() -> None:
    """10 against 10 of 20: the shares 0.2720 and 0.7280 of the tables, as ratios."""
    found = compare(10, 10, 1, 1)
    assert found.low == pytest.approx(0.27196 / 0.72804, rel=1e-4)
    assert found.high == pytest.approx(0.72804 / 0.27196, rel=1e-4)


def test_exposure_counts() -> None:
    assert compare(20, 10, 200, 100).ratio == pytest.approx(1)
    assert compare(60, 30, 100, 100).high < 1
    assert compare(60, 30, 200, 100).high > 1


@pytest.mark.parametrize(("before", "after"), [(60, 30), (30, 60), (40, 33), (5, 0), (3, 9)])
def test_tails_say_what_the_interval_says(before: int, after: int) -> None:
    found, (least, most) = compare(before, after, 180, 184), tails(before, after, 180, 184)
    assert (found.high < 1) == (least < 0.025)
    assert (found.low > 1) == (most < 0.025)


def test_nothing_before_has_no_ratio() -> None:
    found = compare(0, 12, 1, 1)
    assert found.ratio is None
    assert math.isinf(found.high)
    assert found.low > 1
    assert compare(0, 0, 1, 1).p == 1


def test_power_of_a_halved_rate_grows_with_the_counts() -> None:
    assert power(0, 1, 1, 0.5) == 0
    assert power(6, 1, 1, 0.5) < 0.3
    assert 0.8 < power(60, 1, 1, 0.5) < 0.95
    assert power(600, 1, 1, 0.5) > 0.999


def test_scatter_of_even_months_is_nothing() -> None:
    assert scatter([5, 5, 5], [30, 30, 30]) == (0, 2)
    value, freedom = scatter([0, 20, 1, 19], [30] * 4)
    assert value > 30
    assert freedom == 3
    assert chi_square_above(value, freedom) < 0.001
    assert chi_square_above(3.84, 1) == pytest.approx(0.05, abs=0.003)
