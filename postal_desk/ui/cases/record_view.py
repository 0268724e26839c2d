"""How a record is laid out: head, timeline and composer, and the quiet column beside them or, where there is no room,
in their place.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from postal_desk.domain.attachments import CASE, DRAFT
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.cases.canned_steps import CannedSteps
from postal_desk.ui.cases.checklist_section import ChecklistSection
from postal_desk.ui.cases.claim_section import ClaimSection
from postal_desk.ui.cases.composer import Composer
from postal_desk.ui.cases.list_states import show_none_chosen
from postal_desk.ui.cases.measure_section import MeasureSection
from postal_desk.ui.cases.record_header import RecordHeader, offer_header
from postal_desk.ui.cases.record_room import LOWEST, RecordRoom
from postal_desk.ui.cases.record_side import RecordSide
from postal_desk.ui.cases.similar_section import SimilarSection
from postal_desk.ui.cases.timeline import Timeline
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.attachments.drop_target import DropTarget
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.dressing import dress, line
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.tab_order import order_tabs

_SIDE_WIDTH = 234
_WIDE = 620  # px of width from which the quiet column stands beside the timeline


class RecordView(QFrame):
    """The parts by name; :class:`~postal_desk.ui.cases.record.Record` fills and joins them."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        dress(self, kind="card")
        self._ctx = ctx
        self._make_parts()
        self._lay_out()

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
        QTimer.singleShot(0, self, self.room.keep)  # when the header has its columns

    def _make_parts(self) -> None:
        ctx = self._ctx
        self.empty = EmptyState("inbox")
        show_none_chosen(self.empty, ctx)
        self.content = dress(QWidget(), kind="plain")
        # scrolls only where the window is too low for head, timeline and composer together
        self.scroller = QScrollArea()
        self.scroller.setWidget(self.content)
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.header = RecordHeader()
        offer_header(ctx, self.header)
        self.reveal = icon_button("eye", _("Show personal data (Alt+M)"), lambda: None)
        self.reveal.setCheckable(True)
        self.timeline = Timeline()
        self.composer = Composer(AttachmentPanel(ctx, DRAFT, compact=True))
        self.canned = CannedSteps(ctx, self.composer)
        self.note = NoteBox()
        self.note.hide()
        self.side_chip = Chip(_("Deadlines, attachments, similar cases"))
        self.side_chip.toggled.connect(lambda _on: self._arrange())
        self.attachments = AttachmentPanel(ctx, CASE)
        self.claims = ClaimSection(ctx, self)
        self.checklist = ChecklistSection(ctx, self)
        self.measures = MeasureSection(ctx, self)
        self.similar = SimilarSection(ctx, self)
        sections = (self.claims, self.checklist, self.measures, self.similar)
        self.side_view = RecordSide(self.attachments, [one.section for one in sections], self.measures)
        self.attachments.paste_on(self)
        DropTarget(self.content, lambda: self.attachments.takes_files, self.attachments.take_dropped)

    def _lay_out(self) -> None:
        self.layers = QStackedLayout(self)
        self.layers.addWidget(self.empty)
        self.layers.addWidget(self.scroller)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._main_part(), 1)
        self.side_line = line(vertical=True)
        body.addWidget(self.side_line)
        body.addWidget(self.side_view)
        self.room = RecordRoom(self, self.content, self.header, self.main, self.side_chip)
        box = QVBoxLayout(self.content)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.side_chip, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(line())
        box.addLayout(body, 1)

    def _main_part(self) -> QWidget:
        self.main = QWidget()
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
