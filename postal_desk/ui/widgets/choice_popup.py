"""A list that opens under a button or a field and narrows down while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.choices import Choice, matching
from postal_desk.ui.widgets.dressing import dress

_STEPS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class ChoicePopup(QFrame):
    """Opens with :meth:`open_under`; :attr:`chosen` gives the value. Esc closes without choosing.

    A list without a search field shows a digit before each choice, which takes it at one press.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice], name: str, parent: QWidget, search: bool = True) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._over = parent
        dress(self, kind="card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices = list(choices)
        self._shown: list[Choice] = []
        self._model = QStringListModel(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.setSpacing(4)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Type to narrow down"))
        self.search.setAccessibleName(_("Narrow down: {list}").format(list=name))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.search.setVisible(search)
        self._digits = not search
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(name)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.list.installEventFilter(self)
        box.addWidget(self.search)
        box.addWidget(self.list)
        self._narrow("")

    def open_under(self, anchor: QWidget, current: str = "") -> None:
        """Show below ``anchor`` (above it where the screen ends), with ``current`` lit."""
        rows = min(len(self._choices), 10)
        lines = (self._line(place, choice) for place, choice in enumerate(self._choices))
        widest = max((self.fontMetrics().horizontalAdvance(line) for line in lines), default=0)
        if self.search.isVisibleTo(self):
            widest = max(widest, self.fontMetrics().horizontalAdvance(self.search.placeholderText()))
        height = rows * looks.px(30) + looks.px(14) + (looks.px(34) if self.search.isVisibleTo(self) else 0)
        self.resize(min(looks.px(360), max(anchor.width(), widest + looks.px(48))), height)
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        screen = anchor.screen().availableGeometry()
        if below.y() + height > screen.bottom():
            below.setY(max(screen.top(), anchor.mapToGlobal(QPoint(0, 0)).y() - height - 2))
        below.setX(max(screen.left(), min(below.x(), screen.right() - self.width())))
        self.move(below)
        for row, choice in enumerate(self._shown):
            if choice.value == current:
                self.list.setCurrentIndex(self._model.index(row))
        self.show()
        (self.search if self.search.isVisible() else self.list).setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._over.window().activateWindow()  # not every platform gives the focus back by itself

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentIndex().row())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
            if self._digits and event.text().isdecimal() and event.text().isascii():
                self._take(int(event.text()) - 1)
                return True
            if watched is self.search and event.key() in _STEPS:
                self.list.event(event)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        self._shown = matching(self._choices, typed) if typed.strip() else self._choices
        self._model.setStringList([self._line(place, choice) for place, choice in enumerate(self._shown)])
        self.list.setCurrentIndex(self._model.index(0))

    def _line(self, place: int, choice: Choice) -> str:
        text = f"{place + 1}  {choice.text}" if self._digits and place < 9 else choice.text
        return f"{text}   {choice.hint}" if choice.hint else text

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            value = self._shown[row].value
            self.close()
            self.chosen.emit(value)


def choose(
    anchor: QWidget,
    name: str,
    choices: Sequence[Choice],
    chosen: Callable[[str], None],
    current: str = "",
    search: bool | None = None,
) -> ChoicePopup:
    """Open a list under ``anchor``; ``search`` defaults to lists of more than eight."""
    popup = ChoicePopup(choices, name, anchor, len(choices) > 8 if search is None else search)
    popup.chosen.connect(chosen)
    popup.open_under(anchor, current)
    return popup
