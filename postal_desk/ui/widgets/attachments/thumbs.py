"""Small pictures for the list, made one after the other on the second thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from postal_desk.domain.sentences import Refusal
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.attachments.file_list import FileModel

if TYPE_CHECKING:
    from postal_desk.domain.attachments import Attachment

_SIDE = 96  # pixels: 24 px at 200 %, twice as sharp at 100 %
_MOST = 20 << 20  # a larger picture is looked at when somebody asks for it


class Thumbs(QObject):
    """Feeds the list's model."""

    def __init__(self, ctx: Context, model: FileModel, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._model = ctx, model
        self._asked: set[str] = set()

    def want(self, files: Sequence[Attachment]) -> None:
        """Make those that are missing."""
        for file in files:
            if self._model.lacks_thumb(file) and file.sha256 not in self._asked and file.size <= _MOST:
                self._asked.add(file.sha256)
                self._make(file)

    def _make(self, file: Attachment) -> None:
        desk = self._ctx.desk

        def read() -> Callable[[], bytes]:
            from postal_desk.services.attachments import content_of

            return content_of(desk, file.id)

        def draw(content: Callable[[], bytes]) -> None:
            self._ctx.background.pool(
                lambda: _thumb(content(), file.media),
                lambda image: self._model.put_thumb(file.sha256, image),
                self._none,
                self,
            )

        self._ctx.background.db(read, draw, self._none, self)

    def _none(self, error: Exception) -> None:
        """A content that is missing or damaged has no picture; opening it says why."""
        if not isinstance(error, Refusal):
            self._ctx.tell_fault(error)


def _thumb(content: bytes, media: str) -> QImage:
    from postal_desk.render.previews import preview_of

    return preview_of(content, media, _SIDE, _SIDE).image
