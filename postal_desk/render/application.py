"""Qt's fonts and painting need an application object; documents are painted with or without a display."""

from __future__ import annotations

import os
import sys

from PySide6.QtGui import QGuiApplication

_kept: list[QGuiApplication] = []  # Qt destroys an application that nobody holds


def ensure_application() -> QGuiApplication:
    """The running application, or one made now; on Linux without a display it paints off-screen."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(["postal-desk"])
    _kept.append(application)
    return application
