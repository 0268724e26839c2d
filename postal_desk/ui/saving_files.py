"""Saving a file for the user: where to, progress with a way out, and what to do with it then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from postal_desk.domain.sentences import say
from postal_desk.i18n import _
from postal_desk.reports.file_names import free_path, safe_stem
from postal_desk.ui.background import Task
from postal_desk.ui.context import Context
from postal_desk.ui.opening_files import documents_folder
from postal_desk.ui.widgets.progress import ProgressStrip

Write = Callable[[Path], Path]  # writes the file and returns where it stands


class FileSaver(QObject):
    """Asks for a place and writes there. A file that stands there is never overwritten: the next free name is taken.

    ``write`` runs on the desk's thread, and while it does :attr:`progress` shows it. Given up, the file is removed
    again as soon as it is complete. Dialogs belong to ``window``.
    """

    def __init__(self, ctx: Context, window: QWidget, progress: ProgressStrip) -> None:
        super().__init__(window)
        self._ctx, self._window, self.progress = ctx, window, progress
        self._folder: Path | None = None  # chosen last
        self.last: Path | None = None  # the file saved last

    def folder(self) -> Path:
        """Where files go: chosen last, else as set, else the user's documents."""
        named = Path(self._ctx.settings["export_folder"] or documents_folder())
        places = [place for place in (self._folder, named) if place is not None and place.is_dir()]
        return places[0] if places else Path.home()

    def ask(self, form: str, stem: str, write: Write) -> QFileDialog:
        """Ask where to save a file of the form ``docx``, ``xlsx``, ``pdf`` or ``csv``, then write it. Enter takes the
        proposal.
        """
        proposed = free_path(self.folder() / f"{safe_stem(stem)}.{form}")
        dialog = QFileDialog(self._window, _("Save as"), str(proposed.parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(f"{form_words(form)} (*.{form})")
        dialog.setDefaultSuffix(form)
        dialog.selectFile(proposed.name)
        dialog.fileSelected.connect(lambda chosen: self._chosen(Path(chosen), write))
        dialog.open()
        return dialog

    def save(self, target: Path, write: Write, done: Callable[[Path], object] | None = None) -> Task:
        """Write a file; then say so, or call ``done`` with its path."""
        task: Task | None = None

        def work() -> Path:
            path = write(target)
            if task is not None and task.cancelled:
                path.unlink(missing_ok=True)
            return path

        def saved(path: Path) -> None:
            self.last = path
            (done or self._ctx.tell_file)(path)

        task = self._ctx.background.db(work, saved)  # told also when the dialog it was asked from is gone
        given_up = say("{file} was given up; no file is left", file=target.name)
        self.progress.watch(
            task, _("Writing {file}…").format(file=target.name), lambda: self._ctx.say(given_up)
        )
        return task

    def _chosen(self, target: Path, write: Write) -> None:
        self._folder = target.parent
        self.save(target, write)


def form_words(form: str) -> str:
    """The kind of file in words."""
    return {
        "docx": _("Word document"),
        "xlsx": _("Excel workbook"),
        "pdf": _("PDF file"),
        "csv": _("CSV list"),
    }[form]
