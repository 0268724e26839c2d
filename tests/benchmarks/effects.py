"""Effect and recurrence against raw SQL; and how often the verdict errs, by simulation with a fixed seed."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from postal_desk.domain.effects import FELL, ROSE, MonthCount, effect_of
from postal_desk.domain.measures import Measure, Problem
from postal_desk.domain.periods import Month
from postal_desk.services.effects import effect_of_measure
from postal_desk.services.recurrences import recurrence_board
from tests.benchmarks import desks
from tests.benchmarks.report import Figure, timed

FIRST = Month(2018, 1)
FALSE_ALARMS = 0.05  # at most so many verdicts of fell or rose where nothing changed
SINCE = date(2025, 10, 15)
SQL_EFFECT = (
    "SELECT substr(opened_on, 1, 7), count(*) FROM cases INDEXED BY ix_cases_received WHERE deleted_at IS NULL "
    "AND category_top = '01' AND opened_on BETWEEN '2024-10-01' AND '2026-10-31' GROUP BY 1"
)
SQL_RECURRENCE = (
    "SELECT outlet_id, category, count(*) FROM cases WHERE deleted_at IS NULL "
    "AND opened_on BETWEEN '2025-11-02' AND '2026-11-01' AND outlet_id IS NOT NULL AND (responsibility = 'responsible' "
    "OR (kind IN ('complaint', 'appeal', 'petition') AND responsibility IN ('', 'pending'))) "
    "GROUP BY 1, 2 HAVING count(*) > 1"
)


def against_sql(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """A measure's effect and the whole recurrence board, against the one aggregate that each needs."""
    path, times = desks.desk_path(folder, cases), 3 if quick else 15
    measure = Measure("按名址投递", Problem("错投"), "corrective", category="01", in_force_on=SINCE)
    with desks.opened(path) as desk:
        figures, board = effect_of_measure(desk, measure), recurrence_board(desk)
        effect = timed(lambda: effect_of_measure(desk, measure), times)
        recurrence = timed(lambda: recurrence_board(desk), times)
    connection = desks.raw(path)
    counted = dict(connection.execute(SQL_EFFECT).fetchall())
    if figures is None or {str(m.month): m.cases for m in figures.months if m.cases} != counted:
        raise AssertionError("the effect counts other cases than the raw query")
    if len(board.rows) != len(connection.execute(SQL_RECURRENCE).fetchall()):
        raise AssertionError("the board holds other rows than the raw query")
    limits = [
        timed(lambda sql=sql: connection.execute(sql).fetchall(), times)
        for sql in (SQL_EFFECT, SQL_RECURRENCE)
    ]
    connection.close()
    yield Figure(f"a measure's effect at {cases:,} cases, against raw SQL", effect, limits[0], 2)
    note = f"{len(board.rows)} lines"
    yield Figure(f"recurrences at {cases:,} cases, against raw SQL", recurrence, limits[1], 2, note=note)


@dataclass(frozen=True, slots=True)
class Setting:
    """Months before and after, cases a month before, the true ratio of the rates; ``chosen`` says after which run of
    months somebody takes a measure.
    """

    name: str
    before: int
    after: int
    rate: float
    ratio: float = 1.0
    chosen: Callable[[Sequence[int], float], bool] = lambda _months, _rate: True


def last_high(months: Sequence[int], rate: float) -> bool:
    """A bad month: above the mean by two standard deviations."""
    return months[-1] > rate + 2 * math.sqrt(rate)


def two_high(months: Sequence[int], rate: float) -> bool:
    """Two bad months in a row."""
    return (months[-1] + months[-2]) / 2 > rate + 1.2 * math.sqrt(rate)


NOTHING_CHANGED = (
    Setting("no change, 10 a month, 6 + 6 months", 6, 6, 10),
    Setting("no change, 10 a month, 12 + 12 months", 12, 12, 10),
    Setting("no change, 3 a month, 12 + 6 months", 12, 6, 3),
    Setting("no change, 60 a month, 12 + 12 months", 12, 12, 60),
)
AFTER_A_PEAK = (
    Setting("taken after one bad month, 10 a month, 12 + 12", 12, 12, 10, chosen=last_high),
    Setting("taken after two bad months, 10 a month, 12 + 12", 12, 12, 10, chosen=two_high),
)
HALVED = (
    Setting("halved, 10 a month, 6 + 6 months", 6, 6, 10, 0.5),
    Setting("halved, 10 a month, 12 + 12 months", 12, 12, 10, 0.5),
)


def verdicts(_folder: Path, quick: bool) -> Iterator[Figure]:
    """False alarms where nothing changed, falls seen in vain after a peak, and the power on a halved rate."""
    runs = 150 if quick else 3000
    teller = random.Random(20191120)
    for setting in NOTHING_CHANGED:
        found = simulated(setting, runs, teller)
        alarms = (found[FELL] + found[ROSE]) / runs
        yield Figure(f"false alarms: {setting.name}", alarms, FALSE_ALARMS, 1, unit="", note=f"{runs:,} runs")
    for setting in AFTER_A_PEAK:
        found = simulated(setting, runs, teller)
        note = f"{runs:,} runs; rose {found[ROSE] / runs:.3f}"
        yield Figure(
            f"«fell» in vain: {setting.name}", found[FELL] / runs, FALSE_ALARMS, 1, unit="", note=note
        )
    for setting in HALVED:
        power = simulated(setting, runs, teller)[FELL] / runs
        yield Figure(
            f"missed: {setting.name}", 1 - power, 0.2, 1, unit="", note=f"power {power:.3f}, {runs:,} runs"
        )


def simulated(setting: Setting, runs: int, teller: random.Random) -> Counter[str]:
    """How often each verdict came."""
    found: Counter[str] = Counter()
    for _ in range(runs):
        before = [poisson(teller, setting.rate) for _ in range(setting.before)]
        while not setting.chosen(before, setting.rate):
            before = [*before[1:], poisson(teller, setting.rate)]  # one more month goes by
        within = poisson(teller, setting.rate)
        after = [poisson(teller, setting.rate * setting.ratio) for _ in range(setting.after)]
        counts = [MonthCount(FIRST.plus(at), cases) for at, cases in enumerate([*before, within, *after])]
        found[effect_of(counts, FIRST.plus(setting.before)).verdict] += 1
    return found


def poisson(teller: random.Random, rate: float) -> int:
    """A Poisson number, by waiting times."""
    count, waited = 0, teller.expovariate(1.0)
    while waited < rate:
        count, waited = count + 1, waited + teller.expovariate(1.0)
    return count
