"""Retention, recycle bin and attachments in the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from postal_desk.domain.case_json import parse_case
from postal_desk.services import attachments, keeping_settings, recycle_bin
from postal_desk.services.cases import add_cases, delete_cases, show_case
from postal_desk.services.desk import Desk
from postal_desk.ui.settings.bin_section import BinSection
from postal_desk.ui.settings.confirm_dialog import ConfirmDialog
from postal_desk.ui.settings.files_section import FilesSection
from postal_desk.ui.settings.retention_section import RetentionSection
from postal_desk.ui.widgets.line_dialog import LineDialog

from .conftest import Window

CASE = {
    "kind": "complaint",
    "category": "02",
    "channel": "counter",
    "opened_on": "2019-07-02",
    "subject": "周建国投诉",
    "customer": {"name": "周建国"},
    "steps": [{"at": "2019-07-03", "result": "answered"}],
    "dispositions": [{"kind": "apology"}],
    "responsibility": "responsible",
    "opinion": "satisfied",
    "closed_on": "2019-07-10",
}


@pytest.fixture
def number(desk: Desk) -> str:
    """A case closed long ago."""
    return add_cases(desk, [parse_case(CASE, desk.rules)]).cases[0]


def section(window: Window, name: str) -> Any:
    return window.section(name)


def test_a_case_past_its_term_is_made_anonymous_after_asking(window: Window, desk: Desk, number: str) -> None:
    page: RetentionSection = section(window, "retention")
    assert [case.subject for case in page.table.records.rows] == ["周**投诉"]
    dialog = page.anonymise()
    assert isinstance(dialog, ConfirmDialog)
    dialog.reject()
    assert show_case(desk, number).case.customer.name == "周建国"
    dialog = page.anonymise()
    assert dialog is not None
    dialog.act_button.click()
    assert show_case(desk, number).case.customer.name == ""
    assert page.empty.isVisible()


def test_a_hold_is_set_and_ended(window: Window, desk: Desk, number: str) -> None:
    page: RetentionSection = section(window, "retention")
    dialog = page.hold()
    assert isinstance(dialog, LineDialog)
    assert not dialog.button.isEnabled()
    dialog.line.setText("法院调取")
    dialog.button.click()
    assert [case.reason for case in page.table.records.rows] == ["法院调取"]
    assert not page.anonymise_button.isEnabled()
    page.release_button.click()
    assert [case.reason for case in page.table.records.rows] == [""]


def test_the_term_is_written_when_it_is_chosen(window: Window, desk: Desk) -> None:
    page: RetentionSection = section(window, "retention")
    page.years.setCurrentIndex(page.years.findData(5))
    page.years.activated.emit(page.years.currentIndex())
    assert keeping_settings.get(desk).years == 5


def test_what_was_deleted_comes_back_by_enter(window: Window, desk: Desk, number: str) -> None:
    delete_cases(desk, [number])
    page: BinSection = section(window, "bin")
    assert [entry.key for entry in page.table.records.rows] == [number]
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert show_case(desk, number).deleted_at is None
    assert page.empty.isVisible()


def test_delete_for_good_asks_first(window: Window, desk: Desk, number: str) -> None:
    delete_cases(desk, [number])
    page: BinSection = section(window, "bin")
    dialog = page.delete()
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # Enter is no consent
    assert len(recycle_bin.list_bin(desk)) == 1
    dialog = page.delete()
    assert dialog is not None
    dialog.act_button.click()
    assert recycle_bin.list_bin(desk) == []


def test_the_check_names_what_is_missing(window: Window, desk: Desk, number: str) -> None:
    staged = attachments.begin_intake(desk).take_bytes(b"x" * 2_000_000, "扫描.pdf")
    attachments.add_attachments(desk, "case", number, [staged])
    page: FilesSection = section(window, "files")
    page.check_button.click()
    assert "whole" in page.outcome.label.text()
    next((desk.path / "files").rglob("*.bin")).unlink()
    page.check_button.click()
    assert "missing" in page.outcome.label.text()
    assert page.problems.isVisible()
    assert page.problems.records.columns[0].text(page.problems.records.rows[0]) == f"{number} · 扫描.pdf"


def test_limit_and_scan_folder_are_kept(window: Window, desk: Desk, tmp_path: Path) -> None:
    page: FilesSection = section(window, "files")
    page.limit.setCurrentIndex(page.limit.findData(20))
    page.limit.activated.emit(page.limit.currentIndex())
    assert keeping_settings.get(desk).limit == 20
    page.folder.setText(str(tmp_path / "no folder"))
    page.folder.editingFinished.emit()
    assert window.ctx.settings["scan_folder"] == ""
    page.folder.setText(str(tmp_path))
    page.folder.editingFinished.emit()
    assert window.ctx.settings["scan_folder"] == str(tmp_path)
