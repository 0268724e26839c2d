"""Where a window stands, on the off-screen screen of 800 × 800."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from postal_desk.ui import window_place


def test_a_screen_with_no_room_to_spare_is_filled(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window_place.give(window, "")
    window_place.show_first(window, "")
    assert window.isMaximized()


def test_a_window_comes_back_as_it_was_left(qtbot: QtBot) -> None:
    left, again = QWidget(), QWidget()
    qtbot.addWidget(left)
    qtbot.addWidget(again)
    left.setGeometry(40, 50, 600, 400)
    place = window_place.remembered(left)
    window_place.give(again, place)
    window_place.show_first(again, place)
    assert again.geometry() == left.geometry()
    assert not again.isMaximized()
