"""Reading a story with the shipped word lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import pytest

from postal_desk.domain.story import Lexicon, Reading, read_story


class Read(Protocol):
    def __call__(
        self, text: str, on: str = "2023-06-15", outlets: Sequence[str] = (), staff: Sequence[str] = ()
    ) -> Reading: ...


@pytest.fixture(scope="session")
def read(lexicon: Lexicon) -> Read:
    """Read a story entered on Thursday, 15 June 2023, unless told otherwise."""

    def reading(
        text: str, on: str = "2023-06-15", outlets: Sequence[str] = (), staff: Sequence[str] = ()
    ) -> Reading:
        return read_story(text, date.fromisoformat(on), lexicon, outlets, staff)

    return reading
