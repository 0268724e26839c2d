"""Readies a part of the window that nobody sees yet: dressed, measured and laid out in small steps, it then comes to
the front at once. Qt does the same by itself when the part is shown, all in one go.
"""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

_MOVED, _SIZED = Qt.WidgetAttribute.WA_PendingMoveEvent, Qt.WidgetAttribute.WA_PendingResizeEvent


def ready(part: QWidget, size: QSize) -> Iterator[None]:
    """One widget a step; ``part`` stands in its place in the window, and ``size`` is what it will have there. Left off
    after any step, or when it has been shown meanwhile, nothing is lost.
    """
    inside = list(_inside(part))
    for widget in inside:
        if shiboken6.isValid(widget) and not part.isVisible():
            widget.ensurePolished()
            yield
    for widget in reversed(inside):  # what stands inside is asked first, and remembers its answer
        if shiboken6.isValid(widget) and not part.isVisible() and (layout := widget.layout()) is not None:
            layout.totalMinimumSize()
            layout.totalSizeHint()
            yield
    if shiboken6.isValid(part) and not part.isVisible():
        part.resize(size)
        yield
    for widget in inside:
        if shiboken6.isValid(widget) and not part.isVisible() and _comes_with(widget, part):
            _lay(widget)
            yield


def _inside(part: QWidget) -> Iterator[QWidget]:
    """The part and what is in it, from the outside in."""
    yield part
    for child in part.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from _inside(child)


def _comes_with(widget: QWidget, part: QWidget) -> bool:
    """True if a widget is seen as soon as the part is."""
    return widget is part or widget.isVisibleTo(part)


def _lay(widget: QWidget) -> None:
    """Tell a widget of its size, as showing it would, and let its layout place what is inside."""
    if widget.testAttribute(_SIZED):
        QCoreApplication.sendEvent(widget, QResizeEvent(widget.size(), QSize()))
        widget.setAttribute(_SIZED, False)
    if (layout := widget.layout()) is not None:
        layout.activate()
