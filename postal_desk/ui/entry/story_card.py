"""The card at the left: the story, what was pasted wrongly, and the steps of a pasted chat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.entry.story_edit import StoryEdit
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.domain.story.reading import StepFound

#: The counter appears when less room than this is left.
_ROOM_SHOWN = 500
_LONGEST_LINE = 60


class StoryCard(Card):
    """Holds the editor. :attr:`chat_wanted` is emitted when the steps of a chat are taken, or given back."""

    chat_wanted = Signal(bool)

    def __init__(self, limit: int) -> None:
        super().__init__(_("Story"))
        self._limit = limit
        self.body.addWidget(
            text_label(
                _(
                    "Write it as the customer tells it, or paste a chat; what is understood is filled in at the right."
                ),
                "hint",
                wrap=True,
            )
        )
        self.edit = StoryEdit(limit)
        self.note = NoteBox()
        self.note.hide()
        self.counter = text_label(kind="hint")
        self.counter.hide()
        self.chat = ChatBar(self.chat_wanted.emit)
        self.body.addWidget(self.edit, 1)
        self.body.addWidget(self.note)
        self.body.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(self.chat)
        self.edit.said.connect(self.tell)
        self.edit.changed.connect(self._edited)

    def tell(self, sentence: Sentence | None) -> None:
        """Say one sentence about the story, until the next edit."""
        self.note.show_text(tell(sentence) if sentence is not None else "", "attention")

    def count(self, text: str) -> None:
        """Show how long the story is where that begins to matter."""
        over = len(text) > self._limit
        self.counter.setText(_("{length} of {limit} characters").format(length=len(text), limit=self._limit))
        self.counter.setVisible(len(text) > self._limit - _ROOM_SHOWN)
        dress(self.counter, kind="error" if over else "hint")
        dress(self.edit, state="bad" if over else "")

    def _edited(self, text: str) -> None:
        self.note.hide()
        self.count(text)


class ChatBar(QFrame):
    """Offers the messages of a pasted chat as steps of the case."""

    def __init__(self, want: Callable[[bool], object]) -> None:
        super().__init__()
        dress(self, kind="note", tone="good")
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(14), looks.px(6), looks.px(10), looks.px(6))
        self.label = text_label(wrap=True)
        self.add = link_button(_("Add them all"), lambda: want(True))
        self.drop = link_button(_("Take them out again"), lambda: want(False))
        row.addWidget(self.label, 1)
        row.addWidget(self.add)
        row.addWidget(self.drop)
        self.hide()

    def show_steps(self, proposed: Sequence[StepFound], taken: int) -> None:
        """Offer the proposed steps, or say that ``taken`` steps will be saved with the case."""
        self.setVisible(bool(proposed or taken))
        if taken:
            self.label.setText(_("Steps saved with the case: {count}.").format(count=taken))
        else:
            self.label.setText(_("A chat. Steps recognised: {count}.").format(count=len(proposed)))
        self.setToolTip("\n".join(_line(step) for step in proposed[:12]))
        self.add.setVisible(not taken)
        self.drop.setVisible(bool(taken))


def _line(step: StepFound) -> str:
    text = " ".join(step.text.split())
    if len(text) > _LONGEST_LINE:
        text = text[:_LONGEST_LINE] + "…"
    return f"{step.at.replace('T', ' ')} {step.actor}: {text}"
