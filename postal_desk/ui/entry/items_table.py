"""The mail items: a line each with number, class and postage; what is rarer opens below the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from postal_desk.domain.item_numbers import check, normalise
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.entry.fields import CodeField, DateField, Field, TextField
from postal_desk.ui.entry.item_rows import ItemRow, ItemRows
from postal_desk.ui.entry.slots import Slot
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.buttons import icon_button, link_button
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.labels import text_label

_MOST_YUAN = Decimal("999999999.99")


class NumberField(TextField):
    """An item number with the verdict of its check digit: a tick, or a warning that never blocks."""

    done = Signal()  # Enter

    def __init__(self, title: str, row: ItemRow, rows: Callable[[], ItemRows]) -> None:
        super().__init__("number", title, lambda: row.slots["number"], _("Item number"))
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
        if self._rows().rename(self._row, text):
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


class _Line(QWidget):
    """One item."""

    changed = Signal()
    enter = Signal()

    def __init__(self, place: int, row: ItemRow, table: ItemsTable) -> None:
        super().__init__()
        self.row = row
        name = _("Item {place}").format(place=place + 1)
        self.number = NumberField(f"{name}: {_('Item number')}", row, lambda: table.rows)
        self.mail_class = CodeField(
            "class", f"{name}: {_('Class of mail')}", lambda: row.slots["class"], table.classes
        )
        self.mail_class.set_placeholder(_("Class of mail"))
        self.postage = MoneyField("postage", _("Postage"), lambda: row.slots["postage"])
        self.insured = MoneyField("insured", _("Insured for"), lambda: row.slots["insured"])
        self.value = MoneyField("value", _("Value"), lambda: row.slots["value"])
        self.posted = DateField("posted_on", _("Posted on"), lambda: row.slots["posted_on"], table.today)
        self.fields: tuple[Field, ...] = (
            self.number, self.mail_class, self.postage, self.posted, self.insured, self.value,
        )  # fmt: skip
        for field in self.fields:
            field.widget.setAccessibleName(f"{name}: {field.title.removeprefix(f'{name}: ')}")
            field.changed.connect(lambda _name: self.changed.emit())
            field.show()
        self.number.done.connect(self.enter)
        self._build(name, table)

    def _build(self, name: str, table: ItemsTable) -> None:
        self.more = icon_button(
            "ellipsis", _("{item}: own day of posting, insured sum, value").format(item=name), self._toggle
        )
        self.more.setCheckable(True)
        self.remove = icon_button(
            "x", _("{item}: take away").format(item=name), lambda: table.remove(self.row)
        )
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
        for field in (self.posted, self.insured, self.value):
            below.addWidget(text_label(field.title, "hint"))
            below.addWidget(field.widget, 2 if field is self.posted else 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(6))
        box.addLayout(top)
        box.addWidget(self.detail)
        rare = any(self.row.slots[column].given for column in ("posted_on", "insured", "value"))
        self.more.setChecked(rare)
        self.detail.setVisible(rare)

    def _toggle(self) -> None:
        self.detail.setVisible(self.more.isChecked())
        if self.more.isChecked():
            self.posted.widget.setFocus(Qt.FocusReason.TabFocusReason)


class ItemsTable(QWidget):
    """Shows the rows of the form in front. :attr:`changed` fires on a person's act; :attr:`removed` offers to undo."""

    changed = Signal()
    removed = Signal(object)  # a function that puts the row back

    def __init__(self, rows: Callable[[], ItemRows], today: Callable[[], date]) -> None:
        super().__init__()
        self._rows = rows
        self.today = today
        self.classes: Sequence[Choice] = ()
        self.lines: list[_Line] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(looks.px(6))
        self.add_button = link_button("＋ " + _("Another item"), self.add)
        self.message = text_label(kind="error", wrap=True)
        self.message.hide()
        self._box.addWidget(self.message)

    @property
    def rows(self) -> ItemRows:
        """The rows of the form in front."""
        return self._rows()

    def show_rows(self) -> None:
        """Show the rows as they are now; there is always one to type in."""
        if not self.rows.rows:
            self.rows.add()
        if [line.row for line in self.lines] != self.rows.rows:
            self._rebuild()
        for line in self.lines:
            for field in line.fields:
                field.show()

    def set_classes(self, classes: Sequence[Choice]) -> None:
        """The classes of mail to choose from."""
        self.classes = classes
        for line in self.lines:
            line.mail_class.set_choices(classes)
            line.mail_class.mark()

    def show_messages(self) -> None:
        """Say below the lines what is wrong with them."""
        errors = [tell(f.error) for line in self.lines for f in line.fields if f.error is not None]
        self.message.setText("\n".join(dict.fromkeys(errors)))
        self.message.setVisible(bool(errors))

    def add(self) -> None:
        """One more row, with the cursor in it."""
        if self.rows.rows and not self.rows.rows[-1].given:
            self.lines[-1].number.widget.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self.rows.add()
        self.show_rows()
        self.lines[-1].number.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def remove(self, row: ItemRow) -> None:
        """Take a row away."""
        given = row.given
        place = self.rows.remove(row)
        self.show_rows()
        self.lines[min(place, len(self.lines) - 1)].number.widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()
        if given:
            self.removed.emit(lambda: self._put_back(row, place))

    def field(self, path: str) -> Field | None:
        """The field of a JSON path like ``items[1].number``; of the row's number if it names none."""
        place, _end, column = path.removeprefix("items[").partition("]")
        if not place.isdigit() or not 1 <= int(place) <= len(self.lines):
            return None
        line, column = self.lines[int(place) - 1], column.removeprefix(".")
        found = next((field for field in line.fields if field.name == column), line.number)
        if found in (line.posted, line.insured, line.value):
            line.more.setChecked(True)
            line.detail.show()
        return found

    def _put_back(self, row: ItemRow, place: int) -> None:
        self.rows.put_back(row, min(place, len(self.rows.rows)))
        self.show_rows()
        self.changed.emit()

    def _rebuild(self) -> None:
        kept = {id(line.row): line for line in self.lines if line.row in self.rows.rows}
        for line in self.lines:
            self._box.removeWidget(line)
            if id(line.row) not in kept:
                line.hide()
                line.deleteLater()
        self.lines = []
        for place, row in enumerate(self.rows.rows):
            line = kept.get(id(row)) or self._line(place, row)
            self._box.insertWidget(place, line)
            self.lines.append(line)
        chain = [
            widget for line in self.lines for widget in line.findChildren(QWidget) if widget.focusPolicy()
        ]
        for before, after in zip(chain, [*chain[1:], self.add_button], strict=True):
            QWidget.setTabOrder(before, after)

    def _line(self, place: int, row: ItemRow) -> _Line:
        line = _Line(place, row, self)
        line.changed.connect(self.changed)
        line.enter.connect(self.add)
        return line
