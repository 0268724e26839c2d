"""The words that every export stars because somebody said so: kept with the branch's settings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from postal_desk.store import settings_records
from postal_desk.store.work import Work

_NAME = "mask_words"


def read(work: Work) -> tuple[str, ...]:
    """The words, in the order they were given."""
    return tuple(json.loads(settings_records.read(work).get(_NAME, "[]")))


def write(work: Work, words: Sequence[str]) -> None:
    """Keep these words."""
    settings_records.write(work, {_NAME: json.dumps(list(words), ensure_ascii=False)})
