"""One mail item in the form: number, class and postage; what is rarer opens below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.entry.fields import CodeField, DateField, Field
from postal_desk.ui.entry.item_fields import MoneyField, NumberField
from postal_desk.ui.entry.item_rows import ItemRow, ItemRows
from postal_desk.ui.entry.slots import Slot
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.labels import text_label

#: The columns of the second line.
RARE = ("posted_on", "insured", "value")
_NUMBER, _BESIDE = "XA22010000322", 56  # a number is seen whole, with its mark and the field's edges


class ItemLine(QWidget):
    """One item: :attr:`row`, which may be another one later (:meth:`show_row`). ``take_away`` is called for it."""

    changed = Signal()
    grown = Signal()  # there is more to visit by Tab
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
        self._place = 1

        def slot(column: str) -> Callable[[], Slot]:
            return lambda: self.row.slots[column]

        self._slot, self._today = slot, today
        self.number = NumberField(_("Item number"), lambda: self.row, rows)
        self.mail_class = CodeField("class", _("Class of mail"), slot("class"), classes)
        self.mail_class.set_placeholder(_("Class of mail"))
        self.postage = MoneyField("postage", _("Postage"), slot("postage"))
        #: day of posting, insured sum and value, once they were asked for
        self.rare: tuple[Field, ...] = ()
        self.more = icon_button("ellipsis", "", self._toggle)
        self.more.setCheckable(True)
        self.remove = icon_button("x", "", lambda: take_away(self.row))
        self._watch((self.number, self.mail_class, self.postage))
        self.number.done.connect(self.enter)
        self._build()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields made so far."""
        return (self.number, self.mail_class, self.postage, *self.rare)

    def _watch(self, fields: Iterable[Field]) -> None:
        for field in fields:
            field.changed.connect(lambda _name: self.changed.emit())
            field.show()

    def show_row(self, row: ItemRow) -> None:
        """Show another row: making a line takes many times as long."""
        front = QApplication.focusWidget()
        if front is not None and self.isAncestorOf(front):
            front.clearFocus()  # what is being typed goes into the row that was there
        self.row = row
        for field in self.fields:
            field.set_error(None)
        self._show_what_is_rare()

    def set_place(self, place: int) -> None:
        """Name everything by the item's place, counted from 1."""
        self._place = place
        name = _("Item {place}").format(place=place)
        for field in self.fields:
            field.widget.setAccessibleName(f"{name}: {field.title}")
        self._name(self.more, _("{item}: own day of posting, insured sum, value").format(item=name))
        self._name(self.remove, _("{item}: take away").format(item=name))

    def open_rare(self) -> None:
        """Show the second line; it is made when it is first wanted."""
        self.more.setChecked(True)
        if not self.rare:
            self.rare = (
                DateField("posted_on", _("Posted on"), self._slot("posted_on"), self._today),
                MoneyField("insured", _("Insured for"), self._slot("insured")),
                MoneyField("value", _("Value"), self._slot("value")),
            )
            self._watch(self.rare)
            for place, field in enumerate(self.rare):
                self._below.addWidget(text_label(field.title, "hint"))
                self._below.addWidget(field.widget, 1 if place else 2)
            self.set_place(self._place)
            self.grown.emit()
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
        whole = self.number.widget.fontMetrics().horizontalAdvance(_NUMBER)
        self.number.widget.setMinimumWidth(max(looks.px(142), whole + looks.px(_BESIDE)))
        self.postage.widget.setFixedWidth(looks.px(72))
        top.addWidget(self.number.widget, 1)
        top.addWidget(self.mail_class.widget, 4)
        top.addWidget(self.postage.widget)
        top.addWidget(self.more)
        top.addWidget(self.remove)
        self.detail = QWidget()
        self._below = QHBoxLayout(self.detail)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(looks.px(6))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(6))
        box.addLayout(top)
        box.addWidget(self.detail)
        self.detail.hide()
        self._show_what_is_rare()

    def _show_what_is_rare(self) -> None:
        """Open the second line where something stands in it."""
        if any(self.row.slots[column].given for column in RARE):
            self.open_rare()
        elif self.rare:
            self.more.setChecked(False)
            self.detail.hide()

    def _toggle(self) -> None:
        if not self.more.isChecked():
            self.detail.hide()
            return
        self.open_rare()
        self.rare[0].widget.setFocus(Qt.FocusReason.TabFocusReason)
