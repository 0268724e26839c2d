"""Settings: the list of sections at the left, the one in front at the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.role_guard import may
from postal_desk.ui.settings.section import Section
from postal_desk.ui.settings.sections import SECTIONS
from postal_desk.ui.sidebar import SideButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.page_header import PageHeader

_LIST_WIDTH = 196
_NARROW_LIST = 60
_LOWEST = 26  # px of a line of the list; below that it scrolls
_NARROW = 760  # px of width below which the list shows icons only


class SettingsPage(Page):
    """``go("settings", section="calendar", year=2027)`` opens a section; without one the last stays in front."""

    name = "settings"
    shortcuts = (
        (say("Next or previous section, from the list at the left"), "↑ ↓"),
        (say("Add to the list in front"), "Insert"),
        (say("Edit what is lit in a list"), "Enter"),
    )

    modules = (SECTIONS[0].factory.split(":")[0],)

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._sections: dict[str, Section] = {}
        self._parts: dict[str, Iterator[None]] = {}  # what each still makes
        self._current = ""
        self.stack = QStackedWidget()
        self.buttons = {entry.name: SideButton(entry) for entry in SECTIONS}
        header = PageHeader(_("Settings"))
        if may(ctx, "setting.edit"):
            header.facts.setText(_("Changes take effect at once; there is nothing to confirm"))
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        self._list = self._scrolling(self._section_list())
        row.addWidget(self._list)
        row.addWidget(self.stack, 1)
        box = QVBoxLayout(self)
        gap = looks.px(16)
        box.setContentsMargins(gap, looks.px(11), gap, gap)
        box.setSpacing(looks.px(12))
        box.addWidget(header)
        box.addLayout(row, 1)

    def parts(self) -> Iterator[None]:
        yield
        yield from self._making(SECTIONS[0].name)

    def shown(self, **request: object) -> None:
        self.open_section(str(request.get("section") or self._current or SECTIONS[0].name), **request)
        if "named" not in request:  # else the section lights that record
            self.buttons[self._current].setFocus(Qt.FocusReason.OtherFocusReason)

    def open_section(self, name: str, **request: object) -> None:
        """Bring a section to the front and hand it the request. An unknown name opens the first one."""
        if name not in self.buttons:
            name = SECTIONS[0].name
        section = self._made(name)
        self._current = name
        self.buttons[name].setChecked(True)
        self.stack.setCurrentWidget(section)
        self._list.ensureWidgetVisible(self.buttons[name])
        self._sections[name].shown(**request)

    def _made(self, name: str) -> Section:
        for _step in self._making(name):
            pass
        return self._sections[name]

    def _making(self, name: str) -> Iterator[None]:
        """Make a section that is not whole yet, one part a step; what is in it is made in its place in the window."""
        if name not in self._sections:
            made = next(entry for entry in SECTIONS if entry.name == name).make(self.ctx)
            assert isinstance(made, Section)
            self._sections[name] = made
            self._parts[name] = made.parts()
            self.stack.addWidget(made)
            yield
        yield from self._parts[name]

    @property
    def help_page(self) -> str:
        """The page of the manual for the section in front."""
        return self._sections[self._current].help if self._current in self._sections else self.help

    def section(self, name: str) -> Section:
        """A section that has been opened. Raises :class:`KeyError`."""
        return self._sections[name]

    def refresh(self, changes: Changes) -> None:
        front = self._sections.get(self._current)
        if front is not None and self.isVisible():
            front.refresh(changes)

    def keep(self) -> None:
        if self._current in self._sections:
            self._sections[self._current].keep()

    def place(self) -> dict[str, object]:
        return {"section": self._current}

    def command(self, name: str) -> bool:
        front = self._sections.get(self._current)
        return front is not None and front.command(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < looks.px(_NARROW)
        self._list.setFixedWidth(looks.px(_NARROW_LIST if narrow else _LIST_WIDTH))
        for button in self.buttons.values():
            button.narrow = narrow
            button.update()

    @staticmethod
    def _scrolling(card: Card) -> QScrollArea:
        """Where the window is too low for all of them."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(card.accessibleName())
        area.setWidget(card)
        return area

    def _section_list(self) -> Card:
        card = Card(margin=8)
        card.setAccessibleName(_("Sections of the settings"))
        card.body.setSpacing(looks.px(2))
        group = QButtonGroup(self)
        for entry in SECTIONS:
            button = self.buttons[entry.name]
            button.setToolTip(tell(entry.title))
            button.setMinimumHeight(looks.px(_LOWEST))
            button.setSizePolicy(
                QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
            )  # room for a scroll bar
            group.addButton(button)
            # by keyboard the arrows move and check at once: «clicked» comes then too
            button.clicked.connect(lambda _on=False, name=entry.name: self.open_section(name))
            card.body.addWidget(button)
        card.body.addStretch(1)
        return card
