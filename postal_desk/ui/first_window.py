"""A second start brings the first window to the front. They talk by files in a folder of this user on this PC: that
takes no more than Qt's core, where a socket would take all of Qt's network.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from postal_desk import paths

_PATIENCE, _LOOK_EVERY = 1.5, 0.01  # seconds
_AGAIN_MS = 100
_HELD = "held"  # locked by whoever reads the folder; the lock of a killed program is free
_QUESTION, _ANSWER = ".question", ".answer"
_RAISED, _ELSEWHERE = "raised", "elsewhere"


def letter_box(desk: Path) -> Path:
    """The folder of one desk and one user."""
    place = os.path.normcase(str(desk.absolute()))
    return paths.user_letters() / hashlib.sha256(place.encode()).hexdigest()[:24]


def session() -> str:
    """Which screen this is: another Windows session of the same user can't be brought to the front from here."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(number))
        return str(number.value)
    return os.environ.get("WAYLAND_DISPLAY", "") + os.environ.get("DISPLAY", "")


class FirstWindow(QObject):
    """Reads the folder as long as the desk is open, or waits ``at_login``; ``come`` brings the window to the front."""

    def __init__(
        self, desk: Path, come: Callable[[], object], parent: QObject | None = None, *, at_login: bool = False
    ) -> None:
        super().__init__(parent)
        self._noted = False
        self._come = come
        self._box = letter_box(desk)
        self._held = FileLock(self._box / _HELD, timeout=0)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        # A change right after another one may go unnoticed: whatever came first, look once more.
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._answer_all)
        try:
            self._box.mkdir(0o700, parents=True, exist_ok=True)
            self._held.acquire()
            if at_login:  # a desk that is closed has no note of its own
                paths.login_note().touch()
                self._noted = True
            for late in self._box.glob(f"*{_ANSWER}"):  # whoever asked had given up
                late.unlink()
        except (OSError, Timeout):
            return  # a second start then says who holds the desk
        self._watcher.addPath(str(self._box))
        self._answer_all()

    def close(self) -> None:
        """Read no more."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._again.stop()
        if self._noted:
            with suppress(OSError):  # left there it costs the next start a look into the box
                paths.login_note().unlink(missing_ok=True)
        self._held.release()

    def _look(self) -> None:
        self._answer_all()
        self._again.start()

    def _answer_all(self) -> None:
        for question in self._box.glob(f"*{_QUESTION}"):
            try:
                words = question.read_text("utf-8")
                question.unlink()
                _write(question.with_suffix(_ANSWER), self._answer(words))
            except OSError:
                self._again.start()  # somebody (a virus scanner) has it open just now

    def _answer(self, question: str) -> str:
        try:
            theirs = json.loads(question)["session"]
        except (ValueError, KeyError, TypeError):
            theirs = None
        if theirs != session():
            return _ELSEWHERE
        self._come()
        return _RAISED


def raise_first_window(desk: Path) -> bool:
    """Ask the program that has the desk open to show its window. False if there is none on this screen."""
    box = letter_box(desk)
    if not _is_read(box):
        return False
    question = box / f"{os.getpid()}-{time.monotonic_ns()}{_QUESTION}"
    answer = question.with_suffix(_ANSWER)
    try:
        _write(question, json.dumps({"session": session()}))
        end = time.monotonic() + _PATIENCE
        while not answer.exists() and time.monotonic() < end:
            time.sleep(_LOOK_EVERY)
        return answer.exists() and answer.read_text("utf-8") == _RAISED
    except OSError:
        return False
    finally:
        for left in (question, answer):
            with suppress(OSError):  # the next first window would clear it away
                left.unlink(missing_ok=True)


def _is_read(box: Path) -> bool:
    if not box.is_dir():
        return False
    try:
        with FileLock(box / _HELD, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def _write(file: Path, words: str) -> None:
    """Whole or not at all: it gets its name when it is written."""
    unnamed = file.with_suffix(".new")
    unnamed.write_text(words, "utf-8")
    unnamed.replace(file)
