"""The checklist of the case in front, in the record's quiet column: pressed lines are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _, label
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.side_rows import RowContent, SideSection

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from postal_desk.domain.checklists import CheckLine


class ChecklistSection(QObject):
    """Fills :attr:`section`; :meth:`open_lines` are what closing is reminded of."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx = ctx
        self.section = SideSection(_("Checklist"))
        self._number = ""
        self._editable = True
        self.lines: tuple[CheckLine, ...] = ()

    def show_case(self, number: str, *, editable: bool) -> None:
        """Read the lines of a case; an empty number shows none."""
        if number != self._number:
            self.lines = ()
            self.section.fill([])
        self._number, self._editable = number, editable
        if not number:
            return
        desk = self._ctx.desk

        def read() -> tuple[CheckLine, ...]:
            from postal_desk.services.checklists import checklist

            return checklist(desk, number)

        self._ctx.background.db(read, lambda lines: self._show(number, lines), owner=self)

    def open_lines(self) -> list[str]:
        """The lines that are not done, in words."""
        return [label(line.text) for line in self.lines if not line.done]

    def _show(self, number: str, lines: tuple[CheckLine, ...]) -> None:
        if number == self._number:
            self.lines = lines
            self.section.fill([self._row(line) for line in lines])

    def _row(self, line: CheckLine) -> RowContent:
        text = label(line.text)
        done = bool(line.done)
        by_step = line.done == "step"
        below = _("done by a step") if by_step else f"{line.at[:10]} {line.who}".strip() if done else ""
        state = _("ticked") if done else _("not ticked")
        can_tick = self._editable and not by_step
        return RowContent(
            text,
            below,
            pressed=(lambda: self._tick(line.key, not done)) if can_tick else None,
            spoken=f"{text}: {state}",
            tip=text,
            mark="square-check" if done else "square",
        )

    def _tick(self, key: str, done: bool) -> None:
        desk, number = self._ctx.desk, self._number

        def work() -> Changes:
            from postal_desk.services.checklists import tick

            return tick(desk, number, key, done)

        self._ctx.write(work, owner=self)
