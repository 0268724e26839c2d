"""A scroll area that is as high as what it holds while there is room, and scrolls when there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress


class FittingScroll(QScrollArea):
    """Holds ``inner``. With :attr:`whole` set it never scrolls: something around it does."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.whole = False
        self._inner = inner
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress(inner, kind="plain").installEventFilter(self)

    def fill(self) -> None:
        """Take ``inner`` in, before anything stands in it: it is measured and dressed here with all it has."""
        self.setWidget(self._inner)

    def set_whole(self, whole: bool) -> None:
        """Show everything (True), or scroll where it does not fit."""
        self.whole = whole
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        inner = self._inner
        width = self.viewport().width()
        height = inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        return QSize(inner.sizeHint().width() + self._bar(), height)

    def minimumSizeHint(self) -> QSize:
        height = self.sizeHint().height() if self.whole else looks.px(120)
        return QSize(self._inner.minimumSizeHint().width() + self._bar(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _bar(self) -> int:
        return looks.px(10)
