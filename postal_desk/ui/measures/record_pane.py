"""One record beside its list: head with number, state and what can be done; facts; what it says; the quiet column.

A kind of record says what is shown as plain :class:`Shown` and may put widgets of its own under the texts (a chart, a
line to type in).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.badge_row import BadgeRow
from postal_desk.ui.widgets.buttons import PressButton, link_button
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.dressing import dress, line
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.labels import ElidedLabel, text_label
from postal_desk.ui.widgets.one_layout import one_layout
from postal_desk.ui.widgets.scrolled import Scrolled
from postal_desk.ui.widgets.side_rows import RowContent, SideSection

_SIDE_WIDTH = 222
_LEAST_TEXT = 96  # px of height that the texts keep; below that the whole record scrolls
_THREE = 480  # px of width from which the facts stand in three columns
_WIDE = 620  # px of width from which the quiet column stands beside the texts


FIRST = "Ctrl+Return"  #: the key of what a record asks for most


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done: its words, what :attr:`RecordPane.asked` says, its key."""

    text: str
    name: str
    keys: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with paragraphs; ``link`` is one more thing to do below them."""

    heading: str
    texts: tuple[str, ...] = ()
    link: tuple[str, Callable[[], object]] | None = None
    hint: bool = False


@dataclass(frozen=True)
class Shown:
    """All that is shown of a record."""

    number: str
    title: str
    badges: Sequence[tuple[str, str]] = ()
    acts: Sequence[Act] = ()
    facts: Sequence[tuple[str, str]] = ()
    parts: Sequence[Part] = ()
    side: Sequence[tuple[str, Sequence[RowContent]]] = field(default=())


class RecordPane(QFrame):
    """``asked`` names what somebody wants done with the record. Whole once its :attr:`making` is done."""

    asked = Signal(str)

    def __init__(self, icon: str, nothing: tuple[str, str]) -> None:
        super().__init__()
        self.allows: Callable[[Act], bool] = lambda _act: True
        dress(self, kind="card")
        self._sections: dict[str, SideSection] = {}
        self._layers = QStackedLayout(self)
        self.empty = EmptyState(icon)
        self.empty.show_text(*nothing)
        self._layers.addWidget(self.empty)
        self._whole = self._sized = False
        #: makes what a record is shown in, one part a step, in its place in the window
        self.making: Iterator[None] = self._make()

    def show_nothing(self) -> None:
        """No record is chosen."""
        self._layers.setCurrentWidget(self.empty)

    def show_record(self, shown: Shown) -> None:
        """Show another record, or another state of it."""
        self._layers.setCurrentWidget(self._record)
        with one_layout(self._top, self._texts, self._beside):
            self.number.setText(shown.number)
            self.title.setText(shown.title)
            self._badges.show_badges(shown.badges)
            self._show_acts(shown.acts)
            self._show_facts(shown.facts)
            _emptied(self.parts)
            for part in shown.parts:
                self._add_part(part)
            self._show_side(shown.side)
            for layout in (self._acts, self._grid, self.parts):
                _show_all(layout)

    def press(self, name: str) -> bool:
        """Do what a button of that name does, if there is one now."""
        button = self._buttons.get(name)
        if button is None or not button.isEnabled():
            return False
        button.click()
        return True

    def press_first(self) -> bool:
        """Do what the record asks for most: its green button, or the one with that key."""
        return any(self.press(name) for name in self._primary)

    def add_below(self, widget: QWidget) -> None:
        """Put a widget of the kind's own below the texts."""
        self.own.addWidget(widget)

    def add_beside(self, widget: QWidget) -> None:
        """Put a widget of the kind's own at the head of the quiet column."""
        self.side_own.addWidget(widget)

    def add_foot(self, widget: QWidget) -> None:
        """Put a widget at the foot, always in sight."""
        self.foot.addWidget(widget)

    # -- inside ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sized = True
        if self._whole:
            self._lay_facts()
            self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= looks.px(_WIDE)
        self.side_chip.setVisible(not wide and bool(self._sections))
        beside = bool(self._sections) and (wide or self.side_chip.isChecked())
        self.side.setVisible(beside)
        self.side_line.setVisible(wide and beside)
        self.main.setVisible(wide or not self.side_chip.isChecked())
        if wide:
            self.side.setFixedWidth(looks.px(_SIDE_WIDTH))
        else:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)

    def _make(self) -> Iterator[None]:
        content = dress(QWidget(), kind="plain")
        box = QVBoxLayout(content)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self._record = Scrolled(content)
        self._layers.addWidget(self._record)
        yield
        box.addWidget(self._head())
        yield
        self.side_chip = Chip(_("More about it"))
        self.side_chip.toggled.connect(lambda _on: self._arrange())
        box.addWidget(self.side_chip, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(line())
        body = QHBoxLayout()
        body.setSpacing(0)
        box.addLayout(body, 1)
        body.addWidget(self._main(), 1)
        yield
        self.side_line = line(vertical=True)
        body.addWidget(self.side_line)
        body.addWidget(self._side())
        yield
        self._whole = True
        if self._sized:
            self._arrange()

    def _head(self) -> QWidget:
        head = self._top = QWidget()
        gap = looks.px(18)
        box = QVBoxLayout(head)
        box.setContentsMargins(gap, looks.px(14), gap, looks.px(9))
        box.setSpacing(looks.px(5))
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        self.number = text_label(kind="hint", selectable=True)
        self._badges = BadgeRow(self.number)
        row.addWidget(self._badges, 1, Qt.AlignmentFlag.AlignVCenter)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(looks.px(8))
        self._buttons: dict[str, QPushButton] = {}
        self._primary: list[str] = []
        row.addLayout(self._acts)
        box.addLayout(row)
        self.title = text_label(kind="subject", wrap=True, selectable=True)
        box.addWidget(self.title)
        self._fact_rows: list[tuple[QLabel, ElidedLabel]] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(looks.px(12))
        self._grid.setVerticalSpacing(looks.px(2))
        box.addLayout(self._grid)
        return head

    def _main(self) -> QWidget:
        self.main = QWidget()
        inner = self._texts = dress(QWidget(), kind="plain")
        gap = looks.px(18)
        column = QVBoxLayout(inner)
        column.setContentsMargins(gap, looks.px(10), gap, looks.px(10))
        column.setSpacing(looks.px(10))
        self.parts, self.own = QVBoxLayout(), QVBoxLayout()
        for part in (self.parts, self.own):
            part.setSpacing(looks.px(4))
            column.addLayout(part)
        column.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidget(inner)
        self.scroller.setWidgetResizable(True)
        self.scroller.setMinimumHeight(looks.px(_LEAST_TEXT))
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setAccessibleName(_("The record"))
        box = QVBoxLayout(self.main)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.scroller, 1)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(gap, 0, gap, 0)
        box.addLayout(self.foot)
        return self.main

    def _side(self) -> QWidget:
        inner = self._beside = dress(QFrame(), kind="sunken")
        box = QVBoxLayout(inner)
        gap = looks.px(14)
        box.setContentsMargins(gap, looks.px(12), gap, looks.px(12))
        box.setSpacing(looks.px(12))
        self._side_rows, self.side_own = QVBoxLayout(), QVBoxLayout()
        box.addLayout(self.side_own)
        box.addLayout(self._side_rows)
        box.addStretch(1)
        self.side = QScrollArea()
        self.side.setWidget(inner)
        self.side.setWidgetResizable(True)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setAccessibleName(_("More about it"))
        return self.side

    def _show_acts(self, acts: Sequence[Act]) -> None:
        focused = next((name for name, button in self._buttons.items() if button.hasFocus()), "")
        _emptied(self._acts)
        self._buttons, self._primary = {}, []
        for act in filter(self.allows, acts):
            button = PressButton(act.text)
            button.setToolTip(act.keys)
            button.setAccessibleName(act.text)
            button.clicked.connect(lambda _on=False, name=act.name: self.asked.emit(name))
            if act.primary:
                dress(button, kind="primary")
            if act.primary or act.keys == FIRST:
                self._primary.append(act.name)
            self._acts.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self._buttons[act.name] = button
        before: QWidget = self.scroller  # Enter in the list goes there; Tab then reaches the buttons first
        for placed in self._buttons.values():
            QWidget.setTabOrder(before, placed)
            before = placed
        if focused in self._buttons:
            self._buttons[focused].setFocus()

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        _emptied(self._grid)
        self._fact_rows = []
        for caption, value in facts:
            name, shown = text_label(caption, "caption"), ElidedLabel(value, "fact")
            shown.setAccessibleName(f"{caption}: {value}")
            self._fact_rows.append((name, shown))
        self._columns = 0
        self._lay_facts()

    def _lay_facts(self) -> None:
        """Two columns where three would cut what stands in them; the longer the text, the wider its column."""
        columns = 3 if self.width() >= looks.px(_THREE) else 2
        if columns == self._columns:
            return
        self._columns = columns
        for place, (name, shown) in enumerate(self._fact_rows):
            self._grid.addWidget(name, place // columns, 2 * (place % columns))
            self._grid.addWidget(shown, place // columns, 2 * (place % columns) + 1)
        for column in range(3):
            needed = [shown.sizeHint().width() for _name, shown in self._fact_rows[column::columns]]
            self._grid.setColumnStretch(2 * column + 1, max(needed, default=1) if column < columns else 0)

    def _add_part(self, part: Part) -> None:
        if part.heading:
            self.parts.addWidget(text_label(part.heading, "heading"))
        for text in part.texts:
            shown = text_label(text, "hint" if part.hint else "", wrap=True, selectable=True)
            self.parts.addWidget(shown)
        if part.link is not None:
            link = link_button(*part.link)
            link.setAccessibleName(link.text())
            self.parts.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.parts.addSpacing(looks.px(4))

    def _show_side(self, side: Sequence[tuple[str, Sequence[RowContent]]]) -> None:
        for heading, rows in side:
            if heading not in self._sections:
                self._sections[heading] = SideSection(heading)
                self._side_rows.addWidget(self._sections[heading])
            self._sections[heading].fill(rows)
        shown = {heading for heading, _rows in side}
        for heading, section in self._sections.items():
            if heading not in shown:
                section.fill([])
        self._arrange()


def _emptied(layout: QLayout, first: int = 0) -> None:
    """Take everything out of a layout from place ``first`` on."""
    while layout.count() > first:
        item = layout.takeAt(first)
        if item is not None and (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _show_all(layout: QLayout) -> None:
    """Show what was put into a layout now, as one layout is made of it all; Qt would show one after the other later."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is not None and (widget := item.widget()) is not None:
            widget.show()
