"""The mail items of the form, a line each; there is always one to type in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.entry.fields import Field
from postal_desk.ui.entry.item_line import RARE, ItemLine
from postal_desk.ui.entry.item_rows import ItemRow, ItemRows
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.labels import text_label


class ItemsTable(QWidget):
    """Shows the rows of the form in front. :attr:`changed` fires on a person's act; :attr:`removed` offers to undo."""

    changed = Signal()
    rebuilt = Signal()
    removed = Signal(object)  # a function that puts the row back

    def __init__(self, rows: Callable[[], ItemRows], today: Callable[[], date]) -> None:
        super().__init__()
        self._rows = rows
        self._today = today
        self.classes: Sequence[Choice] = ()
        self.lines: list[ItemLine] = []
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

    def tab_chain(self) -> list[QWidget]:
        """What Tab visits, in order."""
        return [*(widget for line in self.lines for widget in line.tab_chain()), self.add_button]

    def field(self, path: str) -> Field | None:
        """The field of a JSON path like ``items[1].number``; of the row's number if it names none."""
        place, _end, column = path.removeprefix("items[").partition("]")
        if not place.isdigit() or not 1 <= int(place) <= len(self.lines):
            return None
        line, column = self.lines[int(place) - 1], column.removeprefix(".")
        if column in RARE:
            line.open_rare()
        return next((field for field in line.fields if field.name == column), line.number)

    def _put_back(self, row: ItemRow, place: int) -> None:
        self.rows.put_back(row, min(place, len(self.rows.rows)))
        self.show_rows()
        self.changed.emit()

    def _rebuild(self) -> None:
        """A line for each row, in order. One whose row is gone shows another row."""
        rows = self.rows.rows
        kept = {id(line.row): line for line in self.lines if line.row in rows}
        spare = [line for line in self.lines if id(line.row) not in kept]
        self.lines = []
        for place, row in enumerate(rows):
            line = kept.get(id(row))
            if line is None and spare:
                line = spare.pop(0)
                line.show_row(row)
            line = line or self._line(row)
            line.set_place(place + 1)
            if self._box.indexOf(line) != place:
                self._box.insertWidget(place, line)
                line.show()
            self.lines.append(line)
        for line in spare:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.rebuilt.emit()

    def _line(self, row: ItemRow) -> ItemLine:
        line = ItemLine(row, self._rows, self.classes, self._today, self.remove)
        line.changed.connect(self.changed)
        line.grown.connect(self.rebuilt)
        line.enter.connect(self.add)
        return line
