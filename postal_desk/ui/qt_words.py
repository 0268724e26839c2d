"""The words of Qt's own dialogs (file dialog, calendar, print dialog) in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

#: what Qt says in its own dialogs and its translation lags behind: (context, text) in the language
_LACKING = {
    "zh_CN": {
        ("QFileDialog", "&Look in:"): "查找范围(&L)：",
        ("QFileDialog", "Files of &type:"): "文件类型(&T)：",
    }
}
_installed: list[QTranslator] = []  # Qt does not keep them


class _Lacking(QTranslator):
    """Words for what Qt's own file does not know; it comes second, so that Qt's word holds where there is one."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._words = _LACKING.get(language, {})

    def isEmpty(self) -> bool:
        return not self._words

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return self._words.get((context, text))


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
    _installed.extend((_Lacking(language), translator))
    for one in _installed:
        QCoreApplication.installTranslator(one)
    return True
