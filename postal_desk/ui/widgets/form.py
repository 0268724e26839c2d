"""Rows of a form: a label, a field, a line that explains, and the reason where something was refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class Form(QGridLayout):
    """Labels at the left, fields at the right, what explains or refuses a field below it."""

    def __init__(self, label_width: int = 112, field_width: int = 340) -> None:
        super().__init__()
        self.setHorizontalSpacing(looks.px(12))
        self.setVerticalSpacing(looks.px(8))
        self.setColumnMinimumWidth(0, looks.px(label_width))
        self.setColumnStretch(1, 1)
        self._field_width = field_width
        self._problems: dict[str, QLabel] = {}
        self._refusable: dict[str, QWidget] = {}
        self.fields: list[QWidget] = []
        self._rows: dict[QWidget, list[QWidget]] = {}

    def add(
        self, label: str, field: QWidget, hint: str = "", key: str = "", beside: QWidget | None = None
    ) -> None:
        """One row. ``key`` is the name under which :meth:`refuse` finds it."""
        row = self.rowCount()
        name = text_label(label, "caption")
        name.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        if hint:
            field.setAccessibleDescription(hint)
        if not isinstance(field, QLabel):
            self.fields.append(field)
            field.setMinimumWidth(looks.px(150))
            name.setMinimumHeight(looks.px(30))
        field.setMaximumWidth(looks.px(self._field_width))
        self.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(field, 50)
        if beside is not None:
            line.addSpacing(looks.px(12))
            line.addWidget(beside)
        line.addStretch(0)  # what is left beyond the widest
        self.addLayout(line, row, 1)
        self._rows[field] = [name, field, *([beside] if beside is not None else [])]
        if hint:
            explained = text_label(hint, "hint", wrap=True)
            self._rows[field].append(explained)
            self.addWidget(explained, row + 1, 1)
        problem = text_label(kind="error", wrap=True)
        problem.hide()
        self.addWidget(problem, row + 2, 1)
        self._problems[key or label] = problem
        self._refusable[key or label] = field

    def show_row(self, field: QWidget, shown: bool) -> None:
        """Show a row, or leave it out where another answer makes it needless."""
        for widget in self._rows[field]:
            widget.setVisible(shown)

    def refuse(self, key: str, reason: str) -> bool:
        """Say below a field why it was refused; an empty reason takes it back. False if there is no such field."""
        problem = self._problems.get(key)
        if problem is None:
            return False
        told = reason[:1].upper() + reason[1:]  # on the command line it stands after the field's name
        problem.setText(told)
        problem.setAccessibleName(told)
        problem.setVisible(bool(told))
        return True

    def keyed(self) -> Iterator[tuple[str, QWidget]]:
        """Each field that can be refused, with its key."""
        return iter(self._refusable.items())

    def field(self, key: str) -> QWidget:
        """The field of a key. Raises :class:`KeyError` for no field."""
        return self._refusable[key]

    def reason(self, key: str) -> QWidget:
        """Where the reason of a refusal stands. Raises :class:`KeyError` for no field."""
        return self._problems[key]

    def problem(self, key: str) -> str:
        """Why a field is refused now; empty if it is not. Raises :class:`KeyError` for no field."""
        return self._problems[key].text()

    def clear_problems(self) -> None:
        """Nothing is refused any more."""
        for key in self._problems:
            self.refuse(key, "")


class ChoiceField(QComboBox):
    """A short fixed list. ``picked`` gives the value when the user changes it; the wheel never does."""

    picked = Signal(object)

    def __init__(self, choices: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        for value, text in choices:
            self.addItem(text, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda place: self.picked.emit(self.itemData(place)))

    def show_value(self, value: object) -> None:
        """Show a value; nothing is emitted."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the page must not change a setting


class NameField(QComboBox):
    """A text, typed freely or taken from a list of names. ``settled`` gives it when the field is left or chosen."""

    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line = QLineEdit()
        dress(line, kind="bare")
        self.setLineEdit(line)
        line.editingFinished.connect(lambda: self.settled.emit(self.currentText().strip()))
        self.activated.connect(lambda _place: self.settled.emit(self.currentText().strip()))

    def set_names(self, names: Sequence[str]) -> None:
        """Offer these names; the text stays."""
        text = self.currentText()
        self.clear()
        self.addItems(list(names))
        self.setEditText(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def with_none(choices: Sequence[Choice], text: str) -> list[Choice]:
    """The choices with one for «none» before them."""
    return [Choice("", text), *choices]
