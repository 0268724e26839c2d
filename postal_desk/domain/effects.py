"""Whether a measure helped: the monthly counts of its category and outlets before it and after, and a plain verdict.

Up to twelve whole months on each side; the month in which the measure came into force belongs to neither. Exposure is
the number of days, or the thousand items carried where the branch has entered its volumes for every month. Compared
by ``rate_comparison`` at 5 %. Three guards keep a chance from passing for an effect:

* a measure is often taken after a peak, and after a peak figures fall by themselves: where the last months before it
  lie clearly above the earlier ones, only those earlier, usual months are compared with;
* months that scatter more than independent cases would count for less (their counts are divided by the excess);
* "no change" is said only where a halved rate would probably have shown (4 times of 5), else "too few to tell".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from postal_desk.domain.periods import Month
from postal_desk.domain.rate_comparison import Comparison, chi_square_above, compare, power, scatter, tails
from postal_desk.domain.sentences import Sentence, say

FELL, ROSE, NO_CHANGE, TOO_FEW = "fell", "rose", "no_change", "too_few"
VERDICTS: dict[str, Sentence] = {
    FELL: say("fell"),
    ROSE: say("rose"),
    NO_CHANGE: say("no change"),
    TOO_FEW: say("too few to tell"),
}
ALPHA = 0.05
WINDOW = 12  # months looked at on each side, at most
LEAST_MONTHS = 3  # whole months on each side below which nothing is told
ENOUGH_POWER = 0.8
HALVED = 0.5
PEAK_ALPHA = (
    0.2  # generous: a peak overlooked makes a false effect, one suspected in vain costs a little power
)
LEAST_FOR_PEAK = 6
_MOST = 9


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Cases of one month, and the items carried in it if they are known."""

    month: Month
    cases: int
    items: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: its first and last month, its cases, its exposure (thousand items, or days)."""

    first: Month
    last: Month
    months: int
    cases: int
    units: float

    @property
    def a_month(self) -> float:
        """Cases a month."""
        return self.cases / self.months


@dataclass(frozen=True, slots=True)
class EffectFigures:
    """What the branch's own figures say of a measure in force since a month.

    ``usual`` is the earlier part of ``before`` that is compared with where the measure was taken after a peak, else
    ``None``. ``by_items`` tells that the rates are for a thousand items carried.
    """

    months: tuple[MonthCount, ...]
    since: Month
    before: Side | None
    after: Side | None
    usual: Side | None
    compared: Comparison | None
    verdict: str
    by_items: bool = False
    scattered: bool = False
    notes: tuple[Sentence, ...] = ()


def effect_of(counts: Sequence[MonthCount], since: Month) -> EffectFigures:
    """Judge the whole months ``counts`` (in order, without a gap) around the month ``since``."""
    before = [one for one in counts if one.month < since][-WINDOW:]
    after = [one for one in counts if one.month > since][:WINDOW]
    shown = tuple(one for one in counts if not before or one.month >= before[0].month)
    by_items = all(one.items for one in (*before, *after)) and bool(before and after)
    sides = (_side(before, by_items), _side(after, by_items))
    if len(before) < LEAST_MONTHS or len(after) < LEAST_MONTHS:
        note = say(
            "{before} whole months before and {after} after; at least {least} are needed on each side",
            before=len(before),
            after=len(after),
            least=LEAST_MONTHS,
        )
        return EffectFigures(shown, since, *sides, None, None, TOO_FEW, by_items, notes=(note,))
    return _judged(shown, since, before, after, by_items)


def _judged(
    shown: tuple[MonthCount, ...],
    since: Month,
    before: list[MonthCount],
    after: list[MonthCount],
    by_items: bool,
) -> EffectFigures:
    usual = _usual(before, by_items)
    base = usual or before
    base_side, after_side = _side(base, by_items), _side(after, by_items)
    assert base_side is not None
    assert after_side is not None
    compared = compare(base_side.cases, after_side.cases, base_side.units, after_side.units, ALPHA)
    excess = _excess(base, after, by_items)
    verdict = _verdict(base_side, after_side, excess)
    if usual is not None and verdict == ROSE:  # nor may leaving the peak out make a rise of nothing
        whole = _side(before, by_items)
        assert whole is not None
        verdict = _verdict(whole, after_side, excess)
    notes = list(_notes(before, usual, by_items))
    if excess > 1:
        notes.append(say("The months scatter more than single cases would; the verdict allows for that"))
    if len(after) < WINDOW:
        notes.append(say("Less than a year has passed since; the season may play a part"))
    before_side = _side(before, by_items)
    usual_side = base_side if usual else None
    return EffectFigures(
        shown,
        since,
        before_side,
        after_side,
        usual_side,
        compared,
        verdict,
        by_items,
        excess > 1,
        tuple(notes),
    )


def _verdict(base: Side, after: Side, excess: float) -> str:
    """Fell or rose where the interval leaves out 1, also after the counts were divided by their excess scatter."""
    counts = [(base.cases, after.cases)]
    if excess > 1:
        counts.append((round(base.cases / excess), round(after.cases / excess)))
    found = [tails(before, now, base.units, after.units) for before, now in counts]
    if all(least < ALPHA / 2 for least, _most in found):
        return FELL
    if all(most < ALPHA / 2 for _least, most in found):
        return ROSE
    seen = power(counts[-1][0], base.units, after.units, HALVED, ALPHA)
    return NO_CHANGE if seen >= ENOUGH_POWER else TOO_FEW


def _usual(before: list[MonthCount], by_items: bool) -> list[MonthCount] | None:
    """The months before the peak, if the last months before the measure, a quarter of them at most, are one."""
    if len(before) < LEAST_FOR_PEAK:
        return None
    longest = max(1, len(before) // 4)
    for length in range(1, longest + 1):
        earlier, last = _side(before[:-length], by_items), _side(before[-length:], by_items)
        assert earlier is not None
        assert last is not None
        if tails(earlier.cases, last.cases, earlier.units, last.units)[1] < PEAK_ALPHA:
            return before[:-longest]
    return None


def _excess(base: list[MonthCount], after: list[MonthCount], by_items: bool) -> float:
    """How many times more the months of each side scatter than by chance; 1 where that may be chance."""
    whole, freedom = 0.0, 0
    for months in (base, after):
        value, free = scatter([one.cases for one in months], [_units(one, by_items) for one in months])
        whole, freedom = whole + value, freedom + free
    if freedom == 0 or chi_square_above(whole, freedom) >= ALPHA:
        return 1.0
    return max(1.0, whole / freedom)


def _notes(before: list[MonthCount], usual: list[MonthCount] | None, by_items: bool) -> list[Sentence]:
    if usual is not None:
        return [
            say(
                "Taken after a peak: {peak} a month at last, {usual} before that. Compared with the usual months, "
                "so that a mere return to the usual does not pass for an effect",
                peak=_average(before[len(usual) :]),
                usual=_average(usual),
            )
        ]
    if len(before) < LEAST_FOR_PEAK:
        note = say(
            "Only {count} months before are known; whether it was taken after a peak can't be told",
            count=len(before),
        )
        return [note]
    return []


def _average(months: list[MonthCount]) -> str:
    return f"{sum(one.cases for one in months) / len(months):.1f}"


def _side(months: list[MonthCount], by_items: bool) -> Side | None:
    if not months:
        return None
    return Side(
        months[0].month,
        months[-1].month,
        len(months),
        sum(one.cases for one in months),
        sum(_units(one, by_items) for one in months),
    )


def _units(one: MonthCount, by_items: bool) -> float:
    return (one.items or 0) / 1000 if by_items else float(one.month.days)


@dataclass(frozen=True, slots=True)
class EffectMonths:
    """What a chart needs of the figures: the months, the one from which the measure holds, the sides compared."""

    months: tuple[MonthCount, ...]
    since: Month
    base: Side | None
    after: Side | None
    by_items: bool = False


def months_of(figures: EffectFigures) -> EffectMonths:
    """The figures as a chart shows them; ``base`` is the side that is compared with."""
    return EffectMonths(
        figures.months, figures.since, figures.usual or figures.before, figures.after, figures.by_items
    )


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What a document keeps of the figures: rates a month (or for 1,000 items, ``by_items``), the change as a share
    with its interval, the verdict, and the months for the chart. ``high`` is ``None`` for an interval without an upper
    end, ``drawn`` where nothing was compared.
    """

    verdict: str
    before: float | None = None
    after: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    by_items: bool = False
    after_peak: bool = False
    drawn: EffectMonths | None = None


def line_of(figures: EffectFigures) -> EffectLine:
    """The figures in short."""
    base, after, compared = figures.usual or figures.before, figures.after, figures.compared
    if base is None or after is None or compared is None:
        return EffectLine(figures.verdict)
    rates = (base.a_month, after.a_month)
    if figures.by_items:
        rates = (base.cases / base.units, after.cases / after.units)
    return EffectLine(
        figures.verdict,
        round(rates[0], 4),
        round(rates[1], 4),
        change=None if compared.change is None else round(compared.change, 4),
        low=round(compared.low - 1, 4),
        high=None if math.isinf(compared.high) else round(compared.high - 1, 4),
        by_items=figures.by_items,
        after_peak=figures.usual is not None,
        drawn=months_of(figures),
    )


def effect_sentence(figures: EffectFigures) -> Sentence:
    """The figures and the verdict in one sentence."""
    return line_sentence(line_of(figures))


def line_sentence(line: EffectLine) -> Sentence:
    """The same of what a document keeps."""
    verdict = VERDICTS[line.verdict]
    if line.before is None or line.after is None:
        return say("{verdict}: too few whole months before or after", verdict=verdict)
    digits = 2 if line.by_items else 1
    before, after = f"{line.before:.{digits}f}", f"{line.after:.{digits}f}"
    if line.change is None:
        return say("{verdict}: none before, {after} a month after", verdict=verdict, after=after)
    shared = {
        "before": before,
        "after": after,
        "verdict": verdict,
        "change": _percent(line.change),
        "low": _percent(line.low),
        "high": _percent(line.high),
    }
    if line.by_items:
        return say(
            "{before} cases for 1,000 items before, {after} after ({change}; 95% interval {low} to {high}): "
            "{verdict}",
            **shared,
        )
    return say(
        "{before} cases a month before, {after} after ({change}; 95% interval {low} to {high}): {verdict}",
        **shared,
    )


def _percent(share: float | None) -> str:
    """A change in whole percent; beyond ten times as much it says only that."""
    if share is None or share > _MOST:
        return f">+{_MOST * 100:.0f}%"
    return f"{share * 100:+.0f}%".replace("-", "−")
