"""Laying out once what is shown and hidden together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget


@contextmanager
def one_layout(*widgets: QWidget) -> Iterator[None]:
    """While this lasts the widgets' own layouts stay as they are; they are laid out afterwards, before the next
    painting. Otherwise Qt lays them out, and everything around them, for every single widget in them that is shown.
    """
    layouts = [
        (widget, layout)
        for widget in widgets
        if (layout := widget.layout()) is not None and layout.isEnabled()
    ]
    for _widget, layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for widget, layout in layouts:
            layout.setEnabled(True)
            # Qt asks once and not again: its request may have come, and been dropped, while the widget was hidden
            QCoreApplication.postEvent(widget, QEvent(QEvent.Type.LayoutRequest))
