"""Settings: the list of sections at the left, the one in front at the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.pages import PageEntry
from postal_desk.ui.readying import InTurns, ready, rest
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


def _entry(name: str) -> PageEntry:
    return next(entry for entry in SECTIONS if entry.name == name)


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
        self._made: dict[str, tuple[Section, Iterator[None]]] = {}  # with what each still makes
        self._coming = InTurns(ctx, self)
        self._current = self._wanted = ""  # in front, and asked for
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # in front until the first one is whole
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
        self.open_section(str(request.get("section") or self._wanted or SECTIONS[0].name), **request)
        if "named" not in request:  # else the section lights that record
            self.buttons[self._wanted].setFocus(Qt.FocusReason.OtherFocusReason)

    def open_section(self, name: str, **request: object) -> None:
        """Bring a section to the front and hand it the request; made first, in turns with what else is to be done. An
        unknown name opens the first one.
        """
        if name not in self.buttons:
            name = SECTIONS[0].name
        self._wanted = name
        self.buttons[name].setChecked(True)
        self._list.ensureWidgetVisible(self.buttons[name])
        if name in self._sections:
            self._coming.leave()
            self._show(name, request)
        else:
            module = _entry(name).factory.split(":")[0]
            self._coming.make(module, self._readied(name), lambda: self._show(name, request))

    def _show(self, name: str, request: dict[str, object]) -> None:
        self._current = name
        self.stack.setCurrentWidget(self._sections[name])
        self._sections[name].shown(**request)

    def _readied(self, name: str) -> Iterator[None]:
        yield from self._making(name)
        yield from ready(self._sections[name], self.stack.size())

    def _making(self, name: str) -> Iterator[None]:
        """Make a section that is not whole yet, one part a step; what is in it is made in its place in the window."""
        if name in self._sections:
            return
        if name not in self._made:
            made = _entry(name).make(self.ctx)
            assert isinstance(made, Section)
            self._made[name] = made, made.parts()
            self.stack.addWidget(made)
            yield
        section, parts = self._made[name]
        yield from rest(parts)
        self._sections[name] = section

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
        return {"section": self._wanted}

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
