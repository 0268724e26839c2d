"""How the page is laid out: header, story and similar cases at the left, fields and boxes at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from postal_desk.domain import fields as declared
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.entry.case_fields import CaseFields
from postal_desk.ui.entry.deadline_box import DeadlineBox
from postal_desk.ui.entry.draft_bar import DraftBar
from postal_desk.ui.entry.fitting_scroll import FittingScroll
from postal_desk.ui.entry.form import Form
from postal_desk.ui.entry.similar_card import SimilarCard
from postal_desk.ui.entry.story_card import StoryCard
from postal_desk.ui.entry.warnings_box import DuplicateBox, FraudBox
from postal_desk.ui.widgets.attachments.drop_target import DropTarget
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.page_header import PageHeader

#: Below this width the two columns stand one above the other.
_TWO_COLUMNS = 900
#: Shares of the width; below :data:`_CROWDED` px the story, which wraps, gives more of it to the fields.
_STORY, _FIELDS, _CROWDED = 55, 59, 1060


@dataclass(frozen=True)
class Acts:
    """What the page does when something is pressed."""

    save: Callable[[], object]
    save_and_new: Callable[[], object]
    cancel: Callable[[], object]
    open_case: Callable[[str], object]
    link: Callable[[str], object]
    mark_fraud: Callable[[], object]
    resume: Callable[..., object]
    discard: Callable[..., object]


class _Columns(QWidget):
    """As high as the page, and its parts scroll; one above the other (``whole``) as high as they want to be."""

    whole = False

    def hasHeightForWidth(self) -> bool:
        return self.whole and super().hasHeightForWidth()


class EntryView(QWidget):
    """The parts by name, once they are made; the page joins them."""

    def __init__(
        self,
        form: Callable[[], Form],
        rules: Rules,
        today: Callable[[], date],
        short: Callable[[str], str],
        acts: Acts,
        files: Callable[[], AttachmentPanel],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._form, self._rules, self._today = form, rules, today
        self._whole = self._sized = False
        self._glass = QWidget(self)
        self._glass.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._glass.hide()
        #: makes what the view consists of, one piece a step; only then is it whole
        self.parts: Iterator[None] = self._make_parts(short, acts, files)

    def _make_parts(
        self, short: Callable[[str], str], acts: Acts, files: Callable[[], AttachmentPanel]
    ) -> Iterator[None]:
        yield from self._make_words(short, acts)
        self.files = files()
        yield
        self.cancel = HintButton(_("Cancel"), "Esc")
        self.save_and_new = HintButton(_("Save and log another"))
        self.save_and_new.setToolTip("Ctrl+Shift+S")
        self.save = HintButton(_("Save"), "Ctrl+S", primary=True)
        self.cancel.clicked.connect(lambda: acts.cancel())
        self.save_and_new.clicked.connect(lambda: acts.save_and_new())
        self.save.clicked.connect(lambda: acts.save())
        yield from self._build()
        self._order_tabs()
        self._whole = True
        if self._sized:  # opened before it was whole
            self._fit()

    def _make_words(self, short: Callable[[str], str], acts: Acts) -> Iterator[None]:
        self.header = PageHeader(_("Log a case"))
        self.drafts = DraftBar(acts.resume, acts.discard)
        self.problem = NoteBox(tone="bad")
        self.problem.hide()
        yield
        self.story = StoryCard(declared.field("narrative").max_length)
        yield
        self.similar = SimilarCard(short, acts.open_case)
        yield
        self.duplicates = DuplicateBox(short, acts.open_case, acts.link)
        self.deadline = DeadlineBox()
        self.fraud = FraudBox(acts.mark_fraud)
        yield

    def tell_problem(self, sentence: Sentence | None) -> None:
        """Say what keeps the case from being saved; ``None`` hides it."""
        text = tell(sentence) if sentence is not None else ""
        self.problem.show_text(text, "bad")
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.problem, text))

    def set_saving(self, saving: bool) -> None:
        """While a save is under way nothing can be typed or pressed: what falls behind the save would be lost."""
        self._glass.setGeometry(self.rect())
        self._glass.setVisible(saving)
        if saving:
            self._glass.raise_()
            self._glass.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sized = True
        if self._whole:  # it may come to the front in pieces
            self._fit()

    def _build(self) -> Iterator[None]:
        """Each part goes to its place in the window as soon as it is made, so that it is dressed once."""
        for button in (self.cancel, self.save_and_new, self.save):
            self.header.add(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(16), looks.px(10), looks.px(16), looks.px(16))
        box.setSpacing(looks.px(10))
        box.addWidget(self.header)
        box.addWidget(self.drafts)
        box.addWidget(self.problem)
        yield
        self._outer = QScrollArea(self)
        self._outer.setFrameShape(QFrame.Shape.NoFrame)
        self._outer.setWidgetResizable(True)
        self._outer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.addWidget(self._outer, 1)
        holder = dress(QWidget(), kind="plain")
        holder_box = QVBoxLayout(holder)
        holder_box.setContentsMargins(0, 0, 0, 0)
        self._inner = dress(_Columns(), kind="plain")
        holder_box.addWidget(self._inner)
        self._outer.setWidget(holder)
        yield
        self._columns = QHBoxLayout(self._inner)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(looks.px(14))
        self._left = QWidget()
        self._columns.addWidget(self._left, _STORY)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(looks.px(12))
        left.addWidget(self.story, 1)
        yield
        filed = Card()
        filed.setAccessibleName(_("Attachments"))
        left.addWidget(filed)
        filed.body.addWidget(self.files)
        DropTarget(self.story, lambda: self.files.takes_files, self.files.take_dropped)
        left.addWidget(self.similar)
        yield
        self.fields = CaseFields(self._form, self._rules, self._today)
        yield from self._right_card()
        yield from self.fields.parts

    def _right_card(self) -> Iterator[None]:
        card = Card()
        self._columns.addWidget(card, _FIELDS)
        card.setAccessibleName(_("Case details"))
        title = QHBoxLayout()
        title.setSpacing(looks.px(6))
        title.addWidget(text_label(_("Case details"), "heading"))
        self.legend = text_label(
            _("Green: recognised, Tab confirms. Yellow: suggested, Enter takes it."), "hint"
        )
        title.addWidget(self.legend, 1)
        card.body.addLayout(title)
        self._scroll = FittingScroll(self.fields)
        card.body.addWidget(self._scroll)
        self._scroll.fill()
        yield
        for widget in (self.duplicates, self.deadline, self.fraud):
            card.body.addWidget(widget)
            yield
        card.body.addStretch(1)

    def show_field(self, widget: QWidget) -> None:
        """Bring a field into view and put the cursor into it."""
        self._scroll.ensureWidgetVisible(widget)
        self._outer.ensureWidgetVisible(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order_tabs(self) -> None:
        """From the story through the fields to the buttons."""
        chain = [
            self.story.edit,
            self.story.chat.add,
            self.story.chat.drop,
            *self.fields.tab_chain(),
            self.deadline.why,
            self.fraud.mark,
            self.cancel,
            self.save_and_new,
            self.save,
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self.fields.order_items()

    def _fit(self) -> None:
        narrow = self.width() < looks.px(_TWO_COLUMNS)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
            self._inner.whole = narrow
            self._scroll.set_whole(narrow)
            self.story.edit.setMinimumHeight(looks.px(150) if narrow else 0)
            self.similar.setVisible(not narrow)
        crowded = self.width() < looks.px(_CROWDED)
        self._columns.setStretch(0, _STORY - (12 if crowded else 0))
        self._columns.setStretch(1, _FIELDS + (12 if crowded else 0))
        self.legend.setVisible(self.width() > looks.px(900))
