"""The watch that locks a window nobody works in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from postal_desk.ui.idle_watch import IdleWatch


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[tuple[IdleWatch, Clock, list[int]]]:
    clock, fired = Clock(), list[int]()
    made = IdleWatch(qapp, clock)
    made.idle.connect(lambda: fired.append(1))
    made.start(10)
    yield made, clock, fired
    made.stop()
    made.deleteLater()


Watch = tuple[IdleWatch, Clock, list[int]]


def touch(watch: IdleWatch) -> None:
    watch.eventFilter(watch, QEvent(QEvent.Type.MouseMove))


def test_idle_fires_once_after_its_minutes(watch: Watch) -> None:
    made, clock, fired = watch
    clock.now += 599
    made.look()
    assert fired == []
    clock.now += 1
    made.look()
    made.look()
    assert fired == [1]


def test_a_touch_begins_the_minutes_anew(watch: Watch) -> None:
    made, clock, fired = watch
    clock.now += 599
    touch(made)
    clock.now += 599
    made.look()
    assert fired == []


def test_whoever_wakes_a_pc_that_slept_logs_in_first(watch: Watch) -> None:
    made, clock, fired = watch
    clock.now += 8 * 3600
    touch(made)
    assert fired == [1]


@pytest.mark.parametrize("step", [-5000])
def test_a_clock_that_is_put_back_locks_later_and_not_never(watch: Watch, step: float) -> None:
    made, clock, fired = watch
    clock.now += step
    made.look()
    clock.now += 600
    made.look()
    assert fired == [1]
