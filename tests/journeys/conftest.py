"""The real program over a real desk folder, with its real threads; only the clock is the test's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from postal_desk import i18n, paths
from postal_desk.app import Program
from postal_desk.services import desk as desks
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.settings import Settings
from postal_desk.ui.background import Background
from postal_desk.ui.main_window import MainWindow

from .keyboard import Keyboard

CARRIER, UNIT = "苏阳", "船营投递部"


class Clock:
    """The time at the desk; a test moves it on."""

    def __init__(self) -> None:
        self.time = datetime(2019, 7, 17, 10, 30)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Every desk that the program opens goes by this clock."""
    made = Clock()
    monkeypatch.setattr(desks, "open_desk", partial(desks.open_desk, now=made.now))
    return made


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What the program would have told as a fault."""
    told: list[Exception] = []
    monkeypatch.setattr(MainWindow, "tell_fault", lambda _window, error: told.append(error))
    return told


@pytest.fixture
def branch_desk(clock: Clock) -> Path:
    """The desk of the branch where the program looks for it: one outlet, one carrier, no case."""
    path = paths.default_desk()
    with desks.create_desk(path, "", "220204", actor=CARRIER, now=clock.now) as made:
        add_outlet(made, UNIT, kind="delivery_unit")
        add_staff(made, CARRIER, outlet=UNIT)
    return path


Start = Callable[..., Keyboard]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, clock: Clock, faults: list[Exception]) -> Iterator[Start]:
    """Starts the program as ``run_window`` does and waits until it stands still; may be called again."""
    running: list[Program] = []

    def start_one(path: Path | None = None, language: str = "zh_CN") -> Keyboard:
        settings = Settings()
        settings["language"] = settings["language"] or language
        settings["user"] = CARRIER
        program = Program(qapp, settings, path or paths.default_desk(), Background(faults.append))
        running.append(program)
        program.window.resize(1366, 768)
        program.window.show()
        program.window.when_painted(program.start)
        keyboard = Keyboard(program, qtbot)
        qtbot.waitUntil(lambda: program.window.sidebar is not None)
        program.window.activateWindow()
        keyboard.settle()
        return keyboard

    yield start_one
    for program in running:
        end(program)
    i18n.use("zh_CN")
    assert faults == []


def end(program: Program) -> None:
    """The program ends, as at the end of ``run_window``; harmless to call twice."""
    if shiboken6.isValid(program.window):
        program.close()
        QApplication.processEvents()
        shiboken6.delete(program.window)


@pytest.fixture
def keyboard(branch_desk: Path, start: Start) -> Keyboard:
    """The program, open at the branch's desk."""
    return start()
