"""The fields of a mail item: its number with the verdict of the check digit, and sums in yuan."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from postal_desk.domain.item_numbers import check, normalise
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _
from postal_desk.ui.entry.fields import TextField
from postal_desk.ui.entry.item_rows import ItemRow, ItemRows
from postal_desk.ui.entry.slots import Slot
from postal_desk.ui.icons import icon

_MOST_YUAN = Decimal("999999999.99")


class NumberField(TextField):
    """An item number with the verdict of its check digit: a tick, or a warning that never blocks."""

    done = Signal()  # Enter

    def __init__(self, title: str, row: Callable[[], ItemRow], rows: Callable[[], ItemRows]) -> None:
        super().__init__("number", title, lambda: row().slots["number"], _("Item number"))
        self._row, self._rows = row, rows
        self._verdict = QAction(icon("check", "accent"), "", self.edit)
        self.edit.returnPressed.connect(self.done)
        self.edit.editingFinished.connect(self._settle)

    def mark(self) -> None:
        super().mark()
        verdict = check(str(self.slot.value)).check if self.slot.value else "none"
        shown = self._verdict in self.edit.actions()
        if verdict == "none":
            if shown:
                self.edit.removeAction(self._verdict)
            return
        right = verdict == "ok"
        words = (
            _("The check digit is right")
            if right
            else _("The check digit does not fit: compare it with the receipt")
        )
        self._verdict.setIcon(icon("check", "accent") if right else icon("triangle-alert", "amber"))
        self._verdict.setToolTip(words)
        self.edit.setAccessibleDescription(" ".join(filter(None, (self.edit.accessibleDescription(), words))))
        if not shown:
            self.edit.addAction(self._verdict, QLineEdit.ActionPosition.TrailingPosition)

    def put(self, slot: Slot) -> None:
        if normalise(self.edit.text()) != slot.value:
            self.edit.setText(str(slot.value))

    def typed(self, text: str) -> None:
        self._error = None
        if self._rows().rename(self._row(), text):
            self.mark()
            self.changed.emit(self.name)

    def _settle(self) -> None:
        if (written := normalise(self.edit.text())) != self.edit.text():
            self.edit.setText(written)


class MoneyField(TextField):
    """A sum in yuan to the fen."""

    def __init__(self, name: str, title: str, slot: Callable[[], Slot]) -> None:
        super().__init__(name, title, slot, title)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def put(self, slot: Slot) -> None:
        shown = slot.typed or str(slot.value)
        if not self.edit.hasFocus() and self.edit.text() != shown:
            self.edit.setText(shown)

    def typed(self, text: str) -> None:
        problem, amount = read_money(text)
        self._error = None
        changed = self.slot.enter_wrong(text, problem) if problem else self.slot.enter(amount)
        if changed:
            self.mark()
            self.changed.emit(self.name)


def read_money(typed: str) -> tuple[Sentence | None, str]:
    """``4.2``, ``4.20元``, ``¥1,200`` → ``4.20``; or what is wrong."""
    plain = typed.strip().replace("，", ",").strip("¥￥元 ").replace(",", "")
    if not plain:
        return None, ""
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return say("An amount in yuan is needed, for example 4.20"), ""
    if not amount.is_finite() or not 0 <= amount <= _MOST_YUAN or amount != round(amount, 2):
        return say("An amount from 0 to {most} yuan with at most two decimals is needed", most=_MOST_YUAN), ""
    return None, f"{amount:.2f}"
