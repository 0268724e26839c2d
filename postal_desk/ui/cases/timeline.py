"""The timeline of a record: one entry a step, drawn, so that a thousand of them cost no more than those in
view.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QStaticText,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.cases.moments import Moment
from postal_desk.ui.icons import paint_icon
from postal_desk.ui.widgets.badge import paint_badge

LONGEST_SHOWN = 1200  # characters of one entry; the whole text opens with Enter
_DOT, _LEFT, _TOP, _GAP = 10, 26, 5, 9
_DOTS = {"good": "accent", "bad": "red", "attention": "amber", "neutral": "faint"}
Index = QModelIndex | QPersistentModelIndex
_MOMENT = int(Qt.ItemDataRole.UserRole)


class TimelineModel(QAbstractListModel):
    """The entries of one case. ``hide`` masks a text (personal data); it is applied while ``masked``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._moments: list[Moment] = []
        self.opened_on = date.min

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._moments)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        moment = self._moments[index.row()]
        if role == _MOMENT:
            return moment
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            files = _("Files: {count}").format(count=moment.files) if moment.files else ""
            parts = (moment.day_words(self.opened_on), moment.title, moment.result, shown_text(moment), files)
            return ", ".join(part for part in parts if part)
        return None

    def show(self, moments: Sequence[Moment], opened_on: date) -> None:
        """Show another case's entries."""
        self.beginResetModel()
        self._moments = list(moments)
        self.opened_on = opened_on
        self.endResetModel()


def shown_text(moment: Moment) -> str:
    """The text as the timeline shows it: very long ones are cut, and say so."""
    if len(moment.text) <= LONGEST_SHOWN:
        return moment.text
    more = _("… ({count} characters; Enter shows all)").format(count=len(moment.text))
    return moment.text[:LONGEST_SHOWN] + more


def stamp_that_fits(moment: Moment, room: int) -> str:
    """Who and when; the clock only where it leaves what was done whole (an entry that is opened has it)."""
    parts = [part for part in (moment.who, f"{moment.on:%m-%d}", moment.clock) if part]
    whole = "  ".join(parts)
    if not moment.clock or QFontMetrics(looks.font(11)).horizontalAdvance(whole) <= room:
        return whole
    return "  ".join(parts[:-1])


class TimelineDelegate(QStyledItemDelegate):
    """Dot and line at the left; day, title and result; the text below."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._texts: dict[tuple[int, int], QStaticText] = {}

    def forget(self) -> None:
        """Texts laid out are kept for each entry and width; the entries, or the widths, have changed."""
        self._texts.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        height = looks.px(_TOP) + self._line_height() + looks.px(_GAP)
        text = self._laid_out(index)
        return QSize(width, height + math.ceil(text.size().height()) if text.text() else height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        moment: Moment = index.data(_MOMENT)
        room: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(looks.color("hover"))
            painter.drawRoundedRect(QRectF(room).adjusted(looks.px(20), 0, 0, -2), 6, 6)
        self._paint_dot(painter, room, moment, last=index.row() == index.model().rowCount() - 1)
        top = QRect(
            room.x() + looks.px(_LEFT),
            room.y() + looks.px(_TOP),
            room.width() - looks.px(_LEFT + 4),
            self._line_height(),
        )
        model = index.model()
        self._paint_title(painter, top, moment, moment.day_words(model.opened_on))  # type: ignore[attr-defined]
        painter.setFont(looks.font())
        painter.setPen(looks.color("ink2"))
        painter.drawStaticText(top.x(), top.bottom() + 1, self._laid_out(index))
        painter.restore()

    def _laid_out(self, index: Index) -> QStaticText:
        """The text of an entry, broken where Chinese and English allow it, anywhere only if nothing else helps."""
        width = self._view.viewport().width()
        place = (index.row(), width)
        if place not in self._texts:
            text = QStaticText(shown_text(index.data(_MOMENT)).replace("\n", "\u2028"))
            text.setTextFormat(Qt.TextFormat.PlainText)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            text.setTextOption(option)
            text.setTextWidth(max(looks.px(80), width - looks.px(_LEFT + 8)))
            text.prepare(QTransform(), looks.font())
            self._texts[place] = text
        return self._texts[place]

    def _paint_dot(self, painter: QPainter, room: QRect, moment: Moment, last: bool) -> None:
        size = looks.px(_DOT)
        x, y = room.x() + looks.px(1), room.y() + looks.px(_TOP) + (self._line_height() - size) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(looks.color("line"))
        bottom = room.bottom() - looks.px(6) if last else room.bottom()
        painter.drawRect(QRectF(x + size / 2 - 1, y + size + 3, 2, max(0, bottom - y - size - 3)))
        if room.y() > 0:
            painter.drawRect(QRectF(x + size / 2 - 1, room.y(), 2, max(0, y - room.y() - 3)))
        painter.setBrush(looks.color(_DOTS[moment.tone]))
        painter.drawEllipse(QRectF(x, y, size, size))

    def _paint_title(self, painter: QPainter, room: QRect, moment: Moment, day: str) -> None:
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        small, bold = looks.font(12), looks.font()
        left = room.x() + QFontMetrics(small).horizontalAdvance(day) + looks.px(12)
        badge = (
            QFontMetrics(looks.font(11)).horizontalAdvance(moment.result) + looks.px(20)
            if moment.result
            else 0
        )
        metrics = QFontMetrics(bold)
        needed = metrics.horizontalAdvance(moment.title) + badge + looks.px(10)
        stamp = stamp_that_fits(moment, room.right() - left - needed)
        stamp_width = QFontMetrics(looks.font(11)).horizontalAdvance(stamp)
        if moment.files:
            stamp_width += self._paint_files(painter, room, moment.files, stamp_width)
        painter.setFont(small)
        painter.setPen(looks.color("ink3"))
        painter.drawText(room, middle, day)
        free = room.right() - left - stamp_width - looks.px(10)
        title = metrics.elidedText(moment.title, Qt.TextElideMode.ElideRight, max(looks.px(60), free - badge))
        painter.setFont(bold)
        painter.setPen(looks.color("ink"))
        painter.drawText(QRect(left, room.y(), max(0, room.right() - left), room.height()), middle, title)
        left += metrics.horizontalAdvance(title) + looks.px(8)
        if moment.result and room.right() - left - stamp_width > looks.px(30):
            space = room.right() - left - stamp_width - looks.px(6)
            paint_badge(painter, QRect(left, room.y(), space, room.height()), moment.result, moment.tone)
        painter.setFont(looks.font(11))
        painter.setPen(looks.color("ink3"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), stamp)

    @staticmethod
    def _paint_files(painter: QPainter, room: QRect, count: int, stamp_width: int) -> int:
        """A clip and how many, before the stamp; its width."""
        small, side = looks.font(11), looks.px(12)
        words = str(count)
        width = side + looks.px(2) + QFontMetrics(small).horizontalAdvance(words)
        left = room.right() - stamp_width - looks.px(10) - width
        paint_icon(painter, QRect(left, room.center().y() - side // 2, side, side), "paperclip", "ink3")
        painter.setFont(small)
        painter.setPen(looks.color("ink3"))
        at = QRect(left + side + looks.px(2), room.y(), width, room.height())
        painter.drawText(at, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        return width + looks.px(10)

    def _line_height(self) -> int:
        return QFontMetrics(looks.font()).height() + looks.px(2)


class Timeline(QListView):
    """``opened`` gives the place of an entry somebody wants to read whole. Ctrl+C copies the entry."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        # a list wishes for a fixed height; this one takes what is left, so that the composer stays in sight
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.entries = TimelineModel(self)
        self.setModel(self.entries)
        self._delegate = TimelineDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("What happened"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(50)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_moments(self, moments: Sequence[Moment], opened_on: date) -> None:
        """Show another case's entries, from the top."""
        self._delegate.forget()
        self.entries.show(moments, opened_on)
        self.scrollToTop()

    def show_last(self) -> None:
        """Bring the newest entry into view."""
        self.scrollToBottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(str(self.currentIndex().data()))
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()
