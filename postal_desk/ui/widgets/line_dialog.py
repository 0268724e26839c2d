"""One line to type: a name, a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class LineDialog(QDialog):
    """``settled`` gives the text; an empty one can't be given."""

    settled = Signal(str)

    def __init__(self, title: str, told: str, field: str, act: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.line = QLineEdit(text)
        self.line.setAccessibleName(field)
        self.line.setMinimumWidth(looks.px(360))
        stem = text.rfind(".")
        self.line.setSelection(0, stem if stem > 0 else len(text))
        buttons = QDialogButtonBox()
        self.button = buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        dress(self.button, kind="primary")
        self.button.setEnabled(bool(text.strip()))
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._settle)
        buttons.rejected.connect(self.reject)
        self.line.textChanged.connect(lambda typed: self.button.setEnabled(bool(typed.strip())))
        label = text_label(field, "caption")
        label.setBuddy(self.line)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(8))
        if told:
            box.addWidget(text_label(told, wrap=True))
        box.addWidget(label)
        box.addWidget(self.line)
        box.addWidget(buttons)

    def _settle(self) -> None:
        self.settled.emit(self.line.text().strip())
        self.accept()
