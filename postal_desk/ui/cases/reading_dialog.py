"""A longer text to read and copy: one entry of the timeline, or why a deadline falls on its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from postal_desk.i18n import _, label, tell
from postal_desk.ui import looks
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.domain.deadlines import Deadline


class ReadingDialog(QDialog):
    """A heading, a text, Esc closes."""

    def __init__(self, heading: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(heading)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        box.setSpacing(looks.px(10))
        box.addWidget(text_label(heading, "heading", wrap=True))
        box.addWidget(self.text, 1)
        box.addWidget(buttons)
        self._box = box
        room = self.screen().availableGeometry()
        self.resize(min(looks.px(600), room.width() - 40), min(looks.px(380), room.height() - 60))

    def add_part(self, part: QWidget) -> None:
        """Something that belongs to the text, below it."""
        self._box.insertWidget(self._box.count() - 1, part)


def why_dialog(deadline: Deadline, parent: QWidget) -> ReadingDialog:
    """Why a deadline falls on its day: the rule, the start, what was counted and skipped, the source."""
    heading = _("{clock}: {day}").format(clock=label(deadline.rule.name), day=deadline.due.isoformat())
    reasons = [tell(sentence) for sentence in deadline.why]
    reasons.append(_("Source: {source}").format(source=label(deadline.source)))
    return ReadingDialog(heading, "\n".join(reasons), parent)
