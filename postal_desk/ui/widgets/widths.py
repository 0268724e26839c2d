"""How wide each of several things stands beside the others, so that as little as possible is cut off."""

from __future__ import annotations

from collections.abc import Sequence


def fitted(total: int, planned: Sequence[int], needed: Sequence[int]) -> list[int]:
    """Widths that fill no more than ``total`` where that can be: each as wide as planned or needed. Where that is too
    much, what is planned beyond the need goes first, then what is needed beyond the plan, from each its share.
    """
    widths = [max(pair) for pair in zip(planned, needed, strict=True)]
    for goals in (needed, planned):
        spare = [max(0, width - goal) for width, goal in zip(widths, goals, strict=True)]
        over, all_spare = sum(widths) - total, sum(spare)
        if over > 0 and all_spare:
            share = min(1.0, over / all_spare)
            widths = [width - round(part * share) for width, part in zip(widths, spare, strict=True)]
    return widths
