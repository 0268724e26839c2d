"""Move to a new PC: the guided move, the way back, and a copy opened only to be looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.sentences import Refusal
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.settings.section import Section, scrolled
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.services.moving import DeskMark, Moved
    from postal_desk.ui.copy_opening import CopyOpening


class MovingSection(Section):
    """Each way is one button with what it does above it; what a move made is told where it was begun."""

    name = "moving"
    help = "moving"
    right = "desk.move"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.opening: CopyOpening | None = None
        self.progress = ProgressStrip()
        self.note = NoteBox(tone="good")
        self.note.hide()
        self.move_button = dress(QPushButton(_("Copy to a stick and move…")), kind="primary")
        self.move_button.clicked.connect(self.choose_folder)
        self.back_button = QPushButton(_("Work here again"))
        self.back_button.clicked.connect(self.move_back)
        offer(ctx, "desk.move", self.move_button, self.back_button)
        self.look_button = QPushButton(_("Open a copy to look at…"))
        self.look_button.clicked.connect(self.look)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(12))
        box.addWidget(self.progress)
        box.addWidget(self.note)
        self._move_card, self._back_card = self._make_move_card(), self._make_back_card()
        for card in (self._move_card, self._back_card, self._make_look_card()):
            box.addWidget(card)
        box.addStretch(1)
        self.body.addWidget(scrolled(holder, self.accessibleName()), 1)

    def load(self) -> None:
        from postal_desk.services.moving import mark_of

        self.ask(lambda desk: mark_of(desk.path), self._show)

    def choose_folder(self) -> QFileDialog:
        """Ask for the stick."""
        dialog = QFileDialog(self, _("Choose the stick"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.move_to(Path(name)))
        dialog.open()
        return dialog

    def move_to(self, folder: Path) -> None:
        """Copy, prove, mark; then this desk is opened again, for reading."""
        desk = self.ctx.desk

        def move() -> Moved:
            from postal_desk.services.moving import move_out

            return move_out(desk, folder)

        self.move_button.setEnabled(False)
        task = self.ctx.background.db(move, self._moved, self._failed, owner=self)
        self.progress.watch(task, _("Copying, and reading the copy back…"))

    def move_back(self) -> None:
        """Take the mark away and open the desk as an ordinary one."""
        desk = self.ctx.desk

        def back() -> Path:
            from postal_desk.services.moving import unmark

            return unmark(desk)

        self.ctx.background.db(
            back, lambda path: self.ctx.navigator.open_desk(path), self._failed, owner=self
        )

    def look(self) -> None:
        """Choose a copy and open it to be read."""
        from postal_desk.ui.copy_opening import look_at_copy

        self.opening = look_at_copy(self.ctx, self, self.progress)

    def _moved(self, moved: Moved) -> None:
        path = self.ctx.desk.path
        self.ctx.tell_file(moved.file)
        self.ctx.navigator.open_desk(path)

    def _failed(self, error: Exception) -> None:
        self.move_button.setEnabled(True)
        if isinstance(error, Refusal):
            self.note.show_text(tell(error.sentence), "bad")
        else:
            self.ctx.tell_fault(error)

    def _show(self, mark: DeskMark | None) -> None:
        moved = mark is not None and mark.kind == "moved"
        self._back_card.setVisible(moved)
        self._move_card.setVisible(mark is None)
        practice = self.ctx.desk.practice
        self.move_button.setEnabled(mark is None and not practice)
        self._only_real.setVisible(practice)
        if mark is not None:
            self.note.show_text(tell(mark.sentence), "attention")

    def _make_move_card(self) -> Card:
        card = Card(_("Move the desk to a new PC"))
        steps = (
            _(
                "1. Put a USB stick in and press the button: the whole desk is copied to it and read back as a proof."
            ),
            _(
                "2. This desk is then marked as moved and kept here for reading only, so that nobody works in both."
            ),
            _(
                "3. On the new PC install Postal Desk, start it, choose “Bring a desk from another PC” and the file."
            ),
            _(
                "4. The passwords stay as they are. Keep the stick until the first copy was made on the new PC."
            ),
        )
        for step in steps:
            card.body.addWidget(text_label(step, wrap=True))
        card.body.addWidget(self.move_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._only_real = text_label(
            _("This is the practice desk; open the real one to move it"), "hint", wrap=True
        )
        self._only_real.hide()
        card.body.addWidget(self._only_real)
        return card

    def _make_back_card(self) -> Card:
        card = Card(_("The way back"))
        words = _(
            "If the move was given up, work can go on here. What was logged on the other PC since is not in this desk; "
            "if there is any, bring that desk back with a copy instead."
        )
        card.body.addWidget(text_label(words, wrap=True))
        card.body.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _make_look_card(self) -> Card:
        card = Card(_("Open a copy to look at"))
        words = _(
            "For an auditor, or to see how things stood: a copy is opened beside the desk. Nothing in it can be "
            "changed, and it is removed from this PC afterwards."
        )
        card.body.addWidget(text_label(words, wrap=True))
        card.body.addWidget(self.look_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card
