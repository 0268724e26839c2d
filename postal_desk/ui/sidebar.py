"""The column at the left: the pages, and under them one line of truth about the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from postal_desk.i18n import _, tell
from postal_desk.ui import looks, pages
from postal_desk.ui.context import Context
from postal_desk.ui.icons import paint_icon
from postal_desk.ui.pages import PageEntry
from postal_desk.ui.user_button import UserButton
from postal_desk.ui.widgets.dressing import dress, line
from postal_desk.ui.widgets.labels import text_label

WIDTH = 168  # as main_window.SIDEBAR_WIDTH: the bare window keeps the place free
NARROW_WIDTH = 54
_MOST_COUNTED = 99


class SideButton(QPushButton):
    """A page's entry: icon and title, the icon alone while the sidebar is narrow."""

    def __init__(self, page: PageEntry) -> None:
        super().__init__(tell(page.title))
        self._icon = page.icon
        self.count = 0
        self.narrow = False
        self.setCheckable(True)
        self.setAccessibleName(self.text())
        self.setToolTip(f"{self.text()}  {page.shortcut}")
        dress(self, kind="side")

    def minimumSizeHint(self) -> QSize:
        return QSize(looks.px(NARROW_WIDTH - 16), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        role = "tint_ink" if self.isChecked() else "ink2"
        size = looks.px(18)
        left = (self.width() - size) // 2 if self.narrow else looks.px(9)
        paint_icon(painter, QRect(left, (self.height() - size) // 2, size, size), self._icon, role)
        if not self.narrow:
            painter.setPen(looks.color(role))
            room = self.rect().adjusted(looks.px(36), 0, -looks.px(2), 0)
            painter.drawText(
                room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text()
            )
        if self.count:
            self._paint_count(painter)
        painter.end()

    def show_count(self, count: int) -> None:
        """A number in a red pill; 0 shows none."""
        self.count = count
        name = _("{page}: {count} to do").format(page=self.text(), count=count) if count else self.text()
        self.setAccessibleName(name)
        self.update()

    def _paint_count(self, painter: QPainter) -> None:
        text = str(self.count) if self.count <= _MOST_COUNTED else f"{_MOST_COUNTED}+"
        font = looks.font(11, bold=True)
        height = looks.px(17)
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + looks.px(9))
        top = looks.px(1) if self.narrow else (self.height() - height) // 2
        pill = QRect(self.width() - width - looks.px(1 if self.narrow else 9), top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(looks.color("alarm"))
        painter.drawRoundedRect(QRectF(pill), height / 2, height / 2)
        painter.setPen(looks.color("on_primary"))
        painter.setFont(font)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)


class Sidebar(QFrame):
    """``asked`` gives the name of the page somebody wants."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, kind="side")
        self.setAccessibleName(_("Pages"))
        self._buttons: dict[str, SideButton] = {}
        self.user: UserButton | None = None
        self._group = QButtonGroup(self)
        box = QVBoxLayout(self)
        gap = looks.px(8)
        box.setContentsMargins(gap, looks.px(10), gap + 1, gap)
        box.setSpacing(looks.px(2))
        self._add(box, "top")
        box.addStretch(1)
        self._add(box, "bottom")
        self._user_place = QVBoxLayout()
        box.addLayout(self._user_place)
        box.addSpacing(looks.px(4))
        box.addWidget(line())
        self.truth = text_label(kind="small", wrap=True)
        self.truth.setContentsMargins(looks.px(9), looks.px(4), 0, looks.px(4))
        box.addWidget(self.truth)
        self.set_narrow(False)
        self._saved = True
        self._copied: datetime | None = None
        self.tell_saved(True)

    def light(self, name: str) -> None:
        """Show which page is in front."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def show_user(self, ctx: Context, lock: Callable[[str], object]) -> None:
        """Say at the foot who works at the desk, as soon as one is open."""
        self.user = UserButton(ctx)
        self.user.lock_asked.connect(lock)
        self._user_place.addWidget(self.user)
        ctx.opened.connect(self.user.tell)
        ctx.changed.connect(self.user.refresh)
        self.user.tell()

    def show_count(self, name: str, count: int) -> None:
        """A number beside a page's title: how much waits there."""
        if name in self._buttons:
            self._buttons[name].show_count(count)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, where the window has little room."""
        for button in self._buttons.values():
            button.narrow = narrow
            button.update()
        if self.user is not None:
            self.user.narrow = narrow
            self.user.update()
        self.truth.setVisible(not narrow)
        self.setFixedWidth(looks.px(NARROW_WIDTH if narrow else WIDTH))

    def tell_saved(self, all_saved: bool) -> None:
        """The line of truth."""
        self._saved = all_saved
        self._tell_truth()

    def tell_copied(self, moment: datetime | None) -> None:
        """When the newest copy of the desk was made; nothing is said while there is none."""
        self._copied = moment
        self._tell_truth()

    def _tell_truth(self) -> None:
        state = _("All saved") if self._saved else _("Saving…")
        lines = ["● " + _("{state} · offline").format(state=state)]
        if self._copied is not None:
            lines.append(_("Last copy {time}").format(time=f"{self._copied:%m-%d %H:%M}"))
        self.truth.setText("\n".join(lines))
        self.truth.setAccessibleName(self.truth.text())

    def _add(self, box: QVBoxLayout, place: str) -> None:
        for page in pages.sidebar(place):
            button = SideButton(page)
            button.clicked.connect(lambda _checked=False, name=page.name: self.asked.emit(name))
            self._group.addButton(button)
            self._buttons[page.name] = button
            box.addWidget(button)
