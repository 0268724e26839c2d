"""Attachments: how large a file may be, where the scanner puts its files, and the check of everything that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offered
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.form import ChoiceField, Form
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.progress import ProgressStrip
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.attachment_check import AttachmentProblem, Checked
    from postal_desk.services.keeping_settings import KeepingSettings

_LIMITS = (5, 10, 20, 50, 100, 200, 500)


class FilesSection(Section):
    """Every field is written when it is left."""

    name = "files"
    help = "attachments"
    scrolls = True

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._stored: KeepingSettings | None = None
        self.form = Form()

    def parts(self) -> Iterator[None]:
        card = Card(_("Adding files"))
        card.body.addLayout(self.form)
        self.body.addWidget(card)
        yield
        self.limit = ChoiceField([(size, f"{size} MB") for size in _LIMITS])
        self.limit.picked.connect(self._set_limit)
        self.limit.setEnabled(offered(self.ctx, "setting.edit"))
        self.folder = QLineEdit(self.ctx.settings["scan_folder"])
        self.folder.setPlaceholderText(_("none yet"))
        self.folder.editingFinished.connect(self._keep_folder)
        choose = QPushButton(_("Choose…"))
        choose.setAccessibleName(_("Choose the scan folder"))
        choose.clicked.connect(self.choose_folder)
        self.form.add(_("Largest file"), self.limit, _("Holds for everybody who works at this desk"))
        yield
        where = _("Its newest files are offered wherever files are added; belongs to this PC")
        self.form.add(_("Scan folder"), self.folder, where, "folder", choose)
        yield
        self.body.addWidget(self._check_card(), 1)

    def load(self) -> None:
        from postal_desk.services import keeping_settings

        self.ask(keeping_settings.get, self._show)

    def check(self) -> None:
        """Read every content through, on the desk's thread."""
        desk = self.ctx.desk

        def work() -> Checked:
            from postal_desk.services.attachment_check import check_attachments

            return check_attachments(desk)

        self.check_button.setEnabled(False)
        task = self.ctx.background.db(work, self._checked, self._not_checked, self)
        self.progress.watch(task, _("Reading all attachments…"), lambda: self.check_button.setEnabled(True))

    def tidy(self) -> None:
        """Take away what nothing names any more, then check again."""
        desk = self.ctx.desk

        def work() -> int:
            from postal_desk.services.attachment_check import tidy

            return tidy(desk)

        def tidied(count: int) -> None:
            self.ctx.say(say("{count} unused contents taken away", count=count))
            self.check()

        self.ctx.background.db(work, tidied, owner=self)

    def repair(self) -> None:
        """Bring back from the copies what they still have whole, then check again."""
        desk = self.ctx.desk

        def work() -> tuple[int, int]:
            from postal_desk.services.attachment_repair import repair

            return repair(desk)

        def repaired(counts: tuple[int, int]) -> None:
            self.ctx.say(
                say(
                    "{back} files came back from the copies, {missing} did not",
                    back=counts[0],
                    missing=counts[1],
                )
            )
            self.check()

        self.ctx.background.db(work, repaired, owner=self)

    def choose_folder(self) -> QFileDialog:
        """Ask for the scan folder."""
        dialog = QFileDialog(self, _("Scan folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        self.open_dialog(dialog)
        return dialog

    def _chosen(self, folder: str) -> None:
        self.folder.setText(folder)
        self._keep_folder()

    def _keep_folder(self) -> None:
        typed = self.folder.text().strip()
        known = not typed or Path(typed).is_dir()
        self.form.refuse("folder", "" if known else _("There is no such folder; choose one that exists"))
        dress(self.folder, state="" if known else "bad")
        if known:
            self.ctx.settings["scan_folder"] = typed

    def _set_limit(self, limit: object) -> None:
        desk = self.ctx.desk
        if self._stored is None or not isinstance(limit, int) or limit == self._stored.limit:
            return

        def work() -> Changes:
            from postal_desk.services import keeping_settings

            return keeping_settings.set(desk, limit=limit)

        self.ctx.write(work)

    def _show(self, stored: KeepingSettings) -> None:
        self._stored = stored
        if self.limit.findData(stored.limit) < 0:  # set on the command line
            self.limit.addItem(f"{stored.limit} MB", stored.limit)
        self.limit.show_value(stored.limit)

    def _checked(self, found: Checked) -> None:
        self.check_button.setEnabled(True)
        self.outcome.show_text(tell(found.said), "good" if found.ok else "bad")
        self.problems.show_rows(found.problems)
        self.problems.setVisible(not found.ok)
        self.tidy_button.setVisible(found.unused > 0)
        self.repair_button.setVisible(not found.ok)

    def _not_checked(self, error: Exception) -> None:
        self.check_button.setEnabled(True)
        self.ctx.tell_fault(error)

    def _check_card(self) -> Card:
        card = Card(_("Check attachments"))
        told = _("Reads every file through and says what is missing, damaged, or not used any more.")
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        row.addWidget(text_label(told, "hint", wrap=True), 1)
        self.tidy_button = QPushButton(_("Take unused away"))
        self.tidy_button.clicked.connect(self.tidy)
        self.tidy_button.hide()
        self.check_button = QPushButton(_("Check attachments"))
        self.check_button.clicked.connect(self.check)
        self.repair_button = QPushButton(_("Bring back from the copies"))
        self.repair_button.clicked.connect(self.repair)
        self.repair_button.hide()
        row.addWidget(self.repair_button)
        row.addWidget(self.tidy_button)
        row.addWidget(self.check_button)
        card.body.addLayout(row)
        self.progress = ProgressStrip()
        card.body.addWidget(self.progress)
        self.outcome = NoteBox()
        self.outcome.hide()
        card.body.addWidget(self.outcome)
        columns = [
            Column(_("Record and file"), _where, 300),
            Column(_("Problem"), lambda one: tell(one.what)),
        ]
        self.problems = RecordTable(_("Problems found"), columns)
        self.problems.hide()
        card.body.addWidget(self.problems, 1)
        card.body.addStretch(1)
        return card


def _where(problem: AttachmentProblem) -> str:
    """The record's number and the file's name; the id that the command line names it by says nothing here."""
    return " · ".join(part for part in (problem.where.rpartition(" ")[0], problem.name) if part)
