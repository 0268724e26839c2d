"""Typed totals and periods through the window: pasted, saved, marked; a quarter chosen, opened, printed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from postal_desk.domain.periods import Month
from postal_desk.domain.spans import parse_span
from postal_desk.services.months import close_month
from postal_desk.services.typed_totals import list_totals
from postal_desk.ui.summaries.totals_dialog import TotalsDialog


def test_a_pasted_table_is_saved_and_marked(window: Any) -> None:
    window.page.exits.type_totals()
    dialog = window.dialog(TotalsDialog)
    dialog.paste("月份\t受理\t办结\t负责人\n2018-07\t41\t40\t王\n")
    assert "负责人" in dialog.note.label.text()
    dialog.save()
    (known,) = list_totals(window.ctx.desk)
    assert known.total.received == 41
    tile = window.view.tiles.tiles[0]
    assert "*" in tile.shown.year.shown
    assert "typed" in tile.accessibleName()


def test_a_wrong_cell_is_told_and_nothing_saved(window: Any) -> None:
    window.page.exits.type_totals()
    dialog = window.dialog(TotalsDialog)
    dialog.paste("2018-07\tmany\n")
    dialog.save()
    assert "Nothing was saved" in dialog.note.label.text()
    assert "not a number" in dialog.wrong.text()
    assert list_totals(window.ctx.desk) == []


def test_what_is_wrong_stands_below_the_table_too(window: Any) -> None:
    window.page.exits.type_totals()
    dialog = window.dialog(TotalsDialog)
    dialog.paste("2018-07\tmany\n2018-08\t40\tfew\n")
    assert dialog.wrong.isVisible()
    assert dialog.wrong.text().startswith("2018-07 · Received")
    dialog.table.setCurrentIndex(dialog.model.index(1, 2))
    assert dialog.wrong.text().startswith("2018-08 · Closed")
    dialog.paste("2018-07\t41\n2018-08\t40\t39\n")
    assert not dialog.wrong.isVisible()


def test_a_row_taken_out_is_taken_away(window: Any) -> None:
    window.page.exits.type_totals()
    dialog = window.dialog(TotalsDialog)
    dialog.paste("2018-07\t41\n2018-08\t42\n")
    dialog.save()
    window.page.exits.type_totals()
    again = window.dialog(TotalsDialog)
    again.model.removeRows(0, 1)
    again.save()
    assert [str(known.total.month) for known in list_totals(window.ctx.desk)] == ["2018-08"]


def test_a_quarter_is_typed_stepped_and_opened(window: Any) -> None:
    field = window.page.header.month
    field.edit.setText("2019Q3")
    field.edit.editingFinished.emit()
    assert str(window.page.month) == "2019-Q3"
    assert window.page.loaded.figures.now.received == 5
    assert not window.page.closing.isVisible()
    window.view.tiles.tiles[0].click()
    assert window.cases_shown() == 5
    field.step(-1)
    assert str(window.page.month) == "2019-Q2"


def test_the_popup_gives_periods_and_ranges(window: Any) -> None:
    field = window.page.header.month
    popup = field.open_year()
    popup.periods[6].click()
    assert str(window.page.month) == "2019"
    assert parse_span("2019") == window.page.loaded.figures.month
    window.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert str(window.page.month) == "2019"  # the next year has not begun


def test_a_year_is_compared_once(window: Any) -> None:
    tile = window.view.tiles.tiles[0]
    for period, lines in (("2019-Q3", 2), ("2019", 1), ("2019-07", 2)):
        window.main.go("summary", month=period)
        assert sum(move.isVisible() for _words, move in tile._moves) == lines


def test_the_trend_says_how_many_months_it_covers(window: Any) -> None:
    window.main.go("summary", month="2018-01..2019-12")
    assert window.view.trend_heading.text() == "Received and closed · 24 months"
    window.main.go("summary", month="2019-07")
    assert window.view.trend_heading.text() == "Received and closed · 13 months"


def test_a_period_names_its_closed_months(window: Any) -> None:
    desk = window.ctx.desk
    close_month(desk, Month(2019, 7), "handed in")
    window.main.go("summary", month="2019-Q3")
    assert not window.page.closing.isHidden()
    assert "July 2019" in window.page.closing.words.text()
    assert window.page.closing.button.isHidden()
    window.main.go("summary", month="2019-07")
    assert not window.page.closing.button.isHidden()
