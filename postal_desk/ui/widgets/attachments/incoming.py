"""What can be dropped or pasted: files of this PC, and a picture that stands on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from postal_desk.i18n import _


@dataclass(frozen=True)
class Incoming:
    """A file by its path, or a picture with the name it gets."""

    path: Path | None = None
    picture: QImage | None = None
    name: str = ""


def offers_files(data: QMimeData) -> bool:
    """True if there is something in it that can be kept; text with a picture of itself (a table) is text."""
    if any(url.isLocalFile() for url in data.urls()):
        return True
    return data.hasImage() and not data.hasText()


def incoming_of(data: QMimeData, now: datetime) -> list[Incoming]:
    """Everything in it that can be kept."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return [Incoming(path) for path in paths]
    if data.hasImage():
        picture = QImage(data.imageData())
        if not picture.isNull():
            return [
                Incoming(
                    picture=picture, name=_("Screenshot") + f" {now:%Y-%m-%d} {now:%H}.{now:%M}.{now:%S}.png"
                )
            ]
    return []


def on_clipboard(now: datetime) -> list[Incoming]:
    """What Ctrl+V would add now."""
    data = QGuiApplication.clipboard().mimeData()
    return incoming_of(data, now) if data is not None and offers_files(data) else []


def of_paths(paths: Sequence[Path]) -> list[Incoming]:
    """Files that were chosen."""
    return [Incoming(path) for path in paths]
