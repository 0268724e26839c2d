"""Documents leaving through the page: where they go, what they are called, and what is written to the audit."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from postal_desk.domain.cases import Case
from postal_desk.services.desk import Desk
from postal_desk.store import audit
from postal_desk.ui import opening_files
from postal_desk.ui.background import Background
from postal_desk.ui.context import Context
from postal_desk.ui.saving_files import FileSaver
from postal_desk.ui.summaries.export_dialog import ExportDialog
from postal_desk.ui.widgets.progress import ProgressStrip
from tests.ui.summaries.conftest import PHONE

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def words_of(package: Path) -> str:
    """Every text of a Word or Excel file."""
    with zipfile.ZipFile(package) as content:
        return "".join(content.read(name).decode("utf-8", "ignore") for name in content.namelist())


def test_word_takes_two_presses_and_says_where_it_is(window: Any, out: Path) -> None:
    window.press(Qt.Key.Key_E, CTRL)
    dialog = window.dialog(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == out
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    (file,) = window.files
    assert file.parent == out
    assert file.suffix == ".docx"
    assert "July 2019" in file.name
    assert "5 cases" in words_of(file)
    assert file.name in window.main.toast.label.text()


def test_the_toast_opens_the_file_and_its_folder(window: Any, out: Path, monkeypatch: Any) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(opening_files, "open_file", opened.append)
    monkeypatch.setattr(opening_files, "open_folder", lambda path: opened.append(path.parent))
    window.page.header.pdf.click()
    window.save_to(out)
    for button in window.main.toast._buttons:
        button.click()
    assert opened == [window.files[0], out]
    assert window.files[0].read_bytes().startswith(b"%PDF-")


def test_a_file_that_stands_there_is_never_overwritten(window: Any, out: Path) -> None:
    for _time in range(2):
        window.page.header.excel.click()
        dialog = window.dialog(QFileDialog)
        dialog.selectFile("July.xlsx")
        dialog.accept()
    assert [file.name for file in window.files] == ["July.xlsx", "July (2).xlsx"]


def test_the_next_free_name_is_proposed(window: Any, out: Path) -> None:
    window.page.header.excel.click()
    window.save_to(out)
    window.page.header.excel.click()
    dialog = window.dialog(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == f"{window.files[0].stem} (2).xlsx"
    dialog.reject()


def test_an_export_is_masked(window: Any, out: Path) -> None:
    window.page.header.excel.click()
    window.save_to(out)
    words = words_of(window.files[0])
    assert PHONE not in words
    assert "周明远" not in words
    assert "138******76" in words


def test_data_in_clear_needs_a_reason_which_is_audited(window: Any, desk: Desk, out: Path) -> None:
    window.press(Qt.Key.Key_E, CTRL | SHIFT)
    dialog = window.dialog(ExportDialog)
    assert dialog.forms.value() == "xlsx"
    dialog.clear.click()
    dialog.button.click()
    assert dialog.isVisible()
    assert "Give the reason" in dialog.note.label.text()
    dialog.reason.setText("市分公司回访")
    dialog.button.click()
    window.save_to(out)
    assert PHONE in words_of(window.files[0])
    with desk.work() as work:
        row = audit.newest(work, 1)[0]
    assert (row.action, row.record, row.who) == ("summary.export", "2019-07", "苏阳")
    assert "reason: 市分公司回访" in row.fields


def test_only_the_workbook_can_show_cases_in_clear(window: Any) -> None:
    window.page.exits.take("choose")
    dialog = window.dialog(ExportDialog)
    dialog.clear.click()
    dialog.forms.pick("docx")
    assert not dialog.clear.isEnabled()
    asked: list[tuple[str, str | None]] = []
    dialog.asked.disconnect()
    dialog.asked.connect(lambda form, reason: asked.append((form, reason)))
    dialog.button.click()
    assert asked == [("docx", None)]


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(window: Any, out: Path) -> None:
    window.page.header.excel.click()
    dialog = window.dialog(QFileDialog)
    chosen = out / "gone" / "July.xlsx"
    dialog.fileSelected.emit(str(chosen))
    dialog.reject()
    assert window.files == []
    (fault,) = window.faults
    window.faults.clear()
    assert "There is no folder" in str(fault)


def test_an_export_given_up_leaves_no_file(window: Any, out: Path, qtbot: Any) -> None:
    background = Background(window.faults.append)
    ctx = Context(background, window.ctx.settings)  # the page's own goes on working where it did
    ctx.filed.connect(window.files.append)
    saver = FileSaver(ctx, window.page, ProgressStrip())

    def write(path: Path) -> Path:
        path.write_text("whole")
        task.cancel()  # the user presses Cancel while the file is being written
        return path

    gate: list[Case] = []
    background.db(lambda: gate)
    task = saver.save(out / "July.xlsx", write)
    qtbot.waitUntil(lambda: not background.busy)
    background.close()
    assert list(out.iterdir()) == []
    assert window.files == []
