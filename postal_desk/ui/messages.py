"""Telling what went wrong. Two kinds: a sentence with the next step (content refused, or the environment),
or a bug.

For a bug a report without anybody's data is written, and can be copied; nothing that was saved is touched.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postal_desk import fault_report
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.fitting import resize_within
from postal_desk.ui.widgets.labels import text_label

log = logging.getLogger(__name__)


def tell_fault(error: BaseException, parent: QWidget | None) -> QDialog:
    """Show the right dialog for an exception and return it. Does not wait."""
    sentence = getattr(error, "sentence", None)
    if isinstance(sentence, Sentence):
        return _open(SentenceDialog(tell(sentence), parent))
    report = fault_report.describe(error)
    log.error("%s", report)
    if sys.stderr is not None and sys.stderr.isatty():  # whoever works on the program sees everything
        traceback.print_exception(error)
    if (shown := _crash_shown()) is not None:
        return shown  # one fault often brings the next: the first is the one to report, all are in the log
    return _open(CrashDialog(report, fault_report.keep(report, datetime.now()), parent))


def _crash_shown() -> QDialog | None:
    windows = QApplication.topLevelWidgets()
    return next((one for one in windows if isinstance(one, CrashDialog) and one.isVisible()), None)


def _open(dialog: QDialog) -> QDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class SentenceDialog(QDialog):
    """What, where and the next step, in one sentence."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Please note"))
        row = QHBoxLayout()
        picture = QLabel()
        picture.setPixmap(icon("circle-alert", "amber").pixmap(looks.px(28), looks.px(28)))
        self.label = text_label(text, wrap=True, selectable=True)
        self.label.setMinimumWidth(looks.px(340))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(_("OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(20), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(16))
        box.addLayout(row)
        box.addWidget(buttons)


class CrashDialog(QDialog):
    """A bug: what to do, and the report to pass on; ``file`` is where it was written, if that could be done."""

    help = "trouble"

    def __init__(self, report: str, file: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A fault in the program"))
        self.details = report
        text = QPlainTextEdit(self.details)
        text.setReadOnly(True)
        text.setAccessibleName(_("Details"))
        copy = QPushButton(icon("copy"), _("Copy details"))
        copy.clicked.connect(self.copy)
        close = QPushButton(_("Continue"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.addWidget(
            text_label(_("Something in the program went wrong. Everything already saved is safe."), "heading")
        )
        hint = _(
            "Copy the details and pass them to whoever looks after the program. They hold no personal data."
        )
        box.addWidget(text_label(hint, "hint", wrap=True))
        box.addWidget(text)
        if file is not None:
            box.addWidget(
                text_label(_("Also kept in {file}").format(file=file), "hint", wrap=True, selectable=True)
            )
        box.addLayout(buttons)
        resize_within(self, 640, 380)

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)
