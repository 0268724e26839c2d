"""A closed month as part of a longer period."""

from __future__ import annotations

from dataclasses import dataclass

from postal_desk.domain.periods import Month


@dataclass(frozen=True, slots=True)
class ClosedWithin:
    """A closed month inside a longer period, as it was handed in and as it is today; ``differs`` also where only a
    rate or the mean does."""

    month: Month
    number: str
    revision: int
    received: int
    closed: int
    received_now: int
    closed_now: int
    differs: bool
