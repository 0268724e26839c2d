"""How wide each of several things stands beside the others, so that as little as possible is cut off."""

from __future__ import annotations

from collections.abc import Sequence


def fitted(total: int, planned: Sequence[int], needed: Sequence[int]) -> list[int]:
    """Widths that fill no more than ``total`` where that can be: each as wide as planned or needed. Where that is too
    much, what is planned beyond the need goes first, from each its share; of what is needed beyond the plan the most
    demanding goes without, and only then all give way.
    """
    widths = [max(pair) for pair in zip(planned, needed, strict=True)]
    air = [width - need for width, need in zip(widths, needed, strict=True)]
    over, spare = sum(widths) - total, sum(air)
    if over > 0 and spare > 0:
        share = min(1.0, over / spare)
        widths = [width - round(part * share) for width, part in zip(widths, air, strict=True)]
    base = [min(pair) for pair in zip(widths, planned, strict=True)]
    if sum(base) > total:
        return [least * total // sum(base) for least in base]
    wanted = [width - least for width, least in zip(widths, base, strict=True)]
    level = _level(wanted, total - sum(base))
    return [least + min(part, level) for least, part in zip(base, wanted, strict=True)]


def _level(wanted: Sequence[int], room: int) -> int:
    """How much each may have at most, so that together they take no more than ``room``."""
    left, waiting = room, sorted(wanted)
    for place, part in enumerate(waiting):
        each = max(0, left) // (len(waiting) - place)
        if part > each:
            return each
        left -= part
    return max(waiting, default=0)
