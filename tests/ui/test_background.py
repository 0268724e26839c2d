"""Work away from the window's thread: order, delivery, what is dropped and what is not."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from postal_desk.services.desk import create_desk
from postal_desk.services.faults import DeskClosed
from postal_desk.ui.background import Background, InlineBackground


@pytest.fixture
def failures() -> list[Exception]:
    return []


@pytest.fixture
def background(qtbot: QtBot, failures: list[Exception]) -> Iterator[Background]:
    made = Background(failures.append)
    yield made
    made.close()


def test_database_work_runs_in_order_on_one_other_thread(background: Background, qtbot: QtBot) -> None:
    threads: list[int] = []
    done: list[int] = []
    for number in range(20):
        background.db(
            lambda: threads.append(threading.get_ident()), lambda _n, number=number: done.append(number)
        )
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_results_come_on_the_windows_thread(background: Background, qtbot: QtBot) -> None:
    where: list[int] = []
    background.db(lambda: 1, lambda _one: where.append(threading.get_ident()))
    background.pool(lambda: 1, lambda _one: where.append(threading.get_ident()))
    qtbot.waitUntil(lambda: len(where) == 2)
    assert set(where) == {threading.get_ident()}


def test_a_failure_goes_to_failed_else_to_the_default(
    background: Background, failures: list[Exception], qtbot: QtBot
) -> None:
    own: list[Exception] = []
    background.db(lambda: 1 / 0, failed=own.append)
    background.db(lambda: [][1])
    qtbot.waitUntil(lambda: bool(failures))
    assert [type(error) for error in own] == [ZeroDivisionError]
    assert [type(error) for error in failures] == [IndexError]


def test_the_result_for_a_destroyed_owner_is_dropped(background: Background, qtbot: QtBot) -> None:
    owner, got = QObject(), []
    gate = threading.Event()
    background.db(lambda: gate.wait(5), got.append, owner=owner)
    shiboken6.delete(owner)
    gate.set()
    with qtbot.waitSignal(background.busy_changed):
        pass
    assert got == []


def test_cancelled_work_that_has_not_begun_is_never_done(background: Background, qtbot: QtBot) -> None:
    gate, did, got = threading.Event(), [], []
    background.db(lambda: gate.wait(5))
    task = background.db(lambda: did.append(1), got.append)
    task.cancel()
    gate.set()
    with qtbot.waitSignal(background.busy_changed):
        pass
    assert (did, got) == ([], [])


def test_what_a_callback_holds_is_destroyed_on_the_windows_thread(
    background: Background, qtbot: QtBot
) -> None:
    destroyed: list[int] = []
    for _round in range(200):
        held = QObject()
        weakref.finalize(held, lambda: destroyed.append(threading.get_ident()))
        background.db(lambda held=held: None, lambda _none, held=held: None)
        del held
    qtbot.waitUntil(lambda: len(destroyed) == 200)
    assert set(destroyed) == {threading.get_ident()}


def test_the_window_shows_one_result_before_the_next_work_begins(
    background: Background, qtbot: QtBot
) -> None:
    seen: list[str] = []

    def shown(number: int) -> None:
        QTimer.singleShot(0, lambda: seen.append(f"painted {number}"))  # what a result sets off
        seen.append(f"shown {number}")

    for number in range(3):
        background.db(
            lambda number=number: seen.append(f"work {number}"), lambda _n, number=number: shown(number)
        )
    qtbot.waitUntil(lambda: len(seen) == 9)
    assert seen == [f"{what} {number}" for number in range(3) for what in ("work", "shown", "painted")]


def test_what_is_left_for_the_next_turn_comes_before_other_work(background: Background, qtbot: QtBot) -> None:
    owner, seen = QObject(), []

    def shown() -> None:
        background.db(lambda: seen.append("work"))
        background.next_turn(lambda: seen.append("rest"), owner)
        seen.append("first")

    background.db(lambda: None, lambda _none: shown())
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == ["first", "rest", "work"]


def test_what_is_left_for_the_next_turn_is_dropped_with_its_owner(
    background: Background, qtbot: QtBot
) -> None:
    owner, other, seen = QObject(), QObject(), []
    background.next_turn(lambda: seen.append("dropped"), owner)
    background.next_turn(lambda: seen.append("kept"), other)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["kept"]


def test_work_goes_on_while_the_window_is_busy(background: Background, qtbot: QtBot) -> None:
    saved = threading.Event()
    waited: list[bool] = []
    background.db(lambda: None, lambda _none: waited.append(saved.wait(20)))
    background.db(saved.set)
    qtbot.waitUntil(lambda: bool(waited), timeout=25_000)
    assert waited == [True]


def test_closing_finishes_what_was_asked_for(qtbot: QtBot) -> None:
    background, saved = Background(lambda error: None), []
    for number in range(50):
        background.db(lambda number=number: saved.append(number))
    background.close()
    assert saved == list(range(50))


def test_inline_does_the_same_at_once() -> None:
    failures: list[Exception] = []
    inline, got = InlineBackground(failures.append), []
    assert inline.db(lambda: 2, got.append).finished
    inline.db(lambda: 1 / 0)
    assert got == [2]
    assert [type(error) for error in failures] == [ZeroDivisionError]


def test_what_was_asked_of_a_desk_already_closed_is_dropped(tmp_path: Path) -> None:
    failures: list[Exception] = []
    inline = InlineBackground(failures.append)
    with create_desk(tmp_path / "desk", "", "220204") as desk:
        pass

    def read() -> None:
        with desk.work():
            pass

    owner = QObject()
    asked = inline.db(read, owner=owner)
    assert asked.finished
    assert failures == []
    inline.db(read)  # nobody's: a write must not vanish without a word
    assert [type(error) for error in failures] == [DeskClosed]
