"""The working-day calendar: each year's rest days and make-up days with their source; next year's are pasted in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from postal_desk.domain.rules import CalendarYear
from postal_desk.domain.workdays import missing_year
from postal_desk.i18n import _, label
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.settings.holiday_dialog import HolidayDialog
from postal_desk.ui.settings.section import Section, scrolled
from postal_desk.ui.settings.year_view import YearView, holiday_lines, legend
from postal_desk.ui.widgets.buttons import HintButton, icon_button
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk

_WIDE = 740  # px at 100 % from which the list of words stands beside the year
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class CalendarSection(Section):
    """One year at a time (Page Up, Page Down); a year without a notice says so and takes one."""

    name = "calendar"
    right = "calendar.edit"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.today = ctx.desk.today()
        self.year = self.today.year
        self._edited: frozenset[int] = frozenset()
        self.earlier = icon_button("chevron-left", _("Year before (Page Up)"), lambda: self.turn(-1))
        self.later = icon_button("chevron-right", _("Year after (Page Down)"), lambda: self.turn(1))
        self.year_label = text_label(kind="heading")
        self.paste_button = HintButton("", "Insert", primary=True)
        self.paste_button.clicked.connect(self.paste)
        offer(ctx, self.right, self.paste_button)
        for tool in (self.earlier, self.year_label, self.later):
            self.head.addWidget(tool)
        self.head.addWidget(self.paste_button)
        self.reminder = NoteBox(tone="attention")
        self.reminder.hide()
        self.body.addWidget(self.reminder)
        self.view = YearView()
        self.lines = text_label(wrap=True, selectable=True)
        self.lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.source = text_label(kind="hint", wrap=True, selectable=True)
        self.body.addWidget(scrolled(self._cards(), self.accessibleName()), 1)

    def shown(self, **request: object) -> None:
        if isinstance(year := request.get("year"), int):
            self.year = year
        super().shown(**request)

    def load(self) -> None:
        from postal_desk.services.rule_book import list_rules

        def read(desk: Desk) -> tuple[date, frozenset[int]]:
            return desk.today(), frozenset(
                int(rule.key) for rule in list_rules(desk, "calendar") if rule.edited
            )

        self.ask(read, self._show)

    def turn(self, years: int) -> None:
        """Show another year: from the first one on file to the one after next."""
        known = self.ctx.desk.rules.calendar
        first = min([*known, self.today.year])
        self.year = max(first, min(self.year + years, self.today.year + 2))
        self._draw()

    def paste(self) -> None:
        """Take the notice of the year in front."""
        self.open_dialog(HolidayDialog(self.ctx, self.year, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= looks.px(_WIDE)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._words.setMinimumWidth(looks.px(236) if wide else 0)
        self._words.setMaximumWidth(looks.px(236) if wide else self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PAGES:
            self.turn(_PAGES[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Insert:
            self.paste()
        else:
            super().keyPressEvent(event)

    def _show(self, found: tuple[date, frozenset[int]]) -> None:
        self.today, self._edited = found
        self._draw()

    def _draw(self) -> None:
        notice = self.ctx.desk.rules.calendar.get(self.year)
        self.year_label.setText(str(self.year))
        self.year_label.setAccessibleName(_("Year {year}").format(year=self.year))
        self.view.show_year(self.year, notice, self.today)
        self.paste_button.setText(
            _("Paste the notice again") if notice else _("Paste the notice of {year}").format(year=self.year)
        )
        self.paste_button.setAccessibleName(self.paste_button.text())
        self.lines.setText("\n".join(holiday_lines(notice)) if notice else _missing(self.year))
        self.source.setText(self._source(notice))
        self._remind()

    def _source(self, notice: CalendarYear | None) -> str:
        if notice is None:
            return ""
        edited = " · " + _("entered here") if self.year in self._edited else ""
        return _("Source: {source}").format(source=label(notice.source)) + edited

    def _remind(self) -> None:
        year = missing_year(self.today, self.ctx.desk.rules.calendar)
        text = ""
        if year is not None:
            text = _(
                "The public holidays of {year} are missing: due days in {year} count weekends only. "
                "Paste the State Council's notice, it takes a minute."
            ).format(year=year)
        self.reminder.show_text(text, "attention")

    def _cards(self) -> QWidget:
        holder = QWidget()
        row = self._columns = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.px(12))
        year = Card()
        year.body.addWidget(self.view, 1)
        year.body.addWidget(text_label(legend(), "small"))
        words = Card(_("Rest days"))
        words.body.addWidget(self.lines, 1)
        words.body.addWidget(self.source)
        self._words = words
        row.addWidget(year, 1)
        row.addWidget(words)
        return holder


def _missing(year: int) -> str:
    return _(
        "No notice of {year} is on file. Weekends are taken as rest days and nothing else; "
        "due days that fall into the year say so."
    ).format(year=year)
