"""Files of a case and of its steps: beside the record, in the timeline, with the step being typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from postal_desk.services.attachments import list_attachments
from postal_desk.services.desk import Desk
from postal_desk.services.retention import hold
from postal_desk.ui.cases.reading_dialog import ReadingDialog
from postal_desk.ui.cases.record import Record
from postal_desk.ui.cases.record_words import badges
from postal_desk.ui.widgets.attachments.incoming import of_paths
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel

from .conftest import NEWEST


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "周建国的收据.txt"
    path.write_text("收据", "utf-8")
    return path


def shown(panel: AttachmentPanel) -> list[str]:
    return [str(panel.list.entries.index(row).data()) for row in range(panel.list.entries.rowCount())]


def test_the_customers_name_in_a_file_name_is_masked(record: Record, letter: Path) -> None:
    record.attachments.add(of_paths([letter]))
    assert shown(record.attachments) == ["周**的收据.txt"]
    record.set_personal_shown(True)
    assert shown(record.attachments) == ["周建国的收据.txt"]


def test_files_pasted_into_the_step_are_saved_with_it(record: Record, desk: Desk, letter: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(letter))])
    record.composer.text.insertFromMimeData(data)
    assert record.composer.files.isVisible()
    record.composer.text.insertPlainText("客户交来收据")
    QTest.keyClick(record.composer.text, Qt.Key.Key_Return)
    (kept,) = list_attachments(desk, "case", NEWEST)
    assert kept.part == 1
    assert not record.composer.files.isVisible()
    entries = record.timeline.entries
    last = entries.index(entries.rowCount() - 1, 0)
    assert "附件：1 个" in str(last.data())


def test_files_alone_are_a_step(record: Record, desk: Desk, letter: Path) -> None:
    record.composer.files.add(of_paths([letter]))
    record.composer.save()
    assert [file.part for file in list_attachments(desk, "case", NEWEST)] == [1]


def test_a_step_shows_its_files_and_takes_more(record: Record, desk: Desk, letter: Path) -> None:
    record.composer.text.insertPlainText("电话询问")
    record.composer.save()
    record.timeline.opened.emit(record.timeline.entries.rowCount() - 1)
    dialog = record.findChild(ReadingDialog)
    assert dialog is not None
    panel = dialog.findChild(AttachmentPanel)
    assert panel is not None
    panel.add(of_paths([letter]))
    assert [file.part for file in list_attachments(desk, "case", NEWEST)] == [1]
    assert shown(panel) == ["周**的收据.txt"]
    dialog.reject()


def test_a_legal_hold_is_told_beside_the_number(record: Record, desk: Desk) -> None:
    record._ctx.write(lambda: hold(desk, [NEWEST], "法院调取"))
    assert record.view is not None
    assert ("暂缓清除", "attention") in badges(record.view, desk.rules)


def test_ctrl_v_adds_a_file_wherever_the_record_has_the_focus(
    record: Record, desk: Desk, letter: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(letter))])
    QGuiApplication.clipboard().setMimeData(data)
    record.timeline.setFocus()
    QTest.keyClick(record.timeline, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(list_attachments(desk, "case", NEWEST)) == 1
    QGuiApplication.clipboard().clear()  # what lies there when Python ends takes the process down
