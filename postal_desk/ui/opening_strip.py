"""A desk of an earlier version is copied before it is brought up: how far that is, and why it is done."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class OpeningStrip(QFrame):
    """Stands over the page until the desk is open."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        dress(self, kind="banner")
        text = _(
            "This desk is of an earlier version. It is copied first, so that nothing can be lost; then it opens."
        )
        self.setAccessibleName(text)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Copying the desk…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(16), looks.px(6), looks.px(16), looks.px(6))
        row.setSpacing(looks.px(16))
        row.addWidget(text_label(text))
        row.addWidget(self.bar, 1)
        self.show_share(done, total)

    def show_share(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
