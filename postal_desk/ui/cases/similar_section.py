"""Cases like the one in front, in the record's quiet column: how they ended, what was done, whether it worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.side_rows import RowContent, SideSection
from postal_desk.ui.widgets.similar_words import similar_badge, similar_spoken, similar_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from postal_desk.domain.cases import Case
    from postal_desk.services.similar_cases import SimilarCase

_PAUSE_MS = 150  # between two cases while somebody runs through the list
_MOST = 4


class SimilarSection(QObject):
    """Fills :attr:`section` a moment after a case was shown. ``case_asked`` gives a number somebody wants to see."""

    case_asked = Signal(str)

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx = ctx
        self.section = SideSection(_("Similar cases"))
        self._case: Case | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._read)

    def show_case(self, case: Case) -> None:
        """Look for cases like this one, once it has stayed in front for a moment."""
        if self._case is None or case.number != self._case.number:
            self.section.fill([])
        self._case = case
        self._pause.start()

    def _read(self) -> None:
        case = self._case
        if case is None or not self._ctx.has_desk:
            return
        desk, text = self._ctx.desk, f"{case.subject}\n{case.narrative}"

        def read() -> list[SimilarCase]:
            from postal_desk.services.similar_cases import similar_cases

            return similar_cases(desk, text, case.category, case.fraud, case.number, _MOST)

        self._ctx.background.db(read, lambda found: self._show(case.number, found), owner=self)

    def _show(self, number: str, found: list[SimilarCase]) -> None:
        if self._case is not None and number == self._case.number:
            self.section.fill([self._row(case) for case in found])

    def _row(self, case: SimilarCase) -> RowContent:
        desk = self._ctx.desk
        text = similar_text(case)
        return RowContent(
            case.number.removeprefix(f"{desk.branch.prefix}-"),
            text,
            similar_badge(case, desk.rules),
            pressed=lambda: self.case_asked.emit(case.number),
            spoken=similar_spoken(case, desk.rules),
            tip=text,
        )
