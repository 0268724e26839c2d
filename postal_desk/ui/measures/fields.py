"""Small fields of this page's dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from postal_desk.domain.sentences import FieldRefusal
from postal_desk.ui import looks
from postal_desk.ui.widgets.date_edit import DateEdit


class LinesEdit(QPlainTextEdit):
    """A text of several lines; Tab goes on to the next field."""

    def __init__(self, name: str, lines: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(looks.px(18 * lines + 12))


class Three(QWidget):
    """Three short texts in a row."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(6))
        self.fields: list[QWidget] = []
        self._lines: list[QLineEdit] = []
        for name in names:
            field = QLineEdit()
            field.setAccessibleName(name)
            field.setPlaceholderText(name)
            row.addWidget(field)
            self._lines.append(field)
            self.fields.append(field)

    def show_values(self, *values: str) -> None:
        """Show three texts."""
        for field, value in zip(self._lines, values, strict=True):
            field.setText(value)

    def values(self) -> tuple[str, str, str]:
        """What stands there."""
        first, second, third = (field.text() for field in self._lines)
        return first, second, third


def day_of(field: DateEdit, key: str) -> date | None:
    """The day of a field; :class:`FieldRefusal` while what stands there can't be read."""
    if field.problem is not None:
        raise FieldRefusal(key, field.problem)
    return field.value()


def refusing_by_root(error: Exception) -> Exception:
    """The refusal of a part (``outlets[2]``, ``problem.text``) as one of the field that it was typed in."""
    if isinstance(error, FieldRefusal) and not error.path.startswith("due."):
        return FieldRefusal(error.path.replace("[", ".").split(".")[0], error.reason)
    return error
