"""Two columns of fields with their labels; what is wrong with a field stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.entry.fields import Field
from postal_desk.ui.widgets.labels import text_label

Part = tuple[QWidget, int]  # a widget and its share of the width


class FieldGrid(QWidget):
    """Rows of label and fields, in the order of the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(looks.px(8))
        self._grid.setVerticalSpacing(looks.px(8))
        self._grid.setColumnStretch(1, 1)
        self.label_width = 0
        self._messages: list[tuple[Sequence[Field], QLabel]] = []

    def add(
        self,
        title: str,
        fields: Sequence[Field],
        parts: Sequence[Part] = (),
        required: bool = False,
        below: QWidget | None = None,
    ) -> None:
        """One row. ``parts`` are the widgets side by side, by default those of the fields; ``below`` the label."""
        row = self._grid.rowCount()
        label = text_label(f"{title} *" if required else title, "caption")
        label.setMinimumHeight(looks.px(30))
        self.label_width = max(self.label_width, QFontMetrics(looks.font(12)).horizontalAdvance(label.text()))
        if fields:
            label.setBuddy(fields[0].widget)
        if required:
            label.setAccessibleName(_("{field}, required").format(field=title))
        line = QHBoxLayout()
        line.setSpacing(looks.px(8))
        for widget, share in parts or [(field.widget, 1) for field in fields]:
            line.addWidget(widget, share)
        message = text_label(kind="error", wrap=True)
        message.hide()
        column = QVBoxLayout()
        column.setSpacing(looks.px(2))
        column.addLayout(line)
        column.addWidget(message)
        column.addStretch(1)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(label)
        if below is not None:
            head.addWidget(below, 0, Qt.AlignmentFlag.AlignLeft)
            self.label_width = max(self.label_width, below.sizeHint().width())
        head.addStretch(1)
        self._grid.addLayout(head, row, 0)
        self._grid.addLayout(column, row, 1)
        self._messages.append((fields, message))

    def set_label_width(self, width: int) -> None:
        """Let the fields of several grids begin at the same place."""
        self._grid.setColumnMinimumWidth(0, width)

    def show_messages(self) -> None:
        """Say below each row what is wrong with its fields."""
        for fields, message in self._messages:
            errors = [tell(field.error) for field in fields if field.error is not None]
            message.setText("\n".join(dict.fromkeys(errors)))
            message.setVisible(bool(errors))
