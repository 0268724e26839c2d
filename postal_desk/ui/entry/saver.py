"""Saving the sheet in front: what is missing is named, what fails leaves the form as it was."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, Sentence, say
from postal_desk.ui.context import Context
from postal_desk.ui.entry.case_fields import title_of
from postal_desk.ui.entry.entry_view import EntryView
from postal_desk.ui.entry.filing import file_case, file_changes
from postal_desk.ui.entry.sheet import Sheet


class Saver(QObject):
    """:attr:`saved` gives the case's number once it is on disk; :attr:`unchanged` says that there was nothing to save.

    While a save is under way (:attr:`busy`) the form can't be touched, so nothing typed falls behind it.
    """

    started = Signal()
    saved = Signal(str)
    unchanged = Signal()
    refused = Signal()

    def __init__(self, ctx: Context, view: EntryView) -> None:
        super().__init__(view)
        self._ctx, self._view = ctx, view
        self._number = ""
        self._focused: QWidget | None = None
        self.busy = False
        self._missing: list[str] = []  # as the page says it

    def save(self, sheet: Sheet, draft: str) -> None:
        """Save the sheet; the draft of that key goes with it."""
        self._view.fields.settle()
        self._view.fields.clear_errors()
        self._view.tell_problem(None)
        self._missing = []
        if self._refuse_unready(sheet):
            self.refused.emit()
            return
        content = sheet.to_save()
        if sheet.number and not content:
            self.unchanged.emit()
            return
        desk, self._number = self._ctx.desk, sheet.number
        self._set_busy(True)
        self.started.emit()
        if sheet.number:
            self._ctx.write(
                lambda: file_changes(desk, sheet.number, content, sheet.revision),
                self._done,
                self._failed,
                self,
            )
        else:
            self._ctx.write(lambda: file_case(desk, content, draft), self._done, self._failed, self)

    def follow(self, sheet: Sheet) -> None:
        """The sheet was changed: what it was said to lack may be there now."""
        missing = [name for name in self._missing if name in sheet.form.missing()]
        if missing != self._missing:
            self._missing = missing
            self._view.tell_problem(_still_missing(sheet, missing) if missing else None)
            self._view.fields.show_messages()

    def forget(self) -> None:
        """Another sheet is in front."""
        self._missing = []

    def _refuse_unready(self, sheet: Sheet) -> bool:
        """Name what is missing or not understood, and put the cursor into the first such field."""
        missing, wrong = sheet.form.missing(), sheet.form.wrong()
        for name in missing:
            self._view.fields.set_error(name, say("This field is needed"))
        self._missing = missing
        if missing:
            self._view.tell_problem(_still_missing(sheet, missing))
        elif wrong:
            self._view.tell_problem(
                say("Not saved yet. What is marked in red can't be understood: put it right and save again.")
            )
        for path in (*missing, *wrong):
            if (field := self._view.fields.field_at(path)) is not None:
                self._view.show_field(field.widget)
                return True
        return False

    def _done(self, changes: Changes) -> None:
        self._set_busy(False)
        self.saved.emit(changes.cases[0] if changes.cases else self._number)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.refused.emit()
        sentence = getattr(error, "sentence", None)
        if not isinstance(sentence, Sentence):
            self._ctx.tell_fault(error)
        elif isinstance(error, FieldRefusal) and error.path.startswith("narrative"):
            self._view.story.tell(error.reason)
            self._view.tell_problem(
                say("Not saved. {field}: {reason}", field=say("Story"), reason=error.reason)
            )
            self._view.story.edit.setFocus()
        elif isinstance(error, FieldRefusal) and (
            field := self._view.fields.set_error(error.path, error.reason)
        ):
            self._view.tell_problem(
                say("Not saved. {field}: {reason}", field=field.title, reason=error.reason)
            )
            self._view.show_field(field.widget)
        else:
            self._view.tell_problem(say("Not saved. {reason}", reason=sentence))

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self._focused = QApplication.focusWidget()
        self.busy = busy
        self._view.set_saving(busy)
        if not busy and self._focused is not None and self._view.isAncestorOf(self._focused):
            self._focused.setFocus()


def _still_missing(sheet: Sheet, names: list[str]) -> Sentence:
    titles = tuple(title_of(name) for name in names)
    if all(sheet.form[name].suggestion is not None for name in names):
        return say(
            "Not saved yet. Still missing: {fields}. Ctrl+Enter takes what is suggested", fields=titles
        )
    return say("Not saved yet. Still missing: {fields}", fields=titles)


def changed_meanwhile(number: str) -> Sentence:
    """Somebody saved the record that is being edited."""
    return say(
        "{number} was changed meanwhile. Your changes are still here; cancel and open it again to see the new state.",
        number=number,
    )
