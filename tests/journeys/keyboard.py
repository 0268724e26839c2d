"""A person at the keyboard of the real window: presses go where the focus is, and each one counts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QDeadlineTimer, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from postal_desk.app import Program

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier

_PATIENCE_MS = 20_000


@dataclass
class Presses:
    """What was pressed while an action was counted. ``len()`` gives the number; text typed is not in it."""

    action: str
    keys: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)

    def __str__(self) -> str:
        return f"{self.action}: {len(self)} key presses ({', '.join(self.keys)})"


class Keyboard:
    """Presses keys and types text in the program's window; no mouse, no calls into the window's parts.

    :meth:`press` waits until what was asked for before is done, as a person does who watches the screen. Text comes
    from an input method, as Chinese always does.
    """

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self._qtbot = program, qtbot
        self._counting: Presses | None = None

    @contextmanager
    def counted(self, action: str) -> Iterator[Presses]:
        """Count the presses of one action; printed at its end (``pytest -s`` shows them)."""
        counting = self._counting = Presses(action)
        yield counting
        self._counting = None
        sys.stdout.write(f"{counting}\n")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key where the focus is."""
        self.settle()
        if self._counting is not None:
            self._counting.keys.append(_name(key, modifier))
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        self.settle()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focus, event)
        self.settle()

    def tab_to(self, name: str, most: int = 60) -> None:
        """Press Tab until the control with that accessible name has the focus."""
        for _ in range(most):
            if self.focus.accessibleName() == name:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not reach “{name}”; the focus is at “{self.focus.accessibleName()}”")

    @property
    def focus(self) -> QWidget:
        """Where a key press would go."""
        front = (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or QApplication.activeWindow()
            or self.program.window
        )
        return front.focusWidget() or front

    def settle(self) -> None:
        """Wait until the desk's thread has nothing left to do and the window has shown it."""
        self.until(lambda: not self.program.background.busy)
        QApplication.processEvents()
        self.until(lambda: not self.program.background.busy)
        if (
            QApplication.activeWindow() is None
        ):  # a dialog has closed: off-screen no window manager turns back
            self.program.window.activateWindow()
            QApplication.processEvents()

    def until(self, met: Callable[[], bool]) -> None:
        """Wait for a condition. Looks at it each millisecond: a journey waits thousands of times, mostly for a few."""
        end = QDeadlineTimer(_PATIENCE_MS)
        while not met():
            assert not end.hasExpired(), f"waited {_PATIENCE_MS} ms"
            self._qtbot.wait(1)


def seen(widget: QWidget) -> bool:
    """True if somebody can see the whole widget: shown, and not covered or scrolled away."""
    corners = (QPoint(1, 1), QPoint(widget.width() - 2, widget.height() - 2))
    return widget.isVisible() and all(widget.visibleRegion().contains(corner) for corner in corners)


def _name(key: Qt.Key, modifier: Qt.KeyboardModifier) -> str:
    held = [name for name, one in (("Ctrl", CTRL), ("Alt", ALT), ("Shift", SHIFT)) if modifier & one]
    return "+".join([*held, key.name.removeprefix("Key_")])
