"""The height of a dialog whose texts wrap: Qt measures them unwrapped, and what is said later gets no room at all."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def fit_height(dialog: QDialog, width: int = 0, shrink: bool = False) -> None:
    """As high as the texts need, wrapped as they are now; one on the screen only grows, unless it may ``shrink``."""
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    width = width or dialog.width()
    high = layout.totalHeightForWidth(width)
    dialog.resize(width, max(dialog.height(), high) if dialog.isVisible() and not shrink else high)
