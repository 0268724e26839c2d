"""One claim: its items with what the articles give, what was proposed, agreed and paid, how it ended, its receipts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.claim_json import parse_claim, parse_claim_changes
from postal_desk.domain.claims import ENDS, Claim, ClaimItem, Sum, work_out, worked_out
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.i18n import _, label, tell
from postal_desk.ui import looks
from postal_desk.ui.cases.claim_item_fields import ClaimItemFields, amount_text, why_words
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.dressing import line
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.fitting import resize_within
from postal_desk.ui.widgets.labels import text_label

_PAUSE_MS = 120
_WIDE, _HIGH = 760, 640
_STAGES = ("proposed", "agreed", "paid")
KIND = "claim"


class _Stage(QWidget):
    """An amount and its day side by side."""

    def __init__(self, name: str, today: Callable[[], date], found: Sum | None) -> None:
        super().__init__()
        self.amount = QLineEdit(f"{found.amount:.2f}" if found else "")
        self.amount.setAccessibleName(_("{stage}: amount in yuan").format(stage=name))
        self.amount.setPlaceholderText(_("Amount in yuan"))
        self.on = DateEdit(_("{stage}: day").format(stage=name), today)
        self.on.set_value(found.on if found else None)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.amount)
        row.addWidget(self.on)

    def to_json(self) -> dict[str, Any] | None:
        """The sum as ``parse_claim`` reads it; ``None`` while there is no amount."""
        amount, on = amount_text(self.amount.text()), self.on.value()
        if not amount:
            return None
        return {"amount": amount, "on": on.isoformat() if on else None}


class ClaimDialog(Editor):
    """A new claim (``claim`` without a number) or a change of one."""

    help = "claims"

    def __init__(self, ctx: Context, claim: Claim, parent: QWidget) -> None:
        number = claim.number
        title = _("Claim {number}").format(number=number) if number else _("New claim")
        super().__init__(ctx, title, parent, grows=False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.claim = claim
        self.items: list[ClaimItemFields] = []
        self._rules, self._today = ctx.desk.rules, ctx.desk.today
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.work_out)
        self.total = text_label(kind="strong")
        self._build_items()
        self._build_fields()
        self.files: AttachmentPanel | None = None
        if number:
            self._build_files(number)
            self._build_delete(number)
        resize_within(self, _WIDE, _HIGH)
        self.work_out()

    def fields(self) -> list[QWidget]:
        found = [field for item in self.items for field in item.fields()]
        for stage in self.stages.values():
            found += [stage.amount, stage.on]
        return [*found, self.receipt, self.ended, self.ended_on, self.basis, self.reason]

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.claims import add_claims, edit_claim

        desk, claim, values = self.ctx.desk, self.claim, self.to_json()
        if not claim.number:
            whole = {"case": claim.case, "opened_on": claim.opened_on.isoformat(), **values}
            made = parse_claim(whole, desk.rules, desk.today())
            return lambda: add_claims(desk, [made])
        changes = parse_claim_changes(values, desk.rules, desk.today())
        changed = {name: value for name, value in changes.items() if not self._same(name, value)}
        return lambda: edit_claim(desk, claim.number, changed, claim.revision) if changed else Changes()

    def refused(self, error: Exception) -> None:
        """A refusal of a part of a row is shown at the row."""
        if isinstance(error, FieldRefusal):
            error = FieldRefusal(error.path.partition(".")[0], error.reason)
        super().refused(error)

    def to_json(self) -> dict[str, Any]:
        """What is typed, as ``parse_claim_changes`` reads it."""
        values: dict[str, Any] = {name: stage.to_json() for name, stage in self.stages.items()}
        if values["paid"] is not None:
            values["paid"]["receipt"] = self.receipt.text().strip()
        how, on = self.ended.value(), self.ended_on.value()
        values["ended"] = {"how": how, "on": on.isoformat() if on else None} if how else None
        values["basis"] = self.basis.toPlainText()
        values["reason"] = self.reason.toPlainText()
        values["items"] = [item.to_json() for item in self.items]
        return values

    def work_out(self) -> None:
        """Say below each item what the articles give, and the sum of all."""
        typed = {"items": [item.to_json() for item in self.items]}
        try:
            items = parse_claim_changes(typed, self._rules, self._today())["items"]
        except Refusal as refusal:
            for field in self.items:
                field.show_worked(tell(refusal.sentence), owed=False)
            return
        assert isinstance(items, tuple)
        claim = worked_out(Claim(self.claim.case, self.claim.opened_on, items), self._rules)
        for field, item in zip(self.items, claim.items, strict=True):
            found = work_out(item, self._rules, claim.opened_on)
            field.show_worked(why_words(found.why), owed=bool(found.amount))
        total = claim.computed
        words = _("no amount") if total is None else _("{amount} yuan").format(amount=f"{total:.2f}")
        self.total.setText(_("By law: {amount}").format(amount=words))
        for name in ("proposed", "agreed"):
            self.stages[name].amount.setPlaceholderText(
                f"{total:.2f}" if total is not None else _("Amount in yuan")
            )

    # -- inside ---------------------------------------------------------------------------------------

    def _same(self, name: str, value: object) -> bool:
        """True if a field is as the claim has it; an item's worked-out amount is no part of what was typed."""
        old = getattr(self.claim, name)
        if name == "items":
            assert isinstance(value, tuple)
            return [(i.number, i.facts) for i in old] == [(i.number, i.facts) for i in value]
        return bool(old == (("" if name in ("basis", "reason") else None) if value is None else value))

    def _build_items(self) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(looks.px(10))
        self.inner.insertLayout(0, self._list)
        for item in self.claim.items:
            self._add_item(item)
        foot = QHBoxLayout()
        foot.addWidget(link_button("＋ " + _("Another item"), lambda: self._add_item(ClaimItem())))
        foot.addStretch(1)
        foot.addWidget(self.total)
        self.inner.insertLayout(1, foot)
        self.inner.insertWidget(2, line())

    def _add_item(self, item: ClaimItem) -> None:
        fields = ClaimItemFields(item, self._rules)
        self.items.append(fields)
        self._list.addWidget(fields)
        fields.changed.connect(self._pause.start)
        fields.dropped.connect(lambda: self._drop_item(fields))
        if self.isVisible():
            self._order()
            fields.number.setFocus()
            self._pause.start()

    def _drop_item(self, fields: ClaimItemFields) -> None:
        self.items.remove(fields)
        fields.hide()
        fields.deleteLater()
        self._pause.start()

    def _build_fields(self) -> None:
        names = {"proposed": _("Proposed"), "agreed": _("Agreed"), "paid": _("Paid")}
        self.stages = {name: _Stage(names[name], self._today, getattr(self.claim, name)) for name in _STAGES}
        for name, stage in self.stages.items():
            self.form.add(names[name], stage, key=name)
        self.receipt = QLineEdit(self.claim.paid.receipt if self.claim.paid else "")
        self.form.add(
            _("Receipt"), self.receipt, _("Number of the receipt; the paper itself goes to the files below")
        )
        self.ended = CodeCombo(
            _("How it ended"),
            [
                Choice("", _("by payment, or not yet")),
                *(Choice(how, label(self._rules.name("claim_statuses", how))) for how in ENDS),
            ],
        )
        self.ended_on = DateEdit(_("Day of the end"), self._today)
        self.ended.set_value(self.claim.ended.how if self.claim.ended else "")
        if self.claim.ended is not None:
            self.ended_on.set_value(self.claim.ended.on)
        self.form.add(_("How it ended"), self.ended, key="ended", beside=self.ended_on)
        self.basis, self.reason = _lines(self.claim.basis), _lines(self.claim.reason)
        self.form.add(_("Basis"), self.basis, key="basis")
        self.form.add(
            _("Reason"),
            self.reason,
            _("Why another amount than the articles give, or nothing, is paid"),
            "reason",
        )

        for field in (self.basis, self.reason):
            field.setMaximumWidth(looks.px(_WIDE))

    def _build_files(self, number: str) -> None:
        self.files = AttachmentPanel(self.ctx, KIND, _("Receipts and evidence"))
        self.inner.insertWidget(self.inner.count() - 1, self.files)
        self.files.show_record(number)
        self.ctx.changed.connect(self._refresh_files)

    def _refresh_files(self, changes: Changes) -> None:
        if self.files is not None:
            self.files.refresh(changes)

    def _build_delete(self, number: str) -> None:
        from postal_desk.services.claims import delete_claim

        desk = self.ctx.desk
        delete = QPushButton(_("Delete"))
        delete.setAutoDefault(False)
        delete.clicked.connect(
            lambda: self.ctx.write(
                lambda: delete_claim(desk, number), lambda _done: self.accept(), owner=self
            )
        )
        self.buttons.insertWidget(0, delete)

    def _order(self) -> None:
        for before, after in pairwise([*self.fields(), self.save_button, self.cancel_button]):
            QWidget.setTabOrder(before, after)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.claim.number and self.claim.is_open:  # what comes next is an amount, not an item
            stage = next((s for s in self.stages.values() if not s.amount.text()), None)
            if stage is not None:
                stage.amount.setFocus(Qt.FocusReason.OtherFocusReason)


def _lines(text: str) -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(looks.px(48))
    return made
