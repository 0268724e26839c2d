"""One mail item in the form: number, class and postage; what is rarer opens below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.entry.fields import CodeField, DateField, Field
from postal_desk.ui.entry.item_fields import MoneyField, NumberField
from postal_desk.ui.entry.item_rows import ItemRow, ItemRows
from postal_desk.ui.entry.slots import Slot
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.labels import text_label


class ItemLine(QWidget):
    """One item. ``take_away`` is called for its row."""

    changed = Signal()
    enter = Signal()

    def __init__(
        self,
        row: ItemRow,
        rows: Callable[[], ItemRows],
        classes: Sequence[Choice],
        today: Callable[[], date],
        take_away: Callable[[ItemRow], object],
    ) -> None:
        super().__init__()
        self.row = row

        def slot(column: str) -> Callable[[], Slot]:
            return lambda: row.slots[column]

        self.number = NumberField(_("Item number"), row, rows)
        self.mail_class = CodeField("class", _("Class of mail"), slot("class"), classes)
        self.mail_class.set_placeholder(_("Class of mail"))
        self.postage = MoneyField("postage", _("Postage"), slot("postage"))
        self.posted = DateField("posted_on", _("Posted on"), slot("posted_on"), today)
        self.insured = MoneyField("insured", _("Insured for"), slot("insured"))
        self.value = MoneyField("value", _("Value"), slot("value"))
        self.rare: tuple[Field, ...] = (self.posted, self.insured, self.value)
        self.fields: tuple[Field, ...] = (self.number, self.mail_class, self.postage, *self.rare)
        self.more = icon_button("ellipsis", "", self._toggle)
        self.more.setCheckable(True)
        self.remove = icon_button("x", "", lambda: take_away(row))
        for field in self.fields:
            field.changed.connect(lambda _name: self.changed.emit())
            field.show()
        self.number.done.connect(self.enter)
        self._build()

    def set_place(self, place: int) -> None:
        """Name everything by the item's place, counted from 1."""
        name = _("Item {place}").format(place=place)
        for field in self.fields:
            field.widget.setAccessibleName(f"{name}: {field.title}")
        self._name(self.more, _("{item}: own day of posting, insured sum, value").format(item=name))
        self._name(self.remove, _("{item}: take away").format(item=name))

    def open_rare(self) -> None:
        """Show the second line."""
        self.more.setChecked(True)
        self.detail.show()

    def tab_chain(self) -> list[QWidget]:
        """What Tab visits, in order."""
        rare = [field.widget for field in self.rare]
        return [
            self.number.widget,
            self.mail_class.widget,
            self.postage.widget,
            self.more,
            self.remove,
            *rare,
        ]

    def _name(self, button: QToolButton, name: str) -> None:
        button.setAccessibleName(name)
        button.setToolTip(name)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(looks.px(6))
        self.number.widget.setMinimumWidth(looks.px(148))
        self.postage.widget.setFixedWidth(looks.px(72))
        top.addWidget(self.number.widget, 1)
        top.addWidget(self.mail_class.widget, 4)
        top.addWidget(self.postage.widget)
        top.addWidget(self.more)
        top.addWidget(self.remove)
        self.detail = QWidget()
        below = QHBoxLayout(self.detail)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(looks.px(6))
        for field in self.rare:
            below.addWidget(text_label(field.title, "hint"))
            below.addWidget(field.widget, 2 if field is self.posted else 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(6))
        box.addLayout(top)
        box.addWidget(self.detail)
        given = any(field.slot.given for field in self.rare)
        self.more.setChecked(given)
        self.detail.setVisible(given)

    def _toggle(self) -> None:
        self.detail.setVisible(self.more.isChecked())
        if self.more.isChecked():
            self.posted.widget.setFocus(Qt.FocusReason.TabFocusReason)
