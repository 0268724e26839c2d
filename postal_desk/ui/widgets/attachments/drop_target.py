"""Dropping files onto a part of the window: it shows that it takes them, and hands them on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from postal_desk.i18n import _
from postal_desk.ui.widgets.attachments.incoming import offers_files
from postal_desk.ui.widgets.dressing import dress


class DropTarget(QObject):
    """Lets ``widget`` take files, and what is in it; ``takes`` says whether they are wanted, ``dropped`` gets them."""

    def __init__(
        self, widget: QWidget, takes: Callable[[], bool], dropped: Callable[[QMimeData], object]
    ) -> None:
        super().__init__(widget)
        self._widget, self._takes, self._dropped = widget, takes, dropped
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)
        self.cover = QLabel(_("Drop the files here to keep them with this record"), widget)
        self.cover.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cover.setWordWrap(True)
        self.cover.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        dress(self.cover, kind="drop")
        self.cover.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.cover.hide()
            if self._takes() and offers_files(event.mimeData()):
                event.acceptProposedAction()
                self._dropped(event.mimeData())
                return True
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent):
            wanted = self._takes() and offers_files(event.mimeData())
            if wanted:
                event.acceptProposedAction()
                self.cover.setGeometry(self._widget.rect().adjusted(1, 1, -1, -1))
                self.cover.raise_()
                self.cover.show()
                return True
        elif event.type() == QEvent.Type.DragLeave:
            self.cover.hide()
        return super().eventFilter(watched, event)
