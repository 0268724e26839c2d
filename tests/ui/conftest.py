"""What the tests of the pages share: a stand-in for the main window, the context over the folder's own desk, hands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from postal_desk import i18n
from postal_desk.domain.sentences import Sentence
from postal_desk.services.desk import Desk
from postal_desk.settings import Settings
from postal_desk.ui import looks
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context


class Window:
    """Stands in for the main window: remembers where the page wanted to go, what it said, what failed."""

    def __init__(self) -> None:
        self.went: list[tuple[str, dict[str, object]]] = []
        self.said: list[tuple[Sentence, object]] = []
        self.faults: list[Exception] = []

    def go(self, name: str, /, **request: object) -> bool:
        self.went.append((name, request))
        return True

    def back(self) -> None:
        self.went.append(("back", {}))

    def open_desk(self, path: Path | None) -> None:
        self.went.append(("open_desk", {"path": path}))


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> None:
    """The style sheet, once: dressing again would dress every widget of every test before."""
    looks.apply(qapp, "light")


@pytest.fixture
def ctx(dressed: None, desk: Desk, window: Window, tmp_path: Path) -> Context:
    """A context in Chinese over the desk; everything is done at once, on the test's own thread."""
    i18n.use("zh_CN")
    made = Context(InlineBackground(window.faults.append), Settings(tmp_path / "settings.json"), window)
    made.on_fault = window.faults.append
    made.said.connect(lambda sentence, undo: window.said.append((sentence, undo)))
    made.desk = desk
    return made


class Hands:
    """A person at the keyboard; every key press counts, text does not."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is."""
        self.presses += 1
        QApplication.processEvents()  # a dialog just opened takes the focus
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifier)

    def type(self, text: str) -> None:
        """Type where the focus is, as an input method does."""
        QApplication.processEvents()
        widget = QApplication.focusWidget()
        assert widget is not None
        widget.insertPlainText(text) if hasattr(widget, "insertPlainText") else widget.insert(text)  # type: ignore[attr-defined]


@pytest.fixture
def hands() -> Hands:
    return Hands()
