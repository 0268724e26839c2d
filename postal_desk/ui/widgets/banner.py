"""A strip over the whole window for what holds all the time (a practice desk, a desk opened for reading only)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class Banner(QFrame):
    """One sentence, whole in as many lines as it needs, and perhaps what to do about it; ``more`` are further ways.

    ``left`` says that it goes while it has the focus, which otherwise falls to what happens to come next.
    """

    left = Signal()

    def __init__(
        self,
        text: str,
        button: str = "",
        pressed: Callable[[], object] | None = None,
        *more: tuple[str, Callable[[], object]],
    ) -> None:
        super().__init__()
        dress(self, kind="banner")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(16), looks.px(3), looks.px(16), looks.px(3))
        row.addWidget(text_label(text, wrap=True), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if pressed is not None:
            for words, act in ((button, pressed), *more):
                row.addWidget(link_button(words, act))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        lit = self.window().focusWidget()
        if self.window().isVisible() and lit is not None and self.isAncestorOf(lit):
            self.left.emit()
