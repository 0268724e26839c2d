"""First step: which branch it is, and whether another desk of the same branch exists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit

from postal_desk.domain.numbering import format_number
from postal_desk.i18n import _, language
from postal_desk.ui import looks
from postal_desk.ui.first_run.division_field import DivisionField
from postal_desk.ui.first_run.fields import Fields, LetterField
from postal_desk.ui.first_run.step import Step
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.beginning import KnownDivision


class BranchStep(Step):
    """Division code, name, and the letter of a second desk."""

    def __init__(self) -> None:
        super().__init__(
            _("Which branch is it?"),
            _(
                "The six digits of the county or district begin every case number. Type them, or part of the name."
            ),
        )
        self._suggested = ""
        self.code = DivisionField()
        self.code.changed.connect(self._code_changed)
        self.code_told = text_label(kind="hint")
        self.branch = QLineEdit()
        self.branch.setAccessibleName(_("Name of the branch"))
        self.branch.setPlaceholderText(_("As it stands in documents"))
        self.branch.textEdited.connect(lambda _text: self._tell())
        self.second = QCheckBox(_("A further PC: another one of this branch registers cases already"))
        self.second.toggled.connect(self._second_changed)
        self.letter = LetterField()
        self.letter.picked.connect(lambda _letter: self._tell())
        self.letter.hide()
        self.why_letter = text_label(
            _(
                "The first PC needs no letter. Each further one gets its own, so that no two cases ever carry the same "
                "number, also when the registers are put together later."
            ),
            "hint",
            wrap=True,
        )
        self.why_letter.hide()
        self.number = NoteBox()
        fields = Fields()
        fields.add(_("Division code"), self.code)
        fields.add("", self.code_told)
        fields.add(_("Name of the branch"), self.branch)
        fields.add("", self.second)
        fields.add(_("Letter of this PC"), self.letter, hidden=True)
        self._letter_label = fields.label_of(self.letter)
        fields.add("", self.why_letter)
        self.box.addSpacing(looks.px(4))
        self.box.addLayout(fields)
        self.box.addWidget(self.number)
        self.box.addStretch(1)
        self._tell()

    def set_divisions(self, divisions: Sequence[KnownDivision]) -> None:
        """Offer these codes."""
        self.code.set_divisions(divisions)
        self._tell()

    def begin(self) -> None:
        self.code.setFocus()

    def problem(self) -> str:
        if not self.code.code():
            return _("Type the six digits of the county or district, or choose it from the list")
        if not self.branch.text().strip():
            return _("Give the branch its name")
        if self.second.isChecked() and not self.letter.value():
            return _("Choose the letter of this PC")
        return ""

    def values(self) -> tuple[str, str, str]:
        """Name, code, letter."""
        letter = self.letter.value() if self.second.isChecked() else ""
        return self.branch.text().strip(), self.code.code(), letter

    def state(self) -> object:
        return (
            self.code.text(),
            self.code.code(),
            self.branch.text(),
            self.second.isChecked(),
            self.letter.value(),
        )

    def restore(self, state: object) -> None:
        assert isinstance(state, tuple)
        typed, code, branch, second, letter = state
        self.code.set_code(code)
        self.code.setText(typed)
        self.branch.setText(branch)
        self.second.setChecked(second)
        self.letter.set_value(letter)
        self._tell()

    def _code_changed(self, _code: str) -> None:
        known = self.code.known()
        if known is not None and self.branch.text() in ("", self._suggested):
            self._suggested = suggested_name(known)
            self.branch.setText(self._suggested)
        self._tell()

    def _second_changed(self, on: bool) -> None:
        for part in (self.letter, self._letter_label, self.why_letter):
            part.setVisible(on)
        if on:
            self.letter.setFocus()
        self._tell()

    def _tell(self) -> None:
        code, known = self.code.code(), self.code.known()
        if known is not None:
            self.code_told.setText(_whole_name(known))
        elif code:
            self.code_told.setText(
                _("This code is not in the list that comes with the program; type the name below")
            )
        else:
            self.code_told.setText(_("Not in the list? Any six digits will do"))
        _name, code, letter = self.values()
        today = date.today()
        first = format_number(code, today.year, today.month, 1, letter) if code else ""
        self.number.show_text(_("The first case will be {number}").format(number=first) if first else "")
        self.changed.emit()


def _whole_name(division: KnownDivision) -> str:
    if language() == "zh_CN":
        return f"{division.within.zh} {division.name.zh}".strip()
    return ", ".join(filter(None, (division.name.en, division.within.en)))


def suggested_name(division: KnownDivision) -> str:
    """The usual name of a branch: a district with its city before it."""
    if language() != "zh_CN":
        return f"{division.name.en} Branch"
    district = division.name.zh.endswith("区")
    return f"{division.city.zh if district else ''}{division.name.zh}分公司"
