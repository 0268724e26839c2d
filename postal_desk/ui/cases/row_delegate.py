"""Draws a row of the case list: text that ends in … where it is long, a badge for the status, a bar for the
choice.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from postal_desk.ui import looks
from postal_desk.ui.cases.case_model import CaseModel
from postal_desk.ui.cases.columns import BY_NAME, COLUMNS, state_words
from postal_desk.ui.icons import paint_icon
from postal_desk.ui.widgets.badge import paint_badge
from postal_desk.ui.widgets.line_cache import LineCache

ROW_HEIGHT = 34
_SELECTED = QStyle.StateFlag.State_Selected
_PAD = 8  # as the headings
_NEW_LINES = (
    16  # a quarter of a screen: shaping a line and drawing its characters for the first time takes long
)
_STATUS = COLUMNS.index(BY_NAME["status"])
_SUBJECT = COLUMNS.index(BY_NAME["subject"])
_FLAGS = (("fraud", "triangle-alert", "amber"), ("praise", "heart", "gold"))


class RowDelegate(QStyledItemDelegate):
    """One for the whole table."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines = LineCache(self)
        self._left = QRect()

    def begin(self, at_once: bool) -> None:
        """A painting begins: of everything, or of so much that nobody's typing waits for it (see :meth:`left`)."""
        self._left = QRect()
        self._lines.begin(*(() if at_once else (_NEW_LINES,)))

    def left(self) -> QRect:
        """What was not drawn in this painting, and must be in the next."""
        return self._left

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(looks.px(80), looks.px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        room: QRect = option.rect
        column = index.column()
        if option.state & _SELECTED:
            painter.fillRect(room, looks.color("tint"))
            if column == _first_shown(option.widget):
                painter.fillRect(QRect(room.x(), room.y(), 3, room.height()), looks.color("accent"))
        painter.fillRect(QRect(room.x(), room.bottom(), room.width(), 1), looks.color("line2"))
        inner = room.adjusted(looks.px(_PAD), 0, -looks.px(4), -1)
        model = index.model()
        assert isinstance(model, CaseModel)
        row = model.row(index.row())
        if row is None:
            painter.setPen(looks.color("faint"))
            self._lines.draw(painter, inner, "…", option)
        elif column == _STATUS:
            paint_badge(painter, inner, *state_words(row, model.lookup))
        else:
            if column == _SUBJECT:
                inner = self._flags(painter, inner, row)
            painter.setPen(looks.color("ink"))
            if not self._lines.draw(painter, inner, COLUMNS[column].text(row, model.lookup), option):
                self._left = self._left.united(room)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            text = str(index.data())
            room = view.visualRect(index).width() - looks.px(_PAD + 6)
            if option.fontMetrics.horizontalAdvance(text) > room:
                QToolTip.showText(event.globalPos(), text, view)
                return True
        return bool(super().helpEvent(event, view, option, index))

    def _flags(self, painter: QPainter, room: QRect, row: object) -> QRect:
        size = looks.px(13)
        for name, picture, role in _FLAGS:
            if getattr(row, name):
                place = QRect(room.right() - size, room.center().y() - size // 2, size, size)
                paint_icon(painter, place, picture, role)
                room = room.adjusted(0, 0, -size - looks.px(4), 0)
        return room


def _first_shown(view: object) -> int:
    if not hasattr(view, "horizontalHeader"):
        return 0
    header = view.horizontalHeader()
    return next(
        (
            header.logicalIndex(place)
            for place in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(place))
        ),
        0,
    )
