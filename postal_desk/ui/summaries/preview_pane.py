"""The document as it will print, beside the figures; and what its hand-in block still lacks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from postal_desk.i18n import _, enumerate_words
from postal_desk.reports.document import Document
from postal_desk.ui import looks
from postal_desk.ui.background import Background
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.page_view import PageView, pages_words


class PreviewPane(QFrame):
    """``fill_in_asked`` leads to the hand-in block; ``opened`` asks for the pages in full size."""

    fill_in_asked = Signal()
    opened = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__()
        dress(self, kind="well")
        self.setAccessibleName(_("Preview"))
        self.pages = PageView(background, 640)
        self.count = text_label(kind="move")
        self.open_button = link_button(_("Full size"), self.opened.emit)
        self.open_button.setToolTip("Ctrl+P")
        self._note = dress(QFrame(), kind="note", tone="attention")
        self.missing = text_label(kind="fact", wrap=True)
        self.fill_in = link_button(_("Fill in"), self.fill_in_asked.emit)
        note = QHBoxLayout(self._note)
        note.setContentsMargins(looks.px(12), looks.px(6), looks.px(12), looks.px(6))
        note.addWidget(self.missing, 1)
        note.addWidget(self.fill_in)
        self._note.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(looks.px(14), 0, looks.px(14), looks.px(4))
        foot.addWidget(self.count, 1)
        foot.addWidget(self.open_button)
        top = QHBoxLayout()
        top.setContentsMargins(looks.px(8), looks.px(8), looks.px(8), 0)
        top.addWidget(self._note)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.pages, 1)
        box.addLayout(foot)
        self.pages.opened.connect(self.opened)
        self.pages.painted.connect(lambda count: self.count.setText(pages_words(count)))

    def show_document(self, document: Document) -> None:
        """Show another document."""
        self.pages.show_document(document)

    def show_missing(self, names: Sequence[str]) -> None:
        """Name what the hand-in block lacks; nothing for a complete one."""
        words = _("Left blank in the hand-in block: {names}").format(names=enumerate_words(names))
        self.missing.setText(words if names else "")
        self.fill_in.setAccessibleName(_("Fill in: {names}").format(names=enumerate_words(names)))
        self._note.setVisible(bool(names))
