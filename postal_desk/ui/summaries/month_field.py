"""The month a summary is of: ‹ 2019年7月 ›, typed, stepped or chosen from a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy

from postal_desk.domain.month_ranges import MonthRange, Span, first_month, last_month
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, Sentence
from postal_desk.domain.typed_months import read_span
from postal_desk.i18n import _, label, language, tell
from postal_desk.ui import looks
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.dressing import dress

if TYPE_CHECKING:
    from postal_desk.ui.summaries.month_popup import MonthPopup

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class MonthField(QFrame):
    """``changed`` gives the new month or period; ``refused`` the sentence why a typed one is none.

    Up and Down step, Enter takes what was typed, Esc brings the month back, Alt+Down opens the year. ``this`` tells
    the running month, beyond which there is nothing to sum up.
    """

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, this: Callable[[], Month]) -> None:
        super().__init__()
        dress(self, kind="stepper")
        self._this = this
        self.month: Span = this()
        self.problem: Sentence | None = None
        self.earlier = icon_button("chevron-left", _("The month before"), lambda: self.step(-1))
        self.later = icon_button("chevron-right", _("The month after"), lambda: self.step(1))
        for stepper in (self.earlier, self.later):
            stepper.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # for the mouse: Up and Down step
        self.edit = QLineEdit()
        self.edit.setAccessibleName(_("Month"))
        self.edit.setAccessibleDescription(
            _("Up and Down step; type a month like 7 or 2019-7, or a period like 2019-Q3, 2019 or 1-6月")
        )
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        dress(self.edit, kind="bare")
        opener = QAction(icon("calendar", "ink3"), _("Choose a month"), self)
        opener.triggered.connect(self.open_year)
        self.edit.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)
        self.edit.installEventFilter(self)
        self.edit.editingFinished.connect(self._read)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(2), 0, looks.px(2), 0)
        row.setSpacing(0)
        row.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.edit)
        row.addWidget(self.later, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_month(self.month)

    def show_month(self, month: Span) -> None:
        """Show a month; nothing is emitted."""
        self.month = month
        self.edit.setText(label(month.label))
        widest = self.edit.fontMetrics().horizontalAdvance(label(Month(2000, 9).label))
        own = self.edit.fontMetrics().horizontalAdvance(label(month.label))
        self.edit.setFixedWidth(max(widest, own) + looks.px(42))
        self.later.setEnabled(last_month(month) < self._this())
        self._mark(None)

    def step(self, months: int) -> None:
        """Go on by so many months (or quarters, years …), not beyond the running one."""
        if not isinstance(self.month, MonthRange):
            self._take(min(self.month.plus(months), self._this()))
            return
        later = self.month.plus(months * self.month.size)
        if first_month(later) <= self._this():
            self._take(later)

    def open_year(self) -> MonthPopup:
        """Open the months of the year."""
        from postal_desk.ui.summaries.month_popup import MonthPopup

        popup = MonthPopup(last_month(self.month), self._this(), language(), self)
        popup.chosen.connect(self._take)
        popup.open_under(self)
        return popup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            dress(self, active="true" if event.type() == QEvent.Type.FocusIn else "false")
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_E:
                event.ignore()  # elsewhere than on Windows a field would take Ctrl+E for «to the end of the line»
                return True
            if event.type() == QEvent.Type.KeyPress and self._key(event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.open_year()
            return True
        if key in _STEPS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.step(_STEPS[key])
            self.edit.selectAll()
            return True
        if key == Qt.Key.Key_Escape and self.edit.text() != label(self.month.label):
            self.show_month(self.month)
            return True
        return False

    def _read(self) -> None:
        typed = self.edit.text()
        if typed == label(self.month.label):
            return
        try:
            month = read_span(typed, self._this())
        except Refusal as refusal:
            self._mark(refusal.sentence)
            self.refused.emit(refusal.sentence)
        else:
            self._take(month)

    def _take(self, month: Span) -> None:
        same = month == self.month
        self.show_month(month)
        if not same:
            self.changed.emit(month)

    def _mark(self, problem: Sentence | None) -> None:
        self.problem = problem
        dress(self, state="bad" if problem else "")
        self.edit.setToolTip(tell(problem) if problem else "")
