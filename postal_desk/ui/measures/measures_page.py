"""The measures page: measures, problems, field visits, what comes back, and errors, each a register of its own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.measures.register_view import RegisterView
from postal_desk.ui.page import Page
from postal_desk.ui.readying import InTurns, ready, rest
from postal_desk.ui.role_guard import offer, offered
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.page_header import PageHeader
from postal_desk.ui.widgets.search_line import SearchLine

#: word in requests → title of the view, what its button says, the class that makes it
VIEWS: dict[str, tuple[Sentence, Sentence, str]] = {
    "measures": (say("Measures"), say("＋ New measure"), "measure_register:MeasureRegister"),
    "problems": (say("Problems"), say("＋ New problem"), "problem_register:ProblemRegister"),
    "visits": (say("Field visits"), say("＋ New field visit"), "visit_register:VisitRegister"),
    "recurrences": (say("Recurring problems"), say("＋ Hold to account"), "board_register:BoardRegister"),
    "errors": (say("Errors and exemptions"), say("＋ New error"), "error_register:ErrorRegister"),
}


def _module(name: str) -> str:
    return f"postal_desk.ui.measures.{VIEWS[name][2].split(':')[0]}"


class MeasuresPage(Page):
    """A register is made when it is first asked for. ``go("measures", view=…, number=…)`` opens a record in one;
    ``new={…}`` asks for a new one with these values, ``act`` presses a button of the record (finish, recheck).
    """

    name = "measures"
    help = "measures"
    shortcuts = (
        (say("Measures, problems, visits, recurring, errors"), "Alt+1 … Alt+5"),
        (say("New record"), "Insert"),
        (say("Edit"), "Alt+E"),
        (say("Finish the measure; do what the record asks for first"), "Ctrl+Enter"),
        (say("Re-check the measure"), "Ctrl+R"),
    )

    modules = ("postal_desk.ui.measures.measure_register",)

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.view = "measures"
        self._views: dict[str, RegisterView] = {}
        self._coming: dict[str, RegisterView] = {}  # not whole yet
        self._turns = InTurns(ctx, self)
        self.header = PageHeader(_("Measures"))
        self.search = SearchLine(_("Search this list…  Ctrl+F"), _("Search this list"))
        self.new_button = HintButton("", "Insert", primary=True)
        self.new_button.clicked.connect(lambda: self.register.add())
        self.header.add(self.search, 1)
        offer(ctx, "measure.add", self.new_button)
        self.header.add(self.new_button)
        self.tabs: dict[str, Chip] = {}
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        for place, (name, (title, _new, _factory)) in enumerate(VIEWS.items(), start=1):
            chip = Chip(tell(title))
            chip.setToolTip(f"Alt+{place}")
            chip.clicked.connect(lambda _on=False, name=name: self.open_view(name))
            self.tabs[name] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # in front until the first one is whole
        box = QVBoxLayout(self)
        gap = looks.px(16)
        box.setContentsMargins(gap, looks.px(10), gap, gap)
        box.setSpacing(looks.px(10))
        box.addWidget(self.header)
        box.addLayout(row)
        box.addWidget(self.stack, 1)
        self.search.searched.connect(lambda text: self.register.search(text))
        self.search.left_downward.connect(lambda: self.register.table.setFocus())
        self._bind_keys()

    @property
    def register(self) -> RegisterView:
        """The view in front, or asked for."""
        for _step in self._making(self.view):
            pass
        return self._views[self.view]

    def open_view(
        self, name: str, number: str = "", act: str = "", new: dict[str, Any] | None = None
    ) -> None:
        """Bring a view to the front, with a record if one is named; made first, in turns with what else is to be
        done.
        """
        self.view = name
        for other, chip in self.tabs.items():
            chip.setChecked(other == name)
        self.new_button.setText(tell(VIEWS[name][1]))
        self.new_button.setAccessibleName(self.new_button.text().lstrip("＋ "))
        if name in self._views:
            self._turns.leave()
            self._show(name, number, act, new)
        else:
            self._turns.make(_module(name), self._readied(name), lambda: self._show(name, number, act, new))

    def _show(self, name: str, number: str, act: str, new: dict[str, Any] | None) -> None:
        register = self._views[name]
        register.act_soon(number, act)
        self.stack.setCurrentWidget(register)
        if self.search.text():
            self.search.show_text("")
            register.search("")
        register.open(number)
        if new is not None:
            register.add_with(new)

    def parts(self) -> Iterator[None]:
        yield
        yield from self._making(self.view)

    def shown(self, **request: object) -> None:
        name, number = str(request.get("view") or self.view), str(request.get("number") or "")
        given = request.get("new")
        self.open_view(
            name if name in VIEWS else "measures",
            number,
            str(request.get("act") or ""),
            given if isinstance(given, dict) else None,
        )

    def refresh(self, changes: Changes) -> None:
        for register in self._views.values():
            register.refresh(changes)

    def place(self) -> dict[str, object]:
        return {
            "view": self.view,
            "number": self._views[self.view].number if self.view in self._views else "",
        }

    def command(self, name: str) -> bool:
        if name == "search":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
            return True
        if name == "back":
            if self.search.text():
                self.search.clear()
            return self.register.back()
        if name == "save":
            return self.register.save()
        return False

    def _readied(self, name: str) -> Iterator[None]:
        yield from self._making(name)
        yield from ready(self._views[name], self.stack.size())

    def _making(self, name: str) -> Iterator[None]:
        """Make a register that is not whole yet, one part a step."""
        if name in self._views:
            return
        if name not in self._coming:
            factory = getattr(import_module(_module(name)), VIEWS[name][2].split(":")[1])
            register: RegisterView = factory(self.ctx)
            register.counted.connect(lambda told, name=name: self._told(name, told))
            self._coming[name] = register
            self.stack.addWidget(register)
            if not self.isVisible() and self.stack.currentIndex() == 0:  # ahead: it is readied with the page
                self.stack.setCurrentWidget(register)
            yield
        yield from rest(self._coming[name].parts)
        self._views[name] = self._coming[name]

    def _told(self, name: str, told: str) -> None:
        if name == self.view:
            self.header.facts.setText(told)

    def _bind_keys(self) -> None:
        acts = {"Alt+E": "edit", "Ctrl+Return": "finish", "Ctrl+Enter": "finish", "Ctrl+R": "recheck"}
        for keys, name in acts.items():
            self._bind(keys, self).activated.connect(lambda name=name: self._press(name))
        self._bind("Insert", self).activated.connect(self._add)
        for place, name in enumerate(VIEWS, start=1):
            self._bind(f"Alt+{place}", self).activated.connect(lambda name=name: self.open_view(name))

    def _add(self) -> None:
        if offered(self.ctx, "measure.add"):
            self.register.add()

    def _press(self, name: str) -> None:
        pane = self.register.pane
        if not pane.press(name) and name == "finish":
            pane.press_first()

    @staticmethod
    def _bind(keys: str, over: QWidget) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), over)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut
