"""The height that the parts of a record need together."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from postal_desk.ui import looks

LOWEST = 130  # px of height that the timeline keeps


class RecordRoom:
    """Head, chip and body stand below each other in ``content``, which ``record`` scrolls where they don't fit."""

    def __init__(
        self, record: QWidget, content: QWidget, header: QWidget, body: QWidget, chip: QWidget
    ) -> None:
        self._record, self._content = record, content
        self._header, self._body, self._chip = header, body, chip

    def lay_out(self) -> None:
        """Give every part its place now: until Qt gets to it they would be painted in those of the case before."""
        for widget in (self._header, self._body, self._content):
            if widget is self._content:
                self.keep()
            if (layout := widget.layout()) is not None:
                layout.activate()

    def keep(self) -> None:
        """Wrapped lines need their height: what does not fit is scrolled to, never squeezed."""
        header = self._header.layout()
        assert header is not None
        width = self._record.width() - 2
        head = header.heightForWidth(width) if header.hasHeightForWidth() else header.sizeHint().height()
        chip = 0 if self._chip.isHidden() else self._chip.sizeHint().height()
        body = looks.px(LOWEST) if self._body.isHidden() else self._body.minimumSizeHint().height()
        self._content.setMinimumHeight(head + chip + body + 4)
