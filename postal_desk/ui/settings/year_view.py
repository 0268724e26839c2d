"""One year as twelve small months: rest days of the notice marked 休, make-up working days marked 班."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from postal_desk.domain.rules import CalendarYear
from postal_desk.i18n import _, enumerate_words, label, language
from postal_desk.ui import looks

_ACROSS = 3
_NARROW = 560  # px of width below which two months stand side by side
_MONTH_HIGH = 100
_WEEKS = 6


class YearView(QWidget):
    """Shows ``notice``, or the bare year with its weekends while none is on file."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms: dict[int, QRect] = {}
        self.year = 0
        self._notice: CalendarYear | None = None
        self._today: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_year(self, year: int, notice: CalendarYear | None, today: date | None = None) -> None:
        """Show a year; ``today`` gets a ring."""
        self.year, self._notice, self._today = year, notice, today
        self.setAccessibleName(_("Calendar of {year}").format(year=year))
        self.setAccessibleDescription(
            enumerate_words(holiday_lines(notice)) if notice else _("no notice on file")
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(looks.px(620), looks.px(470))

    def minimumSizeHint(self) -> QSize:
        return QSize(looks.px(320), looks.px(_MONTH_HIGH) * (12 // _ACROSS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rooms.clear()
        self.setMinimumHeight(looks.px(_MONTH_HIGH) * (12 // self._across()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), self.told(day) if day else "", self)
            return True
        return super().event(event)

    def told(self, day: date) -> str:
        """What a day is, in words."""
        if self._notice is not None and day in self._notice.holidays:
            return _("{day}: {holiday}").format(day=day, holiday=label(self._notice.holidays[day]))
        if self._notice is not None and day in self._notice.working_days:
            return _("{day}: make-up working day").format(day=day)
        return _("{day}: weekend").format(day=day) if day.weekday() >= 5 else str(day)

    def day_at(self, point: QPoint) -> date | None:
        """The day drawn at a point."""
        for month in range(1, 13) if self.year else ():
            first = date(self.year, month, 1)
            for offset in range(calendar.monthrange(self.year, month)[1]):
                day = first + timedelta(days=offset)
                if self._cell(day).contains(point):
                    return day
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.year:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_month(painter, month)
        painter.end()

    def _paint_month(self, painter: QPainter, month: int) -> None:
        room = self._month(month)
        painter.setFont(looks.font(12, bold=True))
        painter.setPen(looks.color("ink"))
        title = f"{month} 月" if language() == "zh_CN" else calendar.month_abbr[month]
        painter.drawText(
            QRect(room.x(), room.y(), room.width(), self._line()), int(Qt.AlignmentFlag.AlignVCenter), title
        )
        painter.setFont(looks.font(10))
        painter.setPen(looks.color("ink3"))
        for column, name in enumerate(_weekdays()):
            at = QRect(
                room.x() + column * self._column(), room.y() + self._line(), self._column(), self._line()
            )
            painter.drawText(at, int(Qt.AlignmentFlag.AlignCenter), name)
        for number in range(1, calendar.monthrange(self.year, month)[1] + 1):
            self._paint_day(painter, date(self.year, month, number))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        cell = self._cell(day)
        box = cell.adjusted(1, 1, -1, -1)
        rest = self._notice is not None and day in self._notice.holidays
        made_up = self._notice is not None and day in self._notice.working_days
        ink = "ink3" if day.weekday() >= 5 else "ink"
        if rest or made_up:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(looks.color("red_bg" if rest else "amber_bg"))
            painter.drawRoundedRect(box, looks.px(3), looks.px(3))
            ink = "red_ink" if rest else "amber_ink"
        if day == self._today:
            painter.setPen(looks.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, looks.px(3), looks.px(3))
        painter.setPen(looks.color(ink))
        painter.setFont(looks.font(11, bold=rest or made_up))
        if not rest and not made_up:
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), str(day.day))
            return
        number = cell.adjusted(0, 0, -looks.px(10), 0)
        painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), str(day.day))
        painter.setFont(looks.font(9))
        mark = cell.adjusted(0, 0, -looks.px(3), 0)
        painter.drawText(mark, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), _mark(rest))

    def _month(self, month: int) -> QRect:
        """Where a month stands; each of its days asks."""
        room = self._rooms.get(month)
        if room is None:
            room = self._rooms[month] = self._room(month)
        return room

    def _room(self, month: int) -> QRect:
        gap, across = looks.px(18), self._across()
        down = 12 // across
        width = (self.width() - gap * (across - 1)) // across
        height = (self.height() - gap * (down - 1) // 2) // down
        row, column = divmod(month - 1, across)
        return QRect(column * (width + gap), row * (height + gap // 2), width, height)

    def _across(self) -> int:
        return _ACROSS if self.width() >= looks.px(_NARROW) else 2

    def _cell(self, day: date) -> QRect:
        room = self._month(day.month)
        week = (day.day + day.replace(day=1).weekday() - 1) // 7
        left = room.x() + day.weekday() * self._column()
        return QRect(left, room.y() + (2 + week) * self._line(), self._column(), self._line())

    def _column(self) -> int:
        return self._month(1).width() // 7

    def _line(self) -> int:
        return self._month(1).height() // (_WEEKS + 2)


def _weekdays() -> tuple[str, ...]:
    if language() == "zh_CN":
        return ("一", "二", "三", "四", "五", "六", "日")
    return ("M", "T", "W", "T", "F", "S", "S")


def _mark(rest: bool) -> str:
    if language() == "zh_CN":
        return "休" if rest else "班"
    return "×" if rest else "w"


def legend() -> str:
    """What the marks mean."""
    return _("{rest} rest day of the notice · {work} weekend day that is worked").format(
        rest=_mark(rest=True), work=_mark(rest=False)
    )


def holiday_lines(notice: CalendarYear) -> list[str]:
    """The year's holidays as a list of words: «春节 2-15 至 2-23，9 天», the make-up days last."""
    spans: list[tuple[str, date, date]] = []
    for day, name in sorted(notice.holidays.items()):
        text = label(name)
        if spans and spans[-1][0] == text and spans[-1][2] + timedelta(days=1) == day:
            spans[-1] = (text, spans[-1][1], day)
        else:
            spans.append((text, day, day))
    lines = [_span(name, first, last) for name, first, last in spans]
    if notice.working_days:
        days = enumerate_words(_short(day) for day in sorted(notice.working_days))
        lines.append(_("Working weekend days: {days}").format(days=days))
    return lines


def _span(name: str, first: date, last: date) -> str:
    if first == last:
        return _("{holiday}: {day}, 1 day").format(holiday=name, day=_short(first))
    count = (last - first).days + 1
    return _("{holiday}: {first} to {last}, {count} days").format(
        holiday=name, first=_short(first), last=_short(last), count=count
    )


def _short(day: date) -> str:
    if language() == "zh_CN":
        return f"{day.month}月{day.day}日"
    return f"{day.day} {calendar.month_abbr[day.month]}"
