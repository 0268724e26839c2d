"""Reads a month's figures on the desk's thread and writes its document on the other one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postal_desk.domain.month_ranges import Span
from postal_desk.domain.sentences import Sentence
from postal_desk.ui.background import Task
from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from postal_desk.domain.summaries import Summary
    from postal_desk.reports.document import Document
    from postal_desk.reports.monthly import HandIn
    from postal_desk.services.desk import Desk

#: What an office that receives the report asks for; the unit has the branch's name where nothing else is set.
WANTED = ("prepared_by", "approved_by", "telephone", "serial_number")


@dataclass(frozen=True)
class Loaded:
    """A month as it stands: figures, hand-in block, and what that block lacks."""

    figures: Summary
    hand_in: HandIn
    missing: tuple[Sentence, ...]


class MonthLoader(QObject):
    """``loaded`` gives a :class:`Loaded`, ``written`` a :class:`Document`, ``failed`` why there is none; what was asked
    for before is dropped.
    """

    loaded = Signal(object)
    written = Signal(object)
    failed = Signal(object)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._reading: Task | None = None
        self._writing: Task | None = None

    def read(self, month: Span) -> Task:
        """Read the figures of a month."""
        desk = self._ctx.desk
        self._reading = self._instead_of(
            self._reading, self._ctx.background.db, lambda: _read(desk, month), self.loaded.emit
        )
        return self._reading

    def write(self, month: Loaded, layout: str, lang: str) -> None:
        """Write the document of figures that were read."""

        def write() -> Document:
            from postal_desk.reports.monthly import monthly_document

            return monthly_document(month.figures, month.hand_in, lang, layout)

        self._writing = self._instead_of(self._writing, self._ctx.background.pool, write, self.written.emit)

    def _instead_of(
        self,
        before: Task | None,
        start: Callable[..., Task],
        work: Callable[[], Loaded | Document],
        done: Callable[[object], object],
    ) -> Task:
        if before is not None:
            before.cancel()
        return start(work, done, self.failed.emit, owner=self)


def _read(desk: Desk, month: Span) -> Loaded:
    from postal_desk.services import branch_settings
    from postal_desk.services.documents import hand_in
    from postal_desk.services.months import figures as figures_of

    # The view, with all that it stands on, is imported on this thread too: the window would wait for it.
    from postal_desk.ui.summaries import summary_view  # noqa: F401

    figures = figures_of(desk, month)
    settings = branch_settings.get(desk)
    labels = {declared.name: declared.label for declared in branch_settings.DECLARED}
    missing = tuple(labels[name] for name in WANTED if not getattr(settings, name).strip())
    return Loaded(figures, hand_in(desk, month), missing)
