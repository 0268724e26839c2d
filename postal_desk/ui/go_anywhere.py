"""Ctrl+K: type a page, a number, a name or any words, Enter goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _, tell
from postal_desk.ui import looks, pages
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.choices import Choice, matching
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.quick_search import Found, QuickFinds

_PAUSE_MS = 120

#: kind of record → its word, and the page that shows it; an outlet and a colleague are lit by name
_REGISTERS: Mapping[str, tuple[Sentence, str]] = {
    "measure": (say("measure"), "measures"),
    "problem": (say("problem"), "problems"),
    "visit": (say("field visit"), "visits"),
    "error": (say("error"), "errors"),
}
_LISTS: Mapping[str, tuple[Sentence, str]] = {
    "outlet": (say("outlet"), "outlets"),
    "staff": (say("staff"), "staff"),
}


@dataclass(frozen=True)
class _Place:
    text: str
    go: Callable[[], object]


class GoAnywhere(QDialog):
    """Pages first, then what is meant by its number or name, the newest cases that match, and other records."""

    help = "keyboard"

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Go to anything"))
        self._ctx = ctx
        self._places: list[_Place] = []
        self._model = QStringListModel(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("A page, a number, a name, any words"))
        self.field.setAccessibleName(_("Go to anything"))
        self.field.textChanged.connect(self._typed)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(_("Places found"))
        self.list.clicked.connect(lambda index: self._go(index.row()))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        frame = dress(QFrame(), kind="panel")  # the window has no border of its own
        whole.addWidget(frame)
        box = QVBoxLayout(frame)
        box.addWidget(self.field)
        box.addWidget(self.list)
        box.addWidget(text_label(_("Enter goes there · Esc closes"), "small"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._search)
        self.resize(looks.px(560), looks.px(380))
        self.move(
            parent.mapToGlobal(parent.rect().center()).x() - self.width() // 2, parent.y() + looks.px(90)
        )
        self._show(self._pages_matching(""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            row = max(0, min(self.list.currentIndex().row() + step, len(self._places) - 1))
            self.list.setCurrentIndex(self._model.index(row))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.list.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _typed(self, typed: str) -> None:
        self._show(self._pages_matching(typed))
        if typed.strip():
            self._pause.start(_PAUSE_MS)
        else:
            self._pause.stop()

    def _search(self) -> None:
        from postal_desk.services.quick_search import quick_search

        typed, desk = self.field.text().strip(), self._ctx.desk
        self._ctx.background.db(
            lambda: quick_search(desk, typed), lambda found: self._found(typed, found), owner=self
        )

    def _found(self, typed: str, found: QuickFinds) -> None:
        if typed != self.field.text().strip():
            return
        navigator = self._ctx.navigator
        records = [self._place_of(row) for row in found.rows]
        listed = sum(1 for row in found.rows if row.kind == "case")
        if found.cases > listed:
            every = _("Show all {count} cases with “{words}”").format(count=found.cases, words=typed)
            records.append(_Place(every, lambda: navigator.go("cases", filter=CaseFilter(text=typed))))
        self._show(self._pages_matching(typed) + records)

    def _place_of(self, row: Found) -> _Place:
        go = self._ctx.navigator.go
        if row.kind in _REGISTERS:
            word, view = _REGISTERS[row.kind]
            way = partial(go, "measures", view=view, number=row.number)
        elif row.kind in _LISTS:
            word, section = _LISTS[row.kind]
            way = partial(go, "settings", section=section, named=row.text)
        elif row.kind == "claim":
            word, way = say("claim"), partial(go, "cases", number=row.case, claim=row.number)
        else:
            return _Place(f"{row.number}   {row.text}", partial(go, "cases", number=row.number))
        return _Place("   ".join(filter(None, (row.number, row.text, f"· {tell(word)}"))), way)

    def _pages_matching(self, typed: str) -> list[_Place]:
        listed = [page for page in pages.PAGES if page.place != pages.NOWHERE]
        shown = [Choice(page.name, tell(page.title), page.shortcut) for page in listed]
        found = matching(shown, typed) if typed.strip() else shown
        go = self._ctx.navigator.go
        return [_Place(f"{choice.text}   {choice.hint}", partial(go, choice.value)) for choice in found]

    def _show(self, places: list[_Place]) -> None:
        self._places = places
        self._model.setStringList([place.text for place in places])
        self.list.setCurrentIndex(self._model.index(0))

    def _go(self, row: int) -> None:
        if 0 <= row < len(self._places):
            place = self._places[row]
            self.accept()
            place.go()
