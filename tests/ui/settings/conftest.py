"""The settings in a real window over a real desk, everything at once on the test's own thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from postal_desk import i18n
from postal_desk.domain.sentences import Sentence
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.main_window import MainWindow
from postal_desk.ui.settings.settings_page import SettingsPage

TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = create_desk(
        tmp_path / "desk",
        "吉林市船营区分公司",
        "220204",
        today=lambda: TODAY,
        now=lambda: datetime(2026, 11, 22, 10, 42, 8),
    )
    for name, kind in (("船营投递部", "delivery_unit"), ("河南街支局", "branch_office")):
        add_outlet(made, name, kind=kind)
    for name in ("苏阳", "王芳"):
        add_staff(made, name, outlet="船营投递部")
    yield made
    made.close()


class Window:
    """The real window with the settings in front, and what it said."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.said: list[Sentence] = []
        self.undo: list[object] = []
        self.faults: list[Exception] = []
        self.main = MainWindow(ctx, lambda path: None)
        ctx.on_fault = self.faults.append
        ctx.said.connect(self._heard)
        self.main.complete()
        self.main.resize(1366, 768)
        self.main.show()

    def _heard(self, sentence: Sentence, undo: object) -> None:
        self.said.append(sentence)
        self.undo.append(undo)

    def section(self, name: str) -> QWidget:
        """Open a section as a link in another page would."""
        assert self.main.go("settings", section=name)
        page = self.main.page
        assert isinstance(page, SettingsPage)
        return page.section(name)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        """Press one key where the focus of ``widget``'s window is."""
        QTest.keyClick(widget.window().focusWidget() or widget, key)


@pytest.fixture
def window(dressed: None, desk: Desk, tmp_path: Path) -> Iterator[Window]:
    i18n.use("en")
    ctx = Context(InlineBackground(lambda error: ctx.tell_fault(error)), Settings(tmp_path / "settings.json"))
    made = Window(ctx)
    ctx.desk = desk
    yield made
    for dialog in made.main.findChildren(QDialog):
        dialog.reject()
    shiboken6.delete(made.main)
    i18n.use("zh_CN")
    assert made.faults == []
