"""Preview and printing: two presses, with a printer or without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.i18n import tell
from postal_desk.services.cases import read_cases
from postal_desk.services.desk import Desk
from postal_desk.store import audit
from postal_desk.ui import printers, printing
from postal_desk.ui.printing import PrintDialog, print_case_sheet

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were handed to the system."""
    found: list[Path] = []
    monkeypatch.setattr(printing, "open_file", found.append)
    return found


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers, "printer_names", list)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A printer that prints into a file."""
    target = tmp_path / "paper.pdf"

    def printer_named(name: str, copies: int = 1) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setCopyCount(copies)
        return printer

    monkeypatch.setattr(printers, "printer_names", lambda: ["HP LaserJet"])
    monkeypatch.setattr(printers, "printer_named", printer_named)
    return target


def newest_case(desk: Desk) -> str:
    return read_cases(desk, CaseFilter(), 1)[0].number


def test_the_summary_is_printed_by_two_presses(window: Any, paper: Path) -> None:
    window.press(Qt.Key.Key_P, CTRL)
    dialog = window.dialog(PrintDialog)
    assert dialog.focusWidget() is dialog.print_button
    pages = dialog.pages.count
    QTest.keyClick(dialog.print_button, Qt.Key.Key_Return)
    assert paper.read_bytes().startswith(b"%PDF-")
    assert tell(window.said[-1]).endswith(f"; pages: {pages}")
    assert not dialog.isVisible()


def test_without_a_printer_a_pdf_is_saved_and_opened(
    window: Any, no_printer: None, opened: list[Path], out: Path
) -> None:
    window.press(Qt.Key.Key_P, CTRL)
    dialog = window.dialog(PrintDialog)
    assert dialog.print_button.text() == "Save as PDF and open"
    QTest.keyClick(dialog.print_button, Qt.Key.Key_Return)
    assert opened == window.files
    assert opened[0].parent == out
    assert opened[0].read_bytes().startswith(b"%PDF-")


def test_a_case_sheet_is_previewed_masked(window: Any, desk: Desk, no_printer: None) -> None:
    dialog = print_case_sheet(window.ctx, newest_case(desk), window.page)
    assert dialog.pages.count == 1
    assert "周明远" not in repr(dialog._document)
    dialog.reject()


def test_a_case_sheet_in_clear_needs_a_reason_which_is_audited(
    window: Any, desk: Desk, paper: Path, opened: list[Path]
) -> None:
    number = newest_case(desk)
    dialog = print_case_sheet(window.ctx, number, window.page)
    dialog.clear.click()
    dialog.print_button.click()
    assert not paper.exists()
    assert "Give the reason" in dialog.note.label.text()
    dialog.why.setText("客户要求")
    dialog.print_button.click()
    assert paper.exists()
    with desk.work() as work:
        row = audit.newest(work, 1)[0]
    assert (row.action, row.record) == ("case.print", number)
    assert "reason: 客户要求" in row.fields


def test_a_case_sheet_is_saved_as_word(window: Any, desk: Desk, no_printer: None, out: Path) -> None:
    dialog = print_case_sheet(window.ctx, newest_case(desk), window.page)
    dialog.save_buttons["docx"].click()
    window.save_to(out)
    assert [file.suffix for file in window.files] == [".docx"]
    dialog.reject()


def test_the_systems_printers_are_asked(qapp: object) -> None:
    assert isinstance(printers.printer_names(), list)
