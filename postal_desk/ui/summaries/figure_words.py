"""How figures and their changes are said: a sign and words, so that nothing hangs on a colour."""

from __future__ import annotations

from dataclasses import dataclass, replace

from postal_desk.domain.summaries import Period, Rate
from postal_desk.i18n import _

NONE = "—"
UP, DOWN = "▲", "▼"


@dataclass(frozen=True, slots=True)
class Move:
    """How a figure moved against an earlier period.

    ``shown`` is short, with a sign (``▲ 2.3 points``), ``spoken`` a whole phrase for tool tip and screen reader;
    ``tone`` is ``good`` or ``bad`` where a direction is better than the other, else empty.
    """

    shown: str
    spoken: str
    tone: str = ""


def percent(rate: Rate) -> str:
    """``97.6%``, ``100%`` for all of them, a dash where there was nothing to divide by."""
    if rate.value is None:
        return NONE
    return "100%" if rate.part == rate.whole else f"{rate.value * 100:.1f}%"


def counts(rate: Rate) -> str:
    """The small counts beside a percentage: ``41/42``; empty without any."""
    return f"{rate.part}/{rate.whole}" if rate.whole else ""


def mean(value: float | None) -> str:
    """Mean days with one decimal: ``3.4 days``."""
    return NONE if value is None else _("{n} days").format(n=f"{value:.1f}")


def plain(move: Move) -> Move:
    """The same without a judgement: a month that is not over is compared with a whole one."""
    return replace(move, tone="")


def typed(move: Move, before: Period) -> Move:
    """The same with the remark that the earlier figure comes from totals typed in."""
    if not before.typed or move.shown == NONE:
        return move
    remark = _("{change}; the earlier figure was typed in")
    return replace(move, shown=f"{move.shown} *", spoken=remark.format(change=move.spoken))


def count_move(now: int, before: Period) -> Move:
    """How the cases received moved; neither direction is better."""
    if not (before.received or before.closed):
        return _unknown()
    return _moved(now - before.received, 0, "{n}", lower_is_better=None)


def rate_move(now: Rate, before: Rate) -> Move:
    """How a rate moved, in percentage points; higher is better."""
    if now.value is None or before.value is None:
        return _unknown()
    return _moved((now.value - before.value) * 100, 1, _("{n} points"), lower_is_better=False)


def mean_move(now: float | None, before: float | None) -> Move:
    """How the mean days moved; lower is better."""
    if now is None or before is None:
        return _unknown()
    return _moved(now - before, 1, _("{n} days"), lower_is_better=True)


def _unknown() -> Move:
    return Move(NONE, _("nothing to compare with"))


def _moved(difference: float, digits: int, unit: str, lower_is_better: bool | None) -> Move:
    size = f"{abs(difference):.{digits}f}"
    if not float(size):
        return Move(_("no change"), _("no change"))
    amount = unit.format(n=size)
    rose = difference > 0
    tone = "" if lower_is_better is None else "bad" if rose == lower_is_better else "good"
    spoken = _("up {amount}") if rose else _("down {amount}")
    return Move(f"{UP if rose else DOWN} {amount}", spoken.format(amount=amount), tone)
