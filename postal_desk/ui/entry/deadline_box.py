"""The box that says until when, by which rule and why."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.entry.deadline_note import DeadlineNote
from postal_desk.ui.widgets.buttons import HintButton, link_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.fitting import resize_within
from postal_desk.ui.widgets.labels import text_label


class DeadlineBox(QFrame):
    """Shows a :class:`DeadlineNote`; the whole reasoning opens with «Why?» (Alt+W)."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, kind="note", tone="good")
        self.setAccessibleName(_("Time limit"))
        self.note = DeadlineNote()
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.warning = text_label(wrap=True)
        dress(self.warning, kind="warning")
        self.why = link_button(_("&Why?"), self.open_why)
        self.why.setAccessibleName(_("Why this day?"))
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        row.addWidget(self.text, 1)
        row.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(14), looks.px(9), looks.px(10), looks.px(9))
        box.setSpacing(looks.px(4))
        box.addLayout(row)
        box.addWidget(self.warning)

    def show_note(self, note: DeadlineNote) -> None:
        """Say what holds now."""
        if note == self.note and self.text.text():
            return
        self.note = note
        lines = [
            _("Answer by {day} ({reason})").format(
                day=f"<b>{reply.due.isoformat()}</b>", reason=escape(tell(reply.reason))
            )
            for reply in note.replies
        ]
        if note.facts:
            lines.append(" · ".join(escape(tell(fact)) for fact in note.facts))
        self.text.setText(f"<b>{escape(_('Time limit'))}</b>&nbsp;&nbsp; " + "<br>".join(lines))
        self.text.setAccessibleName(self.plain())
        self.warning.setText("\n".join(tell(warning) for warning in note.warnings))
        self.warning.setVisible(bool(note.warnings))
        self.why.setVisible(bool(note.why))
        dress(self, tone="attention" if note.warnings else "good")

    def plain(self) -> str:
        """All of it as plain text."""
        note = self.note
        replies = [
            _("Answer by {day} ({reason})").format(day=reply.due.isoformat(), reason=tell(reply.reason))
            for reply in note.replies
        ]
        return "\n".join([*replies, *(tell(sentence) for sentence in (*note.facts, *note.warnings))])

    def open_why(self) -> QDialog:
        """Open the reasoning."""
        dialog = WhyDialog(self.note, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog


class WhyDialog(QDialog):
    """Every clock of the case: rule, start, days counted and left out, source."""

    def __init__(self, note: DeadlineNote, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Why this day?"))
        inner = dress(QWidget(), kind="plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, looks.px(8), 0)
        column.setSpacing(looks.px(4))
        for title, sentences in note.why:
            column.addWidget(text_label(tell(title), "heading", wrap=True, selectable=True))
            for sentence in sentences:
                column.addWidget(text_label(tell(sentence), "caption", wrap=True, selectable=True))
            column.addSpacing(looks.px(10))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(_("Why this day?"))
        area.setWidget(inner)
        close = HintButton(_("Close the window"), "Esc")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(16), looks.px(16), looks.px(16))
        box.addWidget(area, 1)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        resize_within(self, 520, 420)
