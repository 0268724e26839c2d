"""Files come in by dropping, pasting and choosing, are looked at and removed, all of it by keyboard too."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from postal_desk.domain.sentences import Sentence
from postal_desk.services import attachments
from postal_desk.services.undo import undo
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.attachments.incoming import of_paths
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.attachments.preview_dialog import PreviewDialog
from tests.ui.attachments.conftest import NUMBER


def names(panel: AttachmentPanel) -> list[str]:
    return [str(panel.list.entries.index(row).data()) for row in range(panel.list.entries.rowCount())]


def drop(panel: AttachmentPanel, data: QMimeData) -> None:
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    panel.target.eventFilter(panel, event)  # Qt itself sends it only while something is dragged


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_dropped_files_are_kept(panel: AttachmentPanel, picture: Path) -> None:
    assert panel.empty.isVisible()
    drop(panel, files(picture))
    assert names(panel) == ["收据.png"]
    assert not panel.empty.isVisible()


def test_a_screenshot_is_pasted_by_key(panel: AttachmentPanel, qtbot: QtBot) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)
    assert panel.paste()
    assert names(panel) == ["Screenshot 2019-07-18 10.42.00.png"]


def test_text_on_the_clipboard_is_no_file(panel: AttachmentPanel, ctx: Context, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("一段文字")
    with qtbot.waitSignal(ctx.said) as told:
        panel.paste_button.click()
    sentence = told.args[0] if told.args else None
    assert isinstance(sentence, Sentence)
    assert "no file" in str(sentence)


def test_what_is_refused_is_told_and_the_rest_kept(
    panel: AttachmentPanel, picture: Path, tmp_path: Path, faults: list[Exception]
) -> None:
    (tmp_path / "empty.pdf").touch()
    panel.add(of_paths([tmp_path / "empty.pdf", picture]))
    assert names(panel) == ["收据.png"]
    assert "empty.pdf is empty" in str(faults[0])
    assert "Files added: 1" in str(faults[0])


def test_delete_removes_and_undo_brings_back(
    panel: AttachmentPanel, ctx: Context, picture: Path, qtbot: QtBot
) -> None:
    drop(panel, files(picture))
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.list.entries.index(0))
    with qtbot.waitSignal(ctx.said) as told:
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert names(panel) == []
    ctx.announce(undo(ctx.desk, int(str(told.args[1]))))  # type: ignore[index]
    assert names(panel) == ["收据.png"]


def test_a_picture_gets_a_thumbnail(panel: AttachmentPanel, picture: Path) -> None:
    drop(panel, files(picture))
    assert not panel.list.entries.lacks_thumb(panel.files[0])


def opened(panel: AttachmentPanel) -> PreviewDialog:
    panel.list.setCurrentIndex(panel.list.entries.index(0))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    dialog = panel.window().findChild(PreviewDialog)
    assert dialog is not None
    return dialog


def test_enter_shows_the_picture_and_arrows_go_on(
    panel: AttachmentPanel, picture: Path, tmp_path: Path
) -> None:
    (tmp_path / "IMG.HEIC").write_bytes(b"\x00\x00\x00\x18ftypheic")
    drop(panel, files(picture, tmp_path / "IMG.HEIC"))
    dialog = opened(panel)
    assert dialog.picture.image.width() > 100
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.told.isVisible()
    assert "can't be shown" in dialog.told.title.text()
    dialog.accept()


def test_a_picture_that_is_none_says_so(panel: AttachmentPanel, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    drop(panel, files(tmp_path / "a.png"))
    dialog = opened(panel)
    assert "damaged" in dialog.told.title.text()
    dialog.accept()


def test_names_are_masked_until_they_may_be_shown(panel: AttachmentPanel, picture: Path) -> None:
    drop(panel, files(picture))
    panel.hide_names(lambda name: name.replace("收据", "**"))
    assert names(panel) == ["**.png"]
    panel.hide_names(None)
    assert names(panel) == ["收据.png"]


def test_a_record_that_may_not_be_changed_takes_nothing(panel: AttachmentPanel, picture: Path) -> None:
    panel.show_record(NUMBER, editable=False)
    drop(panel, files(picture))
    assert panel.files == []
    assert not panel.tools.isVisibleTo(panel)


@pytest.mark.parametrize("kind", ["draft", "measure"])
def test_other_records_have_files_too(
    ctx: Context, qtbot: QtBot, picture: Path, kind: str, faults: list[Exception]
) -> None:
    panel = AttachmentPanel(ctx, kind)
    qtbot.addWidget(panel)
    ctx.changed.connect(panel.refresh)
    panel.show_record("a-draft" if kind == "draft" else "M-2019-0001")
    panel.add(of_paths([picture]))
    if kind == "draft":
        assert [one.name for one in attachments.list_attachments(ctx.desk, "draft", "a-draft")] == [
            "收据.png"
        ]
        assert panel.files
    else:
        assert "no measure" in str(faults[0])


def test_the_newest_scan_is_offered(panel: AttachmentPanel, ctx: Context, picture: Path) -> None:
    folder = picture.parent / "scans"
    folder.mkdir()
    (folder / "scan1.pdf").write_bytes(b"%PDF-1.4")
    ctx.settings["scan_folder"] = str(folder)
    dialog = panel.from_scans()
    assert [path.name for path in dialog.ticked()] == ["scan1.pdf"]
    (folder / "scan2.pdf").write_bytes(b"%PDF-1.4 two")
    dialog.load()
    assert {path.name for path in dialog.ticked()} == {"scan1.pdf", "scan2.pdf"}
    dialog.add_button.click()
    assert sorted(names(panel)) == ["scan1.pdf", "scan2.pdf"]
