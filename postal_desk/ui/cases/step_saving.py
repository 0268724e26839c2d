"""Saving the step that was typed for the case in front, and saying beside the line what keeps it from being saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.i18n import _, tell
from postal_desk.ui.cases.composer import Composer
from postal_desk.ui.cases.field_words import field_words
from postal_desk.ui.cases.step_drafts import StepDrafts
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.card import NoteBox


class StepSaving(QObject):
    """``number`` tells which case is in front; ``note`` says a refusal."""

    def __init__(
        self, ctx: Context, composer: Composer, note: NoteBox, drafts: StepDrafts, number: Callable[[], str]
    ) -> None:
        super().__init__(composer)
        self._ctx, self._composer, self._note = ctx, composer, note
        self._drafts, self._number = drafts, number
        composer.save_asked.connect(self._save)

    def _save(self, typed: dict[str, object]) -> None:
        from postal_desk.domain.case_json import parse_step
        from postal_desk.services.cases import add_step

        number, desk = self._number(), self._ctx.desk
        key = self._drafts.key_of(number)
        try:
            step = parse_step(typed, desk.rules, desk.now())
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._composer.button.setEnabled(False)
        self._ctx.write(
            lambda: add_step(desk, number, step, key),
            lambda _changes: self._saved(number),
            self._refused,
            self,
        )

    def _saved(self, number: str) -> None:
        self._composer.button.setEnabled(True)
        self._note.hide()
        self._drafts.drop(number)
        if number == self._number():
            self._composer.saved()

    def _refused(self, error: Exception) -> None:
        self._composer.button.setEnabled(True)
        if isinstance(error, FieldRefusal):
            reason = _("{field}: {value}").format(field=field_words(error.path), value=tell(error.reason))
            self._note.show_text(reason, "bad")
        elif isinstance(error, Refusal):
            self._note.show_text(tell(error.sentence), "bad")
        else:
            self._ctx.tell_fault(error)
