"""Files of one record: the list, and every way in (drop, paste, choose, scan folder) and out.

Any page can have one: ``AttachmentPanel(ctx, "measure")``, then ``show_record(number)`` for the record in front and
``refresh(changes)`` when something was written. A draft's files (kind ``draft``, the draft's key) wait with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.opening_files import documents_folder
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.attachments.adding import Adder
from postal_desk.ui.widgets.attachments.drop_target import DropTarget
from postal_desk.ui.widgets.attachments.exits import FileExits
from postal_desk.ui.widgets.attachments.file_list import FileList
from postal_desk.ui.widgets.attachments.incoming import Incoming, incoming_of, of_paths, on_clipboard
from postal_desk.ui.widgets.attachments.scan_dialog import ScanDialog
from postal_desk.ui.widgets.attachments.thumbs import Thumbs
from postal_desk.ui.widgets.buttons import icon_button, link_button
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.domain.attachments import Attachment

_SMALL = 4  # px between parts


class AttachmentPanel(QWidget):
    """``counted`` gives the number of files after each reading. ``step`` keeps to the files of one step of a case."""

    counted = Signal(int)

    def __init__(self, ctx: Context, kind: str, heading: str = "", compact: bool = False) -> None:
        super().__init__()
        self._ctx, self.kind = ctx, kind
        self._number, self._step = "", 0
        self._editable = True
        self._compact = compact
        self._hide: Callable[[str], str] = lambda name: name
        self.files: list[Attachment] = []
        self._paste_key: QShortcut | None = None
        self._build(heading or _("Attachments"))
        self._adder = Adder(ctx, self, self.progress)
        self._exits = FileExits(ctx, self)
        self._thumbs = Thumbs(ctx, self.list.entries, self)
        self.target = DropTarget(self, lambda: self.takes_files, self.take_dropped)
        self._connect()

    # -- what a page asks ----------------------------------------------------------------------------

    @property
    def takes_files(self) -> bool:
        """True if files can be added to the record in front."""
        return bool(self._number) and self._editable and self._ctx.has_desk

    def show_record(
        self,
        number: str,
        *,
        editable: bool = True,
        step: int = 0,
        hide: Callable[[str], str] | None = None,
        kind: str = "",
    ) -> None:
        """Show the files of a record; an empty number shows none. ``hide`` masks their names; ``kind`` goes over to
        another kind of record.
        """
        same = (number, step) == (self._number, self._step) and kind in ("", self.kind)
        self.kind = kind or self.kind
        needed = {"attachment.add", f"{self.kind}.edit"}  # the files of a record are part of it
        editable = editable and self._ctx.has_desk and all(offered(self._ctx, one) for one in needed)
        self._number, self._step, self._editable = number, step, editable
        self._hide = hide or (lambda name: name)
        self.tools.setVisible(editable and not self._compact)
        if same and self.files:
            self._draw()
        else:
            self._show([])
        self.reload()

    def hide_names(self, hide: Callable[[str], str] | None) -> None:
        """Mask the names, or show them whole."""
        self._hide = hide or (lambda name: name)
        self._draw()

    def refresh(self, changes: Changes) -> None:
        """Something was written."""
        if (self.kind, self._number) in changes.attachments:
            self.reload()

    def reload(self) -> None:
        """Read the files again."""
        if not self._number or not self._ctx.has_desk:
            return
        desk, kind, number, step = self._ctx.desk, self.kind, self._number, self._step

        def read() -> list[Attachment]:
            from postal_desk.services.attachments import list_attachments

            return list_attachments(desk, kind, number)

        def show(found: list[Attachment]) -> None:
            if (number, step) == (self._number, self._step):
                self._show([file for file in found if step in (0, file.part)])

        self._ctx.background.db(read, show, self._unreadable, self)

    def add(self, incoming: Sequence[Incoming], step: int | None = None) -> None:
        """Add files to the record in front; by default to its step."""
        if self.takes_files:
            self._adder.add(self.kind, self._number, incoming, self._step if step is None else step)

    def take_dropped(self, data: QMimeData) -> None:
        """Add what was dropped."""
        self.add(incoming_of(data, self._ctx.desk.now()))

    def paste(self) -> bool:
        """Add what stands on the clipboard. False if that is no file and no picture."""
        found = on_clipboard(self._ctx.desk.now()) if self.takes_files else []
        self.add(found)
        return bool(found)

    def paste_on(self, widget: QWidget) -> None:
        """Let Ctrl+V add files wherever the focus is inside ``widget``; fields for text keep it for themselves."""
        if self._paste_key is not None:  # two of them at once would both keep silent
            self._paste_key.deleteLater()
        self._paste_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), widget)
        self._paste_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._paste_key.activated.connect(self._paste)

    def choose(self) -> QFileDialog:
        """Ask which files to add."""
        dialog = QFileDialog(self.window(), _("Add files"), str(documents_folder()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda chosen: self._add_paths(chosen))
        dialog.open()
        return dialog

    def from_scans(self) -> ScanDialog:
        """Offer the newest files of the scan folder."""
        dialog = ScanDialog(self._ctx, self)
        dialog.chosen.connect(lambda paths: self.add(of_paths(paths)))
        dialog.open()
        return dialog

    # -- inside --------------------------------------------------------------------------------------

    def _build(self, heading: str) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(_SMALL))
        head = QHBoxLayout()
        head.setSpacing(looks.px(2))
        self.heading = text_label(heading, "heading")
        head.addWidget(self.heading)
        head.addStretch(1)
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.add_button = icon_button("paperclip", _("Add a file…"), self.choose)
        words = _("Paste a screenshot or copied files (Ctrl+V)")
        self.paste_button = icon_button("clipboard-paste", words, self._paste)
        self.scan_button = icon_button("scan", _("From the scan folder…"), self.from_scans)
        for button in (self.add_button, self.paste_button, self.scan_button):
            row.addWidget(button)
        head.addWidget(self.tools)
        box.addLayout(head)
        self.list = FileList()
        self.list.setAccessibleName(heading)
        box.addWidget(self.list)
        self.empty = link_button(_("Drop files here, paste, or choose"), self.choose)
        box.addWidget(self.empty)
        self.progress = ProgressStrip()
        box.addWidget(self.progress)
        self.heading.setVisible(not self._compact)
        self.tools.setVisible(not self._compact)
        if not self._compact:
            self.paste_on(self)

    def _connect(self) -> None:
        self.list.opened.connect(lambda file: self._exits.preview(file, self.files, self._hide))
        self.list.remove_asked.connect(self._remove)
        self.list.rename_asked.connect(self._rename)
        self.list.menu_asked.connect(self._menu)

    def _show(self, files: list[Attachment]) -> None:
        self.files = files
        self._draw()
        self.counted.emit(len(files))

    def _draw(self) -> None:
        self.list.show_files(self.files, self._hide)
        self.list.setVisible(bool(self.files))
        self.empty.setVisible(not self.files and self._editable and not self._compact)
        waiting = self._editable and not self._compact
        self.setVisible(bool(self._number) and (bool(self.files) or waiting))
        self._thumbs.want(self.files)

    def _unreadable(self, error: Exception) -> None:
        if isinstance(error, Refusal):  # the record is gone, or was deleted meanwhile
            self._show([])
        else:
            self._ctx.tell_fault(error)

    def _add_paths(self, chosen: Sequence[str]) -> None:
        from pathlib import Path

        self.add(of_paths([Path(name) for name in chosen]))

    def _paste(self) -> None:
        if not self.paste():
            self._ctx.say(say("There is no file and no picture on the clipboard"))

    def _remove(self, files: Sequence[Attachment]) -> None:
        if self._editable:
            self._exits.remove(files)

    def _rename(self, file: Attachment) -> None:
        if self._editable:
            self._exits.rename(file)

    def _menu(self, file: Attachment, at: QPoint) -> None:
        picked = self.list.picked()
        several = picked if file in picked else [file]
        menu = QMenu(self)
        acts: list[tuple[str, str, Callable[[], object]]] = [
            ("eye", _("Preview"), lambda: self._exits.preview(file, self.files, self._hide)),
            ("folder-open", _("Open with the system's program"), lambda: self._exits.open_outside(file)),
        ]
        if self._ctx.desk.may("attachment.export"):
            acts.append(("download", _("Save a copy…"), lambda: self._exits.save_copy(file)))
        if self._editable:
            acts += [
                ("pencil", _("Rename…"), lambda: self._exits.rename(file)),
                ("trash-2", _("Remove"), lambda: self._exits.remove(several)),
            ]
        for picture, words, act in acts:
            action = menu.addAction(icon(picture, "red" if picture == "trash-2" else "ink2"), words)
            action.triggered.connect(lambda _on=False, act=act: act())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
