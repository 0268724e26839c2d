"""The story: plain text only, lit where it was understood. What is pasted passes the text rule before it goes in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.domain.text_rule import clean
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.entry.spans import TAKEN, Positions, Span

_LINE_HEIGHT = 155  # percent


class StoryEdit(QTextEdit):
    """:attr:`changed` gives the text after each edit by a person; :attr:`said` a sentence about what was pasted."""

    changed = Signal(str)
    said = Signal(object)

    def __init__(self, limit: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self._spans: Sequence[Span] = ()
        self._positions = Positions("")
        self._setting = False
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Story"))
        self.setPlaceholderText(_("What happened? Who, when, where …"))
        self.setFont(looks.font(14))
        self._space_lines()
        self.textChanged.connect(self._changed)
        looks.notifier.changed.connect(self._light)

    def text(self) -> str:
        """The text as it stands."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another story; nothing is emitted, and Undo does not lead back to the old one."""
        self._setting = True
        self.setPlainText(text)
        self._space_lines()
        self.document().clearUndoRedoStacks()
        self._setting = False
        self.show_spans(())

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Light these parts of the text as it stands now."""
        self._spans = spans
        self._positions = Positions(self.text())
        self._light()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put pasted or dropped text in as a whole, or not at all."""
        pasted = source.text()
        kept = len(self.text()) - len(self.textCursor().selectedText())
        if kept + len(pasted) > self._limit:
            self.said.emit(
                say(
                    "The pasted text has {length} characters; a story holds at most {limit}. Nothing was put in: "
                    "paste the part that matters",
                    length=f"{len(pasted):,}",
                    limit=f"{self._limit:,}",
                )
            )
            return
        try:
            cleaned = clean(pasted, self._limit, "narrative")
        except FieldRefusal as refusal:
            self.said.emit(say("Nothing was put in: {reason}", reason=refusal.reason))
            return
        self.textCursor().insertText(cleaned.text)
        self.ensureCursorVisible()
        if cleaned.said is not None:
            self.said.emit(cleaned.said)

    def _changed(self) -> None:
        if not self._setting:
            self.changed.emit(self.text())

    def _space_lines(self) -> None:
        """More room between the lines; new paragraphs take it over from the one before."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spaced)

    def _light(self) -> None:
        selections = []
        for span in self._spans:
            cursor = QTextCursor(self.document())
            last = self.document().characterCount() - 1
            cursor.setPosition(min(self._positions.units(span.start), last))
            cursor.setPosition(min(self._positions.units(span.end), last), QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setBackground(looks.color("mark_good" if span.mark == TAKEN else "mark_unsure"))
            if span.mark != TAKEN:  # not by colour alone
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
                look.setUnderlineColor(looks.color("amber"))
            made = QTextEdit.ExtraSelection()
            made.cursor, made.format = cursor, look
            selections.append(made)
        self.setExtraSelections(selections)
