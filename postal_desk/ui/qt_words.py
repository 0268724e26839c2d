"""The words of Qt's own dialogs (file dialog, calendar, print dialog) in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

_installed: list[QTranslator] = []  # Qt does not keep them


def speak(language: str) -> bool:
    """Switch Qt's words to a language of the program; False where Qt has no words for it and English stays."""
    while _installed:
        QCoreApplication.removeTranslator(_installed.pop())
    if language == "en":
        return True
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(f"qtbase_{language}", folder):
        return False
    _installed.append(translator)
    return QCoreApplication.installTranslator(translator)
