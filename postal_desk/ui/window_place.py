"""Where the main window stands: as it was left, else in the size it is made for, on a small screen all of it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

SIZE = QSize(1366, 768)
_FRAME = 80  # px that the title bar and the task bar take of a screen's height


def remembered(window: QWidget) -> str:
    """Place, size and screen of a window as a text for the settings."""
    return bytes(window.saveGeometry().toBase64().data()).decode()


def give(window: QWidget, place: str) -> None:
    """Give a window its ``place`` (of :func:`remembered`), or its own size where there is none to give."""
    if not (place and window.restoreGeometry(QByteArray.fromBase64(QByteArray(place.encode())))):
        window.resize(SIZE.boundedTo(window.screen().availableSize()))


def show_first(window: QWidget, place: str) -> None:
    """Show a window when the program starts. A screen with no room to spare is filled, as the frame and the
    task bar would cut the window off.
    """
    room = window.screen().availableSize()
    if not place and (room.width() <= SIZE.width() or room.height() < SIZE.height() + _FRAME):
        window.showMaximized()
    else:
        window.show()
