"""The chart of an effect: one bar a month, the measure's month marked, the means over their months."""

from __future__ import annotations

from postal_desk.domain.effects import EffectMonths, MonthCount, effect_of, months_of
from postal_desk.domain.periods import Month
from postal_desk.reports.charts import Box, Stroke, Words, shapes
from postal_desk.reports.effect_chart import effect_chart

FIRST = Month(2018, 10)


def figures(items: int | None = None) -> EffectMonths:
    counts = [10, 9, 11, 10, 10, 10, 8, 4, 5, 6, 5, 4, 6]
    found = effect_of([MonthCount(FIRST.plus(at), n, items) for at, n in enumerate(counts)], FIRST.plus(6))
    return months_of(found)


def test_bars_mark_and_levels_are_laid_out() -> None:
    chart = effect_chart(figures(), "zh_CN")
    assert chart.labels[:4] == ("18/10", "11", "12", "19/1")
    assert chart.keys[chart.mark] == "2019-04"
    assert [(level.first, level.last, level.words) for level in chart.levels] == [
        (0, 5, "月均 10.0"),
        (7, 12, "月均 5.0"),
    ]
    laid = shapes(chart, 400, 150)
    bars = [shape for shape in laid if isinstance(shape, Box) and shape.key]
    assert len(bars) == 13
    assert all(bar.x >= 0 and bar.x + bar.width <= 400 and bar.y + bar.height <= 150 for bar in bars)
    assert {bar.role for bar in bars[:7]} == {"primary_soft"}
    assert {bar.role for bar in bars[7:]} == {"primary"}
    (mark,) = [shape for shape in laid if isinstance(shape, Stroke) and shape.role == "gold"]
    assert bars[5].x < mark.points[0][0] < bars[7].x
    assert "措施生效" in [shape.text for shape in laid if isinstance(shape, Words)]


def test_rates_stand_where_volumes_are_known() -> None:
    chart = effect_chart(figures(2_000), "en")
    assert chart.values[0] == 5.0
    assert chart.levels[0].words == "mean 5.00"
    assert chart.name == "cases for 1,000 items"


def test_words_keep_inside_at_the_edges() -> None:
    counts = [MonthCount(FIRST.plus(at), 3) for at in range(5)]
    chart = effect_chart(months_of(effect_of(counts, FIRST)), "en")
    words = [shape for shape in shapes(chart, 200, 120) if isinstance(shape, Words)]
    assert all(
        shape.x >= 0 and shape.x + shape.width <= 201 for shape in words if shape.text == "measure in force"
    )
