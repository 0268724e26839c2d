"""The page «Exchange»: an old ledger comes in by four steps: file, columns, check, result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.exchange.check_step import CheckStep
from postal_desk.ui.exchange.columns_step import ColumnsStep
from postal_desk.ui.exchange.file_step import FileStep
from postal_desk.ui.exchange.import_work import Counter, ImportWork
from postal_desk.ui.exchange.result_step import ResultStep
from postal_desk.ui.exchange.work_strip import WorkStrip
from postal_desk.ui.page import Page
from postal_desk.ui.readying import InTurns, ready, rest
from postal_desk.ui.widgets.badge import Badge
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.page_header import PageHeader
from postal_desk.ui.widgets.scrolled import Scrolled


class ExchangePage(Page):
    """``go("exchange", file=PATH)`` opens a ledger, ``go("exchange", text=CELLS)`` cells from the clipboard."""

    name = "exchange"
    help = "import-ledger"
    shortcuts = (
        (say("Choose a ledger"), "Ctrl+O"),
        (say("Next step"), "Ctrl+Enter"),
        (say("Step before"), "Esc"),
    )

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.work = ImportWork(ctx, self)
        self.stack = QStackedWidget()
        self.header = PageHeader(_("Exchange"))
        self.problem = NoteBox(tone="bad")
        self.problem.hide()
        self.strip = WorkStrip()
        box = QVBoxLayout(self)
        gap = looks.px(16)
        box.setContentsMargins(gap, looks.px(11), gap, gap)
        box.setSpacing(looks.px(12))
        box.addWidget(self.header)
        box.addLayout(self._trail())
        box.addWidget(self.problem)
        box.addWidget(self.strip)
        box.addWidget(Scrolled(self.stack), 1)
        self._whole = False
        self._turns = InTurns(ctx, self)
        self._parts = self._make_parts()

    def parts(self) -> Iterator[None]:
        yield from rest(self._parts)

    def _make_parts(self) -> Iterator[None]:
        self.file_step = FileStep(self.ctx)
        self.columns_step = ColumnsStep(self.work)
        self.check_step = CheckStep(self.work)
        for step in (self.file_step, self.columns_step, self.check_step):
            self.stack.addWidget(step)
            yield
            yield from step.parts
            yield
        self.result_step = ResultStep(self.ctx, self.work)
        self.stack.addWidget(self.result_step)
        self._connect()
        self.show_step(0)
        self._whole = True

    def shown(self, **request: object) -> None:
        if self._whole:
            self._turns.leave()
            self._begin(request)
        else:
            self._turns.make(__name__, self._readied(), lambda: self._begin(request))

    def _readied(self) -> Iterator[None]:
        yield from rest(self._parts)
        yield from ready(self.file_step, self.stack.size())

    def _begin(self, request: dict[str, object]) -> None:
        if isinstance(path := request.get("file"), Path):
            self.open_file(path)
        elif isinstance(text := request.get("text"), str):
            self.open_text(text)
        elif self.stack.currentIndex() == 0:
            self.file_step.load()
            self.file_step.file_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        first = self._whole and self.stack.currentIndex() == 0
        if first and self.isVisible() and self.ctx.has_desk and changes.cases:
            self.file_step.load()

    def command(self, name: str) -> bool:
        step = self.stack.currentIndex()
        if name == "back" and self._whole and step in (1, 2):
            self.show_step(step - 1)
            return True
        return False

    def open_file(self, path: Path) -> None:
        """Begin with a file."""
        self.work.open_file(path)

    def open_text(self, text: str) -> None:
        """Begin with cells from the clipboard."""
        if "\t" not in text and "\n" not in text.strip():
            self._failed(
                Refusal(
                    say("The clipboard holds no cells; copy them in Excel or WPS first, headings included")
                )
            )
            return
        self.work.open_text(text)

    def show_step(self, step: int) -> None:
        """Bring a step to the front."""
        self.problem.hide()
        self.stack.setCurrentIndex(step)
        for at, badge in enumerate(self._badges):
            badge.show_text(f"{at + 1}  {self._titles[at]}", "good" if at <= step else "neutral")
        ledger = self.work.ledger
        self.header.facts.setText(
            ledger.name if ledger is not None and step else _("What was kept elsewhere comes in here")
        )

    def next_step(self) -> None:
        """What the main button of the step in front does."""
        step = self.stack.currentIndex()
        buttons = (
            self.file_step.file_button,
            self.columns_step.next_button,
            self.check_step.import_button,
            self.result_step.cases_button,
        )
        if buttons[step].isEnabled():
            buttons[step].click()

    def _connect(self) -> None:
        work = self.work
        self.file_step.chosen.connect(self.open_file)
        self.file_step.pasted.connect(self.open_text)
        self.file_step.template_asked.connect(self._write_template)
        self.columns_step.back.connect(lambda: self._to_files())
        self.columns_step.done.connect(work.check)
        self.check_step.back.connect(lambda: self.show_step(1))
        self.check_step.again.connect(work.check)
        self.check_step.confirmed.connect(work.run)
        self.result_step.another.connect(lambda: self._to_files())
        self.result_step.next_sheet.connect(work.propose)
        work.proposed.connect(self._proposed)
        work.checked.connect(self._checked)
        work.imported.connect(self._imported)
        work.failed.connect(self._failed)
        work.busy.connect(self._busy)
        work.idle.connect(self._idle)
        self.strip.stopped.connect(work.stop)
        for keys, act in (
            ("Ctrl+O", self.file_step.choose_file),
            ("Ctrl+Return", self.next_step),
            ("Ctrl+Enter", self.next_step),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _to_files(self) -> None:
        self.show_step(0)
        self.file_step.load()

    def _proposed(self) -> None:
        self.columns_step.load()
        self.show_step(1)
        self.columns_step.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _checked(self) -> None:
        self.check_step.load()
        self.show_step(2)
        self.check_step.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _imported(self, changes: Changes) -> None:
        self.result_step.load(changes)
        self.show_step(3)
        self.result_step.cases_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, said: Sentence, counter: Counter, total: int) -> None:
        self.problem.hide()
        self.stack.setEnabled(False)
        self.strip.begin(said, counter, total)

    def _idle(self) -> None:
        self.stack.setEnabled(True)
        self.strip.end()

    def _failed(self, error: Exception) -> None:
        from postal_desk.services.ledgers import Stopped

        if isinstance(error, Refusal):
            self.problem.show_text(tell(error.sentence), "bad")
        elif isinstance(error, Stopped):
            self.problem.show_text(_("Stopped; nothing was written"), "attention")
        else:
            self.ctx.tell_fault(error)

    def _write_template(self, path: Path) -> None:
        from postal_desk.services.ledger_template import write_template

        desk = self.ctx.desk
        self.ctx.background.db(
            lambda: write_template(desk, path), self.ctx.tell_file, self._failed, owner=self
        )

    def _trail(self) -> QHBoxLayout:
        self._titles = (_("File"), _("Columns"), _("Check"), _("Result"))
        self._badges = [Badge() for _title in self._titles]
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        for badge in self._badges:
            row.addWidget(badge)
        row.addStretch(1)
        return row
