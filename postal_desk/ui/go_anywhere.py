"""Ctrl+K: type a page, a case number or any words, Enter goes there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.i18n import _, tell
from postal_desk.ui import looks, pages
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.choices import Choice, matching
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.case_lists import ListHead

_PAUSE_MS = 120
_CASES = 8


@dataclass(frozen=True)
class _Place:
    text: str
    go: Callable[[], object]


class GoAnywhere(QDialog):
    """Pages first, then the newest cases that match."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Go to anything"))
        self._ctx = ctx
        self._places: list[_Place] = []
        self._model = QStringListModel(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("A page, a case number, a name, any words"))
        self.field.setAccessibleName(_("Go to anything"))
        self.field.textChanged.connect(self._typed)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(_("Places found"))
        self.list.clicked.connect(lambda index: self._go(index.row()))
        box = QVBoxLayout(self)
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
        from postal_desk.services.case_lists import list_head

        typed = self.field.text().strip()
        wanted = CaseFilter(text=typed)
        self._ctx.background.db(
            lambda: list_head(self._ctx.desk, wanted, _CASES),
            lambda head: self._found(typed, head),
            owner=self,
        )

    def _found(self, typed: str, head: ListHead) -> None:
        if typed != self.field.text().strip():
            return
        navigator = self._ctx.navigator
        cases = [
            _Place(
                f"{row.number}   {row.subject}",
                partial(navigator.go, "cases", number=row.number),
            )
            for row in head.rows
        ]
        if head.total > len(cases):
            every = _("Show all {count} cases with “{words}”").format(count=head.total, words=typed)
            cases.append(_Place(every, lambda: navigator.go("cases", filter=CaseFilter(text=typed))))
        self._show(self._pages_matching(typed) + cases)

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
