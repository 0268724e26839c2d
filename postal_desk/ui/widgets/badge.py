"""Small coloured words for a state, as a widget and for delegates. The word says it; the colour only repeats
it.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QStaticText
from PySide6.QtWidgets import QLabel, QSizePolicy

from postal_desk.ui import looks
from postal_desk.ui.widgets.dressing import dress

#: tone → (ground, ink) roles
TONES = {
    "neutral": ("neutral_bg", "neutral_ink"),
    "good": ("tint", "tint_ink"),
    "attention": ("amber_bg", "amber_ink"),
    "bad": ("red_bg", "red_ink"),
    "gold": ("amber_bg", "gold_ink"),
}
_STATUS_TONES = {
    "registered": "neutral",
    "accepted": "neutral",
    "investigating": "attention",
    "waiting": "attention",
    "escalated": "attention",
    "reopened": "attention",
    "answered": "good",
    "closed": "good",
}


def status_tone(status: str) -> str:
    """The tone of a case's status; ``neutral`` for one this version does not know."""
    return _STATUS_TONES.get(status, "neutral")


class Badge(QLabel):
    """One badge."""

    def __init__(self, text: str = "", tone: str = "neutral") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        dress(self, kind="badge", tone=tone)

    def show_text(self, text: str, tone: str) -> None:
        """Say something else; an empty text hides the badge."""
        self.setText(text)
        dress(self, tone=tone)
        self.setVisible(bool(text))


def paint_badge(painter: QPainter, room: QRect, text: str, tone: str) -> None:
    """Draw a badge at the left of ``room``, centred in height, shortened to the room."""
    ground, ink = TONES[tone]
    font = looks.font(11)
    shown, width, height = _measured(text, room.width(), looks.px(1000))
    box = QRect(room.x(), room.center().y() - height // 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(looks.color(ground))
    painter.drawRoundedRect(QRectF(box), looks.px(4), looks.px(4))
    painter.setPen(looks.color(ink))
    painter.setFont(font)
    painter.drawStaticText(box.x() + looks.px(6), box.y() + looks.px(1), shown)
    painter.restore()


@lru_cache(512)
def _measured(text: str, room: int, _scale: int) -> tuple[QStaticText, int, int]:
    """The words that fit, shaped, with the badge's width and height, in the text size in use."""
    font = looks.font(11)
    metrics, pad = QFontMetrics(font), looks.px(6)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room - 2 * pad))
    line = QStaticText(shown)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.prepare(font=font)
    return line, metrics.horizontalAdvance(shown) + 2 * pad, metrics.height() + looks.px(2)
