"""What just happened, at the foot of the window, with Undo where there is one. It goes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

_SECONDS_PLAIN = 5
_SECONDS_UNDO = 12


class Toast(QFrame):
    """One line over the foot of ``over``; a new one replaces the last. Ctrl+Z presses Undo while it
    stands.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        dress(self, kind="toast")
        self._undo: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(16), looks.px(8), looks.px(8), looks.px(8))
        self.label = text_label(wrap=True)
        self.undo_button = QPushButton(_("Undo"))
        self.undo_button.setToolTip("Ctrl+Z")
        self.undo_button.clicked.connect(self.undo)
        self.close_button = QPushButton()
        self.close_button.setIcon(icon("x", "on_toast"))
        self.close_button.setAccessibleName(_("Close this message"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.clicked.connect(self.hide)
        self._row = row
        self._buttons: list[QPushButton] = []
        row.addWidget(self.label, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._timed_out)
        over.installEventFilter(self)
        self.hide()

    def show_text(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        *,
        again: bool = False,
    ) -> None:
        """Say ``text``; ``undo`` takes back what it tells (or does it ``again``, if that is an undo), ``actions`` are
        further buttons: what they say and do."""
        self._undo = undo
        self.label.setText(text)
        self.undo_button.setText(_("Redo") if again else _("Undo"))
        self.undo_button.setVisible(undo is not None)
        self._offer(actions)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(1000 * (_SECONDS_UNDO if undo or actions else _SECONDS_PLAIN))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def undo(self) -> bool:
        """Take back what the message tells. False if there is nothing to take back."""
        undo, self._undo = self._undo, None
        if undo is None or self.isHidden():
            return False
        self.hide()
        undo()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _offer(self, actions: Sequence[tuple[str, Callable[[], object]]]) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for words, act in actions:
            button = QPushButton(words)
            button.clicked.connect(lambda _on=False, act=act: act())
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)

    def _timed_out(self) -> None:
        if self.underMouse() or any(button.hasFocus() for button in (self.undo_button, *self._buttons)):
            self._timer.start(1000)  # somebody is about to press it
        else:
            self.hide()

    def _place(self) -> None:
        over = self._over
        offered = sum(button.sizeHint().width() + looks.px(8) for button in self._buttons)
        widest = min(looks.px(640) + offered, over.width() - looks.px(32))
        self.label.setMaximumWidth(widest - offered - looks.px(130))
        wanted = self.label.fontMetrics().horizontalAdvance(self.label.text()) + offered + looks.px(150)
        width = min(widest, wanted)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        place = QRect((over.width() - width) // 2, over.height() - height - looks.px(20), width, height)
        typed_in = self._typed_in()
        if place.intersects(typed_in):
            gap = looks.px(16)
            if typed_in.left() >= width + 2 * gap:
                place.moveRight(typed_in.left() - gap)
            else:
                place.moveBottom(typed_in.top() - gap // 2)
        self.setGeometry(place)

    def _typed_in(self) -> QRect:
        """Where somebody types, with what belongs to it: the next line is not covered by what is told of the last."""
        focus = self._over.window().focusWidget()
        frame = focus.parentWidget() if isinstance(focus, QPlainTextEdit | QLineEdit) else None
        if frame is None or frame.height() > self._over.height() // 3 or not self._over.isAncestorOf(frame):
            return QRect()
        return QRect(frame.mapTo(self._over, QPoint(0, 0)), frame.size())
