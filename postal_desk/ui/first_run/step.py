"""What a step of the first run is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.labels import text_label


class Step(QWidget):
    """A question with its fields. ``changed`` fires on every change; :meth:`problem` says what is still missing."""

    changed = Signal()

    def __init__(self, title: str, why: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.title = title
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(looks.px(10))
        self.box.addWidget(text_label(title, "subject"))
        self.box.addWidget(text_label(why, "hint", wrap=True))

    def begin(self) -> None:
        """The step comes to the front: put the focus into its first field."""

    def problem(self) -> str:
        """What has to be corrected before the next step, in one sentence; empty if nothing."""
        return ""

    def state(self) -> object:
        """What was typed, as plain values, so that the page can be made anew in another language."""
        raise NotImplementedError

    def restore(self, state: object) -> None:
        """Show what :meth:`state` gave."""
        raise NotImplementedError
