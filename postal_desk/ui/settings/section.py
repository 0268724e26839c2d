"""What a section of the settings is: a page inside the page, which reads its records and shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.role_guard import may
from postal_desk.ui.settings.sections import SECTIONS
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.labels import ElidedLabel, text_label

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk

T = TypeVar("T")
_FACTS = 40  # px that the facts keep beside the tools


class Section(Page):
    """Heading, facts and tools in :attr:`head`, the content below in :attr:`body`. Made only while a desk is open."""

    #: what only some roles may do here
    right = ""
    #: True where more stands than a low window shows: the section scrolls as a whole
    scrolls = False

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        heading = tell(next(entry.title for entry in SECTIONS if entry.name == self.name))
        self.setAccessibleName(heading)
        self.head = FlowLayout(gap=looks.px(8))
        self.heading_label = text_label(heading, "subject")
        self.facts = ElidedLabel(kind="hint")
        words = QHBoxLayout()
        words.setSpacing(looks.px(8))
        words.addWidget(self.heading_label)
        words.addWidget(self.facts, 1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(looks.px(8))
        self._top.addLayout(words, 1)
        self._top.addLayout(self.head)
        holder = QWidget() if self.scrolls else self
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(0, 0, 0, 0)
        if self.scrolls:
            around = QVBoxLayout(self)
            around.setContentsMargins(0, 0, 0, 0)
            around.addWidget(scrolled(holder, heading))
        self.body.setSpacing(looks.px(12))
        self.body.addLayout(self._top)
        self.only_looked_at = text_label(_("Only a manager changes anything here."), "hint")
        self.only_looked_at.setVisible(not self.allowed)
        self.body.addWidget(self.only_looked_at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tools go under the heading where both have no room in one line."""
        super().resizeEvent(event)
        needed = self.heading_label.sizeHint().width() + self.head.sizeHint().width() + looks.px(8 + _FACTS)
        beside = needed <= self.width()
        ways = QBoxLayout.Direction
        self._top.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    @property
    def allowed(self) -> bool:
        """True if whoever works here may change what the section is about."""
        return not self.right or may(self.ctx, self.right)

    def load(self) -> None:
        """Read the records again and show them."""

    def shown(self, **request: object) -> None:
        self.load()

    def refresh(self, changes: Changes) -> None:
        self.load()

    def ask(self, work: Callable[[Desk], T], done: Callable[[T], None]) -> None:
        """Read on the desk's thread, then show on this one."""
        desk = self.ctx.desk
        self.ctx.background.db(lambda: work(desk), done, owner=self)

    def open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog over the window; it deletes itself."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def scrolled(content: QWidget, name: str = "") -> QScrollArea:
    """``content`` in an area that scrolls where the window is low."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name or _("Settings"))
    dress(content, kind="plain")
    area.setWidget(content)
    return area
