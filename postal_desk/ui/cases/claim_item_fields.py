"""The fields of one item of a claim, and what the articles give for it, worked out while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from postal_desk.domain.claims import ClaimItem
from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.labels import text_label

_SUMS = ("postage", "insured", "value", "loss")


class ClaimItemFields(QWidget):
    """``changed`` after each edit; ``dropped`` when the item is taken out."""

    changed = Signal()
    dropped = Signal()

    def __init__(self, item: ClaimItem, rules: Rules) -> None:
        super().__init__()
        none = Choice("", _("none"))
        self.number = QLineEdit(item.number)
        self.number.setAccessibleName(_("Item number"))
        self.mail_class = CodeCombo(_("Class of mail"), code_choices(rules.codes["classes"].values()))
        self.event_field = CodeCombo(_("Event"), code_choices(rules.codes["events"].values()))
        self.exemption = CodeCombo(_("Exemption"), [none, *code_choices(rules.codes["exemptions"].values())])
        self.mail_class.set_value(item.mail_class)
        self.event_field.set_value(item.event)
        self.exemption.set_value(item.exemption)
        names = {"postage": _("Postage"), "insured": _("Insured for"), "value": _("Value"), "loss": _("Loss")}
        self.sums: dict[str, QLineEdit] = {}
        for name in _SUMS:
            amount = getattr(item, name)
            self.sums[name] = QLineEdit("" if amount is None else f"{amount:.2f}")
            self.sums[name].setAccessibleName(_("{sum} in yuan").format(sum=names[name]))
        self.negligence = QCheckBox(_("Intent or gross negligence"))
        self.negligence.setChecked(item.gross_negligence)
        self.terms = QCheckBox(_("The terms were not displayed"))
        self.terms.setChecked(item.terms_not_displayed)
        self.worked = NoteBox()
        self.drop = icon_button("trash-2", _("Take this item out"), self.dropped.emit)
        self._build(names)
        self._connect()

    def to_json(self) -> dict[str, Any]:
        """The item as ``parse_claim`` reads it."""
        return {
            "number": self.number.text().strip(),
            "class": self.mail_class.value(),
            "event": self.event_field.value(),
            "exemption": self.exemption.value(),
            "gross_negligence": self.negligence.isChecked(),
            "terms_not_displayed": self.terms.isChecked(),
            **{name: amount_text(field.text()) for name, field in self.sums.items()},
        }

    def show_worked(self, words: str, owed: bool) -> None:
        """Say what the articles give."""
        self.worked.show_text(words, "good" if owed else "attention")

    def fields(self) -> list[QWidget]:
        """In the order of the Tab key."""
        sums = list(self.sums.values())
        return [
            self.number,
            self.mail_class,
            self.event_field,
            *sums,
            self.exemption,
            self.negligence,
            self.terms,
        ]

    def _build(self, names: Mapping[str, str]) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(6))
        grid = QGridLayout()
        grid.setHorizontalSpacing(looks.px(10))
        grid.setVerticalSpacing(looks.px(4))
        first = (
            (_("Item number"), self.number),
            (_("Class of mail"), self.mail_class),
            (_("Event"), self.event_field),
            (_("Exemption"), self.exemption),
        )
        second = tuple((names[name], self.sums[name]) for name in _SUMS)
        for row, fields in ((0, first), (2, second)):
            for column, (caption, field) in enumerate(fields):
                grid.addWidget(text_label(caption, "caption"), row, column)
                grid.addWidget(field, row + 1, column)
                grid.setColumnStretch(column, 1)
        box.addLayout(grid)
        line = QHBoxLayout()
        line.setSpacing(looks.px(16))
        line.addWidget(self.negligence)
        line.addWidget(self.terms)
        line.addStretch(1)
        line.addWidget(self.drop)
        box.addLayout(line)
        box.addWidget(self.worked)

    def _connect(self) -> None:
        for line in (self.number, *self.sums.values()):
            line.textChanged.connect(lambda _text: self.changed.emit())
        for combo in (self.mail_class, self.event_field, self.exemption):
            combo.changed.connect(lambda _value: self.changed.emit())
        for check in (self.negligence, self.terms):
            check.toggled.connect(lambda _on: self.changed.emit())


def amount_text(typed: str) -> str:
    """An amount as people type it: the sign of the yuan and blanks are no part of it."""
    for sign in ("元", "¥", "￥", "，", ","):
        typed = typed.replace(sign, "")
    return typed.strip()


def why_words(sentences: tuple[Any, ...]) -> str:
    """The reasons of an amount in one text."""
    return " ".join(tell(sentence) for sentence in sentences)
