"""The page as a whole: sections, keys, names for a screen reader, settings of this user."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget

from postal_desk import i18n
from postal_desk.services import branch_settings
from postal_desk.services.desk import Desk
from postal_desk.ui.settings.branch_section import BranchSection
from postal_desk.ui.settings.copies_section import CopiesSection
from postal_desk.ui.settings.general_section import GeneralSection
from postal_desk.ui.settings.sections import SECTIONS
from postal_desk.ui.settings.settings_page import SettingsPage

from .conftest import Window

NAMES = [entry.name for entry in SECTIONS]


@pytest.fixture
def general(window: Window) -> GeneralSection:
    section = window.section("general")
    assert isinstance(section, GeneralSection)
    return section


@pytest.fixture
def branch(window: Window) -> BranchSection:
    section = window.section("branch")
    assert isinstance(section, BranchSection)
    return section


def unnamed(section: QWidget) -> list[QWidget]:
    """Controls that the Tab key reaches and a screen reader could not name."""
    controls = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
    return [
        widget
        for widget in section.findChildren(QWidget)
        if isinstance(widget, controls)
        and widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parent(), QComboBox)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_section_opens_and_every_control_has_a_name(window: Window, name: str, language: str) -> None:
    i18n.use(language)
    section = window.section(name)
    assert section.isVisible()
    assert unnamed(section) == []


def test_arrow_keys_walk_through_the_sections(window: Window) -> None:
    window.section("general")
    page = window.main.page
    assert isinstance(page, SettingsPage)
    window.press(page.buttons["general"], Qt.Key.Key_Down)
    assert page.place() == {"section": "branch"}
    window.press(page.buttons["branch"], Qt.Key.Key_Up)
    assert page.place() == {"section": "general"}


def test_unknown_section_opens_the_first(window: Window) -> None:
    assert window.main.go("settings", section="passwords")
    page = window.main.page
    assert isinstance(page, SettingsPage)
    assert page.place() == {"section": "general"}


def test_a_small_window_keeps_every_tool_and_the_lit_section_in_sight(window: Window) -> None:
    window.main.resize(683, 384)
    section = window.section("copies")
    assert isinstance(section, CopiesSection)
    window.main.grab()  # lays everything out
    for tool in section.tools[:-1]:
        assert tool.width() >= tool.sizeHint().width()
        assert section.rect().contains(tool.geometry())
    page = window.main.page
    assert isinstance(page, SettingsPage)
    button = page.buttons["copies"]
    assert button.visibleRegion().boundingRect() == button.rect()  # nor cut off at its sides


def test_narrow_window_shows_icons_only(window: Window) -> None:
    window.section("outlets")
    window.main.resize(683, 384)
    page = window.main.page
    assert isinstance(page, SettingsPage)
    assert all(button.narrow for button in page.buttons.values())


@pytest.mark.parametrize(
    ("field", "setting", "value"),
    [
        ("language", "language", "zh_CN"),
        ("theme", "theme", "dark"),
        ("text_scale", "text_scale", 125),
        ("document_language", "document_language", "en"),
        ("layout_field", "summary_layout", "plain"),
    ],
)
def test_choice_holds_at_once(
    window: Window, general: GeneralSection, field: str, setting: str, value: object
) -> None:
    combo = getattr(general, field)
    place = combo.findData(value)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    assert window.ctx.settings[setting] == value


def test_my_name_is_who_acts(window: Window, general: GeneralSection, desk: Desk) -> None:
    assert [general.user.itemText(at) for at in range(general.user.count())] == ["苏阳", "王芳"]
    general.user.setEditText(" 王芳 ")
    general.user.lineEdit().editingFinished.emit()
    assert (window.ctx.settings["user"], desk.actor) == ("王芳", "王芳")


def test_folder_that_is_none_is_not_kept(window: Window, general: GeneralSection, tmp_path: Path) -> None:
    general.folder.setText(str(tmp_path / "nowhere"))
    general.folder.editingFinished.emit()
    assert window.ctx.settings["export_folder"] == ""
    assert general.documents.problem("folder")
    general.folder.setText(str(tmp_path))
    general.folder.editingFinished.emit()
    assert window.ctx.settings["export_folder"] == str(tmp_path)
    assert not general.documents.problem("folder")


def test_hand_in_block_is_written_when_a_field_is_left(
    window: Window, branch: BranchSection, desk: Desk
) -> None:
    branch.fields["unit"].setText("中国邮政吉林市船营区分公司")
    branch.fields["unit"].editingFinished.emit()
    assert branch_settings.get(desk).unit == "中国邮政吉林市船营区分公司"
    assert window.main.toast.undo()
    assert branch.fields["unit"].text() == ""


def test_too_long_a_text_stays_with_its_reason(branch: BranchSection, desk: Desk) -> None:
    branch.fields["telephone"].setText("1" * 41)
    branch.fields["telephone"].editingFinished.emit()
    assert branch_settings.get(desk).telephone == ""
    assert "40" in branch.form.problem("telephone")
    assert branch.fields["telephone"].text() == "1" * 41


def test_field_being_typed_in_survives_a_change_elsewhere(
    window: Window, branch: BranchSection, desk: Desk
) -> None:
    branch.fields["prepared_by"].setText("王")
    window.ctx.write(lambda: branch_settings.set(desk, unit="船营"))
    assert branch.fields["prepared_by"].text() == "王"
    assert branch.fields["unit"].text() == "船营"


def test_what_was_typed_is_kept_when_the_window_closes(
    window: Window, branch: BranchSection, desk: Desk
) -> None:
    branch.fields["approved_by"].setText("王芳")
    window.main.close()
    assert branch_settings.get(desk).approved_by == "王芳"


def test_serial_number_shows_what_it_becomes(branch: BranchSection) -> None:
    branch.fields["serial_number"].setText("〔{year}〕第 {month} 期")
    assert "〔2026〕第 10 期" in branch.serial_told.text()
