"""The chart of a measure's effect: months before and after as bars, its own month marked, the means as lines."""

from __future__ import annotations

from postal_desk.domain.effects import EffectMonths, MonthCount, Side
from postal_desk.reports.charts import Level, MarkedBars
from postal_desk.reports.words import Words


def effect_chart(figures: EffectMonths, language: str) -> MarkedBars:
    """The bars are cases, or cases for 1,000 items where the volumes are known (``figures.by_items``)."""
    words = Words(language)
    months = [one.month for one in figures.months]
    sides = [side for side in (figures.base, figures.after) if side is not None]
    return MarkedBars(
        labels=tuple(_label(one, at, words) for at, one in enumerate(figures.months)),
        values=tuple(_value(one, figures.by_items) for one in figures.months),
        keys=tuple(str(month) for month in months),
        mark=months.index(figures.since) if figures.since in months else -1,
        mark_words=words.t("measure in force"),
        levels=tuple(_level(side, figures, words) for side in sides),
        name=words.t("cases for 1,000 items") if figures.by_items else words.t("cases"),
    )


def _label(one: MonthCount, at: int, words: Words) -> str:
    """The month, with the year where it begins."""
    if at == 0 or one.month.month == 1:
        return f"{one.month.year % 100}/{one.month.month}"
    return str(one.month.month)


def _value(one: MonthCount, by_items: bool) -> float:
    return round(one.cases / one.items * 1000, 2) if by_items and one.items else float(one.cases)


def _level(side: Side, figures: EffectMonths, words: Words) -> Level:
    months = [one.month for one in figures.months]
    value = side.cases / side.units if figures.by_items else side.a_month
    text = words.t("mean {value}", value=f"{value:.2f}" if figures.by_items else f"{value:.1f}")
    return Level(months.index(side.first), months.index(side.last), value, text)
