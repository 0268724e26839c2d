"""Outlets, staff and categories: they begin, change and end, and stay in history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from postal_desk.domain.cases import Case
from postal_desk.domain.rules import holds
from postal_desk.services.cases import add_cases, show_case
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import leave, list_outlets, list_staff
from postal_desk.services.undo import undo
from postal_desk.ui.settings.categories_section import CategoriesSection
from postal_desk.ui.settings.category_dialogs import (
    AddCategoryDialog,
    CloseCategoryDialog,
    RenameCategoryDialog,
)
from postal_desk.ui.settings.outlet_dialogs import CloseOutletDialog, OutletDialog
from postal_desk.ui.settings.outlets_section import OutletsSection
from postal_desk.ui.settings.staff_dialogs import LeaveDialog, StaffDialog
from postal_desk.ui.settings.staff_section import StaffSection

from .conftest import TODAY, Window

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def outlets(window: Window) -> OutletsSection:
    section = window.section("outlets")
    assert isinstance(section, OutletsSection)
    return section


@pytest.fixture
def staff(window: Window) -> StaffSection:
    section = window.section("staff")
    assert isinstance(section, StaffSection)
    return section


@pytest.fixture
def categories(window: Window) -> CategoriesSection:
    section = window.section("categories")
    assert isinstance(section, CategoriesSection)
    return section


def names(section: OutletsSection | StaffSection) -> list[str]:
    return [row.name for row in section.table.records.rows]


def test_outlet_is_added_by_keyboard(window: Window, outlets: OutletsSection, desk: Desk) -> None:
    outlets.table.setFocus()
    window.press(outlets.table, Qt.Key.Key_Insert)
    dialog = window.dialog()
    assert isinstance(dialog, OutletDialog)
    dialog.name_field.setText("搜登站支局")
    dialog.kind.set_value("branch_office")
    window.press(dialog, Qt.Key.Key_Return)
    assert names(outlets) == ["船营投递部", "河南街支局", "搜登站支局"]
    assert list_outlets(desk)[-1].kind == "branch_office"


def test_name_that_is_taken_is_refused_at_its_field(window: Window, outlets: OutletsSection) -> None:
    outlets.add()
    dialog = window.dialog()
    assert isinstance(dialog, OutletDialog)
    dialog.name_field.setText("河南街支局")
    dialog.save()
    assert dialog.isVisible()
    assert "taken" in dialog.form.problem("name")
    assert dialog.name_field.text() == "河南街支局"


def test_enter_edits_the_outlet_that_is_lit(window: Window, outlets: OutletsSection, desk: Desk) -> None:
    outlets.table.light(1)
    outlets.table.setFocus()
    window.press(outlets.table, Qt.Key.Key_Return)
    dialog = window.dialog()
    assert isinstance(dialog, OutletDialog)
    dialog.address.setText("河南街 66 号")
    dialog.save()
    assert list_outlets(desk)[1].address == "河南街 66 号"


def test_closed_outlet_goes_from_the_list_and_comes_back_with_the_chip(
    window: Window, outlets: OutletsSection, desk: Desk
) -> None:
    outlets.table.light(1)
    outlets.end_button.click()
    dialog = window.dialog()
    assert isinstance(dialog, CloseOutletDialog)
    dialog.last_day.set_value(TODAY - timedelta(days=1))
    dialog.successor.set_value("船营投递部")
    dialog.save()
    assert names(outlets) == ["船营投递部"]
    outlets.all_chip.click()
    assert names(outlets) == ["船营投递部", "河南街支局"]
    assert [outlet.name for outlet in list_outlets(desk, TODAY)] == ["船营投递部"]


def test_unreadable_day_is_told_at_its_field(window: Window, outlets: OutletsSection) -> None:
    outlets.add()
    dialog = window.dialog()
    assert isinstance(dialog, OutletDialog)
    dialog.name_field.setText("搜登站支局")
    dialog.valid_from.setText("13-45")
    dialog.valid_from.textEdited.emit("13-45")
    dialog.save()
    assert dialog.isVisible()
    assert dialog.form.problem("valid_from")


def test_undo_of_the_toast_takes_an_addition_back(
    window: Window, outlets: OutletsSection, desk: Desk
) -> None:
    outlets.add()
    dialog = window.dialog()
    assert isinstance(dialog, OutletDialog)
    dialog.name_field.setText("搜登站支局")
    dialog.save()
    assert window.main.toast.undo()
    assert names(outlets) == ["船营投递部", "河南街支局"]


def test_person_is_added_to_an_outlet(window: Window, staff: StaffSection, desk: Desk) -> None:
    staff.add()
    dialog = window.dialog()
    assert isinstance(dialog, StaffDialog)
    dialog.name_field.setText("李强")
    dialog.position.set_value("carrier")
    dialog.outlet.set_value("河南街支局")
    dialog.save()
    added = list_staff(desk)[-1]
    assert (added.name, added.position, added.outlet) == ("李强", "carrier", "河南街支局")


def test_a_position_that_is_none_is_not_taken_for_none_given(
    window: Window, staff: StaffSection, desk: Desk
) -> None:
    before = list_staff(desk)
    staff.add()
    dialog = window.dialog()
    assert isinstance(dialog, StaffDialog)
    dialog.name_field.setText("李强")
    dialog.position.setText("xyz")
    dialog.save()
    assert dialog.form.problem("position").startswith("Nothing in the list matches")
    assert dialog.position.text() == "xyz"
    assert list_staff(desk) == before
    dialog.position.clear()
    dialog.save()
    assert len(list_staff(desk)) == len(before) + 1


def open_cases(desk: Desk, count: int) -> list[str]:
    case = Case("inquiry", "07", "counter", TODAY, "挂号信半月无音讯", "letter", handler="苏阳")
    return list(add_cases(desk, [case] * count).cases)


def test_who_leaves_hands_over_every_open_case(window: Window, staff: StaffSection, desk: Desk) -> None:
    numbers = open_cases(desk, 3)
    staff.end(staff.rows[0])
    dialog = window.dialog()
    assert isinstance(dialog, LeaveDialog)
    assert "3" in dialog.note.label.text()
    dialog.colleague.set_value("王芳")
    dialog.save()
    assert {show_case(desk, number).case.handler for number in numbers} == {"王芳"}
    assert list_staff(desk)[0].left_on == TODAY


def test_open_cases_need_a_colleague(window: Window, staff: StaffSection, desk: Desk) -> None:
    open_cases(desk, 1)
    staff.end(staff.rows[0])
    dialog = window.dialog()
    assert isinstance(dialog, LeaveDialog)
    dialog.save()
    assert dialog.isVisible()
    assert dialog.form.problem("hand_over_to")
    assert list_staff(desk)[0].left_on is None


def test_who_has_no_open_case_just_leaves(window: Window, staff: StaffSection, desk: Desk) -> None:
    staff.end(staff.rows[0])
    dialog = window.dialog()
    assert isinstance(dialog, LeaveDialog)
    dialog.last_day.set_value(TODAY - timedelta(days=1))
    dialog.save()
    assert names(staff) == ["王芳"]


def test_list_follows_a_change_made_elsewhere(window: Window, staff: StaffSection, desk: Desk) -> None:
    window.ctx.write(lambda: leave(desk, "苏阳", TODAY - timedelta(days=1)))
    assert names(staff) == ["王芳"]


def test_category_is_added_below_the_one_that_is_lit(
    window: Window, categories: CategoriesSection, desk: Desk
) -> None:
    categories.tree.setCurrentIndex(categories.model.find("07.domestic"))
    categories.add_button.click()
    dialog = window.dialog()
    assert isinstance(dialog, AddCategoryDialog)
    dialog.zh.setText("报刊查询")
    dialog.save()
    assert desk.rules.categories["07.own_1"].name.zh == "报刊查询"
    assert categories.model.find("07.own_1").isValid()


def test_renamed_category_keeps_its_code(window: Window, categories: CategoriesSection, desk: Desk) -> None:
    categories.tree.setCurrentIndex(categories.model.find("02"))
    categories.rename_button.click()
    dialog = window.dialog()
    assert isinstance(dialog, RenameCategoryDialog)
    dialog.zh.setText("时限延误")
    dialog.en.setText("Late mail")
    dialog.save()
    assert desk.rules.categories["02"].name == ("时限延误", "Late mail")


def test_closed_category_ends_with_those_below_it(
    window: Window, categories: CategoriesSection, desk: Desk
) -> None:
    categories.tree.setCurrentIndex(categories.model.find("11"))
    categories.close_button.click()
    dialog = window.dialog()
    assert isinstance(dialog, CloseCategoryDialog)
    dialog.successor.set_value("99")
    dialog.save()
    assert window.undo[-1] is not None
    closed = [c for c in desk.rules.categories.values() if c.code == "11" or c.parent == "11"]
    assert not any(holds(category, TOMORROW) for category in closed)
    assert desk.rules.categories["11"].successor == "99"
    undo(desk, int(str(window.undo[-1])))
    assert holds(desk.rules.categories["11"], TOMORROW)


def test_closed_categories_are_shown_on_demand(
    window: Window, categories: CategoriesSection, desk: Desk
) -> None:
    from postal_desk.services.rule_edits import close_category

    window.ctx.write(lambda: close_category(desk, "11", date(2026, 11, 21)))
    assert not categories.model.find("11").isValid()
    categories.closed_chip.click()
    assert categories.model.find("11").isValid()


def test_models_keep_qts_rules(
    window: Window, outlets: OutletsSection, categories: CategoriesSection
) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(m, fatal) for m in (outlets.table.records, categories.model)]
    outlets.all_chip.click()
    categories.closed_chip.click()
    assert all(tester.model().rowCount() for tester in testers)
