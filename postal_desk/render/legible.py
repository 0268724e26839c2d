"""Whether text can be read on this machine, and whether a picture shows anything: for the self-test."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from postal_desk.render.application import ensure_application

_SIZE = 32


def legible(text: str) -> bool:
    """True if each character has a shape of its own in the program's font.

    Where no font has a character, Qt draws the same box for all of them.
    """
    ensure_application()
    characters = sorted(set(text))
    shapes = {_shape(character) for character in characters}
    return len(shapes) == len(characters) and _shape(" ") not in shapes


def colours(picture: Path) -> int:
    """How many colours a picture has, 0 if it is none: an empty window has a handful."""
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    if image.isNull():
        return 0
    pixels = memoryview(image.constBits()).cast("I")
    return len(set(pixels))


def _shape(character: str) -> bytes:
    image = QImage(_SIZE, _SIZE, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font = QGuiApplication.font()
    font.setPixelSize(_SIZE // 2)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, character)
    painter.end()
    return bytes(image.constBits())
