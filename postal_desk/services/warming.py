"""Making the first save as quick as the later ones: what it will need is read while nobody waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from postal_desk.services.desk import Desk
from postal_desk.store import organisation_records, warming
from postal_desk.store.work import Work


class Warmer:
    """Reads, a moment at a time and nothing but reading, the pages that a new case of this desk will be written into,
    and what its placing asks for. Some hundred pages in all, however large the desk is.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps: Iterator[Callable[[Work], object]] | None = None

    def slice(self, seconds: float = 0.02) -> bool:
        """Go on for a moment. True when there is nothing left to read, or nothing to be written here anyway."""
        if self._desk.read_only is not None or not self._desk.may("case.add"):
            return True
        end = time.perf_counter() + seconds
        with self._desk.work() as work:
            if self._steps is None:
                self._steps = iter(_steps(work))
            for step in self._steps:
                step(work)
                if time.perf_counter() >= end:
                    return False
        return True


def _steps(work: Work) -> list[Callable[[Work], object]]:
    def asks(sql: str, values: tuple[object, ...]) -> Callable[[Work], object]:
        return lambda work: list(work.cursor(sql, values))

    return [
        *(asks(sql, values) for sql, values in warming.questions(work.cursor)),
        lambda work: organisation_records.names(
            work, "outlets"
        ),  # the first of its kind prepares the statement
        lambda work: organisation_records.names(work, "staff"),
    ]
