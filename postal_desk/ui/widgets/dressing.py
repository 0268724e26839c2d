"""Give a widget a look of the style sheet: ``dress(label, kind="caption")``."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

W = TypeVar("W", bound=QWidget)


def dress(widget: W, **properties: object) -> W:
    """Set dynamic properties (``kind``, ``tone``, ``state``, ``on``) and let the style sheet apply again if
    needed.
    """
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()
    return widget


def line(vertical: bool = False) -> QFrame:
    """A hairline between two parts."""
    return dress(QFrame(), kind="vline" if vertical else "line")
