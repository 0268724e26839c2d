"""What somebody asks for is made in turns, and only the last thing asked for comes to the front."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from postal_desk.services.desk import Desk
from postal_desk.ui import readying
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.readying import InTurns, rest


class Turns(InlineBackground):
    """Keeps what is to be done in the next turn until the test takes it."""

    def __init__(self) -> None:
        super().__init__(lambda error: pytest.fail(str(error)))
        self.waiting: list[Callable[[], object]] = []

    def next_turn(self, work: Callable[[], object], owner: QObject) -> None:
        self.waiting.append(work)

    def take(self) -> None:
        self.waiting.pop(0)()


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    monkeypatch.setattr(readying, "PIECE_S", 0.0)  # each step is a turn
    return Turns()


@pytest.fixture
def desk() -> Desk | None:
    return None


@pytest.fixture
def pages(qtbot: QtBot) -> QStackedWidget:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    for _number in range(2):
        stack.addWidget(QWidget())
    stack.show()
    return stack


@pytest.fixture
def coming(ctx: Context, turns: Turns, pages: QStackedWidget) -> InTurns:
    ctx.background = turns
    page = pages.widget(0)
    assert page is not None
    return InTurns(ctx, page)


def steps(done: list[str], name: str) -> Iterator[None]:
    for number in range(2):
        done.append(f"{name}{number}")
        yield


def test_each_step_is_a_turn_and_then_it_is_shown(coming: InTurns, turns: Turns) -> None:
    done: list[str] = []
    coming.make("json", steps(done, "a"), lambda: done.append("shown"))
    assert done == ["a0"]
    turns.take()
    assert done == ["a0", "a1"]
    turns.take()
    assert done == ["a0", "a1", "shown"]
    assert not turns.waiting


def test_whoever_asks_for_another_part_gets_only_that(coming: InTurns, turns: Turns) -> None:
    done: list[str] = []
    coming.make("json", steps(done, "a"), lambda: done.append("first"))
    coming.make("json", steps(done, "b"), lambda: done.append("second"))
    while turns.waiting:
        turns.take()
    assert done == ["a0", "b0", "b1", "second"]


def test_a_page_that_was_left_takes_no_focus(coming: InTurns, turns: Turns, pages: QStackedWidget) -> None:
    done: list[str] = []
    coming.make("json", steps(done, "a"), lambda: done.append("shown"))
    pages.setCurrentIndex(1)
    while turns.waiting:
        turns.take()
    assert done == ["a0", "a1"]


def test_steps_dropped_half_way_go_on_with_the_next_who_asks() -> None:
    made: list[int] = []

    def making() -> Iterator[None]:
        for number in range(3):
            made.append(number)
            yield

    steps = making()
    dropped = rest(steps)
    next(dropped)
    del dropped
    assert list(rest(steps)) == [None, None]
    assert made == [0, 1, 2]
