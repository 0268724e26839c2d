"""The desk is readied for the first save while nobody asks for anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from postal_desk.services.desk import create_desk
from postal_desk.services.warming import Warmer
from postal_desk.settings import Settings
from postal_desk.ui.background import Background
from postal_desk.ui.context import Context
from postal_desk.ui.warming import Warming


def fail(error: Exception) -> None:
    raise error


@pytest.fixture
def ctx(qtbot: Any, tmp_path: Path) -> Iterator[Context]:
    """An open desk with the real threads."""
    background = Background(fail)
    context = Context(background, Settings(tmp_path / "settings.json"))
    background.db(
        lambda: create_desk(tmp_path / "desk", "", "220204"), lambda desk: setattr(context, "desk", desk)
    )
    qtbot.waitUntil(lambda: context.has_desk)
    yield context
    background.db(context.desk.close)
    background.close()


def test_it_goes_on_until_nothing_is_left(ctx: Context, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [False, False, True]
    monkeypatch.setattr(Warmer, "slice", lambda _warmer: left.pop(0))
    warming = Warming(ctx)
    qtbot.waitUntil(lambda: warming.done)
    assert left == []


def test_work_that_somebody_asked_for_goes_first(
    ctx: Context, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices: list[int] = []
    monkeypatch.setattr(Warmer, "slice", lambda _warmer: slices.append(1) or True)
    monkeypatch.setattr("postal_desk.ui.warming.REST_MS", 5)
    go = Event()
    ctx.background.db(go.wait)
    warming = Warming(ctx)
    tried = []
    warming._timer.timeout.connect(lambda: tried.append(1))
    qtbot.waitUntil(lambda: len(tried) >= 3)
    assert slices == []
    go.set()
    qtbot.waitUntil(lambda: warming.done)
    assert slices == [1]
