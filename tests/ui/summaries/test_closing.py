"""Closing a month in the window: the line that says how it stands, the findings with their records, the revision."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from postal_desk.domain.periods import Month
from postal_desk.services import months
from postal_desk.services.desk import Desk
from postal_desk.ui.summaries.close_dialog import CloseMonthDialog

from .conftest import Window, case

JULY = Month(2019, 7)


@pytest.fixture
def july(window: Window) -> Window:
    window.main.go("summary", month="2019-07")
    return window


def opened(window: Window) -> CloseMonthDialog:
    window.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    found = window.dialog(CloseMonthDialog)
    assert isinstance(found, CloseMonthDialog)
    return found


def close(window: Window, reason: str = "handed in") -> None:
    dialog = opened(window)
    dialog.reason.setText(reason)
    dialog.save()


def test_open_month_says_what_it_contradicts(july: Window) -> None:
    assert not july.page.closing.isHidden()
    assert july.page.closing.badge.text() == "Month not closed yet"
    assert "notices" in july.page.closing.words.text()


def test_the_dialog_fits_a_small_window(july: Window) -> None:
    july.main.resize(683, 384)
    dialog = opened(july)
    assert dialog.width() <= 683
    assert dialog.height() <= 384
    dialog.reject()


def test_month_asked_for_to_be_closed_opens_its_dialog_each_time(window: Window) -> None:
    for _time in range(2):
        window.main.go("summary", month="2019-07", act="close")
        window.dialog(CloseMonthDialog).reject()


def test_running_month_has_no_line(july: Window) -> None:
    july.main.go("summary", month="2019-08")
    assert july.page.closing.isHidden()


def test_enter_on_a_finding_goes_to_its_record(july: Window, qtbot: QtBot) -> None:
    dialog = opened(july)
    numbers = [one.number for one in dialog.standing.found if one.kind == "case"]
    QTest.keyClick(dialog.findings, Qt.Key.Key_Return)
    assert july.main.page is not None
    assert july.main.page.name == "cases"
    qtbot.waitUntil(lambda: july.main.page is not None and july.main.page.place()["number"] == numbers[0])


def test_closing_puts_number_and_check_code_on_line_and_paper(july: Window, desk: Desk) -> None:
    close(july)
    closing = months.month_state(desk, JULY).closing
    assert closing is not None
    assert july.page.closing.badge.text() == "Month closed"
    assert closing.number in july.page.closing.words.text()
    assert july.page.document is not None
    assert any("220204-S-2019-07, revision 1" in str(block) for block in july.page.document.blocks)


def test_later_case_shows_as_a_difference_and_is_handed_in_as_a_revision(july: Window, desk: Desk) -> None:
    close(july)
    case(desk, "2019-07-15", closed_on="2019-07-16")
    july.page._stale = True
    july.main.go("summary", month="2019-07")
    assert july.page.closing.badge.text() == "Changed since"
    assert "Received 5 → 6" in july.page.closing.words.text()
    assert july.page.loaded is not None
    assert july.page.loaded.figures.now.received == 5
    dialog = opened(july)
    dialog.save()
    assert "say why" in dialog.form.problem("reason")
    dialog.reason.setText("late entry")
    dialog.save()
    assert july.page.loaded.figures.now.received == 6
    assert "revision 2" in july.page.closing.words.text()
    assert july.page.document is not None
    assert "revision 2" in july.page.document.stem
