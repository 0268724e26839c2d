"""The strips over every page that a freshly opened desk calls for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk import paths
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.banner import Banner


def add_strips(
    ctx: Context,
    column: QVBoxLayout,
    stack: QWidget,
    open_desk: Callable[[Path | None], None],
    owner: QObject,
) -> None:
    """Put them into ``column``: what holds all the time at the top, what wants to be done over the page ``stack``."""

    def over_page(strip: QWidget) -> None:
        column.insertWidget(column.indexOf(stack), strip)

    bare = column.count() == 1
    if ctx.desk.practice and bare:
        text = _("Practice desk: nothing written here reaches the real register.")
        column.insertWidget(0, Banner(text, _("Open the real desk"), lambda: open_desk(paths.usual_desk())))
    from postal_desk.ui.access_reminders import remind

    remind(ctx, over_page, owner)
    if (reason := ctx.desk.read_only) is not None and bare:
        from postal_desk.ui.read_only_banner import read_only_banner

        column.insertWidget(0, read_only_banner(ctx, reason))
    from postal_desk.ui.desk_banners import DeskBanners

    DeskBanners(ctx, lambda strip: column.insertWidget(0, strip), owner)
    if ctx.desk.notices:
        from postal_desk.ui.loss_banner import LossBanner

        column.insertWidget(0, LossBanner(ctx))
    from postal_desk.domain.workdays import (
        missing_year,  # with all of the rules, too slow for the first paint
    )

    year = missing_year(ctx.desk.today(), ctx.desk.rules.calendar)
    if year is not None:
        from postal_desk.ui.calendar_reminder import CalendarReminder

        over_page(CalendarReminder(ctx, year))
