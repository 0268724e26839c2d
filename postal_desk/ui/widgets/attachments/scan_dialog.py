"""The newest files of the folder that the scanner writes to; watched while the dialog is open."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postal_desk.domain.attachments import size_words
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.opening_files import documents_folder
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.fitting import resize_within
from postal_desk.ui.widgets.labels import ElidedLabel, text_label

NEWEST = 40
_SETTLE_MS = 400  # a scanner writes in pieces
_PATH = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Scan:
    """One file of the folder."""

    path: Path
    size: int
    at: datetime


def newest_in(folder: Path) -> list[Scan]:
    """The newest files, newest first; empty for a folder that is gone or can't be read. Hidden files are left out."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~")) or not entry.is_file():
                    continue
                known = entry.stat()
                found.append(Scan(Path(entry.path), known.st_size, datetime.fromtimestamp(known.st_mtime)))
    except OSError:
        return []
    return sorted(found, key=lambda scan: scan.at, reverse=True)[:NEWEST]


class ScanDialog(QDialog):
    """``chosen`` gives the paths of the files that were ticked."""

    help = "attachments"

    chosen = Signal(list)

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("From the scan folder"))
        self._ctx = ctx
        self._seen: set[str] | None = None
        self.folder_label = ElidedLabel(kind="hint")
        self.folder_button = QPushButton(_("Choose the folder…"))
        self.folder_button.clicked.connect(self.choose_folder)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Newest scans"))
        self.list.setSpacing(looks.px(2))
        self.list.itemActivated.connect(self._toggle)
        self.empty = text_label("", "hint", wrap=True)
        self.buttons = QDialogButtonBox()
        self.add_button = self.buttons.addButton(_("Add files"), QDialogButtonBox.ButtonRole.AcceptRole)
        dress(self.add_button, kind="primary")
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._add)
        self.buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.folder_label, 1)
        row.addWidget(self.folder_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(10))
        box.addLayout(row)
        box.addWidget(self.list, 1)
        box.addWidget(self.empty)
        box.addWidget(self.buttons)
        resize_within(self, 520, 400)
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._watcher.directoryChanged.connect(lambda _folder: self._settle.start())
        self._settle.timeout.connect(self.load)
        self._show_folder()

    @property
    def folder(self) -> Path | None:
        """The scan folder, if one is set."""
        named = self._ctx.settings["scan_folder"]
        return Path(named) if named else None

    def load(self) -> None:
        """Look into the folder, away from the window's thread: it may be a slow one."""
        folder = self.folder
        if folder is not None:
            self._ctx.background.pool(lambda: newest_in(folder), self._show, owner=self)
        else:
            self._show([])

    def choose_folder(self) -> QFileDialog:
        """Ask for the folder."""
        dialog = QFileDialog(self, _("Scan folder"), str(self.folder or documents_folder()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._folder_chosen)
        dialog.open()
        return dialog

    def ticked(self) -> list[Path]:
        """The files that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [Path(item.data(_PATH)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _folder_chosen(self, folder: str) -> None:
        self._ctx.settings["scan_folder"] = folder
        self._seen = None
        self._show_folder()

    def _show_folder(self) -> None:
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        folder = self.folder
        self.folder_label.setText(str(folder) if folder else _("No scan folder is set yet"))
        if folder is not None and folder.is_dir():
            self._watcher.addPath(str(folder))
        self.load()

    def _show(self, scans: list[Scan]) -> None:
        """What came in while the dialog is open is ticked; so is the newest at first."""
        ticked = {str(path) for path in self.ticked()}
        new = {str(scan.path) for scan in scans} - self._seen if self._seen is not None else set()
        first = {str(scans[0].path)} if self._seen is None and scans else set()
        self._seen = {str(scan.path) for scan in scans} | (self._seen or set())
        self.list.clear()
        line = self.list.fontMetrics().boundingRect("国Ag").height() + looks.px(3)
        for scan in scans:
            item = QListWidgetItem(f"{scan.path.name}\n{scan.at:%Y-%m-%d %H:%M} · {size_words(scan.size)}")
            item.setSizeHint(
                QSize(0, 2 * line + looks.px(10))
            )  # Chinese letters may be higher than the font's
            item.setData(_PATH, str(scan.path))
            on = str(scan.path) in ticked | new | first
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setVisible(bool(scans))
        told = (
            _("There is nothing in this folder yet. A new scan appears here by itself.")
            if self.folder is not None
            else _("Choose the folder that the scanner puts its files into; it is remembered.")
        )
        self.empty.setText("" if scans else told)
        self.add_button.setEnabled(bool(scans))
        if scans and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _toggle(self, item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _add(self) -> None:
        self.chosen.emit(self.ticked())
        self.accept()
