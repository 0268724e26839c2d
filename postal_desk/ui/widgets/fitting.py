"""The height of dialogs whose texts wrap: Qt measures them unwrapped, and what is said later gets no room at all."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress

_BESIDE = 16  # px of its width
LEFT_FREE = 72  # px of the screen's height left to the frame of the window and the bar of the desktop


class Fitting(QScrollArea):
    """As high as its content where the screen has the room; scrolls where it has not."""

    def __init__(self, content: QWidget, name: str, width: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content, self._wide = dress(content, kind="plain"), width
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        content = self._content
        width = max(looks.px(self._wide), content.minimumSizeHint().width())
        if self.isVisible():
            width = min(width, self.viewport().width())  # narrower than asked for, the texts are higher
        height = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(width, height + looks.px(8))  # rounding must not bring up the scroll bar


def resize_within(dialog: QDialog, width: int, height: int) -> None:
    """That large, px at 100 %, where the screen has the room: what lies outside of it nobody can press."""
    room = dialog.screen().availableGeometry()
    dialog.resize(
        min(looks.px(width), room.width() - looks.px(_BESIDE)),
        min(looks.px(height), room.height() - looks.px(LEFT_FREE)),
    )


def fit_height(dialog: QDialog, width: int = 0, shrink: bool = False) -> None:
    """As high as the texts need, wrapped as they are now, where the screen has the room; a dialog on the screen only
    grows, unless it may ``shrink``.
    """
    layout = dialog.layout()
    assert layout is not None
    for part in dialog.findChildren(Fitting):
        part.updateGeometry()  # a scroll area does not tell of itself that its content has grown
    layout.activate()
    width = width or dialog.width()
    high = (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )
    room = dialog.screen().availableGeometry()
    high = min(high, room.height() - looks.px(LEFT_FREE))
    if dialog.isVisible() and not shrink:
        high = max(dialog.height(), high)
    grown = high != dialog.height()
    dialog.resize(width, high)
    if dialog.isVisible() and grown:
        top = min(dialog.y(), room.bottom() - high - looks.px(LEFT_FREE) // 2)
        dialog.move(dialog.x(), max(room.top() + looks.px(LEFT_FREE) // 2, top))
