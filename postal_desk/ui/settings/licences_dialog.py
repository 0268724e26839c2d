"""The licences of all that the program is made of, in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from postal_desk.i18n import _
from postal_desk.installation import Part
from postal_desk.ui import looks
from postal_desk.ui.widgets.fitting import resize_within


class LicencesDialog(QDialog):
    """Parts at the left, the licence of the chosen one at the right."""

    def __init__(self, parts: Sequence[Part], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Licences"))
        self._parts = parts
        self.names = QListWidget()
        self.names.setAccessibleName(_("Parts of the program"))
        self.names.addItems([f"{part.name} {part.version}".strip() for part in parts])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Licence"))
        self.names.currentRowChanged.connect(self._show)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.names)
        both.addWidget(self.text)
        both.setStretchFactor(1, 1)
        both.setSizes([looks.px(240), looks.px(560)])
        buttons = QDialogButtonBox()
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(16), looks.px(16), looks.px(16), looks.px(12))
        box.setSpacing(looks.px(12))
        box.addWidget(both, 1)
        box.addWidget(buttons)
        resize_within(self, 820, 520)
        self.names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        part = self._parts[row]
        head = f"{part.licence}\n{part.home}".strip()
        text = part.text or _("This part brings no text of its licence; see its home page.")
        self.text.setPlainText(f"{head}\n\n{text}")
