"""Many values in runs, as statements with a limit of parameters take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Runs of at most ``size``."""
    rest = iter(values)
    while run := list(islice(rest, size)):
        yield run
