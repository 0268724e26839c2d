"""Draws the day's list: headings with their count, rows with badge, number, subject and who has it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postal_desk.ui import looks
from postal_desk.ui.today.task_model import LINE_ROLE, Heading, TaskModel
from postal_desk.ui.today.task_words import badge_words, note_words, number_words, subject_words
from postal_desk.ui.widgets.badge import paint_badge

ROW_HEIGHT = 34
HEADING_HEIGHT = 38
_BADGE, _NUMBER, _OUTLET, _HANDLER = 104, 148, 150, 76
_NOTE = 230
_PAD = 16
_NARROW, _NARROWEST = 900, 620  # px of width below which the note goes, then outlet and handler


class TaskDelegate(QStyledItemDelegate):
    """One for the whole list."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        heading = isinstance(index.data(LINE_ROLE), Heading)
        return QSize(looks.px(200), looks.px(HEADING_HEIGHT if heading else ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(LINE_ROLE)
        painter.save()
        if isinstance(line, Heading):
            self._heading(painter, option.rect, line)
        else:
            self._row(painter, option, index)
        painter.restore()

    def _heading(self, painter: QPainter, room: QRect, heading: Heading) -> None:
        inner = room.adjusted(looks.px(_PAD), looks.px(8), -looks.px(_PAD), 0)
        bold = looks.font(13, bold=True)
        self._text(painter, inner, heading.title, looks.color("ink"), bold)
        left = QFontMetrics(bold).horizontalAdvance(heading.title) + looks.px(8)
        self._text(painter, inner.adjusted(left, 0, 0, 0), heading.count, looks.color("ink3"), looks.font(12))

    def _row(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model, task = index.model(), index.data(LINE_ROLE)
        assert isinstance(model, TaskModel)
        room: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, looks.color("tint"))
            painter.fillRect(QRect(room.x(), room.y(), 3, room.height()), looks.color("accent"))
        painter.fillRect(QRect(room.x(), room.bottom(), room.width(), 1), looks.color("line2"))
        inner = room.adjusted(looks.px(_PAD), 0, -looks.px(_PAD), -1)
        small, plain = looks.font(12), looks.font()
        words, tone = badge_words(task)
        paint_badge(painter, self._take_left(inner, _BADGE), words, tone)
        self._text(
            painter,
            self._take_left(inner, _NUMBER),
            number_words(task, model.prefix),
            looks.color("ink2"),
            small,
        )
        width = room.width()
        if width >= looks.px(_NARROWEST):
            self._text(painter, self._take_right(inner, _HANDLER), task.handler, looks.color("ink2"), small)
            self._text(painter, self._take_right(inner, _OUTLET), task.outlet, looks.color("ink2"), small)
        if width >= looks.px(_NARROW):
            self._text(painter, self._take_right(inner, _NOTE), note_words(task), looks.color("ink3"), small)
        self._text(painter, inner, subject_words(task), looks.color("ink"), plain)

    def _take_left(self, inner: QRect, width: int) -> QRect:
        """A column at the left of the room that is left, which becomes smaller."""
        taken = QRect(inner.x(), inner.y(), looks.px(width), inner.height())
        inner.setLeft(inner.left() + looks.px(width))
        return taken.adjusted(0, 0, -looks.px(8), 0)

    def _take_right(self, inner: QRect, width: int) -> QRect:
        inner.setRight(inner.right() - looks.px(width))
        return QRect(inner.right() + looks.px(8), inner.y(), looks.px(width - 8), inner.height())

    def _text(self, painter: QPainter, room: QRect, text: str, ink: QColor, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
