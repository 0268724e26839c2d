"""One case: head, timeline, composer, and the quiet column. Holds a number; what is shown comes from the
services.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from postal_desk.domain.attachments import CASE, DRAFT
from postal_desk.domain.changes import Changes
from postal_desk.domain.masking import mask_free_text
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.cases.canned_steps import CannedSteps
from postal_desk.ui.cases.checklist_section import ChecklistSection
from postal_desk.ui.cases.claim_section import ClaimSection
from postal_desk.ui.cases.composer import Composer
from postal_desk.ui.cases.field_words import field_words
from postal_desk.ui.cases.list_states import show_none_chosen
from postal_desk.ui.cases.measure_section import MeasureSection
from postal_desk.ui.cases.moments import Moment, moments_of
from postal_desk.ui.cases.reading_dialog import ReadingDialog, why_dialog
from postal_desk.ui.cases.record_header import RecordHeader, offer_header
from postal_desk.ui.cases.record_room import LOWEST, RecordRoom
from postal_desk.ui.cases.record_side import RecordSide
from postal_desk.ui.cases.similar_section import SimilarSection
from postal_desk.ui.cases.step_drafts import StepDrafts
from postal_desk.ui.cases.timeline import Timeline
from postal_desk.ui.cases.unmasking import Unmasking
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.attachments.drop_target import DropTarget
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.dressing import dress, line
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.tab_order import order_tabs

if TYPE_CHECKING:
    from postal_desk.services.cases import CaseView

_PAUSE_MS = 40  # between two cases while somebody runs through the list
_SIDE_WIDTH = 234
_WIDE = 620  # px of width from which the quiet column stands beside the timeline


class Record(QFrame):
    """``asked`` passes on what somebody wants done with the case (see RecordHeader); ``case_asked`` another
    number.
    """

    asked = Signal(str)
    case_asked = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        dress(self, kind="card")
        self._ctx = ctx
        self.view: CaseView | None = None
        self._number = ""
        self._ready = ""  # the case that takes steps now
        self._moments: list[Moment] = []
        self._shown_moments: list[Moment] = []
        self._file_counts: Counter[int] = Counter()  # by the place of the step
        self._focus_when_shown = False
        self._drafts = StepDrafts(ctx, self)
        self._build()
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
        self._layers.setCurrentWidget(self.empty)

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
        self._layers.setCurrentWidget(self.scroller)
        self.header.show_case(view, self._ctx.desk.rules)
        if not same:
            self._ready, self._moments = "", []  # never those of one case under the head of another
            self._show_moments()
            self.reveal.setChecked(False)
            self.note.hide()
            self._file_counts = Counter()
        self._room.lay_out()
        self._in_turn(view, lambda: self._show_main(view, grown))

    def _in_turn(self, view: CaseView, part: Callable[[], object]) -> None:
        """Show the next part of a record once the one before is painted: all together would hold the window for too
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
        self._room.lay_out()
        self._ready, self._moments = number, moments_of(view.case, rules)
        self._show_moments()
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
        self.side_view.measures.show_case(
            view.case, view.deleted_at is None and offered(self._ctx, "measure.link")
        )
        living = view.case.number if view.deleted_at is None else ""
        self.claims.show_case(living)
        self.checklist.show_case(living, editable=view.case.is_open and offered(self._ctx, "case.check"))
        self.canned.show_case(view.case)
        self.similar.show_case(view.case)

    def _gone(self, number: str, error: Exception) -> None:
        if number == self._number and isinstance(error, Refusal):
            self.show_nothing()
        else:
            self._ctx.tell_fault(error)

    def _show_moments(self) -> None:
        assert self.view is not None
        case, hide = self.view.case, self._hidden
        moments = self._moments
        if not self.reveal.isChecked():
            moments = [replace(one, text=hide(one.text), title=hide(one.title)) for one in moments]
        moments = [replace(one, files=self._file_counts[one.step]) for one in moments]
        self._shown_moments = moments
        self.timeline.show_moments(moments, case.opened_on)

    def _show_files(self, view: CaseView) -> None:
        number = view.case.number if view.deleted_at is None else ""
        self.attachments.show_record(number, hide=None if self.reveal.isChecked() else self._hidden)

    def _count_files(self) -> None:
        """How many files each step has is known: the timeline says it."""
        counts = Counter(file.part - 1 for file in self.attachments.files if file.part)
        if self.view is not None and counts != self._file_counts:
            self._file_counts = counts
            self._show_moments()

    def _hidden(self, text: str) -> str:
        """A text with the personal data of this case masked."""
        assert self.view is not None
        name = self.view.case.customer.name
        return mask_free_text(text, [name] if name else [], self._ctx.desk.rules.compound_surnames).text

    # -- writing -------------------------------------------------------------------------------------

    def _save_step(self, typed: dict[str, object]) -> None:
        from postal_desk.domain.case_json import parse_step
        from postal_desk.services.cases import add_step

        number, desk = self._number, self._ctx.desk
        key = self._drafts.key_of(number)
        try:
            step = parse_step(typed, desk.rules, desk.now())
        except Refusal as refusal:
            self._step_refused(refusal)
            return
        self.composer.button.setEnabled(False)
        self._ctx.write(
            lambda: add_step(desk, number, step, key),
            lambda _changes: self._step_saved(number),
            self._step_refused,
            self,
        )

    def _step_saved(self, number: str) -> None:
        self.composer.button.setEnabled(True)
        self.note.hide()
        self._drafts.drop(number)
        if number == self._number:
            self.composer.saved()

    def _step_refused(self, error: Exception) -> None:
        self.composer.button.setEnabled(True)
        if isinstance(error, FieldRefusal):
            reason = _("{field}: {value}").format(field=field_words(error.path), value=tell(error.reason))
            self.note.show_text(reason, "bad")
        elif isinstance(error, Refusal):
            self.note.show_text(tell(error.sentence), "bad")
        else:
            self._ctx.tell_fault(error)

    # -- parts ---------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        order_tabs(self.content)  # its sections come and go
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= looks.px(_WIDE)
        self.side_chip.setVisible(not wide)
        beside = wide or self.side_chip.isChecked()
        self.side_view.setVisible(beside)
        self.side_line.setVisible(wide)
        self.main.setVisible(wide or not self.side_chip.isChecked())
        if wide:
            self.side_view.setFixedWidth(looks.px(_SIDE_WIDTH))
        else:
            self.side_view.setMinimumWidth(0)
            self.side_view.setMaximumWidth(16_777_215)
        QTimer.singleShot(0, self, self._room.keep)  # when the header has its columns

    def _build(self) -> None:
        self._layers = QStackedLayout(self)
        self.empty = EmptyState("inbox")
        show_none_chosen(self.empty, self._ctx)
        self.content = dress(QWidget(), kind="plain")
        # scrolls only where the window is too low for head, timeline and composer together
        self.scroller = QScrollArea()
        self.scroller.setWidget(self.content)
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layers.addWidget(self.empty)
        self._layers.addWidget(self.scroller)
        self.header = RecordHeader()
        offer_header(self._ctx, self.header)
        self.header.asked.connect(self.asked)
        self._unmasking = Unmasking(self._ctx, lambda: self._number, self)
        self.header.customer.revealed.connect(partial(self._unmasking.tell, "customer"))
        self.header.items.revealed.connect(partial(self._unmasking.tell, "items"))
        self.timeline = Timeline()
        self.timeline.opened.connect(self._open_moment)
        self.composer = Composer(AttachmentPanel(self._ctx, DRAFT, compact=True))
        self.canned = CannedSteps(self._ctx, self.composer)
        self.composer.save_asked.connect(self._save_step)
        self.composer.typed.connect(lambda text: self._drafts.keep(self.composer.number, text))
        self.note = NoteBox()
        self.note.hide()
        self.side_chip = Chip(_("Deadlines, attachments, similar cases"))
        self.side_chip.toggled.connect(lambda _on: self._arrange())
        self.attachments = AttachmentPanel(self._ctx, CASE)
        self.attachments.counted.connect(lambda _count: self._count_files())
        self.claims = ClaimSection(self._ctx, self)
        self.checklist = ChecklistSection(self._ctx, self)
        measures = MeasureSection(self._ctx, self)
        self.similar = SimilarSection(self._ctx, self)
        self.similar.case_asked.connect(self.case_asked)
        sections = (self.claims, self.checklist, measures, self.similar)
        self.side_view = RecordSide(self.attachments, [one.section for one in sections], measures)
        self.attachments.paste_on(self)
        DropTarget(self.content, lambda: self.attachments.takes_files, self.attachments.take_dropped)
        self.side_view.case_asked.connect(self.case_asked)
        self.side_view.customer_asked.connect(lambda: self.asked.emit("customer"))
        self.side_view.why_asked.connect(lambda deadline: why_dialog(deadline, self).open())
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._main_part(), 1)
        self.side_line = line(vertical=True)
        body.addWidget(self.side_line)
        body.addWidget(self.side_view)
        self._room = RecordRoom(self, self.content, self.header, self.main, self.side_chip)
        box = QVBoxLayout(self.content)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.side_chip, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(line())
        box.addLayout(body, 1)
        shortcut = QShortcut(QKeySequence("Alt+M"), self)
        shortcut.activated.connect(self.reveal.toggle)

    def _main_part(self) -> QWidget:
        self.main = QWidget()
        self.reveal = icon_button("eye", _("Show personal data (Alt+M)"), lambda: None)
        self.reveal.setCheckable(True)
        self.reveal.toggled.connect(self._revealed)
        head = QHBoxLayout()
        head.addWidget(text_label(_("What happened"), "heading"))
        head.addWidget(self.reveal)
        head.addStretch(1)
        box = QVBoxLayout(self.main)
        gap = looks.px(18)
        box.setContentsMargins(gap, looks.px(8), gap, looks.px(12))
        box.setSpacing(looks.px(6))
        box.addLayout(head)
        self.timeline.setMinimumHeight(looks.px(LOWEST))
        box.addWidget(self.timeline, 1)
        box.addWidget(self.note)
        box.addWidget(self.composer)
        return self.main

    def _revealed(self, shown: bool) -> None:
        self.header.reveal(shown)
        self._unmasking.tell("all", shown)
        if self.view is not None:
            self._show_moments()
            self.attachments.hide_names(None if shown else self._hidden)

    def _open_moment(self, place: int) -> None:
        moment = self._shown_moments[place]
        assert self.view is not None
        dialog = ReadingDialog(moment.heading, moment.text, self)
        if moment.step >= 0:
            case, in_bin = self.view.case, self.view.deleted_at is not None
            files = AttachmentPanel(self._ctx, CASE, _("Files of this step"))
            hide = None if self.reveal.isChecked() else self._hidden
            files.show_record("" if in_bin else case.number, step=moment.step + 1, hide=hide)
            self._ctx.changed.connect(files.refresh)
            dialog.add_part(files)
        dialog.open()
