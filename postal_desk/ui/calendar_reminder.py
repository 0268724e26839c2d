"""The reminder over every page that a year's public holidays are not on file yet."""

from __future__ import annotations

from postal_desk.domain.changes import Changes
from postal_desk.domain.workdays import missing_year
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.banner import Banner


class CalendarReminder(Banner):
    """Goes by itself once the notice has been taken over."""

    def __init__(self, ctx: Context, year: int) -> None:
        text = _("The public holidays of {year} are missing: its due days count weekends only.")
        super().__init__(
            text.format(year=year),
            _("Paste the notice"),
            lambda: ctx.navigator.go("settings", section="calendar", year=year),
        )
        self._ctx = ctx
        ctx.changed.connect(self._look_again)

    def _look_again(self, changes: Changes) -> None:
        desk = self._ctx.desk
        if changes.rules and missing_year(desk.today(), desk.rules.calendar) is None:
            self.hide()
