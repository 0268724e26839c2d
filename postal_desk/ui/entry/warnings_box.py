"""Boxes that ask for attention: signs of fraud, and cases that may be the same one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from postal_desk.i18n import _, enumerate_words, language
from postal_desk.ui import looks
from postal_desk.ui.entry.form import Form
from postal_desk.ui.entry.hints import Hints
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel, text_label

if TYPE_CHECKING:
    from postal_desk.services.case_lists import CaseRow

_MOST_SHOWN = 2
_MOST_SIGNS = 3
_LONGEST_QUOTE = 20


class _Box(QFrame):
    def __init__(self, name: str) -> None:
        super().__init__()
        dress(self, kind="note", tone="attention")
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(looks.px(14), looks.px(8), looks.px(10), looks.px(8))
        self.column.setSpacing(looks.px(2))
        self.hide()


class FraudBox(_Box):
    """Which words sound like fraud, how many cases like it there were, and what to do. ``mark`` ticks the case."""

    def __init__(self, mark: Callable[[], object]) -> None:
        super().__init__(_("Reminder"))
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.mark = link_button(_("Mark as suspected fraud"), mark)
        self.column.addWidget(self.text)
        self.column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeft)

    def show_signs(self, form: Form, fraud_cases: int) -> None:
        """Say what the story and the desk know, or hide."""
        text = fraud_text(form, fraud_cases)
        self.text.setText(text)
        self.setVisible(bool(text))
        self.mark.setVisible(not form["fraud"].value)


def fraud_text(form: Form, fraud_cases: int) -> str:
    """The reminder, empty where nothing suggests fraud or somebody unticked it."""
    found = form.found().get("fraud")
    slot = form["fraud"]
    if found is None or form.reading is None or not (slot.value or slot.suggestion):
        return ""
    places = sorted(form.reading.fraud_signs[:_MOST_SIGNS]) or [found.at]
    words = enumerate_words(_quoted(form.reading.text[start:end]) for start, end in places)
    parts = [_("Reminder: signs of fraud: {words}.").format(words=words)]
    if fraud_cases == 1:
        parts.append(_("One fraud case on file is similar."))
    elif fraud_cases:
        parts.append(_("{count} fraud cases on file are similar.").format(count=fraud_cases))
    parts.append(_("Advise the customer to break off contact and to send no money."))
    return ("" if language() == "zh_CN" else " ").join(parts)


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return f"“{plain}”" if len(plain) <= _LONGEST_QUOTE else f"“{plain[: _LONGEST_QUOTE - 1]}…”"


class DuplicateBox(_Box):
    """Cases with the same item number, or the same phone within 30 days.

    ``short`` writes a number as lists do, ``link`` notes that case as the original.
    """

    def __init__(
        self,
        short: Callable[[str], str],
        open_case: Callable[[str], object],
        link: Callable[[str], object],
    ) -> None:
        super().__init__(_("Perhaps recorded already"))
        self._short, self._open, self._link = short, open_case, link
        self._rows: list[QFrame] = []
        self.title = text_label(_("Perhaps recorded already:"), "strong")
        self.column.addWidget(self.title)
        self.shown: list[str] = []
        self._linked: set[str] = set()

    def show_hints(self, hints: Hints, linked: set[str]) -> None:
        """Show the first cases found, or hide; those in ``linked`` are linked already."""
        shown = [case.number for case, _why in hints.duplicates[:_MOST_SHOWN]]
        if shown == self.shown and linked == self._linked:
            return
        self.shown, self._linked = shown, set(linked)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(case, why, linked) for case, why in hints.duplicates[:_MOST_SHOWN]]
        for row in self._rows:
            self.column.addWidget(row)
        self.setVisible(bool(self._rows))

    def _row(self, case: CaseRow, why: str, linked: set[str]) -> QFrame:
        row = QFrame()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(looks.px(8))
        reason = _("same item number") if why == "item" else _("same phone")
        text = _("{number} · {reason} · {subject}").format(
            number=self._short(case.number), reason=reason, subject=case.subject
        )
        line.addWidget(ElidedLabel(text), 1)
        opener = link_button(_("Open it"), lambda: self._open(case.number))
        opener.setAccessibleName(_("Open {number}").format(number=case.number))
        line.addWidget(opener)
        if case.number in linked:
            line.addWidget(text_label(_("Linked")))
        else:
            linker = link_button(_("Link as duplicate"), lambda: self._link(case.number))
            linker.setAccessibleName(_("Link {number} as duplicate").format(number=case.number))
            line.addWidget(linker)
        return row
