"""Asking before something that can't be taken back: what will happen, in full, and the button that says it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class ConfirmDialog(QDialog):
    """``confirmed`` comes from the button ``act`` only; Enter and Esc leave everything as it is."""

    confirmed = Signal()

    def __init__(self, title: str, told: str, act: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.told = text_label(told, wrap=True, selectable=True)
        self.told.setMinimumWidth(looks.px(380))
        self.act_button = dress(QPushButton(act), kind="danger")
        self.act_button.setAutoDefault(False)
        self.act_button.clicked.connect(self._confirm)
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.act_button)
        row.addWidget(self.cancel_button)
        box = QVBoxLayout(self)
        gap = looks.px(20)
        box.setContentsMargins(gap, looks.px(16), gap, looks.px(16))
        box.setSpacing(looks.px(12))
        box.addWidget(text_label(title, "subject", wrap=True))
        box.addWidget(self.told)
        box.addLayout(row)
        self.cancel_button.setFocus()

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()
