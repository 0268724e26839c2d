"""The page «Monthly summary»: the figures of a month, the cases behind them, and the document that is handed in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout

from postal_desk.domain.changes import Changes
from postal_desk.domain.periods import Month, default_month
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _, label, language, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.opening_files import open_file, open_folder
from postal_desk.ui.page import Page
from postal_desk.ui.saving_files import FileSaver
from postal_desk.ui.summaries.header import SummaryHeader
from postal_desk.ui.summaries.month_loader import Loaded, MonthLoader
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.domain.case_filters import CaseFilter
    from postal_desk.domain.summaries import Summary
    from postal_desk.reports.document import Document
    from postal_desk.services.summary_cases import Figure
    from postal_desk.ui.summaries.summary_view import SummaryView


class SummaryPage(Page):
    """``shown(month="2019-07")`` shows that month; without one the month shown before stays, at first the one that
    a summary is wanted for today. The view is made when the first figures are there: what it stands on is imported
    by the threads that read them.
    """

    name = "summary"
    shortcuts = (
        (say("The month before, the month after"), "Alt+←, Alt+→"),
        (say("Export as Word"), "Ctrl+E"),
        (say("Export as Excel or PDF, or with personal data"), "Ctrl+Shift+E"),
        (say("Preview and print"), "Ctrl+P"),
        (say("Open the cases behind a figure"), "Enter"),
    )

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.month: Month | None = None
        self.loaded: Loaded | None = None
        self.document: Document | None = None
        self.view: SummaryView | None = None
        self._stale = True
        self.loader = MonthLoader(ctx, self)
        self.progress = ProgressStrip()
        self.saver = FileSaver(ctx, self, self.progress)
        self.header = SummaryHeader(lambda: Month.of(ctx.desk.today()))
        box = self._box = QVBoxLayout(self)
        gap = looks.px(16)
        box.setContentsMargins(gap, looks.px(10), gap, gap)
        box.setSpacing(looks.px(10))
        box.addWidget(self.header)
        box.addWidget(self.progress)
        box.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._connect()

    # -- what the window asks -----------------------------------------------------------------------------

    def shown(self, **request: object) -> None:
        if wanted := request.get("month"):
            self.show_month(Month.parse(str(wanted)))
        elif self.month is None:
            self.show_month(default_month(self.ctx.desk.today()))
        elif self._stale:
            self._read()
        self._show_choices()
        self.header.month.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        if not (changes.cases or changes.outlets or changes.staff or changes.rules or changes.settings):
            return
        self._stale = True
        if self.isVisible() and self.month is not None:
            self._read()

    def place(self) -> dict[str, object]:
        return {"month": str(self.month)} if self.month is not None else {}

    def command(self, name: str) -> bool:
        if name == "export":
            self.export("docx")
        elif name == "print":
            self.print()
        else:
            return False
        return True

    # -- month --------------------------------------------------------------------------------------------

    def show_month(self, month: Month) -> None:
        """Show the figures of a month."""
        if month != self.month or self._stale:
            self.month = month
            self.header.month.show_month(month)
            self._read()

    def _read(self) -> None:
        assert self.month is not None
        self._stale = False
        task = self.loader.read(self.month)
        words = _("Counting {month}…").format(month=label(self.month.label))
        self.progress.watch(task, words, self._given_up)

    def _given_up(self) -> None:
        """Counting was cancelled: go back to the month that is shown."""
        self._stale = True
        if self.loaded is not None:
            self.month = self.loaded.figures.month
            self.header.month.show_month(self.month)

    def _show(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.header.tell(as_of_words(loaded.figures))
        view = self.view or self._make_view()
        view.show_figures(loaded.figures)
        view.preview.show_missing([tell(name) for name in loaded.missing])
        self._write()

    def _make_view(self) -> SummaryView:
        from postal_desk.ui.summaries.summary_view import SummaryView

        self.view = SummaryView(self.ctx.background)
        self.view.asked.connect(self.show_cases)
        self.view.preview.opened.connect(self.print)
        self.view.preview.fill_in_asked.connect(lambda: self.ctx.navigator.go("settings", section="branch"))
        self._box.setAlignment(Qt.AlignmentFlag(0))
        self._box.addWidget(self.view, 1)
        return self.view

    # -- document -----------------------------------------------------------------------------------------

    @property
    def document_language(self) -> str:
        """The document's language: chosen, or the window's."""
        return str(self.ctx.settings["document_language"] or language())

    def _write(self) -> None:
        if self.loaded is not None:
            self.loader.write(self.loaded, self.ctx.settings["summary_layout"], self.document_language)

    def _written(self, document: Document) -> None:
        self.document = document
        if self.view is not None:
            self.view.preview.show_document(document)

    def _show_choices(self) -> None:
        """What is set elsewhere (settings) holds here too."""
        header = self.header
        layout, lang = self.ctx.settings["summary_layout"], self.document_language
        changed = (header.layout_choice.value, header.language_choice.value) != (layout, lang)
        header.layout_choice.show_value(layout)
        header.language_choice.show_value(lang)
        if changed:
            self._write()

    def _choose(self, setting: str, value: str) -> None:
        self.ctx.settings[setting] = value
        self._write()

    # -- leaving the desk ---------------------------------------------------------------------------------

    def export(self, form: str, reason: str | None = None) -> None:
        """Ask where to, then write; ``reason`` puts personal data in clear and is audited by the service."""
        if self.loaded is None:
            return
        from postal_desk.reports.monthly import file_stem

        figures, lang = self.loaded.figures, self.document_language
        layout, desk = self.ctx.settings["summary_layout"], self.ctx.desk

        def write(path: Path) -> Path:
            from postal_desk.render.output import QtRenderer
            from postal_desk.services.documents import export_summary

            return export_summary(
                desk,
                figures.month,
                form,
                path,
                layout=layout,
                lang=lang,
                renderer=QtRenderer(),
                unmasked_reason=reason,
            )

        self.saver.ask(form, file_stem(figures, lang), write)

    def choose_export(self) -> None:
        """Ask for the form, and whether data is needed in clear."""
        if self.loaded is None:
            return
        from postal_desk.reports.monthly import file_stem
        from postal_desk.ui.summaries.export_dialog import ExportDialog

        dialog = ExportDialog(file_stem(self.loaded.figures, self.document_language), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(self.export)
        dialog.open()

    def print(self) -> None:
        """Preview in full size, and print."""
        from postal_desk.ui.printing import Printable, open_print_dialog

        if self.loaded is None or self.document is None:
            return
        figures, document, lang = self.loaded.figures, self.document, self.document_language
        layout, desk = self.ctx.settings["summary_layout"], self.ctx.desk

        def save(form: str, path: Path, _reason: str | None) -> Path:
            from postal_desk.render.output import QtRenderer
            from postal_desk.services.documents import export_summary

            return export_summary(
                desk, figures.month, form, path, layout=layout, lang=lang, renderer=QtRenderer()
            )

        open_print_dialog(self.ctx, Printable(document.title, lambda _reason: document, save), self)

    def more_menu(self) -> None:
        """What is needed less often."""
        anchor = self.header.more
        menu = QMenu(anchor)
        choose = menu.addAction(icon("download"), _("Export with a choice…"))
        choose.setShortcut(QKeySequence("Ctrl+Shift+E"))
        choose.triggered.connect(self.choose_export)
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

    def show_cases(self, month: str | None, figure: Figure) -> None:
        """Go to the cases behind a figure of the month shown, or of ``month``."""
        if self.month is None:
            return
        from postal_desk.services.summary_cases import cases_behind

        desk, of = self.ctx.desk, Month.parse(month) if month else self.month
        self.ctx.background.db(lambda: cases_behind(desk, of, figure), self._go, owner=self)

    def _go(self, found: CaseFilter | None) -> None:
        if found is None:
            self.ctx.say(say("No case is behind this figure"))
        else:
            self.ctx.navigator.go("cases", filter=found)

    # -- arrangement --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.set_two_rows(self.width() - 2 * looks.px(16) < self.header.one_row_width())

    def _connect(self) -> None:
        header = self.header
        header.month.changed.connect(self.show_month)
        header.month.refused.connect(self._refused)
        header.layout_choice.chosen.connect(lambda value: self._choose("summary_layout", value))
        header.language_choice.chosen.connect(lambda value: self._choose("document_language", value))
        header.asked.connect(self._tool)
        self.loader.loaded.connect(self._show)
        self.loader.written.connect(self._written)
        for keys, act in (
            ("Alt+Left", lambda: header.month.step(-1)),
            ("Alt+Right", lambda: header.month.step(1)),
            ("Ctrl+Shift+E", self.choose_export),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _tool(self, name: str) -> None:
        if name == "print":
            self.print()
        elif name == "more":
            self.more_menu()
        else:
            self.export(name)

    def _refused(self, why: Sentence) -> None:
        self.header.tell(tell(why))


def as_of_words(figures: Summary) -> str:
    """How far the figures go, and what they are compared with."""
    from postal_desk.reports.words import Words

    day = Words(language()).short_day(figures.as_of)
    if not figures.finished:
        return _("As at {day}; the month is not over and is compared with whole months").format(day=day)
    words = _("Figures as at {day} · compared with last month and the same month last year").format(day=day)
    return f"{_('Nil report')} · {words}" if figures.nil else words
