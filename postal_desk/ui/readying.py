"""Readies a part of the window that nobody sees yet: dressed, measured and laid out in small steps, it then comes to
the front at once. Qt does the same by itself when the part is shown, all in one go.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from postal_desk.ui.context import Context

PIECE_S = 0.004  # so long one step is added to another; a step takes some milliseconds itself

_MOVED, _SIZED = Qt.WidgetAttribute.WA_PendingMoveEvent, Qt.WidgetAttribute.WA_PendingResizeEvent


def piece(steps: Iterator[None], stop: Callable[[], bool] = lambda: False) -> bool:
    """Some steps, together hardly to be noticed; none after one that says ``stop``. False if they are over."""
    end = time.perf_counter() + PIECE_S
    return any(stop() or time.perf_counter() > end for _step in steps)


def rest(steps: Iterator[None]) -> Iterator[None]:
    """What is left of steps that several go through, whoever comes first. Not ``yield from``: that would end them for
    all of them when one is dropped half way, and what they make would stay half made.
    """
    for _step in steps:
        yield


class InTurns(QObject):
    """Makes a part of ``page`` that somebody has just asked for, in turns with what the window has to answer meanwhile.
    Whoever asks for another part, or goes to another page, no longer waits for it.
    """

    def __init__(self, ctx: Context, page: QWidget) -> None:
        super().__init__(page)
        self._ctx, self._page = ctx, page
        self._asked = 0

    def make(self, module: str, steps: Iterator[None], then: Callable[[], object]) -> None:
        """Import a module on another thread, go through the steps here, then show what was made."""
        self._asked += 1
        asked = self._asked
        self._ctx.background.pool(
            lambda: import_module(module), lambda _module: self._go_on(asked, steps, then), owner=self
        )

    def leave(self) -> None:
        """Nobody waits any more."""
        self._asked += 1

    def _go_on(self, asked: int, steps: Iterator[None], then: Callable[[], object]) -> None:
        if asked != self._asked:
            return
        if piece(steps):
            self._ctx.background.next_turn(lambda: self._go_on(asked, steps, then), self)
        elif self._page.parentWidget() is None or not self._page.isHidden():
            then()


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
