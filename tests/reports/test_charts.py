"""The geometry of charts: inside its rectangle, true to its values."""

from __future__ import annotations

import pytest

from postal_desk.reports.charts import (
    Box,
    CategoryBars,
    Chart,
    MonthBars,
    Series,
    Sparkline,
    Stroke,
    nice_ceiling,
    shapes,
)

MONTHS = MonthBars(
    ("6月", "7月"),
    (Series("受理", (50, 46), "primary_soft"), Series("办结", (25, 0))),
    ("2019-06", "2019-07"),
)
CATEGORIES = CategoryBars(("投递服务", "延误", "损毁"), (14, 7, 0), ("01", "02", "04"))
SPARK = Sparkline((4, 5, 5, 6, 6, 8))


def boxes(chart: Chart) -> list[Box]:
    return [shape for shape in shapes(chart, 400, 160) if isinstance(shape, Box)]


@pytest.mark.parametrize(
    "chart", [MONTHS, CATEGORIES, SPARK, MonthBars((), ()), CategoryBars((), ()), Sparkline(())]
)
def test_everything_stays_inside(chart: Chart) -> None:
    for shape in shapes(chart, 400, 160):
        if isinstance(shape, Stroke):
            assert all(0 <= x <= 400 and 0 <= y <= 160 for x, y in shape.points)
        elif isinstance(shape, Box):
            assert shape.x >= -0.5
            assert shape.x + shape.width <= 400.5
            assert 0 <= shape.y <= shape.y + shape.height <= 160.5


def test_bars_are_as_tall_as_their_values() -> None:
    first, second, third, fourth = [box for box in boxes(MONTHS) if box.key]
    assert first.height == pytest.approx(second.height * 2)
    assert third.height / first.height == pytest.approx(46 / 50)
    assert fourth.height == 0


def test_bars_know_their_month_and_their_figure() -> None:
    assert next((box.key, box.tip) for box in boxes(MONTHS) if box.key) == ("2019-06", "6月 · 受理 50")


def test_category_without_cases_has_no_bar() -> None:
    assert [box.key for box in boxes(CATEGORIES)] == ["01", "02"]


def test_level_line_runs_in_the_middle() -> None:
    (line, _) = shapes(Sparkline((3, 3, 3)), 80, 20)
    assert isinstance(line, Stroke)
    assert {y for _, y in line.points} == {10}


@pytest.mark.parametrize(
    ("value", "top"), [(0, 4), (4, 4), (5, 6), (61, 80), (100, 100), (101, 120), (2155, 4000)]
)
def test_axis_ends_at_a_round_number(value: int, top: int) -> None:
    assert nice_ceiling(value) == top
