"""Canned texts and checklists in the settings: every channel and result of a rule is shown and can be changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from postal_desk.domain.rules import CannedText, CheckItem
from postal_desk.services.desk import Desk
from postal_desk.ui.settings.list_section import ListSection
from postal_desk.ui.settings.text_dialogs import CannedDialog, CheckDialog

from .conftest import Window


def opened(window: Window, section: str, key: str) -> CannedDialog | CheckDialog:
    page = window.section(section)
    assert isinstance(page, ListSection)
    rows = page.table.records.rows
    page.table.light(next(at for at, row in enumerate(rows) if row.rule.key == key))
    page.edit_button.click()
    dialog = window.dialog()
    assert isinstance(dialog, CannedDialog | CheckDialog)
    return dialog


def canned(desk: Desk, key: str) -> CannedText:
    return next(text for text in desk.rules.canned if text.key == key)


def item(desk: Desk, key: str) -> CheckItem:
    return next(one for one in desk.rules.check_items if one.key == key)


def test_saving_unchanged_keeps_every_rule_as_shipped(window: Window, desk: Desk) -> None:
    before = desk.rules
    for section, rules in (("canned", before.canned), ("checklists", before.check_items)):
        for rule in rules:
            opened(window, section, rule.key).save()
    assert (desk.rules.canned, desk.rules.check_items) == (before.canned, before.check_items)


def test_result_is_added_and_channel_taken_away_by_keyboard(window: Window, desk: Desk) -> None:
    dialog = opened(window, "canned", "no_answer")
    assert dialog.channels.values() == ("telephone",)
    QTest.keyClick(dialog.channels.adder, Qt.Key.Key_Backspace)
    QTest.keyClicks(dialog.results.adder, "refused")
    QTest.keyClick(dialog.results.adder, Qt.Key.Key_Return)
    dialog.save()
    assert (canned(desk, "no_answer").channels, canned(desk, "no_answer").results) == (
        (),
        ("no_answer", "refused"),
    )


def test_line_of_a_checklist_names_categories_mail_and_fraud(window: Window, desk: Desk) -> None:
    key = desk.rules.check_items[0].key
    dialog = opened(window, "checklists", key)
    assert isinstance(dialog, CheckDialog)
    dialog.categories.set_values(("07", "03"))
    dialog.classes.set_values(("registered_letter", "express"))
    dialog.fraud.show_value(True)
    dialog.save()
    changed = item(desk, key)
    assert (changed.categories, changed.classes, changed.fraud) == (
        ("07", "03"),
        ("registered_letter", "express"),
        True,
    )
