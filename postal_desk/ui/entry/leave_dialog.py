"""Asked when a form with something in it is cancelled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class LeaveDialog(QDialog):
    """Keep as a draft (Enter), discard, or go on (Esc). Calls ``keep`` or ``discard``; does not wait."""

    help = "log-a-case"

    def __init__(
        self, parent: QWidget, editing: bool, keep: Callable[[], object], discard: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Leave without saving?"))
        text = _("The changes are not saved.") if editing else _("The case is not saved.")
        self.keep_button = dress(QPushButton(_("&Keep as a draft")), kind="primary")
        self.keep_button.setDefault(True)
        self.discard_button = dress(QPushButton(_("&Discard")), kind="danger")
        self.stay_button = QPushButton(_("&Go on writing"))
        self.keep_button.clicked.connect(lambda: self._answer(keep))
        self.discard_button.clicked.connect(lambda: self._answer(discard))
        self.stay_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(looks.px(8))
        buttons.addWidget(self.discard_button)
        buttons.addStretch(1)
        buttons.addWidget(self.stay_button)
        buttons.addWidget(self.keep_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(18), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(14))
        box.addWidget(text_label(text, "heading"))
        box.addWidget(text_label(_("A draft stays on this PC and is offered again."), "hint", wrap=True))
        box.addLayout(buttons)
        self.setMinimumWidth(looks.px(400))

    def _answer(self, act: Callable[[], object]) -> None:
        self.accept()
        act()
