"""The pages of a document one below the other, as they will print.

They are laid out and painted on another thread, one page at a time; what is shown meanwhile are the old ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.reports.document import Document
from postal_desk.ui import looks
from postal_desk.ui.background import Background, Task
from postal_desk.ui.widgets.dressing import dress

A4 = (210.0, 297.0)
_A4_DOTS = 210 / 25.4  # inches of width: pictures of a page are asked for by dots an inch
_PAUSE_MS = 250  # while the window is being resized, pages are not painted anew


class PageView(QScrollArea):
    """Shows a :class:`Document`. ``opened`` fires on a double click or Enter; ``painted`` gives the number of pages
    when all of them are there. Arrow keys, Page Up and Page Down scroll.
    """

    opened = Signal()
    painted = Signal(int)

    def __init__(self, background: Background, widest: int = 0) -> None:
        super().__init__()
        self._background = background
        self._widest = widest  # px at 100 % that a page may be wide, 0 for the whole room
        self._document: Document | None = None
        self._task: Task | None = None
        self._sheets: list[_Sheet] = []
        self.complete = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Preview of the document"))
        self._holder = dress(QWidget(), kind="plain")
        self._column = QVBoxLayout(self._holder)
        margin = looks.px(14)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(margin)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._holder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._paint)

    def show_document(self, document: Document | None) -> None:
        """Show another document from its first page; ``None`` shows none."""
        if document == self._document:
            return
        fresh = document is None or self._document is None or document.stem != self._document.stem
        self._document = document
        if fresh:
            self.verticalScrollBar().setValue(0)
        if document is None:
            self._stop()
            self._keep_sheets(0)
        else:
            self._paint()

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._sheets)

    def page_width(self) -> int:
        """Width of a page in the window's pixels; room for the scroll bar is kept, so that it changes nothing."""
        bar = self.verticalScrollBar()
        bar.ensurePolished()  # its width comes from the style sheet, perhaps before it was ever shown
        room = self.contentsRect().width() - bar.sizeHint().width() - 2 * looks.px(14)
        return max(looks.px(120), min(room, looks.px(self._widest)) if self._widest else room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.page_width()
        for sheet in self._sheets:
            sheet.set_width(width)
        if self._document is not None and self._stale():
            self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._document is not None:
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._document is not None:
            self.opened.emit()
        super().mouseDoubleClickEvent(event)

    def _stale(self) -> bool:
        wanted = round(self.page_width() * self.devicePixelRatioF())
        return any(abs(sheet.image.width() - wanted) > 1 for sheet in self._sheets) or not self.complete

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.complete = False

    def _paint(self) -> None:
        """Ask for the pages, one after the other."""
        self._stop()
        document = self._document
        if document is None:
            return
        dots = self.page_width() * self.devicePixelRatioF() / _A4_DOTS
        self._next_page(_pages(document, dots), 0)

    def _next_page(self, pages: Iterator[QImage], number: int) -> None:
        def arrived(image: QImage | None) -> None:
            if image is None:
                self._keep_sheets(number)
                self._task = None
                self.complete = True
                self.painted.emit(number)
                return
            self._show_page(number, image)
            self._next_page(pages, number + 1)

        self._task = self._background.pool(lambda: next(pages, None), arrived, owner=self)

    def _show_page(self, number: int, image: QImage) -> None:
        image.setDevicePixelRatio(self.devicePixelRatioF())
        if number == len(self._sheets):
            sheet = _Sheet(number + 1, self.page_width)
            self._sheets.append(sheet)
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._sheets[number].show_image(image)

    def _keep_sheets(self, count: int) -> None:
        for sheet in self._sheets[count:]:
            self._column.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        del self._sheets[count:]


def _pages(document: Document, dots: float) -> Iterator[QImage]:
    """The pages as pictures; made where it is first asked for a page, away from the window."""
    from postal_desk.render.output import page_images

    yield from page_images(document, dots)


class _Sheet(QWidget):
    """One page with its hairline; a picture of another size is scaled until the right one comes."""

    def __init__(self, number: int, width: Callable[[], int]) -> None:
        super().__init__()
        self.image = QImage()
        self._width = width()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Page {number}").format(number=number))

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def set_width(self, width: int) -> None:
        self._width = width
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._width, round(self._width * A4[1] / A4[0]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = self.image.deviceIndependentSize().toSize()
        if size == self.size():
            painter.drawImage(QPoint(0, 0), self.image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self.image)
        painter.setPen(looks.color("line"))
        painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))
        painter.end()


def pages_words(count: int) -> str:
    """How many pages, and of what size."""
    return _("1 page, A4") if count == 1 else _("{count} pages, A4").format(count=count)
