"""The program is killed while a case is typed: at the next start the case is offered, at most three seconds short."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from postal_desk.ui.draft_reminder import DraftReminder
from postal_desk.ui.entry.entry_page import EntryPage

from .conftest import CARRIER, Start
from .keyboard import CTRL, Key, Keyboard

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PROMISED_S = 3.0
EVERY_MS = 40

#: The program as ``run_window`` starts it, with somebody who types without a pause and says when each key was pressed.
TYPIST = f"""
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from postal_desk import app

program = app.Program(
    app.application(), app.Settings(), app.Path(sys.argv[1]), app.Background(lambda error: sys.exit(str(error)))
)
program.window.show()
program.window.when_painted(program.start)
typed = 0

def type_on():
    global typed
    page = program.window.page
    if page.name != "entry":
        program.window.go("entry")
        return
    edit = page.work.view.story.edit
    letter = chr(ord("a") + typed % 26)
    QTest.keyClicks(edit, letter)
    typed += 1
    print(typed, time.monotonic(), flush=True)

timer = QTimer()
timer.timeout.connect(type_on)
program.ctx.opened.connect(lambda: timer.start({EVERY_MS}))
program.app.exec()
"""


def kill_after(path: Path, presses: int) -> list[float]:
    """Type that many keys in a program of its own, kill it, and tell when each key was pressed."""
    command = [sys.executable, "-c", TYPIST, str(path)]
    moments = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy()) as run:
        assert run.stdout is not None
        for line in run.stdout:
            moments.append(float(line.split()[1]))
            if len(moments) == presses:
                run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL
    return moments


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends a process without a signal")
@pytest.mark.parametrize("presses", [90, 130])
def test_draft_is_offered_and_almost_complete(branch_desk: Path, start: Start, presses: int) -> None:
    moments = kill_after(branch_desk, presses)
    keyboard = start()
    window = keyboard.program.window
    keyboard.until(lambda: (found := window.findChild(DraftReminder)) is not None and found.isVisible())
    reminder = window.findChild(DraftReminder)
    assert resume_by_keyboard(keyboard, reminder)
    page = keyboard.program.window.page
    assert isinstance(page, EntryPage)
    assert page.work is not None
    kept = len(page.work.view.story.edit.text())
    lost = moments[-1] - moments[kept] if kept < len(moments) else 0.0
    assert kept > 0
    assert lost <= PROMISED_S, f"{kept} of {len(moments)} letters kept, {lost:.2f} s of typing lost"


def resume_by_keyboard(keyboard: Keyboard, reminder: DraftReminder) -> bool:
    """Tab to the reminder's button and press it."""
    button = reminder.findChild(QPushButton)
    for _press in range(40):
        if keyboard.focus is button:
            keyboard.press(Key.Key_Space)
            return not reminder.isVisible()
        keyboard.press(Key.Key_Tab)
    return False


def test_draft_is_offered_once_on_each_page(branch_desk: Path, start: Start) -> None:
    keyboard = start()
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type(f"请{CARRIER}查一封7月2日寄出的挂号信。")
    keyboard.press(Key.Key_2, CTRL)  # the page keeps it when it is left
    again = start_again(keyboard, start)
    window = again.program.window
    again.until(lambda: (found := window.findChild(DraftReminder)) is not None and found.isVisible())
    again.press(Key.Key_N, CTRL)
    assert isinstance(window.page, EntryPage)
    assert window.page.work is not None
    assert window.page.work.view.drafts.isVisible()
    assert not window.findChild(DraftReminder).isVisible()
    again.press(Key.Key_2, CTRL)
    assert window.findChild(DraftReminder).isVisible()


def test_draft_is_not_offered_once_the_case_is_saved(branch_desk: Path, start: Start) -> None:
    keyboard = start()
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type(f"请{CARRIER}查一封7月2日寄出的挂号信，客户在窗口查询。")
    keyboard.press(Key.Key_Return, CTRL)
    keyboard.press(Key.Key_S, CTRL)
    assert keyboard.program.window.findChild(DraftReminder) is None
    again = start_again(keyboard, start)
    assert again.program.window.findChild(DraftReminder) is None


def start_again(keyboard: Keyboard, start: Start) -> Keyboard:
    from .conftest import end

    end(keyboard.program)
    return start()
