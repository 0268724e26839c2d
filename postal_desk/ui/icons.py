"""Icons from ``resources/icons``, drawn in a palette role's colour at whatever scale the screen asks for.

The colour is looked up while painting, so that a change of theme recolours every icon without touching it.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from postal_desk import paths
from postal_desk.ui import looks


def icon(name: str, role: str = "ink2", on: str = "") -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in the colour ``role``; ``on`` is the colour when checked or
    selected.
    """
    return QIcon(_Engine(name, role, on or role))


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def _drawn(name: str, colour: str, width: int, height: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # not needed before the first icon is painted

    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap


class _Engine(QIconEngine):
    def __init__(self, name: str, role: str, on: str) -> None:
        super().__init__()
        self._name, self._role, self._on = name, role, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.deviceTransform().m11()  # asking the device itself makes all enums of QImage
        size = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        painter.drawPixmap(rect, self._pixmap(size, mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return QPixmap(self._pixmap(size, mode, state))

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role, self._on)

    def _pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        role = self._on if state == QIcon.State.On else self._role
        if mode == QIcon.Mode.Disabled:
            role = "disabled"
        if size.isEmpty():  # a button that has no room yet
            return QPixmap()
        return _drawn(self._name, looks.hex_color(role), size.width(), size.height())


def paint_icon(painter: QPainter, rect: QRect, name: str, role: str) -> None:
    """Draw an icon inside a delegate."""
    _Engine(name, role, role).paint(
        painter, QRect(QPoint(rect.x(), rect.y()), rect.size()), QIcon.Mode.Normal, QIcon.State.Off
    )
