"""Files handed to the system: opened in the program that the user has for them, or shown in their folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> bool:
    """Open a file with the system's program for it. False if there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_folder(path: Path) -> bool:
    """Show the folder that holds ``path``. False if the system has nothing to show it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def documents_folder() -> Path:
    """The user's folder for documents; the home folder where the system names none."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(named) if named else Path.home()
