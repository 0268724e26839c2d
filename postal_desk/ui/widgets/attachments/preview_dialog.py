"""Looking at files: pictures and PDF page by page; what can't be shown says so and can be opened outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from postal_desk.domain.attachments import can_be_shown, kind_words, may_be_opened, size_words
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.background import Task
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.labels import ElidedLabel, text_label

if TYPE_CHECKING:
    from postal_desk.domain.attachments import Attachment
    from postal_desk.render.previews import Preview

_SETTLE_MS = 150


class Picture(QWidget):
    """A picture, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setMinimumSize(looks.px(240), looks.px(180))

    def show_image(self, image: QImage) -> None:
        """Show another one."""
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.image.isNull():
            size = self.image.size().scaled(self._room(), Qt.AspectRatioMode.KeepAspectRatio)
            if size.width() > self.image.width():  # never larger than it is
                size = self.image.size()
            ratio = self.devicePixelRatioF()
            shown = QSize(round(size.width() / ratio), round(size.height() / ratio))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            left, top = (self.width() - shown.width()) // 2, (self.height() - shown.height()) // 2
            painter.translate(left, top)
            painter.scale(
                shown.width() / max(1, self.image.width()), shown.height() / max(1, self.image.height())
            )
            painter.drawImage(0, 0, self.image)
        painter.end()

    def _room(self) -> QSize:
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))


class PreviewDialog(QDialog):
    """Left and right go to the file before and after, Page Up and Page Down turn the pages, Esc closes."""

    help = "attachments"

    open_asked = Signal(object)
    save_asked = Signal(object)

    def __init__(
        self,
        ctx: Context,
        files: Sequence[Attachment],
        first: Attachment,
        hide: Callable[[str], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._files, self._hide = ctx, list(files) or [first], hide
        self._place = self._files.index(first) if first in self._files else 0
        self._page = self._pages = 0
        self._content: bytes | None = None
        self._task: Task | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._draw)
        self._build()
        for button in self.findChildren(QAbstractButton):
            button.installEventFilter(self)
        self.show_file()

    @property
    def file(self) -> Attachment:
        """The file in front."""
        return self._files[self._place]

    def show_file(self) -> None:
        """Read the file in front and show it."""
        file, desk = self.file, self._ctx.desk
        self._page, self._pages, self._content = 0, 0, None
        name = self._hide(file.name)
        self.setWindowTitle(name)
        self.name.setText(name)
        self.facts.setText(f"{tell(kind_words(file.media))} · {size_words(file.size)}")
        several = len(self._files) > 1
        for button in (self.before, self.after):
            button.setVisible(several)
        self.open_button.setEnabled(may_be_opened(file.name, file.media))
        self._show_pages()
        if not can_be_shown(file.media):
            self._say(_("This kind of file can't be shown here"), self._kept_words(file))
            return
        self.picture.show_image(QImage())
        self._layers.setCurrentWidget(self.picture)

        def read() -> Callable[[], bytes]:
            from postal_desk.services.attachments import content_of

            return content_of(desk, file.id)

        def fetch(content: Callable[[], bytes]) -> None:
            if file is self.file:
                self._ctx.background.pool(content, lambda got: self._arrived(file, got), self._failed, self)

        self._ctx.background.db(read, fetch, self._failed, self)

    def turn(self, by: int) -> None:
        """Another page of a PDF."""
        if 0 <= self._page + by < self._pages:
            self._page += by
            self._draw()

    def go(self, by: int) -> None:
        """Another file."""
        self._place = (self._place + by) % len(self._files)
        self.show_file()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button that has the focus would keep the arrows for itself."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        files = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in files:
            self.go(files[key])
        elif key in pages:
            self.turn(pages[key])
        return key in files or key in pages

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def _arrived(self, file: Attachment, content: bytes) -> None:
        if file is self.file:
            self._content = content
            self._draw()

    def _draw(self) -> None:
        """Ask for the page at the size there is room for."""
        file, content = self.file, self._content
        if content is None:
            return
        if self._task is not None:
            self._task.cancel()
        ratio, page = self.devicePixelRatioF(), self._page
        width, height = round(self.picture.width() * ratio), round(self.picture.height() * ratio)

        def draw() -> Preview:
            from postal_desk.render.previews import preview_of

            return preview_of(content, file.media, width, height, page)

        self._task = self._ctx.background.pool(draw, lambda made: self._drawn(file, page, made), owner=self)

    def _drawn(self, file: Attachment, page: int, made: Preview) -> None:
        if file is not self.file or page != self._page:
            return
        if made.image.isNull():
            self._say(_("This file can't be shown: it is damaged, or locked"), self._kept_words(file))
            return
        self._pages = made.pages
        self.picture.show_image(made.image)
        self.picture.setAccessibleName(f"{self.name.text()}, {self.facts.text()}")
        self._layers.setCurrentWidget(self.picture)
        self._show_pages()

    def _failed(self, error: Exception) -> None:
        sentence = getattr(error, "sentence", None)
        if isinstance(sentence, Sentence):
            self._say(_("This file can't be shown"), tell(sentence))
        else:
            self._ctx.tell_fault(error)

    def _say(self, title: str, text: str) -> None:
        self.told.show_text(title, text)
        self._layers.setCurrentWidget(self.told)

    def _kept_words(self, file: Attachment) -> str:
        if may_be_opened(file.name, file.media):
            return _("It is kept as it is. Open it with the system's program, or save a copy.")
        return _("It is kept as it is. Programs and scripts are never opened from here.")

    def _show_pages(self) -> None:
        several = self._pages > 1
        self.pages.setText(_("Page {page} of {pages}").format(page=self._page + 1, pages=self._pages))
        for widget in (self.pages, self.page_before, self.page_after):
            widget.setVisible(several)
        self.page_before.setEnabled(self._page > 0)
        self.page_after.setEnabled(self._page + 1 < self._pages)

    def _build(self) -> None:
        self.name = ElidedLabel(kind="heading")
        self.facts = text_label(kind="hint")
        self.before = icon_button("chevron-left", _("File before (←)"), lambda: self.go(-1))
        self.after = icon_button("chevron-right", _("File after (→)"), lambda: self.go(1))
        self.page_before = icon_button("chevron-left", _("Page before (Page Up)"), lambda: self.turn(-1))
        self.page_after = icon_button("chevron-right", _("Page after (Page Down)"), lambda: self.turn(1))
        self.pages = text_label(kind="hint")
        self.open_button = QPushButton(_("Open with the system's program"))
        self.open_button.clicked.connect(lambda: self.open_asked.emit(self.file))
        self.save_button = QPushButton(_("Save a copy…"))
        self.save_button.clicked.connect(lambda: self.save_asked.emit(self.file))
        close = QPushButton(_("Close"))
        dress(close, kind="primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        head = QHBoxLayout()
        for widget in (self.name, self.facts, self.before, self.after):
            head.addWidget(widget, 1 if widget is self.name else 0)
        self.picture = Picture()
        self.told = EmptyState("file-text")
        self._layers = QStackedLayout()
        self._layers.addWidget(self.picture)
        self._layers.addWidget(self.told)
        foot = QHBoxLayout()
        foot.setSpacing(looks.px(8))
        for widget in (self.page_before, self.pages, self.page_after):
            foot.addWidget(widget)
        foot.addStretch(1)
        for button in (self.open_button, self.save_button, close):
            foot.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(20), looks.px(14), looks.px(20), looks.px(14))
        box.setSpacing(looks.px(10))
        box.addLayout(head)
        box.addLayout(self._layers, 1)
        box.addLayout(foot)
        close.setFocus()
        room = self.screen().availableGeometry()
        self.resize(min(looks.px(760), room.width() - 40), min(looks.px(620), room.height() - 60))
