"""How far a measure has come from its baseline to its target, as a bar with its figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from postal_desk.domain.measures import Measure
from postal_desk.i18n import _
from postal_desk.ui import looks


class TargetBar(QWidget):
    """A track filled up to the share reached; the words say it too."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None, value: str, measure: Measure) -> None:
        """Show how far ``value`` is from the baseline to the target."""
        self._share = share or 0.0
        self._words = _("{value} of {target} {unit} ({percent} %)").format(
            value=value, target=measure.target, unit=measure.unit, percent=round(self._share * 100)
        )
        if measure.baseline not in ("", "0"):
            self._words = _("{baseline} → {value}, target {target} {unit}").format(
                baseline=measure.baseline, value=value, target=measure.target, unit=measure.unit
            )
        self.setAccessibleName(self._words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(looks.px(220), looks.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(looks.px(120), looks.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = looks.px(8)
        top = self.height() - height - looks.px(4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(looks.color("neutral_bg"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), height / 2, height / 2)
        if self._share > 0:
            painter.setBrush(looks.color("series2"))
            wide = max(height, self.width() * self._share)
            painter.drawRoundedRect(QRectF(0, top, wide, height), height / 2, height / 2)
        painter.setPen(looks.color("ink"))
        painter.setFont(looks.font(12))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(0, 0, self.width(), top), flags, self._words)
        painter.end()
