"""A list with its record beside it: chips and search over the list, one table, one record."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.measures.record_pane import Act, RecordPane
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.chip import Chip, FilterChip
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk

_LIST_WIDTH = 500
_ONE_PANE = 760  # px of width below which the record stands in the list's place


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says, and the button that changes that."""

    icon: str
    title: str
    text: str
    button: str = ""


class RegisterView(QWidget):
    """Subclasses say what is read, how a row reads and what can be done.

    ``counted`` gives the line of facts for the page's head. :attr:`name` is the word in the page's requests. Whole once
    its :attr:`parts` are made.
    """

    counted = Signal(str)
    name = ""

    def __init__(self, ctx: Context, pane: RecordPane, listed: str) -> None:
        super().__init__()
        self.ctx = ctx
        self.pane = pane
        self.rows: list[Any] = []
        self.shown: list[Any] = []
        self.number = ""
        self._wanted = ""
        self._act = ("", "")  # a record's number and the button to press once it is shown
        self._text = ""
        self._known = False
        self._asked = False  # nothing is read before somebody looks
        self._one_pane = False
        self.table = RecordTable(listed, self.columns(), self.faded)
        nothing = self.nothing()
        self.empty = EmptyState(nothing.icon)
        self.empty.show_text(nothing.title, nothing.text, self._first(nothing), self.add)
        self.table.moved.connect(self._moved)
        self.table.opened.connect(self._opened)
        self.pane.allows = self.allows
        self.pane.asked.connect(self.act)
        self._whole = self._sized = False
        #: puts everything into its place in the window, one part a step
        self.parts: Iterator[None] = self._make_parts()

    def allows(self, act: Act) -> bool:
        """True for a button that whoever works here may press: all of them write but the one that shows cases."""
        return act.name == "cases" or offered(self.ctx, "measure.edit")

    # -- what a kind says ----------------------------------------------------------------------------

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """The columns of the list."""

    @abstractmethod
    def read(self, desk: Desk) -> list[Any]:
        """All rows; runs on the desk's thread."""

    @abstractmethod
    def key(self, row: Any) -> str:
        """The number of a row."""

    @abstractmethod
    def searched(self, row: Any) -> str:
        """What the search box looks in."""

    def keeps(self, row: Any) -> bool:
        """True if the chips let a row through."""
        return True

    def faded(self, row: Any) -> bool:
        """True for a row that no longer counts."""
        return False

    @abstractmethod
    def nothing(self) -> Empty:
        """What stands in the place of an empty list."""

    def told(self) -> str:
        """The line of facts about the rows."""
        return ""

    @abstractmethod
    def load(self, number: str) -> None:
        """Read one record and show it."""

    def add(self) -> None:
        """Ask for a new record."""

    def open_dialog(self, dialog: QDialog) -> None:
        """Show a dialog of this view; the list gets the focus back when it is done."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _code: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        dialog.open()

    def add_with(self, given: dict[str, Any]) -> None:
        """Ask for a new record that has some values already."""
        self.add()

    def save(self) -> bool:
        """Ctrl+S: save what is being typed here. False if nothing is."""
        return False

    def act(self, name: str) -> None:
        """Do something with the record in front."""

    @abstractmethod
    def concerns(self, changes: Changes) -> bool:
        """True if a write concerns these rows."""

    def chips(self) -> Sequence[QWidget]:
        """The filters over the list."""
        return ()

    # -- what the page asks --------------------------------------------------------------------------

    def open(self, number: str = "") -> None:
        """Come to the front, with a record if one is named."""
        if number:
            self._wanted = number
            if self._known and not self._light(number):
                self.clear_filters()
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def act_soon(self, number: str, name: str) -> None:
        """Press a button of a record as soon as it is shown."""
        self._act = (number, name)

    def record_shown(self) -> None:
        """The record in front is complete: do what was asked for, if it was about this one."""
        number, name = self._act
        if number and number == self.number:
            self._act = ("", "")
            self.pane.press(name)

    def search(self, text: str) -> None:
        """Keep the rows that hold every word."""
        self._text = text
        self._draw()

    def refresh(self, changes: Changes) -> None:
        """Something was written."""
        if self._asked and self.concerns(changes):
            known = {self.key(row) for row in self.rows}
            written = (*changes.measures, *(number for _kind, number in changes.records))
            if self.isVisible() and self._known:  # a record just made is what one goes on with
                self._wanted = next((number for number in written if number not in known), self._wanted)
            self.reload()

    def reload(self) -> None:
        """Read the rows again, then the record in front."""
        if not self.ctx.has_desk:
            return
        desk, self._asked = self.ctx.desk, True
        self.ctx.background.db(lambda: self.read(desk), self._read, owner=self)

    def clear_filters(self) -> None:
        """Show everything."""
        for chip in self._chips:
            if isinstance(chip, FilterChip):
                chip.show_value("", "")
            elif isinstance(chip, Chip):
                chip.setChecked(False)
        self._draw()

    def back(self) -> bool:
        """Esc: from the record to the list, from the list nowhere."""
        if self._one_pane and self.pane.isVisible():
            self._show_pane(False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # -- inside --------------------------------------------------------------------------------------

    def draw(self) -> None:
        """The chips have changed."""
        self._draw()

    def _read(self, rows: list[Any]) -> None:
        self.rows, self._known = rows, True
        self._draw()
        if self.number and not any(self.key(row) == self.number for row in rows):
            self.number = ""
            self.pane.show_nothing()
        elif self.number:
            self.load(self.number)

    def _draw(self) -> None:
        words = self._text.casefold().split()
        self.shown = [
            row
            for row in self.rows
            if self.keeps(row) and all(word in self.searched(row).casefold() for word in words)
        ]
        self.counted.emit(self.told())
        self.table.records.set_rows(self.shown)
        self.table.fit_columns()
        places = {self.key(row): at for at, row in enumerate(self.shown)}
        place = places.get(self._wanted, places.get(self.number, 0))
        self.table.light(place)
        self._wanted = ""
        if self.shown:
            self._layers.setCurrentWidget(self.table)
            self._moved(self.table.current())
        else:
            self._show_empty()

    def _light(self, number: str) -> bool:
        return any(self.key(row) == number for row in self.shown)

    def _show_empty(self) -> None:
        nothing = self.nothing()
        if self.rows:
            self.empty.show_text(
                _("Nothing fits"), _("No record has all of this."), _("Show everything"), self.clear_filters
            )
        else:
            self.empty.show_text(nothing.title, nothing.text, self._first(nothing), self.add)
        self._layers.setCurrentWidget(self.empty)
        self.number = ""
        self.pane.show_nothing()

    def _first(self, nothing: Empty) -> str:
        """The button that makes the first record, for whoever may."""
        return nothing.button if offered(self.ctx, "measure.add") else ""

    def _moved(self, row: Any | None) -> None:
        if row is not None and self.key(row) != self.number:
            self.number = self.key(row)
            self.load(self.number)

    def _opened(self, row: Any | None) -> None:
        if row is not None:
            self._show_pane(True)
            self.enter()

    def enter(self) -> None:
        """The record was opened with Enter: put the focus where one goes on."""
        self.pane.scroller.setFocus(Qt.FocusReason.OtherFocusReason)

    def failed(self, number: str, error: Exception) -> None:
        """A record could not be read: it is gone, or something is wrong."""
        if isinstance(error, Refusal):
            if number == self.number:
                self.number = ""
                self.pane.show_nothing()
        else:
            self.ctx.tell_fault(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sized = True
        if self._whole:
            self._fit()

    def _fit(self) -> None:
        one_pane = self.width() < looks.px(_ONE_PANE)
        if one_pane != self._one_pane:
            self._one_pane = one_pane
            self._show_pane(False)

    def _show_pane(self, shown: bool) -> None:
        self.pane.setVisible(shown or not self._one_pane)
        self._left.setVisible(not shown or not self._one_pane)

    def _make_parts(self) -> Iterator[None]:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(10))
        self._chips = list(self.chips())
        if self._chips:
            row = QWidget()
            box.addWidget(row)
            flow = FlowLayout(row, looks.px(9))
            for chip in self._chips:
                flow.addWidget(chip)
        yield
        self._left = dress(QFrame(), kind="card")
        self._left.setMinimumWidth(looks.px(300))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(looks.px(12))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([looks.px(_LIST_WIDTH), looks.px(720)])
        box.addWidget(self.splitter, 1)
        yield
        inside = QHBoxLayout(self._left)
        inside.setContentsMargins(1, 1, 1, 1)
        self._layers = QStackedLayout()
        inside.addLayout(self._layers)
        self._layers.addWidget(self.table)
        yield
        self._layers.addWidget(self.empty)
        yield
        yield from self.pane.making
        self._whole = True
        if self._sized:
            self._fit()
