"""What is done with a file that is there: looked at, opened outside, saved out, renamed, removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.opening_files import documents_folder, open_file
from postal_desk.ui.widgets.attachments.preview_dialog import PreviewDialog
from postal_desk.ui.widgets.line_dialog import LineDialog

if TYPE_CHECKING:
    from postal_desk.domain.attachments import Attachment


class FileExits(QObject):
    """Dialogs belong to ``window``."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx, self._window = ctx, window

    def preview(
        self, file: Attachment, files: Sequence[Attachment], hide: Callable[[str], str]
    ) -> PreviewDialog:
        """Look at a file; the arrow keys go on to the others."""
        dialog = PreviewDialog(self._ctx, files, file, hide, self._window.window())
        dialog.open_asked.connect(self.open_outside)
        dialog.save_asked.connect(self.save_copy)
        dialog.open()
        return dialog

    def open_outside(self, file: Attachment) -> None:
        """Hand a readable copy to the system's program; it is taken away when the desk is closed."""
        desk = self._ctx.desk

        def put() -> Path:
            from postal_desk.services.attachment_exits import open_out

            return open_out(desk, file.id)

        self._ctx.background.db(put, self._opened)

    def save_copy(self, file: Attachment) -> LineDialog | None:
        """Ask why and where to, then save a copy. It is in clear, so the role has to allow it and the reason goes into
        the audit.
        """
        try:
            self._ctx.desk.require("attachment.export", "attachment")
        except Refusal as refusal:  # before a reason is typed for nothing
            self._ctx.tell_fault(refusal)
            return None
        dialog = LineDialog(
            _("Save a copy"),
            _(
                "The copy can be read by anybody who gets it. Why is it saved? The reason is written to the audit."
            ),
            _("Reason"),
            _("Choose the place…"),
            "",
            self._window.window(),
        )
        dialog.settled.connect(lambda reason: self._ask_place(file, reason))
        dialog.open()
        return dialog

    def rename(self, file: Attachment) -> LineDialog:
        """Ask for another name."""
        dialog = LineDialog(
            _("Rename the file"), "", _("Name"), _("Rename"), file.name, self._window.window()
        )
        desk = self._ctx.desk

        def renamed(name: str) -> None:
            from postal_desk.services.attachments import rename_attachment

            self._ctx.write(lambda: rename_attachment(desk, file.id, name))

        dialog.settled.connect(renamed)
        dialog.open()
        return dialog

    def remove(self, files: Sequence[Attachment]) -> None:
        """Move files to the recycle bin; Undo brings them back."""
        desk, ids = self._ctx.desk, [file.id for file in files]

        def work() -> Changes:
            from postal_desk.services.attachments import remove_attachments

            return remove_attachments(desk, ids)

        if ids:
            self._ctx.write(work)

    def _opened(self, path: Path) -> None:
        if open_file(path):
            self._ctx.say(say("Opened outside as a readable copy; it is taken away when the desk is closed"))
        else:
            self._ctx.say(say("The system has no program for this file; save a copy instead"))

    def _ask_place(self, file: Attachment, reason: str) -> QFileDialog:
        folder = self._ctx.settings["export_folder"]
        place = folder if folder and Path(folder).is_dir() else str(documents_folder())
        dialog = QFileDialog(self._window.window(), _("Save a copy"), place)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(file.name)
        dialog.fileSelected.connect(lambda chosen: self._save(file, Path(chosen), reason))
        dialog.open()
        return dialog

    def _save(self, file: Attachment, target: Path, reason: str) -> None:
        desk = self._ctx.desk

        def save() -> Path:
            from postal_desk.services.attachment_exits import save_out

            return save_out(desk, file.id, target, reason)

        self._ctx.background.db(save, self._ctx.tell_file)
