"""Measuring and printing: each figure is a ratio of ours to a limit taken in the same run."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: ours and the limit in seconds (or MB, see ``unit``), and the ratio or difference that is the goal."""

    name: str
    ours: float
    limit: float
    goal: float
    unit: str = "ms"
    difference: bool = False  # the goal bounds ours - limit, not ours / limit
    note: str = ""

    @property
    def value(self) -> float:
        """What the goal bounds."""
        return self.ours - self.limit if self.difference else self.ours / self.limit

    @property
    def met(self) -> bool:
        """True if the goal is reached in this run."""
        return self.value <= self.goal

    def __str__(self) -> str:
        scale = 1000 if self.unit == "ms" else 1
        sign = "+" if self.difference else "×"
        shown = f"{self.value:8.1f} MB" if self.difference else f"{sign}{self.value:7.2f}"
        goal = f"{self.goal:g} MB" if self.difference else f"×{self.goal:g}"
        return (
            f"{'ok ' if self.met else 'OFF'} {self.name:<58} {self.ours * scale:10.2f} {self.limit * scale:10.2f} "
            f"{self.unit:<2} {shown:>11}  goal {goal}{'  ' + self.note if self.note else ''}"
        )


def timed(action: Callable[[], object], times: int) -> float:
    """Median seconds of an action, the garbage collector off as it would fall on one side by chance."""
    return median(run_times(action, times))


def run_times(action: Callable[[], object], times: int) -> list[float]:
    """Seconds of each run."""
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return taken


def alternately(ours: Callable[[], object], limit: Callable[[], object], times: int) -> tuple[float, float]:
    """Median seconds of two actions measured in turns, so that noise falls on both."""
    pairs = [(run_times(ours, 1)[0], run_times(limit, 1)[0]) for _ in range(times)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def p95(values: Sequence[float]) -> float:
    """The value below which 95 of 100 lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def print_all(figures: Iterator[Figure]) -> list[Figure]:
    """Print each figure as it comes; returns them all."""
    seen = []
    for figure in figures:
        print(figure, flush=True)
        seen.append(figure)
    return seen
