"""A strip over the whole window for what holds all the time (a practice desk, a desk opened for reading only)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label


class Banner(QFrame):
    """One sentence, whole in as many lines as it needs, and perhaps what to do about it; ``more`` are further ways."""

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
