"""The branch, and the block at the head of every summary that is handed in. It belongs to the desk, not to this PC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.settings.section import Section, scrolled
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.form import Form
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.branch_settings import BranchSetting, HandIn


class BranchSection(Section):
    """Every field is written when it is left; what is refused stays in the field with the reason below."""

    name = "branch"
    right = "setting.edit"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._stored: HandIn | None = None
        self.form = Form()
        self.fields: dict[str, QLineEdit] = {}
        self.serial_told = text_label(kind="hint")

    def parts(self) -> Iterator[None]:
        from postal_desk.services.branch_settings import DECLARED

        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(12))
        self.body.addWidget(scrolled(holder, self.accessibleName()), 1)
        box.addWidget(self._branch_card())
        yield
        box.addWidget(self._hand_in_card())
        box.addStretch(1)
        for declared in DECLARED:
            yield
            self._add(declared)
        self.fields["serial_number"].textChanged.connect(lambda _text: self._tell_serial())

    def load(self) -> None:
        from postal_desk.services import branch_settings

        self.ask(branch_settings.get, self._show)

    def save(self, name: str) -> None:
        """Write one field if it was changed."""
        from postal_desk.services import branch_settings

        text = self.fields[name].text().strip()
        if self._stored is None or text == getattr(self._stored, name):
            self._refuse(name, "")
            return
        desk = self.ctx.desk
        self.ctx.write(
            lambda: branch_settings.set(desk, **{name: text}),
            lambda _changes: self._refuse(name, ""),
            lambda error: self._failed(name, error),
            owner=self,
        )

    def keep(self) -> None:
        for name in self.fields:
            self.save(name)

    def _show(self, stored: HandIn) -> None:
        before, self._stored = self._stored, stored
        for name, field in self.fields.items():
            untouched = before is None or field.text().strip() == getattr(before, name)
            if untouched and field.text() != getattr(stored, name):
                field.setText(getattr(stored, name))
        self._tell_serial()

    def _failed(self, name: str, error: Exception) -> None:
        if isinstance(error, FieldRefusal):
            self._refuse(name, tell(error.reason))
        else:
            self.ctx.tell_fault(error)

    def _refuse(self, name: str, reason: str) -> None:
        self.form.refuse(name, reason)
        dress(self.fields[name], state="bad" if reason else "")

    def _add(self, declared: BranchSetting) -> None:
        field = QLineEdit()
        name = declared.name
        field.editingFinished.connect(lambda: self.save(name))
        field.setReadOnly(not self.allowed)
        if declared.example is not None:
            field.setPlaceholderText(_("for example {text}").format(text=tell(declared.example)))
        hint = ""
        if name == "serial_number":
            hint = _("{year} and {month} are filled in for each summary")
        beside = self.serial_told if name == "serial_number" else None
        self.form.add(tell(declared.label), field, hint, name, beside)
        self.fields[name] = field

    def _tell_serial(self) -> None:
        from postal_desk.services.branch_settings import HandIn

        month = Month.of(self.ctx.desk.today()).previous
        serial = HandIn(serial_number=self.fields["serial_number"].text()).serial_of(month)
        self.serial_told.setText(_("last month: {serial}").format(serial=serial) if serial.strip() else "")

    def _branch_card(self) -> Card:
        branch = self.ctx.desk.branch
        card = Card(_("Branch"))
        form = Form()
        form.add(_("Name of the branch"), text_label(branch.name, selectable=True))
        form.add(_("Division code"), text_label(branch.code, selectable=True))
        if branch.letter:
            form.add(_("Letter of this desk"), text_label(branch.letter, selectable=True))
        card.body.addLayout(form)
        fixed = _("The code stands in every case number; both are fixed for this desk.")
        card.body.addWidget(text_label(fixed, "hint", wrap=True))
        return card

    def _hand_in_card(self) -> Card:
        card = Card(_("Hand-in block of the monthly summary"))
        empty = _("What is left empty is printed as a blank to fill in by hand.")
        card.body.addWidget(text_label(empty, "hint", wrap=True))
        card.body.addLayout(self.form)
        return card
