"""One ledger on its way in: file, plan, dry run, import. All of it away from the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Sentence, say
from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from postal_desk.services.ledger_sheets import SheetOffer, SheetsRead
    from postal_desk.services.ledgers import LedgerFile, LedgerWords, Plan, Proposal

    _Looked = tuple[Proposal, int, tuple[SheetOffer, ...]]


def _look_at(ledger: LedgerFile, words: LedgerWords, proposal: Proposal) -> _Looked:
    """The proposal, how many rows its sheet has, and the sheets beside it. Opens each of them: not for the window's
    thread."""
    from postal_desk.services.ledger_sheets import offered_sheets

    plan = proposal.plan
    rows = ledger.sheet(plan.sheet).height
    return proposal, rows, offered_sheets(ledger, words, plan, proposal.head.headings)


class Counter:
    """How far a long work is, told by its thread; :attr:`stop` asks it to end."""

    def __init__(self) -> None:
        self.done = 0
        self.stop = False

    def tell(self, done: int) -> bool:
        """Called by the work; false ends it."""
        self.done = done
        return not self.stop


class ImportWork(QObject):
    """``proposed``, ``checked``, ``imported``, ``failed`` follow what was asked for; ``busy`` begins a longer work."""

    proposed = Signal()
    checked = Signal()
    imported = Signal(object)  # Changes
    failed = Signal(object)  # the exception; nothing was written
    busy = Signal(object, object, int)  # Sentence, Counter, how much there is to do (0: unknown)
    idle = Signal()

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.ledger: LedgerFile | None = None
        self.words: LedgerWords | None = None
        self.proposal: Proposal | None = None
        self.offers: tuple[SheetOffer, ...] = ()
        self.rows = 0  # of the sheet whose columns are shown
        self.done: set[str] = set()  # sheets of this file that were imported
        self.chosen: tuple[str, ...] = ()  # sheets that come in beside the one whose columns are shown
        self.read: SheetsRead | None = None
        self._counter = Counter()

    @property
    def plan(self) -> Plan:
        """How the ledger is to be read."""
        assert self.proposal is not None
        return self.proposal.plan

    def open_file(self, path: Path) -> None:
        """Open a file and propose how it is read."""
        from postal_desk.services.ledgers import open_ledger

        self._open(lambda: open_ledger(path))

    def open_text(self, text: str) -> None:
        """The same with cells from the clipboard."""
        from postal_desk.i18n import _
        from postal_desk.services.ledgers import pasted_ledger

        name = _("Pasted cells")
        self._open(lambda: pasted_ledger(text, name))

    def _open(self, opening: Callable[[], LedgerFile]) -> None:
        from postal_desk.services.ledgers import ledger_words, propose_ledger

        desk = self.ctx.desk
        self._begin(say("Opening the ledger…"), 0)

        def read(words: LedgerWords) -> None:
            def work() -> tuple[LedgerFile, _Looked]:
                ledger = opening()
                return ledger, _look_at(ledger, words, propose_ledger(ledger, words))

            def done(found: tuple[LedgerFile, _Looked]) -> None:
                self.ledger, self.words = found[0], words
                self.done.clear()
                self._show(found[1])

            self.ctx.background.pool(work, done, self._fail, owner=self)

        self.ctx.background.db(lambda: ledger_words(desk), read, self._fail, owner=self)

    def propose(self, sheet: str, header: tuple[int, int] | None = None) -> None:
        """Look at another sheet, or at headings that stand elsewhere."""
        from postal_desk.services.ledgers import ledger_words, propose_ledger

        ledger, desk = self.ledger, self.ctx.desk
        assert ledger is not None
        self._begin(say("Opening the ledger…"), 0)

        def read(words: LedgerWords) -> None:  # again: the desk learns with each import
            def work() -> _Looked:
                return _look_at(ledger, words, propose_ledger(ledger, words, sheet, header))

            self.words = words
            self.ctx.background.pool(work, self._show, self._fail, owner=self)

        self.ctx.background.db(lambda: ledger_words(desk), read, self._fail, owner=self)

    def _show(self, found: _Looked) -> None:
        """Sheets of like shape are chosen at first: a ledger with a sheet for each year is one ledger."""
        self.proposal, self.rows, self.offers = found
        self.read = None
        self.chosen = tuple(o.name for o in self.offers if o.like and o.name not in self.done)
        self.idle.emit()
        self.proposed.emit()

    def set_plan(self, plan: Plan) -> None:
        """The user decided something; the columns stay as they are shown."""
        from dataclasses import replace

        assert self.proposal is not None
        columns = tuple(
            replace(
                column, target=plan.columns.get(column.index, column.target), confidence=column.confidence
            )
            for column in self.proposal.columns
        )
        self.proposal = replace(self.proposal, plan=plan, columns=columns)

    def check(self) -> None:
        """The dry run."""
        from postal_desk.services.ledger_sheets import read_sheets, settle_sheets

        ledger, words, plan, desk = self.ledger, self.words, self.plan, self.ctx.desk
        chosen = self.chosen
        assert ledger is not None
        assert words is not None
        rows = self.rows + sum(offer.rows for offer in self.offers if offer.name in chosen)
        counter = self._begin(say("Reading every row…"), rows)

        def done(read: SheetsRead) -> None:
            self.read = read
            self.idle.emit()
            self.checked.emit()

        def settle(read: SheetsRead) -> None:
            self.ctx.background.db(lambda: settle_sheets(desk, read), done, self._fail, owner=self)

        self.ctx.background.pool(
            lambda: read_sheets(ledger, plan, chosen, words, counter.tell), settle, self._fail, owner=self
        )

    def run(self) -> None:
        """The import. Once it is committed it is announced, whatever happened to the page meanwhile."""
        from postal_desk.services.ledger_import import import_sheets
        from postal_desk.services.ledgers import Outcome

        read, desk = self.read, self.ctx.desk
        assert read is not None
        counter = self._begin(say("Making a copy, then writing…"), read.count(Outcome.NEW))

        def done(changes: Changes) -> None:
            self.done |= {part.plan.sheet for part in read.parts}
            self.idle.emit()
            self.imported.emit(changes)

        self.ctx.write(lambda: import_sheets(desk, read.parts, counter.tell), done, self._fail, owner=self)

    def stop(self) -> None:
        """End what is under way; an import that is not committed yet writes nothing."""
        self._counter.stop = True

    def _begin(self, said: Sentence, total: int) -> Counter:
        self._counter = Counter()
        self.busy.emit(said, self._counter, total)
        return self._counter

    def _fail(self, error: Exception) -> None:
        self.idle.emit()
        self.failed.emit(error)
