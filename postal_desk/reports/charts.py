"""Charts as plain data, and their geometry: one source for the window, Word and PDF.

:func:`shapes` lays a chart out in a rectangle of the given size (any unit; text sizes in the same unit) and returns
boxes, lines and words with colour *roles*; whoever paints them chooses the colours. Nothing here knows Qt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values; ``role`` is its colour."""

    name: str
    values: tuple[int, ...]
    role: str = "primary"


@dataclass(frozen=True, slots=True)
class MonthBars:
    """Grouped bars by month: ``labels`` under the axis, ``keys`` (``2019-07``) for whoever opens what is behind."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryBars:
    """Horizontal bars with a name at the left and the figure at the right."""

    labels: tuple[str, ...]
    values: tuple[int, ...]
    keys: tuple[str, ...] = ()
    role: str = "primary"


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line without axes: the shape of the last months."""

    values: tuple[int, ...]
    role: str = "primary"


@dataclass(frozen=True, slots=True)
class Level:
    """A mean over the bars from ``first`` to ``last`` (places from 0), drawn as a line with its words above."""

    first: int
    last: int
    value: float
    words: str
    role: str = "ink"


@dataclass(frozen=True, slots=True)
class MarkedBars:
    """One row of bars by month with a mark at one of them, such as the date of a measure, and levels over some."""

    labels: tuple[str, ...]
    values: tuple[float, ...]
    keys: tuple[str, ...] = ()
    mark: int = -1
    mark_words: str = ""
    levels: tuple[Level, ...] = ()
    name: str = ""


Chart: TypeAlias = MonthBars | CategoryBars | Sparkline | MarkedBars


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, its corners rounded by ``radius``; ``key`` and ``tip`` say what it stands for."""

    x: float
    y: float
    width: float
    height: float
    role: str
    radius: float = 0.0
    key: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    role: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """A text inside a rectangle, vertically centred; ``align`` is left, centre or right."""

    text: str
    x: float
    y: float
    width: float
    height: float
    align: str = "left"
    role: str = "muted"
    size: float = 9.0


Shape: TypeAlias = Box | Stroke | Words


def shapes(chart: Chart, width: float, height: float, size: float = 9.0) -> list[Shape]:
    """The chart laid out in ``width`` × ``height``; ``size`` is the size of its text in the same unit."""
    if isinstance(chart, MonthBars):
        return _month_bars(chart, width, height, size)
    if isinstance(chart, MarkedBars):
        return _marked_bars(chart, width, height, size)
    if isinstance(chart, CategoryBars):
        return _category_bars(chart, width, height, size)
    return _sparkline(chart, width, height)


def nice_ceiling(value: int) -> int:
    """The least round number not below ``value`` (4, 6, 8, 10, 12, 16, 20, 40, …): the top of an axis."""
    if value <= 4:
        return 4
    unit = 1
    while True:
        for step in (4, 6, 8, 10, 12, 16, 20):
            if step * unit >= value:
                return step * unit
        unit *= 10


def text_width(text: str, size: float) -> float:
    """A good guess of a text's width: one em for full-width characters, just over half for the others."""
    return size * sum(1.0 if ord(char) > 0x2E7F else 0.56 for char in text)


def _month_bars(chart: MonthBars, width: float, height: float, size: float) -> list[Shape]:
    top = nice_ceiling(max((value for row in chart.series for value in row.values), default=0))
    legend, foot = size * 2.0, size * 1.9
    left = text_width(str(top), size) + size * 0.8
    plot = height - legend - foot
    base = legend + plot
    found: list[Shape] = []
    ticks = 4 if top % 4 == 0 else 2
    for tick in range(ticks + 1):
        y = base - plot * tick / ticks
        found.append(Stroke(((left, y), (width, y)), "line", size / (9 if tick == 0 else 18)))
        label = str(top * tick // ticks)
        found.append(
            Words(label, 0, y - size * 0.7, left - size * 0.5, size * 1.4, "right", "muted", size * 0.9)
        )
    found += _legend(chart, width, size)
    slot = (width - left) / max(1, len(chart.labels))
    bar = min(slot * 0.36, size * 2.2)
    for index, label in enumerate(chart.labels):
        start = left + slot * index + (slot - bar * len(chart.series)) / 2
        key = chart.keys[index] if chart.keys else ""
        for place, row in enumerate(chart.series):
            value = row.values[index]
            tall = plot * value / top
            tip = f"{label} · {row.name} {value}"
            box = Box(
                start + bar * place,
                base - tall,
                bar * 0.92,
                tall,
                row.role,
                min(bar * 0.12, tall / 2),
                key,
                tip,
            )
            found.append(box)
        under = base + size * 0.3
        found.append(
            Words(label, left + slot * index, under, slot, foot - size * 0.3, "centre", "muted", size)
        )
    return found


def _marked_bars(chart: MarkedBars, width: float, height: float, size: float) -> list[Shape]:
    highest = max((*chart.values, *(level.value for level in chart.levels)), default=0.0)
    top = nice_ceiling(math.ceil(highest))
    head, foot = size * 3.2, size * 1.9  # a line for the mark's words, one for those of the levels
    left = text_width(str(top), size) + size * 0.8
    plot = height - head - foot
    base = head + plot
    found: list[Shape] = []
    for tick in range(5):
        y = base - plot * tick / 4
        found.append(Stroke(((left, y), (width, y)), "line", size / (9 if tick == 0 else 18)))
        text = f"{top * tick / 4:g}"
        found.append(
            Words(text, 0, y - size * 0.7, left - size * 0.5, size * 1.4, "right", "muted", size * 0.9)
        )
    slot = (width - left) / max(1, len(chart.labels))
    bar = min(slot * 0.62, size * 2.6)
    for index, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
        x, tall = left + slot * index + (slot - bar) / 2, plot * value / top
        key = chart.keys[index] if chart.keys else ""
        role = "primary" if index > chart.mark >= 0 else "primary_soft"
        tip = f"{label} · {chart.name} {value:g}"
        found.append(Box(x, base - tall, bar, tall, role, min(bar * 0.12, tall / 2), key, tip))
        found.append(
            Words(
                label,
                left + slot * index,
                base + size * 0.3,
                slot,
                foot - size * 0.3,
                "centre",
                "muted",
                size * 0.9,
            )
        )
    for level in chart.levels:
        y = base - plot * level.value / top
        start, end = left + slot * level.first, left + slot * (level.last + 1)
        found.append(Stroke(((start, y), (end, y)), level.role, size / 6))
        above = (start, size * 1.6, end - start, size * 1.4)
        found.append(Words(level.words, *above, "centre", "ink", size * 0.9))
    if 0 <= chart.mark < len(chart.labels):
        x = left + slot * (chart.mark + 0.5)
        found.append(Stroke(((x, size * 1.5), (x, base)), "gold", size / 5))
        wide = text_width(chart.mark_words, size) + size
        start = min(max(left, x - wide / 2), width - wide)
        found.append(Words(chart.mark_words, start, 0, wide, size * 1.5, "centre", "ink", size))
    return found


def _legend(chart: MonthBars, width: float, size: float) -> list[Shape]:
    found: list[Shape] = []
    right = width
    for row in reversed(chart.series):
        wide = text_width(row.name, size) + size * 0.6
        found.append(Words(row.name, right - wide, 0, wide, size * 1.4, "left", "muted", size))
        right -= wide + size * 0.4
        found.append(Box(right - size * 0.8, size * 0.3, size * 0.8, size * 0.8, row.role, size * 0.15))
        right -= size * 2.2
    return found


def _category_bars(chart: CategoryBars, width: float, height: float, size: float) -> list[Shape]:
    if not chart.labels:
        return []
    slot = height / len(chart.labels)
    names = min(width * 0.45, max(text_width(label, size) for label in chart.labels) + size)
    figures = max(text_width(str(value), size) for value in chart.values) + size * 0.8
    room = width - names - figures
    top = max(chart.values) or 1
    found: list[Shape] = []
    for index, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
        y = slot * index
        tall = min(slot * 0.46, size * 1.5)
        found.append(Words(label, 0, y, names - size * 0.5, slot, "left", "ink", size))
        key = chart.keys[index] if chart.keys else ""
        bar = room * value / top
        if value:
            middle = y + (slot - tall) / 2
            tip = f"{label} {value}"
            found.append(Box(names, middle, bar, tall, chart.role, min(tall * 0.18, bar / 2), key, tip))
        found.append(Words(str(value), names + bar + size * 0.5, y, figures, slot, "left", "ink", size))
    return found


def _sparkline(chart: Sparkline, width: float, height: float) -> list[Shape]:
    values = chart.values
    if len(values) < 2:
        return []
    low, high = min(values), max(values)
    spread = (high - low) or 1
    line = max(1.0, height / 14)
    margin = line * 1.5

    def point(index: int, value: int) -> tuple[float, float]:
        share = 0.5 if high == low else (value - low) / spread
        return (
            margin + (width - 2 * margin) * index / (len(values) - 1),
            height - margin - (height - 2 * margin) * share,
        )

    points = tuple(point(index, value) for index, value in enumerate(values))
    x, y = points[-1]
    dot = line * 1.4
    return [Stroke(points, chart.role, line), Box(x - dot, y - dot, dot * 2, dot * 2, chart.role, dot)]
