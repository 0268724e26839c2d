"""The page «Monthly summary»: the figures of a month, the cases behind them, and the document that is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.month_ranges import MonthRange, Span
from postal_desk.domain.periods import Month, default_month
from postal_desk.domain.sentences import Sentence, say
from postal_desk.domain.spans import parse_span
from postal_desk.i18n import _, label, language, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.readying import InTurns, rest
from postal_desk.ui.role_guard import offer
from postal_desk.ui.summaries.closing_bar import ClosingBar
from postal_desk.ui.summaries.closing_reader import ClosingReader, Standing
from postal_desk.ui.summaries.header import SummaryHeader
from postal_desk.ui.summaries.month_loader import Loaded, MonthLoader
from postal_desk.ui.summaries.summary_exits import Paper, SummaryExits
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
    help = "month-end"
    shortcuts = (
        (say("The month before, the month after"), "Alt+←, Alt+→"),
        (say("Export as Word"), "Ctrl+E"),
        (say("Export as Excel or PDF, or with personal data"), "Ctrl+Shift+E"),
        (say("Preview and print"), "Ctrl+P"),
        (say("Open the cases behind a figure"), "Enter"),
        (say("Check and close the month"), "Alt+C"),
    )

    modules = ("postal_desk.ui.summaries.summary_view",)

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.month: Span | None = None
        self.loaded: Loaded | None = None
        self.document: Document | None = None
        self.view: SummaryView | None = None
        self._coming: SummaryView | None = None  # not whole yet
        self._turns = InTurns(ctx, self)
        self._stale = True
        self._left_at: QWidget | None = None  # the figure whose cases somebody went to see
        self.standing: Standing | None = None
        self._close_soon = False  # asked to close the month as soon as it is read
        self.loader = MonthLoader(ctx, self)
        self.closing = ClosingBar()
        self.closing_reader = ClosingReader(ctx, self)
        self.progress = ProgressStrip()
        self.header = SummaryHeader(lambda: Month.of(ctx.desk.today()))
        self.exits = SummaryExits(ctx, self, self.progress, lambda: self.paper)
        box = self._box = QVBoxLayout(self)
        gap = looks.px(16)
        box.setContentsMargins(gap, looks.px(10), gap, gap)
        box.setSpacing(looks.px(10))
        box.addWidget(self.header)
        box.addWidget(self.closing)
        box.addWidget(self.progress)
        box.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._connect()

    # -- what the window asks -----------------------------------------------------------------------------

    def parts(self) -> Iterator[None]:
        yield
        yield from self._making()

    def shown(self, **request: object) -> None:
        self._close_soon = request.get("act") == "close"
        read = not self._stale and self.standing is not None and str(self.month) == request.get("month")
        if wanted := request.get("month"):
            self.show_month(parse_span(str(wanted)))
        elif self.month is None:
            self.show_month(default_month(self.ctx.desk.today()))
        elif self._stale:
            self._read()
        self._show_choices()
        back_to, self._left_at = self._left_at or self.header.month, None
        back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._close_soon and read:
            self._close_soon = False
            self.check_and_close()

    def refresh(self, changes: Changes) -> None:
        known = (changes.cases, changes.claims, changes.months, changes.measures, changes.totals)
        if not any((*known, changes.outlets, changes.staff, changes.rules, changes.settings)):
            return
        self._stale = True
        if self.isVisible() and self.month is not None:
            self._read()

    def place(self) -> dict[str, object]:
        return {"month": str(self.month)} if self.month is not None else {}

    def command(self, name: str) -> bool:
        if name not in ("export", "print"):
            return False
        self.exits.take("docx" if name == "export" else "print")
        return True

    # -- month --------------------------------------------------------------------------------------------

    def show_month(self, month: Span) -> None:
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

    def _not_read(self, error: Exception) -> None:
        """The figures could not be read; asking again will try again."""
        self._stale = True
        self.ctx.tell_fault(error)

    def _given_up(self) -> None:
        """Counting was cancelled: go back to the month that is shown."""
        self._stale = True
        if self.loaded is not None:
            self.month = self.loaded.figures.month
            self.header.month.show_month(self.month)

    def _show(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.header.tell(*as_of_words(loaded.figures))
        if self.view is not None:
            self._show_figures(self.view, loaded)
            return

        def whole() -> None:
            self._stale = False
            assert self.view is not None
            self._show_figures(self.view, loaded)

        self._stale = True  # until then: whoever leaves before that gets it read again
        self._turns.make(self.modules[0], self._making(), whole)

    def _show_figures(self, view: SummaryView, loaded: Loaded) -> None:
        self._box.setAlignment(Qt.AlignmentFlag(0))
        view.show()
        view.show_figures(loaded.figures)
        view.preview.show_missing([tell(name) for name in loaded.missing])
        self._write()
        if isinstance(loaded.figures.month, Month):
            self.closing_reader.read(loaded.figures.month)
        else:  # only months are closed
            self.standing = None
            self.closing.show_within(loaded.figures)

    def _stands(self, standing: Standing) -> None:
        if standing.state.month == self.month:
            self.standing = standing
            self.closing.show_standing(standing)
            if self._close_soon:
                self._close_soon = False
                self.check_and_close()

    def check_and_close(self) -> None:
        """Show what is open in the month, and close it."""
        if self.standing is None or not self.standing.state.over:
            self.ctx.say(say("The month is not over; it can be closed from the first of the next one on"))
            return
        from postal_desk.ui.summaries.close_dialog import CloseMonthDialog

        dialog = CloseMonthDialog(self.ctx, self.standing, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _making(self) -> Iterator[None]:
        """Make what shows the figures, one part a step."""
        if self.view is not None:
            return
        if self._coming is None:
            from postal_desk.ui.summaries.summary_view import SummaryView

            self._coming = SummaryView(self.ctx.background)
            self._coming.hide()  # until there is something in it
            self._box.addWidget(self._coming, 1)
            yield
        yield from rest(self._coming.parts)
        if self.view is not None:
            return
        view = self.view = self._coming
        view.asked.connect(self.show_cases)
        view.preview.opened.connect(lambda: self.exits.take("print"))
        view.preview.fill_in_asked.connect(lambda: self.ctx.navigator.go("settings", section="branch"))
        offer(self.ctx, "setting.edit", view.preview.fill_in)

    # -- document -----------------------------------------------------------------------------------------

    @property
    def document_language(self) -> str:
        """The document's language: chosen, or the window's."""
        return str(self.ctx.settings["document_language"] or language())

    def _write(self) -> None:
        if self.loaded is not None:
            self.document = None
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

    @property
    def paper(self) -> Paper | None:
        """What leaves the desk when somebody exports or prints now; ``None`` until there are figures."""
        if self.loaded is None:
            return None
        layout = self.ctx.settings["summary_layout"]
        return Paper(self.loaded.figures, layout, self.document_language, self.document)

    # -- the cases behind ---------------------------------------------------------------------------------

    def show_cases(self, month: str | None, figure: Figure) -> None:
        """Go to the cases behind a figure of the month shown, or of ``month``."""
        if self.month is None:
            return
        from postal_desk.services.summary_cases import cases_behind

        desk, of = self.ctx.desk, parse_span(month) if month else self.month
        self.ctx.background.db(lambda: cases_behind(desk, of, figure), self._go, owner=self)

    def _go(self, found: CaseFilter | None) -> None:
        if found is None:
            self.ctx.say(say("No case is behind this figure"))
        else:
            self._left_at = self.focusWidget()
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
        header.asked.connect(lambda name: self.exits.take(name, header.more))
        self.loader.loaded.connect(self._show)
        self.loader.failed.connect(self._not_read)
        self.loader.written.connect(self._written)
        self.closing.asked.connect(self.check_and_close)
        self.closing_reader.read_done.connect(self._stands)
        for keys, act in (
            ("Alt+Left", lambda: header.month.step(-1)),
            ("Alt+Right", lambda: header.month.step(1)),
            ("Ctrl+Shift+E", lambda: self.exits.take("choose")),
            ("Alt+C", self.check_and_close),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _refused(self, why: Sentence) -> None:
        self.header.tell(tell(why))


def as_of_words(figures: Summary) -> tuple[str, ...]:
    """How far the figures go, and what they are compared with."""
    from postal_desk.reports.words import Words

    day = Words(language()).short_day(figures.as_of)
    if isinstance(figures.month, MonthRange):
        return _period_words(figures, day)
    if not figures.finished:
        return _("To {day}, not over yet").format(day=day), _("compared with whole months")
    as_at = _("Figures as at {day}").format(day=day)
    return (
        *((_("Nil report"),) if figures.nil else ()),
        as_at,
        _("compared with last month and the same month last year"),
    )


def _period_words(figures: Summary, day: str) -> tuple[str, ...]:
    if not figures.finished:
        return _("To {day}, not over yet").format(day=day), _("compared with whole periods")
    as_at = _("Figures as at {day}").format(day=day)
    return as_at, _("compared with the period before and the same period last year")
