"""A dialog that edits one record: fields, what is wrong below them, Save and Cancel; closed once it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.fitting import LEFT_FREE, Fitting
from postal_desk.ui.widgets.form import Form
from postal_desk.ui.widgets.labels import text_label

_WIDTH = 460


class Editor(QDialog):
    """Subclasses fill :attr:`form` and say in :meth:`work` what to write. Enter saves, Esc gives up.

    ``grows`` leaves spare height below the fields; a subclass with a field that takes it says False.
    """

    def __init__(self, ctx: Context, title: str, parent: QWidget, save: str = "", grows: bool = True) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._begun = False
        self.setWindowTitle(title)
        self.form = Form(label_width=96, field_width=352)
        self.problem = text_label(kind="error", wrap=True)
        self.problem.hide()
        self.save_button = dress(QPushButton(save or _("Save")), kind="primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.save_button)
        inner = QWidget()
        self.inner = QVBoxLayout(inner)
        self.inner.setContentsMargins(0, 0, 0, 0)
        self.inner.setSpacing(looks.px(12))
        self.inner.addLayout(self.form)
        self.inner.addStretch(1 if grows else 0)
        box = QVBoxLayout(self)
        gap = looks.px(20)
        box.setContentsMargins(gap, looks.px(16), gap, looks.px(16))
        box.setSpacing(looks.px(12))
        box.addWidget(text_label(title, "subject", wrap=True))
        self._fitting = Fitting(inner, title, _WIDTH)
        box.addWidget(self._fitting, 1)
        box.addWidget(self.problem)
        box.addLayout(self.buttons)

    def work(self) -> Callable[[], Changes]:
        """What to write, with the values taken from the fields now; runs on the desk's thread.

        Raises :class:`FieldRefusal` for a field that can't be read.
        """
        raise NotImplementedError

    def save(self) -> None:
        """Write, then close; a refusal is shown at its field and the dialog stays."""
        self.form.clear_problems()
        self.problem.hide()
        try:
            self._refuse_unmatched()
            work = self.work()
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.save_button.setEnabled(False)
        self.ctx.write(work, lambda _changes: self.accept(), self.refused, owner=self)

    def _refuse_unmatched(self) -> None:
        """What was typed into a list and is none of it must not be taken for nothing."""
        for key, field in self.form.keyed():
            if isinstance(field, CodeCombo) and field.isVisibleTo(self):
                field.settle()
                if (problem := field.problem()) is not None:
                    raise FieldRefusal(key, problem)

    def refused(self, error: Exception) -> None:
        """Say what is wrong where it is; a fault of the environment goes to the window."""
        self.save_button.setEnabled(True)
        if isinstance(error, FieldRefusal) and self.form.refuse(error.path, tell(error.reason)):
            self.form.field(error.path).setFocus()
            QTimer.singleShot(0, self, lambda: self._bring_up(error.path))  # once the reason is laid out
            return
        if isinstance(error, Refusal):
            self.problem.setText(tell(error.sentence))
            self.problem.setAccessibleName(self.problem.text())
            self.problem.show()
            QTimer.singleShot(0, self, self.grow)
        else:
            self.ctx.tell_fault(error)

    def _bring_up(self, key: str) -> None:
        """Where the screen has no room for all, the field and why it was refused."""
        self.grow()
        for part in (self.form.field(key), self.form.reason(key)):
            self._fitting.ensureWidgetVisible(part, 0, looks.px(4))

    def fields(self) -> list[QWidget]:
        """The fields in the order of the Tab key; the first one gets the focus."""
        return self.form.fields

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for _key, field in self.form.keyed():
            if isinstance(field, CodeCombo):
                field.keeps = True
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.grow()
        order = [*self.fields(), self.save_button, self.cancel_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        order[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._show_beginnings)  # after the focus has lit the first field
        return super().event(event)

    def _show_beginnings(self) -> None:
        for line in self.findChildren(QLineEdit):
            _from_the_start(line)

    def grow(self) -> None:
        """As high as the fields where the screen has room; by itself a dialog stops at two thirds of it."""
        self._fitting.updateGeometry()  # a scroll area does not tell of itself that its content has grown
        room = self.screen().availableGeometry()
        high = min(self.sizeHint().height(), room.height() - looks.px(LEFT_FREE))
        if high > self.height():
            self.resize(self.width(), high)
            self.move(self.x(), max(room.top() + looks.px(LEFT_FREE) // 2, room.center().y() - high // 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)


def _from_the_start(line: QLineEdit) -> None:
    """A text longer than its field shows how it begins; what was selected stays selected."""
    if line.hasSelectedText():
        line.setSelection(len(line.text()), -len(line.text()))
    else:
        line.setCursorPosition(0)


def changed_only(old: object, new: Mapping[str, object]) -> dict[str, object]:
    """The fields whose value differs from the record's."""
    return {name: value for name, value in new.items() if getattr(old, name) != value}
