"""One case, read and shown part by part. Holds a number; what is shown comes from the services."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from postal_desk.domain.attachments import CASE
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal
from postal_desk.ui import looks
from postal_desk.ui.cases.moment_list import MomentList
from postal_desk.ui.cases.reading_dialog import why_dialog
from postal_desk.ui.cases.record_view import RecordView
from postal_desk.ui.cases.step_drafts import StepDrafts
from postal_desk.ui.cases.step_saving import StepSaving
from postal_desk.ui.cases.unmasking import Unmasking
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offered

if TYPE_CHECKING:
    from postal_desk.services.cases import CaseView

_PAUSE_MS = 40  # between two cases while somebody runs through the list


class Record(RecordView):
    """``asked`` passes on what somebody wants done with the case (see RecordHeader); ``case_asked`` another
    number.
    """

    asked = Signal(str)
    case_asked = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.view: CaseView | None = None
        self._number = ""
        self._ready = ""  # the case that takes steps now
        self._focus_when_shown = False
        self._drafts = StepDrafts(ctx, self)
        self._told = MomentList(ctx, self.timeline, self.attachments)
        self._unmasking = Unmasking(ctx, lambda: self._number, self)
        self._saving = StepSaving(ctx, self.composer, self.note, self._drafts, lambda: self._number)
        self._join()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._read)
        self.show_nothing()

    # -- what the page asks --------------------------------------------------------------------------

    @property
    def number(self) -> str:
        """The number of the case in front; empty for none."""
        return self._number

    def show_number(self, number: str) -> None:
        """Show a case, after a short pause in which another may be asked for."""
        if number != self._number:
            self.composer.wait()  # what is typed now must not land in the case shown before
        self._number = number
        self._pause.start(_PAUSE_MS)

    def show_nothing(self) -> None:
        """No case is chosen."""
        self._number, self._ready, self.view = "", "", None
        self.layers.setCurrentWidget(self.empty)

    def reload(self) -> None:
        """The case was written: read it again."""
        if self._number:
            self._read()

    def refresh(self, changes: Changes) -> None:
        """Read again if this case is concerned."""
        self.claims.refresh(changes)
        if self._number in changes.cases or changes.rules or (CASE, self._number) in changes.attachments:
            self._read()
        self.composer.files.refresh(changes)

    def focus_composer(self) -> None:
        """Ready to type a step."""
        if not self._number or self._ready != self._number:
            self._focus_when_shown = True
        elif self.composer.isVisibleTo(self):
            self.composer.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scroller.ensureWidgetVisible(self.composer, 0, looks.px(12))
        else:
            self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Save the step that is being typed as a draft."""
        self.composer.flush()

    def set_personal_shown(self, shown: bool) -> None:
        """Reveal personal data in facts and texts, or hide it."""
        self.reveal.setChecked(shown)

    # -- reading -------------------------------------------------------------------------------------

    def _read(self) -> None:
        from postal_desk.services.cases import show_case

        if not self._ctx.has_desk:  # closed during the pause
            return
        number, desk = self._number, self._ctx.desk
        self._ctx.background.db(
            lambda: show_case(desk, number, deleted=True),
            self._show,
            lambda error: self._gone(number, error),
            self,
        )

    def _show(self, view: CaseView) -> None:
        if view.case.number != self._number:
            return  # somebody has moved on
        same = self.view is not None and self.view.case.number == view.case.number
        grown = same and self.view is not None and len(view.case.steps) > len(self.view.case.steps)
        self.view = view
        self.content.setUpdatesEnabled(False)  # painted once, when all its parts are filled
        self.layers.setCurrentWidget(self.scroller)
        self.header.show_case(view, self._ctx.desk.rules)
        if not same:
            self._ready = ""
            self._told.begin(view)
            self.reveal.setChecked(False)
            self.note.hide()
        self.room.lay_out()
        self._in_turn(view, lambda: self._show_main(view, grown))

    def _in_turn(self, view: CaseView, part: Callable[[], object]) -> None:
        """Fill the next part of a record after what the user did meanwhile: all together would hold the window for too
        long. Nothing comes of it if somebody has moved on.
        """
        self._ctx.background.next_turn(
            lambda: part() if view is self.view and self._ctx.has_desk else None, self
        )

    def _show_main(self, view: CaseView, grown: bool) -> None:
        rules, desk, number = self._ctx.desk.rules, self._ctx.desk, view.case.number
        takes_steps = view.deleted_at is None and view.case.is_open and offered(self._ctx, "case.step")
        if not takes_steps:
            self.composer.leave_to(self.timeline)
        self.composer.show_case(
            view.case, rules, desk.today, self._drafts.key_of(number), self._drafts.of(number)
        )
        self.composer.setVisible(takes_steps)
        self.room.lay_out()
        self._ready = number
        self._told.show_case(view)
        if grown:
            self.timeline.show_last()
        if self._focus_when_shown:
            self._focus_when_shown = False
            self.focus_composer()
        self._in_turn(view, lambda: self._show_side(view))

    def _show_side(self, view: CaseView) -> None:
        desk = self._ctx.desk
        self.side_view.show_case(view, desk.rules, desk.branch.prefix)
        self._show_files(view)
        self.measures.show_case(view.case, view.deleted_at is None and offered(self._ctx, "measure.link"))
        living = view.case.number if view.deleted_at is None else ""
        self.claims.show_case(living)
        self.checklist.show_case(living, editable=view.case.is_open and offered(self._ctx, "case.check"))
        self.canned.show_case(view.case)
        self.similar.show_case(view.case)
        self._in_turn(view, lambda: self.content.setUpdatesEnabled(True))

    def _gone(self, number: str, error: Exception) -> None:
        if number == self._number and isinstance(error, Refusal):
            self.show_nothing()
        else:
            self._ctx.tell_fault(error)

    def _show_files(self, view: CaseView) -> None:
        number = view.case.number if view.deleted_at is None else ""
        self.attachments.show_record(number, hide=self._told.mask)

    # -- parts ---------------------------------------------------------------------------------------

    def _join(self) -> None:
        self.header.asked.connect(self.asked)
        self.header.customer.revealed.connect(partial(self._unmasking.tell, "customer"))
        self.header.items.revealed.connect(partial(self._unmasking.tell, "items"))
        self.composer.typed.connect(lambda text: self._drafts.keep(self.composer.number, text))
        self.similar.case_asked.connect(self.case_asked)
        self.side_view.case_asked.connect(self.case_asked)
        self.side_view.customer_asked.connect(lambda: self.asked.emit("customer"))
        self.side_view.why_asked.connect(lambda deadline: why_dialog(deadline, self).open())
        self.reveal.toggled.connect(self._revealed)
        shortcut = QShortcut(QKeySequence("Alt+M"), self)
        shortcut.activated.connect(self.reveal.toggle)

    def _revealed(self, shown: bool) -> None:
        self.header.reveal(shown)
        self._unmasking.tell("all", shown)
        self._told.reveal(shown)
