"""The superior's forms: add, check, remove; the placeholders to copy into one; the example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.i18n import _, language, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.saving_files import FileSaver
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.progress import ProgressStrip
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.templates import Template


class TemplatesSection(Section):
    """Enter or a double click on a placeholder copies it; on a form, nothing: forms are filled from the summary."""

    name = "templates"
    help = "forms"
    scrolls = True

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.progress = ProgressStrip()
        self.saver = FileSaver(ctx, self, self.progress)
        self.note = NoteBox(tone="attention")
        self.note.hide()

    def parts(self) -> Iterator[None]:
        self.body.addWidget(self.progress)
        self.body.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        self.body.addLayout(row, 1)
        self._buttons()
        yield
        self.forms = RecordTable(
            _("Head-office forms"),
            [
                Column(_("Name"), lambda form: str(form.name)),
                Column(_("Kind of file"), lambda form: {"docx": "Word", "xlsx": "Excel"}[form.form], 90),
                Column(_("Kept since"), lambda form: str(form.changed_at)[:10], 110),
            ],
        )
        self.empty = EmptyState("file-spreadsheet")
        self.empty.show_text(
            _("No form yet"), _("Save an example, put the placeholders where they belong, and add it here.")
        )
        self.empty.hide()
        yield
        row.addWidget(self._forms_card(), 3)
        yield
        self.names = RecordTable(
            _("Placeholders"),
            [
                Column(_("Placeholder"), lambda pair: "{{" + pair[0] + "}}"),
                Column(_("Other language"), lambda pair: "{{" + pair[1] + "}}"),
            ],
        )
        self.names.opened.connect(self.copy)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the placeholders"))
        self.search.setAccessibleName(_("Search the placeholders"))
        self.search.textChanged.connect(lambda _text: self._show_names())
        yield
        row.addWidget(self._names_card(), 2)
        yield
        self._show_names()

    def load(self) -> None:
        from postal_desk.services.templates import list_templates

        self.ask(list_templates, self._show)

    def choose(self) -> QFileDialog:
        """Ask for a form to add."""
        dialog = QFileDialog(self, _("Choose the form"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Word and Excel forms") + " (*.docx *.xlsx)")
        dialog.fileSelected.connect(lambda name: self.add(Path(name)))
        dialog.open()
        return dialog

    def add(self, file: Path) -> None:
        """Check a form and keep it; problems are told with their places."""
        desk = self.ctx.desk

        def write() -> Changes:
            from postal_desk.services.templates import add_template

            return add_template(desk, file)

        self.note.hide()
        self.ctx.write(
            write, lambda _changes: self.load(), lambda error: self._refused(file, error), owner=self
        )

    def remove(self) -> None:
        """Take the lit form away."""
        template = self.forms.current()
        if template is None:
            return
        desk, name = self.ctx.desk, template.name

        def write() -> Changes:
            from postal_desk.services.templates import remove_template

            return remove_template(desk, name)

        self.ctx.write(write, lambda _changes: self.load(), owner=self)

    def copy(self, pair: tuple[str, str] | None = None) -> None:
        """Copy the lit placeholder, to be pasted into Word or Excel."""
        pair = pair or self.names.current()
        if pair is not None:
            text = "{{" + pair[0] + "}}"
            QGuiApplication.clipboard().setText(text)
            self.ctx.say(say("Copied {text}; paste it into the form", text=text))

    def save_example(self, form: str) -> None:
        """Ask where to save the example."""
        from postal_desk.services.templates import example_name, write_example

        lang = language()
        self.saver.ask(form, example_name(lang), lambda path: write_example(form, path, lang=lang))

    def _refused(self, file: Path, error: Exception) -> None:
        if not isinstance(error, Refusal):
            self.ctx.tell_fault(error)
            return

        def check() -> list[str]:
            from postal_desk.services.templates import check_file

            try:
                problems = check_file(file).problems
            except Refusal:
                return [tell(error.sentence)]
            return [f"{tell(one.place)}: {tell(one.what)}" for one in problems] or [tell(error.sentence)]

        def told(lines: list[str]) -> None:
            self.note.show_text("\n".join(lines[:12]), "bad")

        self.ctx.background.pool(check, told, owner=self)

    def _show(self, found: list[Template]) -> None:
        self.forms.show_rows(found)
        self.forms.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.remove_button.setEnabled(bool(found))

    def _show_names(self) -> None:
        from postal_desk.reports.template_values import names_in

        wanted = self.search.text().strip().lower()
        self.names.show_rows([pair for pair in names_in(language()) if wanted in "".join(pair).lower()])

    def _buttons(self) -> None:
        self.add_button = dress(QPushButton(_("Add a form…")), kind="primary")
        self.add_button.clicked.connect(self.choose)
        self.remove_button = QPushButton(_("Remove"))
        offer(self.ctx, "template.add", self.add_button, self.remove_button)
        self.remove_button.clicked.connect(self.remove)
        self.copy_button = QPushButton(_("Copy the placeholder"))
        self.copy_button.clicked.connect(lambda: self.copy())
        self.word_button, self.excel_button = (
            QPushButton(_("Word example…")),
            QPushButton(_("Excel example…")),
        )
        self.word_button.clicked.connect(lambda: self.save_example("docx"))
        self.excel_button.clicked.connect(lambda: self.save_example("xlsx"))

    def _forms_card(self) -> Card:
        card = Card(_("Head-office forms"))
        words = _(
            "A Word or Excel form from head office with placeholders such as {example}. It is checked when it is "
            "added, and filled under Monthly summary, More, “Export with a choice”."
        )
        card.body.addWidget(text_label(words.format(example="{{受理}}"), "hint", wrap=True))
        card.body.addWidget(self.forms, 1)
        card.body.addWidget(self.empty, 1)
        row = FlowLayout(gap=looks.px(8))
        for button in (self.add_button, self.remove_button, self.word_button, self.excel_button):
            row.addWidget(button)
        card.body.addLayout(row)
        return card

    def _names_card(self) -> Card:
        card = Card(_("Placeholders"))
        words = _(
            "One with a dot repeats its table row for each entry of the list. Enter copies the lit one."
        )
        card.body.addWidget(text_label(words, "hint", wrap=True))
        card.body.addWidget(self.search)
        card.body.addWidget(self.names, 1)
        card.body.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card
