"""A year's months to choose from, opened under the month field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postal_desk.domain.month_ranges import MonthRange, half_of, month_range, quarter_of, year_of
from postal_desk.domain.periods import Month
from postal_desk.i18n import _, label
from postal_desk.reports.words import Words
from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

_COLUMNS = 4
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS}
_PAGES = {Qt.Key.Key_PageUp: -12, Qt.Key.Key_PageDown: 12}


class MonthPopup(QFrame):
    """``chosen`` gives a month up to ``last``, or a quarter, half-year, year or any run of months begun by then.

    Arrows move, Page Up and Page Down change the year, Esc closes. Shift with a click or Enter takes the months from
    the one lit when the list was opened.
    """

    chosen = Signal(object)

    def __init__(self, month: Month, last: Month, language: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Choose a month"))
        dress(self, kind="card")
        self._last, self._words = last, Words(language)
        self.month = self._first = month
        self._year = text_label(kind="heading")
        self._year.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.earlier = icon_button("chevron-left", _("The year before"), lambda: self._move(-12))
        self.later = icon_button("chevron-right", _("The year after"), lambda: self._move(12))
        head = QHBoxLayout()
        head.addWidget(self.earlier)
        head.addWidget(self._year, 1)
        head.addWidget(self.later)
        grid = QGridLayout()
        grid.setSpacing(looks.px(4))
        self.buttons: list[QPushButton] = []
        for place in range(12):
            button = QPushButton()
            button.setMinimumWidth(looks.px(56))
            button.clicked.connect(lambda _on=False, place=place: self._take(place))
            button.installEventFilter(self)
            self.buttons.append(button)
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        box = QVBoxLayout(self)
        margin = looks.px(10)
        box.setContentsMargins(margin, margin, margin, margin)
        box.addLayout(head)
        box.addLayout(grid)
        box.addLayout(self._make_periods())
        hint = text_label(_("Several months: click the first, then the last with Shift"), "hint", wrap=True)
        box.addWidget(hint)
        self._show(month)

    def _make_periods(self) -> QGridLayout:
        """The quarters in one row, half-years and the year in another."""
        grid = QGridLayout()
        grid.setSpacing(looks.px(4))
        for column in range(12):
            grid.setColumnStretch(column, 1)
        self.periods: list[QPushButton] = []
        for place in range(7):
            button = QPushButton()
            button.clicked.connect(lambda _on=False, place=place: self._take_period(place))
            button.installEventFilter(self)
            self.periods.append(button)
            if place < 4:
                grid.addWidget(button, 0, place * 3, 1, 3)
            else:
                grid.addWidget(button, 1, (place - 4) * 4, 1, 4)
        return grid

    def _periods_of(self, year: int) -> list[MonthRange]:
        quarters = [quarter_of(Month(year, month)) for month in (1, 4, 7, 10)]
        return [*quarters, half_of(Month(year, 1)), half_of(Month(year, 7)), year_of(Month(year, 1))]

    def _take_period(self, place: int) -> None:
        period = self._periods_of(self.month.year)[place]
        self.close()
        self.chosen.emit(period)

    def open_under(self, anchor: QWidget) -> None:
        """Show below ``anchor`` with its month in focus."""
        self.adjustSize()
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        screen = anchor.screen().availableGeometry()
        below.setX(max(screen.left(), min(below.x(), screen.right() - self.width())))
        self.move(below)
        self.show()
        self.buttons[self.month.month - 1].setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if step := _STEPS.get(key) or _PAGES.get(key):
                self._move(step)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QPushButton):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def _move(self, months: int) -> None:
        self._show(min(self.month.plus(months), self._last))
        self.buttons[self.month.month - 1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, month: Month) -> None:
        self.month = month
        self._year.setText(_("Year {year}").format(year=month.year))
        self.later.setEnabled(month.year < self._last.year)
        for place, button in enumerate(self.buttons):
            shown = Month(month.year, place + 1)
            button.setText(self._words.month_tick(shown))
            button.setAccessibleName(label(shown.label))
            button.setEnabled(shown <= self._last)
            dress(button, kind="primary" if shown == month else "")
        short = (*(f"Q{quarter}" for quarter in range(1, 5)), _("1st half"), _("2nd half"), _("Whole year"))
        if self._words.chinese:
            short = (*(f"{quarter}季度" for quarter in "一二三四"), *short[4:])
        for button, period, text in zip(self.periods, self._periods_of(month.year), short, strict=True):
            button.setText(text)
            button.setAccessibleName(label(period.label))
            button.setEnabled(period.start <= self._last)

    def _take(self, place: int) -> None:
        month = Month(self.month.year, place + 1)
        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.close()
            self.chosen.emit(month_range(min(self._first, month), max(self._first, month)))
            return
        self.close()
        self.chosen.emit(month)
