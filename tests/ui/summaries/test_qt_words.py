"""Qt's own dialogs speak the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from postal_desk.ui import qt_words


def test_qts_words_follow_the_language(qapp: QApplication) -> None:
    assert qt_words.speak("zh_CN")
    assert QCoreApplication.translate("QFileDialog", "File &name:") == "文件名称(&N)："
    assert (
        QCoreApplication.translate("QFileDialog", "Files of &type:") == "文件类型(&T)："
    )  # lacking in Qt's file
    assert qt_words.speak("en")
    assert QCoreApplication.translate("QFileDialog", "File &name:") == "File &name:"


def test_a_language_that_qt_lacks_leaves_english(qapp: QApplication) -> None:
    assert not qt_words.speak("tlh")
    assert QCoreApplication.translate("QFileDialog", "File &name:") == "File &name:"
