"""Calendar and rules: a notice is previewed before it is kept, a limit changes from a day on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from postal_desk.domain.holiday_notices import parse_notice
from postal_desk.services import rule_book
from postal_desk.services.desk import Desk
from postal_desk.services.rule_edits import take_notice
from postal_desk.services.rule_words import RuleRow
from postal_desk.ui.calendar_reminder import CalendarReminder
from postal_desk.ui.settings.accountability_dialog import AccountabilityDialog
from postal_desk.ui.settings.calendar_section import CalendarSection
from postal_desk.ui.settings.clock_dialog import ClockDialog
from postal_desk.ui.settings.holiday_dialog import HolidayDialog
from postal_desk.ui.settings.rules_section import RulesSection

from .conftest import Window

NOTICE = """关于2027年部分节假日安排的通知
元旦:1月1日至3日放假,共3天。
春节:2月5日至12日放假,共9天。2月14日(星期日)上班。"""
KEY = "postal_complaint"


@pytest.fixture
def calendar(window: Window) -> CalendarSection:
    section = window.section("calendar")
    assert isinstance(section, CalendarSection)
    return section


@pytest.fixture
def paste(window: Window, calendar: CalendarSection) -> HolidayDialog:
    calendar.turn(1)
    calendar.paste_button.click()
    dialog = window.dialog()
    assert isinstance(dialog, HolidayDialog)
    return dialog


@pytest.fixture
def rules(window: Window) -> RulesSection:
    section = window.section("rules")
    assert isinstance(section, RulesSection)
    return section


def light(section: RulesSection, key: str) -> RuleRow:
    rows = section.table.records.rows
    section.table.light(next(at for at, row in enumerate(rows) if row.key == key))
    row = section.table.current()
    assert isinstance(row, RuleRow)
    return row


def change(window: Window, section: RulesSection, limit: str) -> ClockDialog:
    light(section, KEY)
    section.panel.change_button.click()
    dialog = window.dialog()
    assert isinstance(dialog, ClockDialog)
    dialog.limit.setText(limit)
    dialog.source.setText("省公司通知")
    return dialog


def test_line_with_a_problem_is_named_and_nothing_can_be_saved(paste: HolidayDialog) -> None:
    paste.text.setPlainText(NOTICE)
    paste.read()
    assert "Line 3" in paste.wrong.text()
    assert "3 rest days" in paste.told.text()
    assert not paste.save_button.isEnabled()


def test_corrected_notice_is_saved_with_its_source(
    paste: HolidayDialog, calendar: CalendarSection, desk: Desk
) -> None:
    paste.text.setPlainText(NOTICE.replace("共9天", "共8天"))
    paste.read()
    paste.save()
    year = desk.rules.calendar[2027]
    assert (len(year.holidays), len(year.working_days)) == (11, 1)
    assert year.source.zh == "关于2027年部分节假日安排的通知"
    assert "entered here" in calendar.source.text()


def test_save_reads_what_was_typed_last(window: Window, paste: HolidayDialog, desk: Desk) -> None:
    paste.text.setPlainText("元旦:1月1日至3日放假,共3天。")
    paste.read()
    paste.text.setPlainText("元旦:1月1日至3日放假,共5天。")
    paste.save()
    assert paste.isVisible()
    assert 2027 not in desk.rules.calendar


def test_year_without_a_notice_says_so(calendar: CalendarSection) -> None:
    calendar.setFocus()
    calendar.turn(1)
    assert "2027" in calendar.lines.text()
    assert "2027" in calendar.paste_button.text()


def test_page_keys_turn_the_year(window: Window, calendar: CalendarSection) -> None:
    calendar.paste_button.setFocus()
    window.press(calendar, Qt.Key.Key_PageUp)
    assert calendar.year == 2025


def test_reminder_stands_over_every_page_until_the_notice_is_in(window: Window, desk: Desk) -> None:
    desk.today = lambda: date(2026, 12, 1)
    window.ctx.settled.emit()
    banner = window.main.findChild(CalendarReminder)
    assert banner is not None
    assert "2027" in banner.accessibleName()
    banner.findChild(QPushButton).click()
    assert window.main.page is not None
    assert window.main.page.place() == {"section": "calendar"}
    calendar = window.section("calendar")
    assert isinstance(calendar, CalendarSection)
    assert calendar.year == 2027
    assert "2027" in calendar.reminder.label.text()
    window.ctx.write(lambda: take_notice(desk, parse_notice("春节:2月5日至12日放假", 2027), "国办通知"))
    assert banner.isHidden()
    assert calendar.reminder.isHidden()


def test_days_keep_their_width_in_a_small_window(
    window: Window, calendar: CalendarSection, qtbot: QtBot
) -> None:
    window.main.resize(683, 384)
    view = calendar.view
    qtbot.waitUntil(lambda: view._cell(date(2026, 2, 14)).width() >= 26)
    assert view.day_at(view._cell(date(2026, 12, 31)).center()) == date(2026, 12, 31)


def test_days_of_the_year_say_what_they_are(calendar: CalendarSection) -> None:
    assert "National Day" in calendar.view.told(date(2026, 10, 1))
    assert "make-up" in calendar.view.told(date(2026, 10, 10))
    spot = calendar.view._cell(date(2026, 10, 1)).center()
    assert calendar.view.day_at(spot) == date(2026, 10, 1)


def test_rule_shows_its_source_and_why(rules: RulesSection) -> None:
    light(rules, "inquiry_reply")
    shown = [rules.panel.grid.itemAt(at).widget().text() for at in range(rules.panel.grid.count())]
    assert "Postal Law, article 49" in shown
    assert "2026-12-22" in rules.panel.example.label.text()


def test_new_limit_stands_beside_the_old_one_marked_as_changed(
    window: Window, rules: RulesSection, desk: Desk
) -> None:
    change(window, rules, "5").save()
    changed = [row for row in rules.table.records.rows if row.key.startswith(KEY)]
    assert [(row.says, row.rule.valid_from, row.rule.valid_to) for row in changed] == [
        ("7 working days", None, date(2026, 11, 30)),
        ("5 working days", date(2026, 12, 1), None),
    ]
    assert all(row.entry.edited or row.entry.added for row in changed)
    assert "2" in rules.facts.text()


def test_back_to_shipped_makes_one_rule_of_them_again(
    window: Window, rules: RulesSection, desk: Desk
) -> None:
    change(window, rules, "5").save()
    light(rules, f"{KEY}__20261201")
    rules.panel.reset_button.click()
    assert [row.says for row in rules.table.records.rows if row.key.startswith(KEY)] == ["7 working days"]
    assert rules.facts.text() == ""


@pytest.mark.parametrize("limit", ["", "0", "-3", "a week", "99999999999999999999"])
def test_limit_that_is_none_is_refused_at_its_field(window: Window, rules: RulesSection, limit: str) -> None:
    dialog = change(window, rules, limit)
    dialog.save()
    assert dialog.isVisible()
    assert dialog.form.problem("limit")


def test_full_width_digits_are_digits(window: Window, rules: RulesSection, desk: Desk) -> None:
    change(window, rules, "１０").save()
    assert any(rule.limit == 10 and rule.valid_from == date(2026, 12, 1) for rule in desk.rules.clocks)


def test_newer_shipped_rule_is_compared_and_can_be_taken(
    window: Window, rules: RulesSection, desk: Desk
) -> None:
    entry = next(e for e in rule_book.list_rules(desk, "clock") if e.key == KEY)
    rule_book.edit_rule(desk, "clock", KEY, {**entry.payload, "limit": 6})
    with desk.work(write=True) as work:  # as an upgrade of the program leaves it
        work.rows(
            "UPDATE rules SET shipped = json_set(payload, '$.limit', 8, '$.unit', 'days') WHERE key = ?",
            (KEY,),
        )
        work.commit()
    rules.load()
    light(rules, KEY)
    told = rules.panel.newer.label.text()
    assert "Limit: yours 6, shipped 8" in told
    assert "Counted in: yours working days, shipped days" in told
    rules.panel.keep_button.click()
    light(rules, KEY)
    assert rules.panel.newer.isHidden()
    assert any(rule.key == KEY and rule.limit == 6 for rule in desk.rules.clocks)


def test_compensation_is_read_only_and_names_its_article(rules: RulesSection) -> None:
    rules.group_chips["compensation"].click()
    row = light(rules, "registered_letter")
    assert row.says == "3 × postage"
    assert rules.panel.change_button.isHidden()


def test_rules_of_other_regions_are_shown_on_demand(rules: RulesSection) -> None:
    assert not any(row.key.endswith("henan") for row in rules.table.records.rows)
    rules.other_chip.click()
    assert any(row.key.endswith("henan") for row in rules.table.records.rows)


def accountability(window: Window, section: RulesSection, key: str) -> AccountabilityDialog:
    section.group_chips["accountability"].click()
    light(section, key)
    section.panel.change_button.click()
    dialog = window.dialog()
    assert isinstance(dialog, AccountabilityDialog)
    return dialog


def test_limit_of_recurrence_is_changed_and_taken_back(
    window: Window, rules: RulesSection, desk: Desk
) -> None:
    dialog = accountability(window, rules, "rolling_year")
    dialog.limit.setText("2")
    dialog.source.setText("市分公司通知")
    dialog.save()
    assert [row.says for row in rules.table.records.rows if row.kind == "recurrence"] == [
        "3 × in 12 months",
        "2 × in 12 months",
    ]
    light(rules, "rolling_year__20261201")
    rules.panel.reset_button.click()
    assert [rule.limit for rule in desk.rules.recurrence] == [3]


def test_exemption_says_why_and_when(rules: RulesSection) -> None:
    rules.group_chips["accountability"].click()
    light(rules, "new_staff")
    shown = [rules.panel.grid.itemAt(at).widget().text() for at in range(rules.panel.grid.count())]
    assert "3 months exempt" in shown
    assert any("Bijie" in text for text in shown)
    assert "2027-02-22" in rules.panel.example.label.text()


def test_cause_is_added_to_an_exemption(window: Window, rules: RulesSection, desk: Desk) -> None:
    dialog = accountability(window, rules, "equipment_or_system")
    dialog.causes.set_values(("system",))
    dialog.source.setText("市分公司通知")
    dialog.save()
    assert [rule.causes for rule in desk.rules.error_exemptions if rule.key.startswith("equipment")] == [
        ("equipment", "system"),
        ("system",),
    ]


def test_exemption_ends_with_a_day(window: Window, rules: RulesSection, desk: Desk) -> None:
    dialog = accountability(window, rules, "new_staff")
    dialog.until.set_value(date(2026, 12, 31))
    dialog.save()
    (rule,) = [rule for rule in desk.rules.error_exemptions if rule.key == "new_staff"]
    assert (rule.months, rule.valid_to) == (3, date(2026, 12, 31))
