"""The ways a summary leaves the desk: Word, Excel, PDF, the printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.opening_files import open_file, open_folder
from postal_desk.ui.saving_files import FileSaver
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.domain.summaries import Summary
    from postal_desk.reports.document import Document
    from postal_desk.services.personal_scan import FoundInCase


@dataclass(frozen=True)
class Paper:
    """What is to leave: figures, layout and language; ``document`` is ``None`` while it is being written."""

    figures: Summary
    layout: str
    language: str
    document: Document | None

    @property
    def stem(self) -> str:
        """The proposed file name without its extension."""
        from postal_desk.reports.monthly import file_stem

        return file_stem(self.figures, self.language)


class SummaryExits(QObject):
    """``paper`` is asked each time for what is shown then. Dialogs belong to ``window``."""

    def __init__(
        self, ctx: Context, window: QWidget, progress: ProgressStrip, paper: Callable[[], Paper | None]
    ) -> None:
        super().__init__(window)
        self._ctx, self._window, self._paper = ctx, window, paper
        self.saver = FileSaver(ctx, window, progress)

    def take(self, way: str, anchor: QWidget | None = None) -> None:
        """Take one way: ``docx xlsx pdf choose print``, or ``more`` for a menu under ``anchor``."""
        paper = self._paper()
        if paper is None:
            return
        if way == "print":
            self._print(paper)
        elif way == "choose":
            self._choose(paper)
        elif way == "more":
            self._more(anchor or self._window)
        else:
            self._look_first(paper, way)

    def _look_first(self, paper: Paper, form: str) -> None:
        """Where the typical cases tell something that is not starred, somebody reads it first."""

        def found(left: int) -> None:
            if left:
                self._choose(paper, form)
            else:
                self._export(paper, form)

        self._ctx.background.db(lambda: self._left(paper), found, owner=self)

    def _scan(self, paper: Paper) -> list[FoundInCase]:
        """On the desk's thread."""
        from postal_desk.services.personal_scan import scan_told

        return scan_told(self._ctx.desk, [case.number for case in paper.figures.typical])

    def _left(self, paper: Paper) -> int:
        if not paper.figures.typical:  # nothing is told, and the word lists need not be made
            return 0
        return sum(not one.finding.masked for one in self._scan(paper))

    def _export(self, paper: Paper, form: str, reason: str | None = None) -> None:
        """Ask where to, then write; ``reason`` puts personal data in clear and is audited by the service."""
        self.saver.ask(form, paper.stem, lambda path: self._write(paper, form, path, reason))

    def _write(self, paper: Paper, form: str, path: Path, reason: str | None) -> Path:
        """On the desk's thread."""
        from postal_desk.render.output import QtRenderer
        from postal_desk.services.documents import export_summary

        return export_summary(
            self._ctx.desk,
            paper.figures.month,
            form,
            path,
            layout=paper.layout,
            lang=paper.language,
            renderer=QtRenderer(),
            unmasked_reason=reason,
        )

    def _fill(self, paper: Paper, name: str, form: str) -> None:
        """Ask where to, then fill a form of the superior."""
        desk, month, lang = self._ctx.desk, paper.figures.month, paper.language

        def write(path: Path) -> Path:
            from postal_desk.services.templates import fill_template

            return fill_template(desk, name, month, path, lang=lang)

        self.saver.ask(form, f"{name} {paper.stem}", write)

    def _choose(self, paper: Paper, form: str = "xlsx") -> None:
        """Ask for the form, once the forms of the superior are known."""
        desk = self._ctx.desk

        def read() -> list[tuple[str, str]]:
            from postal_desk.services.templates import list_templates

            return [(template.name, template.form) for template in list_templates(desk)]

        self._ctx.background.db(read, lambda known: self._open_choice(paper, form, known), owner=self)

    def _open_choice(self, paper: Paper, form: str, templates: list[tuple[str, str]]) -> None:
        """Ask for the form, and whether data is needed in clear; what the texts still tell is shown."""
        from postal_desk.ui.summaries.export_dialog import ExportDialog
        from postal_desk.ui.widgets.personal_box import PersonalBox

        personal = PersonalBox(self._ctx, lambda: self._scan(paper)) if paper.figures.typical else None
        may = self._ctx.desk.may("export.unmasked")
        dialog = ExportDialog(paper.stem, self._window, may, personal, form, templates)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(lambda form, reason: self._export(paper, form, reason))
        dialog.filled.connect(lambda name, form: self._fill(paper, name, form))
        dialog.open()

    def _print(self, paper: Paper) -> None:
        """Preview in full size, and print."""
        from postal_desk.ui.printing import Printable, open_print_dialog

        document = paper.document
        if document is not None:
            printable = Printable(
                document.title,
                lambda _reason: document,
                lambda form, path, _reason: self._write(paper, form, path, None),
            )
            open_print_dialog(self._ctx, printable, self._window)

    def _print_register(self) -> None:
        """Preview the register, one line a case."""
        from postal_desk.ui.paper_printing import print_register

        if (paper := self._paper()) is not None:
            print_register(self._ctx, paper.figures.month, self._window, paper.language)

    def type_totals(self) -> None:
        """Open the table of totals for months without cases."""
        from postal_desk.ui.summaries.totals_dialog import TotalsDialog

        TotalsDialog(self._ctx, self._window).open()

    def _more(self, anchor: QWidget) -> None:
        """What is needed less often."""
        menu = QMenu(anchor)
        choose = menu.addAction(icon("download"), _("Export with a choice…"))
        choose.setShortcut(QKeySequence("Ctrl+Shift+E"))
        choose.triggered.connect(lambda: self.take("choose"))
        register = menu.addAction(icon("list"), _("Register of the month, printed…"))
        register.triggered.connect(self._print_register)
        totals = menu.addAction(icon("history"), _("Totals of past months…"))
        totals.triggered.connect(self.type_totals)
        totals.setVisible(self._ctx.desk.may("total.put"))
        menu.addSeparator()
        saved = self.saver.last
        for icon_name, words, act in (
            ("file-text", _("Open the file saved last"), open_file),
            ("folder-open", _("Open its folder"), open_folder),
        ):
            action = menu.addAction(icon(icon_name), words)
            action.setEnabled(saved is not None)
            action.triggered.connect(lambda _on=False, act=act: act(saved))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))
