"""The files of a record as a list: a small picture, the name, the size. All of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from postal_desk.domain.attachments import can_be_shown, kind_words, size_words
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.icons import paint_icon
from postal_desk.ui.widgets.dressing import dress

if TYPE_CHECKING:
    from postal_desk.domain.attachments import Attachment

Index = QModelIndex | QPersistentModelIndex
FILE = int(Qt.ItemDataRole.UserRole)
_THUMB = FILE + 1
_ROW, _PICTURE = 34, 24


class FileModel(QAbstractListModel):
    """The files; ``hide`` masks a name while personal data is hidden."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.files: list[Attachment] = []
        self.hide: Callable[[str], str] = lambda name: name
        self._thumbs: dict[str, QImage] = {}

    def show(self, files: Sequence[Attachment], hide: Callable[[str], str]) -> None:
        """Show other files."""
        self.beginResetModel()
        self.files, self.hide = list(files), hide
        self.endResetModel()

    def put_thumb(self, sha256: str, image: QImage) -> None:
        """A small picture has been made."""
        self._thumbs[sha256] = image
        for row, file in enumerate(self.files):
            if file.sha256 == sha256:
                self.dataChanged.emit(self.index(row), self.index(row))

    def lacks_thumb(self, file: Attachment) -> bool:
        """True if a small picture could be made and was not."""
        return can_be_shown(file.media) and file.sha256 not in self._thumbs

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        file = self.files[index.row()]
        if role == FILE:
            return file
        if role == _THUMB:
            return self._thumbs.get(file.sha256)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.hide(file.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (
                self.hide(file.name),
                tell(kind_words(file.media)),
                size_words(file.size),
                self._step(file),
            )
            return ", ".join(part for part in words if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = (
                self.hide(file.name),
                f"{tell(kind_words(file.media))} · {size_words(file.size)}",
                self._step(file),
                _("Added {moment}").format(moment=file.added_at[:16].replace("T", " ")),
            )
            return "\n".join(part for part in lines if part)
        return None

    @staticmethod
    def _step(file: Attachment) -> str:
        return _("Step {n}").format(n=file.part) if file.part else ""


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(looks.px(120), looks.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        file: Attachment = index.data(FILE)
        room: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(looks.color("hover"))
            painter.drawRoundedRect(QRectF(room).adjusted(0, 1, 0, -1), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(looks.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(room).adjusted(0.5, 1.5, -0.5, -1.5), 6, 6)
        side = looks.px(_PICTURE)
        box = QRect(room.x() + looks.px(4), room.y() + (room.height() - side) // 2, side, side)
        self._paint_picture(painter, box, index, file)
        size = size_words(file.size)
        small = looks.font(11)
        width = QFontMetrics(small).horizontalAdvance(size)
        painter.setFont(small)
        painter.setPen(looks.color("ink3"))
        right = room.adjusted(0, 0, -looks.px(6), 0)
        painter.drawText(right, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), size)
        left = box.right() + looks.px(8)
        free = QRect(left, room.y(), max(0, room.right() - width - looks.px(14) - left), room.height())
        painter.setFont(looks.font(12))
        painter.setPen(looks.color("ink"))
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideMiddle, free.width())
        painter.drawText(free, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, index: Index, file: Attachment) -> None:
        image: QImage | None = index.data(_THUMB)
        if image is None or image.isNull():
            paint_icon(painter, box.adjusted(4, 4, -4, -4), icon_of(file.media), "ink3")
            return
        size = image.deviceIndependentSize().toSize().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = box.topLeft() + QPoint((box.width() - size.width()) // 2, (box.height() - size.height()) // 2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(at, size), image)
        painter.setPen(looks.color("line"))  # a white page on a white card
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRect(at, size).adjusted(0, 0, -1, -1))


def icon_of(media: str) -> str:
    """The icon of a kind of file."""
    if media.startswith("image/"):
        return "image"
    if "spreadsheet" in media:
        return "file-spreadsheet"
    return "file-text" if media != "application/octet-stream" else "paperclip"


class FileList(QListView):
    """As high as its rows. ``opened`` (Enter, Space, double click), ``remove_asked`` (Delete), ``rename_asked`` (F2),
    ``menu_asked`` with the place on the screen.
    """

    opened = Signal(object)
    remove_asked = Signal(list)
    rename_asked = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.entries = FileModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("Attachments"))
        self.setMouseTracking(True)
        dress(self, kind="plain")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(FILE)))
        self.setTabKeyNavigation(False)

    def show_files(self, files: Sequence[Attachment], hide: Callable[[str], str]) -> None:
        """Show other files; the one in front stays in front if it is among them."""
        kept = {file.id for file in self.picked()}
        self.entries.show(files, hide)
        self.setFixedHeight(max(1, len(files)) * looks.px(_ROW))
        rows = [row for row, file in enumerate(files) if file.id in kept]
        if rows:
            self.setCurrentIndex(self.entries.index(rows[0]))

    def current(self) -> Attachment | None:
        """The file in front."""
        index = self.currentIndex()
        found: Attachment | None = index.data(FILE) if index.isValid() else None
        return found

    def picked(self) -> list[Attachment]:
        """The files that are picked, in their order."""
        return [index.data(FILE) for index in sorted(self.selectedIndexes(), key=lambda one: one.row())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        file = self.current()
        if file is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(file)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit(self.picked() or [file])
        elif event.key() == Qt.Key.Key_F2:
            self.rename_asked.emit(file)
        elif event.key() == Qt.Key.Key_Menu:
            self._menu(self.visualRect(self.currentIndex()).bottomLeft())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.entries.rowCount():
            self.setCurrentIndex(self.entries.index(0))

    def _menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            index = self.currentIndex()
        if index.isValid():
            self.menu_asked.emit(index.data(FILE), self.viewport().mapToGlobal(at))
