"""The cycle collector runs on the window's thread and nowhere else."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from postal_desk.ui import garbage
from postal_desk.ui.background import Background
from postal_desk.ui.garbage import GarbageCollector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    gc.enable()
    made = GarbageCollector()
    yield made
    made.give_back()
    assert gc.isenabled()
    gc.disable()  # as every test has it


def cycle(destroyed: list[int]) -> None:
    held = QObject()
    held.itself = held  # type: ignore[attr-defined]  # a cycle on purpose
    weakref.finalize(held, lambda: destroyed.append(threading.get_ident()))


def test_a_widget_in_a_cycle_is_destroyed_on_the_windows_thread(
    collector: GarbageCollector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_YOUNG", 0)
    background, destroyed = Background(lambda error: None), []
    cycle(destroyed)
    with qtbot.waitSignal(background.busy_changed, check_params_cb=lambda busy: not busy):
        background.db(lambda: [[] for _number in range(50_000)])  # would have started the collector there
    background.close()
    assert destroyed == []
    collector.look()
    assert destroyed == [threading.get_ident()]


def test_everything_is_looked_through_now_and_then(
    collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_ALL_ROUNDS", 1)
    destroyed: list[int] = []
    cycle(destroyed)
    gc.collect(0)  # no longer young
    cycle(destroyed)
    collector.look()
    assert len(destroyed) == 2
