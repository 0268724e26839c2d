"""A field for a day, typed the way people write it: ``0702``, ``7-2``, ``2019/7/2``, ``今天``, ``昨天``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from postal_desk.domain.sentences import Refusal, Sentence
from postal_desk.domain.typed_dates import read_date
from postal_desk.i18n import _, tell
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.dressing import dress


class DateEdit(QLineEdit):
    """``value()`` is the day, or ``None`` while empty or unreadable (:attr:`problem` says why).

    ``today`` tells the day that «今天» and dates without a year start from. ``changed`` fires when the user
    changes the value; the text becomes ``2019-07-02`` when the field is left.
    """

    changed = Signal(object)

    def __init__(self, name: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(_("7-2, 0702, today"))
        self._today = today
        self._value: date | None = None
        self.problem: Sentence | None = None
        opener = QAction(icon("calendar", "ink3"), _("Calendar"), self)
        opener.triggered.connect(self.open_calendar)
        self.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._read)
        self.editingFinished.connect(self._settle)

    def value(self) -> date | None:
        """The day, or ``None``."""
        return self._value

    def set_value(self, day: date | None) -> None:
        """Show a day; nothing is emitted."""
        self._value = day
        self.problem = None
        self.setText(day.isoformat() if day else "")
        self._mark()

    def open_calendar(self) -> None:
        """Choose the day from a month."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dress(popup, kind="card")
        calendar = QCalendarWidget()
        calendar.setAccessibleName(self.accessibleName())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setSelectedDate(_to_qt(self._value or self._today()))
        calendar.activated.connect(lambda day: self._chosen(day.toPython(), popup))
        calendar.clicked.connect(lambda day: self._chosen(day.toPython(), popup))
        QVBoxLayout(popup).addWidget(calendar)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle()

    def _read(self, typed: str) -> None:
        self.problem = None
        day = None
        if typed.strip():
            try:
                day = read_date(typed, self._today())
            except Refusal as refusal:
                self.problem = refusal.sentence
        self._mark()
        if day != self._value:
            self._value = day
            self.changed.emit(day)

    def _settle(self) -> None:
        if self._value is not None:
            self.setText(self._value.isoformat())

    def _chosen(self, day: date, popup: QFrame) -> None:
        popup.close()
        self.set_value(day)
        self.changed.emit(day)
        self.setFocus()

    def _mark(self) -> None:
        dress(self, state="bad" if self.problem else "")
        self.setToolTip(tell(self.problem) if self.problem else "")
        self.setAccessibleDescription(self.toolTip())


def _to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
