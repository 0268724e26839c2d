"""The head of a record: number, state, what can be done, subject, and the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.masking import mask_free_text
from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, enumerate_words, label, tell
from postal_desk.ui import looks
from postal_desk.ui.cases.record_words import (
    badges,
    customer_words,
    item_words,
    opinion_words,
    outcome_words,
)
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.role_guard import offer
from postal_desk.ui.widgets.badge_row import BadgeRow
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel, text_label
from postal_desk.ui.widgets.masked_label import MaskedLabel
from postal_desk.ui.widgets.one_layout import one_layout
from postal_desk.ui.widgets.widths import fitted

if TYPE_CHECKING:
    from postal_desk.services.cases import CaseView

_SHARES = (8, 5, 6, 5)  # of the width, where four facts stand in a row
_WIDE = 560  # px of width from which there is room for the button that prints
_FOUR = 620  # px of width from which the facts stand four in a row


def offer_header(ctx: Context, header: RecordHeader) -> None:
    """Offer its buttons to whoever may use them."""
    offer(ctx, "case.close", header.close_button)
    offer(ctx, "case.reopen", header.reopen_button)
    offer(ctx, "case.restore", header.restore_button)
    offer(ctx, "case.edit", header.edit_button)


class RecordHeader(QWidget):
    """``asked`` names what somebody wants to do: edit, close, reopen, print, more, restore."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._facts: list[tuple[QLabel, QWidget]] = []
        self._columns = 0
        box = QVBoxLayout(self)
        gap = looks.px(18)
        box.setContentsMargins(gap, looks.px(14), gap, looks.px(9))
        box.setSpacing(looks.px(5))
        box.addLayout(self._top_row())
        self.subject = text_label(kind="subject", wrap=True, selectable=True)
        box.addWidget(self.subject)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(looks.px(12))
        self._grid.setVerticalSpacing(looks.px(2))
        self._make_facts()
        box.addLayout(self._grid)
        self.missing = text_label(kind="hint", wrap=True)
        box.addWidget(self.missing)

    def show_case(self, view: CaseView, rules: Rules) -> None:
        """Show another case, masked."""
        with one_layout(self, self.badges):
            self._show_case(view, rules)

    def _show_case(self, view: CaseView, rules: Rules) -> None:
        case = view.case
        self.number.setText(case.number)
        self.badges.show_badges(badges(view, rules))
        names = [case.customer.name] if case.customer.name else []
        self._subjects = (mask_free_text(case.subject, names, rules.compound_surnames).text, case.subject)
        self.subject.setText(self._subjects[0])
        self.category.setText(label(rules.category_name(case.category)))
        self.channel.setText(label(rules.name("channels", case.channel)))
        self.outlet.setText(case.outlet or "—")
        self.handler.setText(case.handler or "—")
        self.customer.show_value(customer_words(case, rules, False), customer_words(case, rules, True))
        self.items.show_value(item_words(case, rules, False), item_words(case, rules, True))
        self.outcome.setText(outcome_words(case, rules) or "—")
        self.opinion.setText(opinion_words(case, rules) or "—")
        self.praise.setVisible(bool(case.praise) or case.kind == "praise")
        needed = enumerate_words(tell(part) for part in view.missing)
        self.missing.setText(_("Still missing for closing: {needed}").format(needed=needed) if needed else "")
        self.missing.setVisible(bool(needed))
        self._share_room()
        deleted = view.deleted_at is not None
        self.close_button.setVisible(case.is_open and not deleted)
        self.reopen_button.setVisible(not case.is_open and not deleted)
        self.restore_button.setVisible(deleted)
        self.edit_button.setVisible(not deleted)

    def reveal(self, shown: bool) -> None:
        """Show or hide personal data."""
        self.subject.setText(self._subjects[shown])
        self.customer.set_open(shown)
        self.items.set_open(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= looks.px(_WIDE)
        self.print_button.setVisible(wide)  # the menu has it too
        self._lay_facts(4 if self.width() >= looks.px(_FOUR) else 2)
        self._share_room()

    def _top_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        self.number = text_label(kind="hint", selectable=True)
        self.badges = BadgeRow(self.number)
        row.addWidget(self.badges, 1, Qt.AlignmentFlag.AlignVCenter)
        self.close_button = self._button(_("Close case"), "close", "Ctrl+Return")
        self.reopen_button = self._button(_("Reopen"), "reopen")
        self.restore_button = self._button(_("Restore"), "restore")
        self.edit_button = self._button(_("Edit"), "edit", "Alt+E")
        self.print_button = self._button(_("Print case sheet"), "print", "Ctrl+P")
        buttons = (
            self.close_button,
            self.reopen_button,
            self.restore_button,
            self.edit_button,
            self.print_button,
        )
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.more = icon_button("ellipsis", _("More"), lambda: self.asked.emit("more"))
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _button(self, text: str, name: str, keys: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(keys)
        button.clicked.connect(lambda: self.asked.emit(name))
        return button

    def _make_facts(self) -> None:
        def fact(caption: str, value: QWidget) -> None:
            name = text_label(caption, "caption")
            name.setFixedWidth(max(looks.px(28), name.fontMetrics().horizontalAdvance(caption)))
            for part in (name, value):  # laid while a page is brought to the front, it would never be painted
                part.setParent(self)
            self._facts.append((name, value))

        self.category, self.channel = ElidedLabel(kind="fact"), ElidedLabel(kind="fact")
        self.outlet, self.handler = ElidedLabel(kind="fact"), ElidedLabel(kind="fact")
        self.customer, self.items = MaskedLabel(_("Customer")), MaskedLabel(_("Items"))
        self.outcome, self.opinion = ElidedLabel(kind="fact"), ElidedLabel(kind="fact")
        self.praise = dress(QLabel(), kind="fact")
        self.praise.setPixmap(icon("heart", "gold").pixmap(looks.px(14), looks.px(14)))
        self.praise.setToolTip(_("Praise"))
        self.praise.setAccessibleName(_("Praise"))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(4))
        row.addWidget(self.opinion, 1)
        row.addWidget(self.praise)
        fact(_("Category"), self.category)
        fact(_("Channel"), self.channel)
        fact(_("Outlet"), self.outlet)
        fact(_("Handler"), self.handler)
        fact(_("Customer"), self.customer)
        fact(_("Items"), self.items)
        fact(_("Outcome"), self.outcome)
        fact(_("Opinion"), both)

    def _lay_facts(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, (name, value) in enumerate(self._facts):
            self._grid.addWidget(name, place // columns, 2 * (place % columns))
            self._grid.addWidget(value, place // columns, 2 * (place % columns) + 1)
        for column in range(2 * columns, 8):
            self._grid.setColumnStretch(column, 0)

    def _share_room(self) -> None:
        """A fact that would be cut gets what the others beside it do not need."""
        columns = self._columns
        if not columns:
            return
        shares = _SHARES if columns == 4 else (1,) * columns
        layout = self.layout()
        assert layout is not None
        sides = layout.contentsMargins().left() * 2
        names = [max(name.width() for name, _value in self._facts[at::columns]) for at in range(columns)]
        between = self._grid.horizontalSpacing() * (2 * columns - 1)
        room = self.width() - sides - sum(names) - between
        planned = [room * share // sum(shares) for share in shares]
        needed = [
            max(_whole_width(value) for _name, value in self._facts[at::columns]) for at in range(columns)
        ]
        longest = needed.index(
            max(needed)
        )  # what is cut anyway leaves the others whole, and a third for itself
        left = room - sum(needed) + needed[longest]
        needed[longest] = min(needed[longest], max(left, room // 3))
        for at, width in enumerate(fitted(room, planned, needed)):
            self._grid.setColumnStretch(2 * at + 1, max(1, width))


def _whole_width(value: QWidget) -> int:
    """How wide a fact is that is not cut."""
    if isinstance(value, MaskedLabel):
        return value.whole_width()
    parts = [value] if isinstance(value, QLabel) else value.findChildren(QLabel)
    return sum(part.sizeHint().width() + looks.px(4) for part in parts if not part.isHidden())
