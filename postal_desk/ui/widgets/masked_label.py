"""Personal data, shown with stars until somebody asks for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.dressing import dress


class MaskedLabel(QPushButton):
    """Shows ``masked`` until clicked (or Space), then ``value`` until clicked again. Nothing to hide: a
    plain text.
    """

    revealed = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, kind="masked")
        self._name = name
        self._value = self._masked = self._shown = ""
        self._open = False
        self.setIconSize(QSize(looks.px(14), looks.px(14)))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the eye stands behind the text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._toggle)

    def show_value(self, value: str, masked: str) -> None:
        """Show another value, masked again."""
        self._value, self._masked, self._open = value, masked, False
        self._draw()

    def set_open(self, shown: bool) -> None:
        """Reveal or hide."""
        if shown != self._open:
            self._open = shown
            self._draw()

    def minimumSizeHint(self) -> QSize:
        return QSize(looks.px(40), super().minimumSizeHint().height())

    def whole_width(self) -> int:
        """How wide it is when nothing of it is cut."""
        return self.fontMetrics().horizontalAdvance(self._shown) + self._beside() + looks.px(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _beside(self) -> int:
        return looks.px(22 if self._value != self._masked else 4)

    def _fit(self) -> None:
        room = self.width() - self._beside()
        self.setText(self.fontMetrics().elidedText(self._shown, Qt.TextElideMode.ElideRight, room))

    def _toggle(self) -> None:
        if self._value != self._masked:
            self.set_open(not self._open)
            self.revealed.emit(self._open)

    def _draw(self) -> None:
        secret = self._value != self._masked
        shown = self._value if self._open else self._masked
        self._shown = shown or "—"
        self._fit()
        self.setEnabled(secret)
        self.setIcon(icon("eye-off" if self._open else "eye", "ink3") if secret else QIcon())
        hint = _("Hide again") if self._open else _("Click to show")
        self.setToolTip(f"{shown}\n{hint}" if secret else shown)
        state = _("{field}: {value}").format(field=self._name, value=shown or _("not given"))
        self.setAccessibleName(state)
        self.setAccessibleDescription(hint if secret else "")
