"""What can be done with several cases at once; stands at the foot of the list while several are picked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.labels import text_label


class SelectionBar(QWidget):
    """``asked`` names what to do: assign, delete, restore, view, none."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(10), looks.px(6), looks.px(6), looks.px(6))
        parts = QWidget()
        flow = FlowLayout(parts, looks.px(8))
        self.count = text_label(kind="caption")
        flow.addWidget(self.count)
        self.assign = self._button(_("Assign to…"), "assign")
        self.view = self._button(_("Save as view…"), "view")
        self.delete = self._button(_("Delete"), "delete")
        self.restore = self._button(_("Restore"), "restore")
        dress(self.delete, kind="danger")
        for button in (self.assign, self.view, self.delete, self.restore):
            flow.addWidget(button)
        row.addWidget(parts, 1)
        row.addWidget(icon_button("x", _("Pick none"), lambda: self.asked.emit("none")))
        self.hide()

    def show_count(self, count: int, in_bin: bool) -> None:
        """Show the bar while more than one case is picked."""
        self.count.setText(_("{count} selected").format(count=f"{count:,}"))
        for button in (self.assign, self.view, self.delete):
            button.setVisible(not in_bin)
        self.restore.setVisible(in_bin)
        self.setVisible(count > 1)

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda: self.asked.emit(name))
        return button
