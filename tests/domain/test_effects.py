"""The verdict on a measure: what it is compared with, and what keeps a chance from passing for an effect."""

from __future__ import annotations

from postal_desk.domain.effects import (
    FELL,
    NO_CHANGE,
    ROSE,
    TOO_FEW,
    MonthCount,
    effect_of,
    effect_sentence,
)
from postal_desk.domain.periods import Month

FIRST = Month(2018, 1)


def months(before: list[int], within: int, after: list[int], items: int | None = None) -> list[MonthCount]:
    counts = [*before, within, *after]
    return [MonthCount(FIRST.plus(at), count, items) for at, count in enumerate(counts)]


def verdict(before: list[int], after: list[int]) -> str:
    return effect_of(months(before, 10, after), FIRST.plus(len(before))).verdict


def test_plain_verdicts() -> None:
    assert verdict([10, 9, 11, 10, 10, 10], [5, 4, 6, 5, 5, 5]) == FELL
    assert verdict([5, 5, 4, 6, 5, 5], [11, 9, 10, 10, 12, 10]) == ROSE
    assert verdict([10, 9, 11, 10, 10, 10], [10, 10, 9, 11, 9, 10]) == NO_CHANGE
    assert verdict([1, 0, 1, 0, 1, 0], [0, 0, 1, 0, 0, 0]) == TOO_FEW


def test_three_whole_months_are_needed_on_each_side() -> None:
    short = effect_of(months([10] * 6, 10, [1, 1]), FIRST.plus(6))
    assert short.verdict == TOO_FEW
    assert short.compared is None
    assert "at least 3" in str(short.notes[0])
    assert verdict([10] * 6, [1, 1, 1]) == FELL


def test_month_of_the_measure_belongs_to_neither_side() -> None:
    found = effect_of(months([10] * 4, 90, [10] * 4), FIRST.plus(4))
    assert found.before is not None
    assert found.after is not None
    assert (found.before.cases, found.after.cases) == (40, 40)


def test_return_from_a_peak_is_no_effect() -> None:
    usual, peak = [10] * 9, [18, 20, 19]
    found = effect_of(months([*usual, *peak], 15, [10] * 6), FIRST.plus(12))
    assert found.verdict == NO_CHANGE
    assert found.usual is not None
    assert found.usual.cases == 90
    assert "peak" in str(found.notes[0])


def test_fall_below_the_usual_is_an_effect_after_a_peak_too() -> None:
    found = effect_of(months([*[10] * 9, 18, 20, 19], 15, [4] * 6), FIRST.plus(12))
    assert found.verdict == FELL


def test_months_that_scatter_wildly_count_for_less() -> None:
    wild_before, wild_after = [0, 30, 1, 29, 0, 30], [0, 20, 1, 19, 0, 20]
    found = effect_of(months(wild_before, 10, wild_after), FIRST.plus(6))
    assert found.scattered
    assert found.verdict == TOO_FEW


def test_rates_are_by_items_where_every_month_has_them() -> None:
    counted = [
        *(MonthCount(FIRST.plus(at), 10, 10_000) for at in range(6)),
        MonthCount(FIRST.plus(6), 10, None),
        *(MonthCount(FIRST.plus(at), 20, 20_000) for at in range(7, 13)),
    ]
    found = effect_of(counted, FIRST.plus(6))
    assert found.by_items
    assert found.verdict == NO_CHANGE
    assert str(effect_sentence(found)).startswith("1.00 cases for 1,000 items before, 1.00 after")


def test_sentence_says_figures_interval_and_verdict() -> None:
    told = str(effect_sentence(effect_of(months([10] * 6, 10, [5] * 6), FIRST.plus(6))))
    assert told.startswith("10.0 cases a month before, 5.0 after (−")
    assert told.endswith(": fell")
    assert "95% interval" in told
