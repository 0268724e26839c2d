"""A part of a page that is too large for the window scrolls; it is never squeezed below what it needs."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from postal_desk.ui.widgets.scrolled import Scrolled


def test_content_keeps_its_least_height_in_a_low_window(qtbot: QtBot) -> None:
    content = QWidget()
    box = QVBoxLayout(content)
    for _at in range(12):
        line = QLabel("案例")
        line.setMinimumHeight(30)
        box.addWidget(line)
    area = Scrolled(content)
    qtbot.addWidget(area)
    area.resize(300, 120)
    area.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert content.height() >= 12 * 30


def test_content_fills_a_large_window(qtbot: QtBot) -> None:
    content = QWidget()
    area = Scrolled(content)
    qtbot.addWidget(area)
    area.resize(300, 400)
    area.show()
    qtbot.waitUntil(lambda: content.height() == area.viewport().height())
    assert area.verticalScrollBar().maximum() == 0
