"""The fields at the right: each joins one slot of the form with the widget that shows it.

A field shows where its value comes from (recognised, suggested, wrong), confirms a recognised value when Tab leaves
it, and takes a suggestion by its lamp, or with Enter, which goes on to the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.entry.growing_text import GrowingText
from postal_desk.ui.entry.slots import Origin, Slot, Value
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.dressing import dress

_AROUND, _ICON = 24, 28  # px beside the words in a field, and that each icon in it takes
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Field(QObject):
    """Base: ``slot`` answers the slot to show (the form may be replaced). :attr:`changed` fires on a person's act,
    :attr:`taken` when it was to take the suggestion by Enter.
    """

    changed = Signal(str)
    taken = Signal()

    def __init__(self, name: str, title: str, widget: QWidget, slot: Callable[[], Slot]) -> None:
        super().__init__(widget)
        self.name, self.title, self.widget = name, title, widget
        self._slot = slot
        self._error: Sentence | None = None
        self._needed = False  # what is wrong is that it is empty
        self._plain_placeholder = (
            widget.placeholderText() if isinstance(widget, QLineEdit | GrowingText) else ""
        )
        self._lamp: QAction | None = None
        if isinstance(widget, QLineEdit):
            self._lamp = QAction(icon("lightbulb", "amber"), "", widget)
            self._lamp.triggered.connect(self.accept)
        widget.installEventFilter(self)

    @property
    def slot(self) -> Slot:
        """The slot of the form in front."""
        return self._slot()

    def show(self) -> None:
        """Show the slot as it is now."""
        if self._needed and self.slot.given:  # the story gave it meanwhile
            self._error = None
        self.put(self.slot)
        self.mark()

    def put(self, slot: Slot) -> None:
        """Set the widget to the slot's value, without a signal."""
        raise NotImplementedError

    def settle(self) -> None:
        """Take what is still being typed, as leaving the field does."""

    def words(self, value: Value) -> str:
        """A value as people read it."""
        return str(value)

    def set_placeholder(self, text: str) -> None:
        """What stands in the empty field while nothing is suggested."""
        self._plain_placeholder = text
        self.mark()

    def set_error(self, error: Sentence | None) -> None:
        """Say what is wrong with the field, until it is changed."""
        self._error, self._needed = error, not self.slot.given
        self.mark()

    @property
    def error(self) -> Sentence | None:
        """What is wrong with it: from the last attempt to save, or because it can't be understood."""
        return self._error or self.slot.problem

    @property
    def recognised(self) -> bool:
        """True if the story gave the value and nobody has confirmed it."""
        return self.slot.origin is Origin.RECOGNISED

    @property
    def suggested(self) -> bool:
        """True if the story suggests something for the empty field."""
        return self.slot.suggestion is not None and not self.slot.given

    def accept(self) -> bool:
        """Take the suggestion. False if there is none."""
        if not self.slot.accept():
            return False
        self._error = None
        self.show()
        self.changed.emit(self.name)
        return True

    def enter(self, value: Value) -> None:
        """A person gave this value."""
        self._error = None
        if self.slot.enter(value):
            self.mark()
            self.changed.emit(self.name)

    def mark(self) -> None:
        """Dress the widget by the slot's state and say the same to a screen reader."""
        slot = self.slot
        state, spoken = "", ""
        if self.error is not None:
            state, spoken = "bad", tell(self.error)
        elif self.recognised:
            state, spoken = "recognised", _("Recognised from the story. Tab confirms it.")
        elif self.suggested:
            state = "suggested"
            spoken = _("Suggested: {value} · Enter takes it").format(value=self.words(slot.suggestion or ""))
        dress(self.widget, state=state)
        self.widget.setAccessibleDescription(spoken)
        self.widget.setToolTip(spoken)
        self._show_lamp(self.suggested)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            if not self._busy() and self.suggested and self.accept():
                self.taken.emit()
                return True
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._left(event.reason())
        elif kind == QEvent.Type.Resize and self.suggested:
            self.show_placeholder(self._suggestion())
        return super().eventFilter(watched, event)

    def _left(self, reason: Qt.FocusReason) -> None:
        if reason == Qt.FocusReason.TabFocusReason and self.slot.confirm():
            self.mark()
            self.changed.emit(self.name)

    def show_placeholder(self, text: str) -> None:
        """What stands in the field while it is empty."""
        if isinstance(self.widget, QLineEdit):
            self.widget.setPlaceholderText(text)

    def _busy(self) -> bool:
        """True while the widget needs Enter itself (a list is open, something is being typed)."""
        return isinstance(self.widget, QLineEdit) and bool(self.widget.text())

    def _show_lamp(self, suggested: bool) -> None:
        """Offer the suggestion, also where something has to stand and a save was refused for it."""
        words = self._suggestion() if suggested else ""
        self.show_placeholder(words or self._plain_placeholder)
        if self._lamp is None:
            return
        shown = self._lamp in self.widget.actions()
        if suggested and not shown and isinstance(self.widget, QLineEdit):
            self.widget.addAction(self._lamp, QLineEdit.ActionPosition.LeadingPosition)
        elif not suggested and shown:
            self.widget.removeAction(self._lamp)
        self._lamp.setToolTip(words)

    def _suggestion(self) -> str:
        """What is suggested, with as many words about it as the field has room for."""
        value = self.words(self.slot.suggestion or "")
        ways = (_("Suggested: {value} · Enter takes it"), _("{value} · Enter"), "{value}")
        said = [way.format(value=value) for way in ways]
        room = self.widget.width() - looks.px(_AROUND)
        if isinstance(self.widget, QLineEdit):
            room -= looks.px(_ICON) * len({*self.widget.actions(), self._lamp})
        wide = self.widget.fontMetrics().horizontalAdvance
        return next((words for words in said if wide(words) <= room), said[-1])


class TextField(Field):
    """One line of text."""

    def __init__(self, name: str, title: str, slot: Callable[[], Slot], placeholder: str = "") -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(title)
        super().__init__(name, title, self.edit, slot)
        self.edit.textEdited.connect(self.typed)

    def typed(self, text: str) -> None:
        """A person changed the text."""
        self.enter(text.strip())

    def put(self, slot: Slot) -> None:
        if self.edit.text().strip() != slot.value:
            self.edit.setText(str(slot.value))
            self.edit.setCursorPosition(0)


class LinesField(Field):
    """Text that may have several lines; the field grows with it."""

    def __init__(self, name: str, title: str, slot: Callable[[], Slot]) -> None:
        self.edit = GrowingText()
        self.edit.setAccessibleName(title)
        super().__init__(name, title, self.edit, slot)
        self._putting = False
        self.edit.textChanged.connect(self._typed)

    def put(self, slot: Slot) -> None:
        if self.edit.toPlainText().strip() != slot.value:
            self._putting = True
            self.edit.setPlainText(str(slot.value))
            self._putting = False

    def show_placeholder(self, text: str) -> None:
        self.edit.setPlaceholderText(text)

    def _busy(self) -> bool:
        return bool(self.edit.toPlainText())

    def _typed(self) -> None:
        if not self._putting:
            self.enter(self.edit.toPlainText().strip())


class CodeField(Field):
    """One of a list."""

    def __init__(
        self, name: str, title: str, slot: Callable[[], Slot], choices: Sequence[Choice] = ()
    ) -> None:
        self.combo = CodeCombo(title, choices)
        self._choices = list(choices)
        self.combo.keeps = True
        super().__init__(name, title, self.combo, slot)
        self.combo.changed.connect(self.enter)
        self.combo.unmatched.connect(self._unmatched)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list (outlets of the day, categories that hold)."""
        self._choices = list(choices)
        self.combo.set_choices(choices)
        self._show_empty()

    def put(self, slot: Slot) -> None:
        if slot.typed:
            self.combo.show_unmatched(slot.typed)
            slot.problem = self.combo.problem()  # a draft keeps the words only
        elif self.combo.value() != slot.value or not self.combo.hasFocus():
            self.combo.set_value(str(slot.value))
            self._show_empty()

    def _show_empty(self) -> None:
        """An empty field is empty: what is suggested stands in it."""
        if not self.combo.value() and not self.combo.hasFocus() and not self.slot.typed:
            self.combo.clear()

    def settle(self) -> None:
        self.combo.settle()

    def _unmatched(self, typed: str) -> None:
        problem = self.combo.problem()
        self._error = None
        if problem is not None and self.slot.enter_wrong(typed, problem):
            self.mark()
            self.changed.emit(self.name)

    def words(self, value: Value) -> str:
        return next((choice.text for choice in self._choices if choice.value == value), str(value))


class DateField(Field):
    """A day."""

    def __init__(self, name: str, title: str, slot: Callable[[], Slot], today: Callable[[], date]) -> None:
        self.edit = DateEdit(title, today)
        super().__init__(name, title, self.edit, slot)
        self.edit.textEdited.connect(lambda _typed: self._typed())
        self.edit.changed.connect(lambda _day: self._typed())

    def put(self, slot: Slot) -> None:
        if slot.typed:
            self.edit.setText(slot.typed)
        elif self._value() != slot.value or not self.edit.hasFocus():
            self.edit.set_value(date.fromisoformat(str(slot.value)) if slot.value else None)

    def _value(self) -> str:
        day = self.edit.value()
        return day.isoformat() if day else ""

    def _typed(self) -> None:
        if self.edit.problem is None:
            self.enter(self._value())
            return
        self._error = None
        if self.slot.enter_wrong(self.edit.text(), self.edit.problem):
            self.mark()
            self.changed.emit(self.name)


class FlagField(Field):
    """Yes or no."""

    def __init__(self, name: str, title: str, slot: Callable[[], Slot]) -> None:
        self.box = QCheckBox(title)
        super().__init__(name, title, self.box, slot)
        self.box.clicked.connect(self.enter)

    def put(self, slot: Slot) -> None:
        self.box.setChecked(bool(slot.value))

    def words(self, value: Value) -> str:
        return self.title


class MemberField(Field):
    """One code of a list of codes as a box to tick (elderly, disabled, minor); the boxes share their slot."""

    def __init__(self, name: str, code: str, title: str, slot: Callable[[], Slot]) -> None:
        self.box = QCheckBox(title)
        self.code = code
        super().__init__(name, title, self.box, slot)
        self.box.clicked.connect(self._ticked)

    def put(self, slot: Slot) -> None:
        self.box.setChecked(isinstance(slot.value, tuple) and self.code in slot.value)

    @property
    def recognised(self) -> bool:
        return super().recognised and self.box.isChecked()

    @property
    def suggested(self) -> bool:
        suggestion = self.slot.suggestion
        return super().suggested and isinstance(suggestion, tuple) and self.code in suggestion

    def words(self, value: Value) -> str:
        return self.title

    def _ticked(self, on: bool) -> None:
        value = self.slot.value if isinstance(self.slot.value, tuple) else ()
        others = tuple(code for code in value if code != self.code)
        self.enter((*others, self.code) if on else others)
