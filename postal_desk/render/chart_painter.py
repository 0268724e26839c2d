"""Charts painted from their geometry. The colours come by role from whoever shows them: paper, light or dark window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPen, QPolygonF

from postal_desk.reports.charts import Box, Chart, Stroke, Words, shapes
from postal_desk.reports.fonts import ROLES
from postal_desk.reports.page_style import COLOURS

_SIDE = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
PAPER: Mapping[str, str] = {role: f"#{colour}" for role, colour in COLOURS.items()}
_PNG_SCALE = 3.0  # 216 pictures' dots an inch: sharp in print, and a chart stays under 60 kB


def paint(
    chart: Chart,
    painter: QPainter,
    rect: QRectF,
    colours: Mapping[str, str] = PAPER,
    *,
    size: float = 9.0,
    families: Sequence[str] = (),
) -> None:
    """Paint a chart into ``rect``; ``size`` is the size of its words in the painter's unit.

    ``colours`` gives a colour for each role (``ink muted line primary primary_soft gold red``).
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    font = QFont()
    font.setFamilies(list(families) or _paper_families())
    for shape in shapes(chart, rect.width(), rect.height(), size):
        colour = QColor(colours[shape.role])
        if isinstance(shape, Box):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            box = QRectF(shape.x, shape.y, shape.width, shape.height)
            painter.drawRoundedRect(box, shape.radius, shape.radius)
        elif isinstance(shape, Stroke):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_pen(colour, shape))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in shape.points]))
        else:
            painter.setPen(colour)
            _words(painter, shape, font)
    painter.restore()


def _pen(colour: QColor, shape: Stroke) -> QPen:
    pen = QPen(colour, shape.width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _words(painter: QPainter, shape: Words, font: QFont) -> None:
    font = QFont(font)
    font.setPixelSize(max(1, round(shape.size)))
    painter.setFont(font)
    box = QRectF(shape.x, shape.y, shape.width, shape.height)
    flags = _SIDE[shape.align] | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    text = shape.text
    if shape.align == "left":
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(shape.width) + 2)
    painter.drawText(box, int(flags), text)


def _paper_families() -> list[str]:
    role = ROLES["sans"]
    have = set(QFontDatabase.families())
    return [name for name in role.cjk + role.latin if name in have] or list(role.cjk)


def chart_png(chart: Chart, width: float, height: float) -> bytes:
    """A chart of ``width`` × ``height`` points as a PNG picture on white."""
    image = QImage(round(width * _PNG_SCALE), round(height * _PNG_SCALE), QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER["ground"]))
    painter = QPainter(image)
    paint(chart, painter, QRectF(image.rect()), size=9.0 * _PNG_SCALE)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # PySide's stubs lack the device overload
        raise RuntimeError("Qt could not encode the chart")
    data: QByteArray = buffer.data()
    return bytes(data.data())
