"""Two rates of rare events compared exactly: the conditional (binomial) test of two Poisson counts.

Given ``a`` events in ``u`` units of exposure and ``b`` in ``v``, the one count is binomial given their sum:
``b | a + b ~ Bin(a + b, ρv / (u + ρv))`` with ρ the ratio of the rates (Przyborowski and Wilenski 1940). The interval
is that of Clopper and Pearson, turned into a ratio. Assumed: cases come independently of each other, at a rate that is
even within each period; how far the months keep to that is told by :func:`scatter`.

Written with the standard library alone, which has no binomial distribution: its tails are incomplete beta functions,
summed as a continued fraction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_CLOSE_SHARE = 1e-12
_FAR = 6.0  # standard errors within which an end of an interval lies nearly always
_ROUNDS = 400
_TINY = 1e-300
_CLOSE = 1e-14


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts and exposures before and after, the ratio of the rates (after ÷ before) with its interval, and ``p``.

    ``ratio`` is ``None`` and ``high`` infinite where nothing was counted before.
    """

    before: int
    after: int
    units_before: float
    units_after: float
    ratio: float | None
    low: float
    high: float
    p: float

    @property
    def change(self) -> float | None:
        """The change as a share of the rate before: −0.5 is half."""
        return None if self.ratio is None else self.ratio - 1


@lru_cache(maxsize=512)  # a summary is asked for again and again
def compare(
    before: int, after: int, units_before: float, units_after: float, alpha: float = 0.05
) -> Comparison:
    """Compare two counts; ``alpha`` is what both ends of the interval together leave out.

    Raises :class:`ValueError` for exposures that are not positive.
    """
    if units_before <= 0 or units_after <= 0:
        raise ValueError("exposures are positive")
    total = before + after
    ratio = after / units_after / (before / units_before) if before else None
    if total == 0:
        return Comparison(before, after, units_before, units_after, None, 0.0, math.inf, 1.0)
    least, most = tails(before, after, units_before, units_after)
    share = after / total
    far = _FAR * (math.sqrt(share * (1 - share) / total) + 1 / total)
    low, high = 0.0, 1.0
    if after > 0:
        low = _solve(lambda p: 1.0 - at_most(after - 1, total, p) - alpha / 2, share - far, share)
    if after < total:
        high = _solve(lambda p: alpha / 2 - at_most(after, total, p), share, share + far)
    odds = units_before / units_after
    return Comparison(
        before,
        after,
        units_before,
        units_after,
        ratio,
        low / (1 - low) * odds,
        math.inf if high >= 1.0 else high / (1 - high) * odds,
        min(1.0, 2 * min(least, most)),
    )


def tails(before: int, after: int, units_before: float, units_after: float) -> tuple[float, float]:
    """The chances of at most and of at least ``after`` events, had the rate stayed the same. Below half of ``alpha``
    the one means that the interval of :func:`compare` lies below 1, the other that it lies above.
    """
    total, share = before + after, units_after / (units_before + units_after)
    return at_most(after, total, share), 1.0 - at_most(after - 1, total, share)


def power(before: int, units_before: float, units_after: float, ratio: float, alpha: float = 0.05) -> float:
    """How likely the test would have shown a true ``ratio`` (< 1) of the rates, had the rate before been as counted."""
    expected = before / units_before * units_after * ratio
    total = round(before + expected)
    if total == 0:
        return 0.0
    share = units_after / (units_before + units_after)
    least, most = -1, total
    while most - least > 1:  # the largest count after that would have been significantly low
        middle = (least + most) // 2
        if 2 * at_most(middle, total, share) <= alpha:
            least = middle
        else:
            most = middle
    return (
        0.0
        if least < 0
        else at_most(least, total, ratio * units_after / (units_before + ratio * units_after))
    )


def scatter(counts: Sequence[int], units: Sequence[float]) -> tuple[float, int]:
    """How much the counts of several months scatter around one rate: the sum of (count − expected)² ÷ expected, and
    its degrees of freedom. With Poisson counts the two are about equal.
    """
    total, whole = sum(counts), sum(units)
    if total == 0 or len(counts) < 2:
        return 0.0, 0
    expected = [total * unit / whole for unit in units]
    return sum((count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True)), len(
        counts
    ) - 1


def chi_square_above(value: float, freedom: int) -> float:
    """The chance of a chi-square value above ``value``, by the cube-root approximation of Wilson and Hilferty."""
    if freedom < 1:
        return 1.0
    spread = 2 / (9 * freedom)
    z = ((value / freedom) ** (1 / 3) - (1 - spread)) / math.sqrt(spread)
    return math.erfc(z / math.sqrt(2)) / 2


def at_most(count: int, total: int, share: float) -> float:
    """The chance of at most ``count`` successes in ``total`` trials with the chance ``share`` each."""
    if count < 0:
        return 0.0
    if count >= total:
        return 1.0
    return _beta(total - count, count + 1, 1 - share)


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, from the front (Lentz's way)."""
    above, below = 1.0, 1 - (a + b) * x / (a + 1)
    below = 1 / (below if abs(below) > _TINY else _TINY)
    value = below
    for step in range(1, _ROUNDS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            below = 1 + term * below
            below = 1 / (below if abs(below) > _TINY else _TINY)
            above = 1 + term / above
            above = above if abs(above) > _TINY else _TINY
            value *= below * above
        if abs(below * above - 1) < _CLOSE:
            break
    return value


def _solve(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function of a share becomes 0, probably from ``low`` to ``high`` (Ridders' way: a third of the
    steps that halving takes).
    """
    low, high = max(0.0, low), min(1.0, high)
    at_low, at_high = rising(low), rising(high)
    if at_low > 0:
        low, at_low = 0.0, rising(0.0)
    if at_high < 0:
        high, at_high = 1.0, rising(1.0)
    found = low
    for _ in range(60):
        middle = (low + high) / 2
        at_middle = rising(middle)
        slope = math.sqrt(at_middle * at_middle - at_low * at_high)
        if slope == 0:
            return middle
        before, found = found, middle - (middle - low) * at_middle / slope
        at_found = rising(found)
        if at_found == 0 or abs(found - before) < _CLOSE_SHARE or high - low < _CLOSE_SHARE:
            return found
        for place, value in ((middle, at_middle), (found, at_found)):
            if value < 0 and place > low:
                low, at_low = place, value
            elif value >= 0 and place < high:
                high, at_high = place, value
    return found
