"""Tables, tiles, hand-in blocks and forms as parts of the flow: cells of broken lines inside ruled rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from postal_desk.render.flow import Paint, Part
from postal_desk.render.fonts import UNITS
from postal_desk.render.text_layout import Line, Piece, lines_of
from postal_desk.reports import column_fit
from postal_desk.reports.document import TALL, Form, FormCell, HandIn, Table, Tiles
from postal_desk.reports.page_style import COLOURS, MM, PageStyle

SIDE = column_fit.SIDE * UNITS
HAIRLINE = 0.5 * UNITS
FORM_PADDING = 1.5 * UNITS


@dataclass(frozen=True)
class _Row:
    """One row ready to paint: cells of lines, the x of each rule, the look."""

    cells: tuple[tuple[Line, ...], ...]
    edges: tuple[float, ...]
    height: float
    middle: tuple[bool, ...]
    rule: str
    frame: bool
    shade: str = ""
    first: bool = False
    padding: float = 0.0

    def paint(self, painter: QPainter, top: float) -> None:
        """Shade, rules and text, with the row's top at ``top``."""
        if self.shade:
            painter.fillRect(QRectF(0, top, self.edges[-1], self.height), QColor("#" + self.shade))
        for index, lines in enumerate(self.cells):
            tall = sum(line.height for line in lines)
            y = top + ((self.height - tall) / 2 if self.middle[index] else self.padding)
            for line in lines:
                line.paint(painter, self.edges[index] + SIDE, y)
                y += line.height
        self._rules(painter, top)

    def _rules(self, painter: QPainter, top: float) -> None:
        if not self.rule:
            return
        painter.setPen(QPen(QColor("#" + self.rule), HAIRLINE))
        right, bottom = self.edges[-1], top + self.height
        painter.drawLine(QLineF(0, bottom, right, bottom))
        if self.first:
            painter.drawLine(QLineF(0, top, right, top))
        if self.frame:
            for x in self.edges:
                painter.drawLine(QLineF(x, top, x, bottom))


def _row(
    texts: Sequence[str],
    widths: Sequence[float],
    style: str,
    align: Sequence[str],
    page: PageStyle,
    chinese: bool,
    *,
    shade: str = "",
    first: bool = False,
    ruled: bool = True,
) -> _Row:
    edges = _edges(widths)
    cells = tuple(
        _cell_lines(text, page, style, side, width - 2 * SIDE, chinese)
        for text, side, width in zip(texts, align, widths, strict=True)
    )
    frame = page.table_rules == "frame"
    rule = (COLOURS["black"] if frame else COLOURS["line"]) if ruled else ""
    padding = page.cell_padding * UNITS
    height = max(sum(line.height for line in lines) for lines in cells) + 2 * padding
    middle = (True,) * len(cells)
    return _Row(cells, edges, height, middle, rule, frame and ruled, shade, first, padding)


def _edges(widths: Sequence[float]) -> tuple[float, ...]:
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    return tuple(edges)


def _cell_lines(
    text: str,
    page: PageStyle,
    style: str,
    align: str,
    width: float,
    chinese: bool,
    size: float | None = None,
    pitch: float | None = None,
) -> tuple[Line, ...]:
    found: list[Line] = []
    for line in text.split("\n"):
        found += lines_of(
            (Piece(line),), page.styles[style], width, chinese=chinese, align=align, size=size, pitch=pitch
        )
    return tuple(found)


def table_parts(block: Table, page: PageStyle, chinese: bool) -> Iterator[Part]:
    """Caption, head and rows; the head stands again at the top of each further page."""
    caption = page.styles["caption"]
    whole = page.text_width * UNITS
    for line in lines_of((Piece(block.caption),), caption, whole, chinese=chinese):
        yield Part(line.height, _line_painter(line), gap=caption.before * UNITS, keep=True)
    widths = [width * UNITS for width in column_fit.fitted_widths(block, page)]
    frame = page.table_rules == "frame"
    aligned = ["centre"] * len(block.head) if frame else list(block.align)
    shade = "" if frame else COLOURS["tint"]
    head_row = _row(block.head, widths, "head", aligned, page, chinese, shade=shade, first=True)
    head = Part(head_row.height, head_row.paint, gap=caption.after * UNITS, keep=True)
    yield head
    last = len(block.rows) - 1
    for index, texts in enumerate(block.rows):
        style = "head" if block.total and index == last else "cell"
        row = _row(texts, widths, style, block.align, page, chinese)
        keep = (index == 0 and last > 0) or (block.total and index == last - 1)
        yield Part(row.height, row.paint, keep=keep, repeat=head)
    yield Part(6.0 * UNITS, _nothing)


def tiles_parts(block: Tiles, page: PageStyle, chinese: bool) -> Iterator[Part]:
    """Figures side by side on a tinted ground, with white between them."""
    count = len(block.tiles)
    widths = [page.text_width * UNITS / count] * count
    rows = [
        _row(
            [getattr(tile, name) or " " for tile in block.tiles],
            widths,
            f"tile_{name}",
            [page.styles[f"tile_{name}"].align] * count,
            page,
            chinese,
            ruled=False,
        )
        for name in ("label", "value", "note")
    ]
    height = sum(row.height for row in rows)

    def paint(painter: QPainter, top: float) -> None:
        gap = 2.0 * UNITS
        for left, right in zip(rows[0].edges, rows[0].edges[1:], strict=False):
            ground = QRectF(left + gap, top, right - left - 2 * gap, height)
            painter.fillRect(ground, QColor("#" + COLOURS["tint"]))
        y = top
        for row in rows:
            painter.save()
            painter.translate(gap * 2, 0)
            row.paint(painter, y)
            painter.restore()
            y += row.height

    yield Part(height, paint, gap=4.0 * UNITS)
    yield Part(8.0 * UNITS, _nothing)


def hand_in_parts(block: HandIn, page: PageStyle, chinese: bool) -> Iterator[Part]:
    """The hand-in block, kept together."""
    widths = [page.text_width * UNITS * width for width in (0.16, 0.40, 0.16, 0.28)]
    frame = page.table_rules == "frame"
    align = ["centre" if frame else "left", "left"] * 2
    pairs = list(block.pairs)
    for index in range(0, len(pairs), 2):
        texts = [text for pair in pairs[index : index + 2] for text in pair]
        row = _row(texts, widths, "cell", align, page, chinese, first=index == 0)
        yield Part(row.height, row.paint, keep=index + 2 < len(pairs))


def form_parts(form: Form, page: PageStyle, chinese: bool) -> Iterator[Part]:
    """The rows of a form, each of its exact height; what does not fit a cell was continued by the builder."""
    for index, row in enumerate(form.rows):
        widths = [cell.width * page.text_width * UNITS for cell in row.cells]
        cells = tuple(
            _form_cell(cell, page, width, row.size, chinese)
            for cell, width in zip(row.cells, widths, strict=True)
        )
        height = row.height * MM * UNITS
        middle = tuple(
            cell.label or (len(lines) <= 2 and row.height <= TALL)
            for cell, lines in zip(row.cells, cells, strict=True)
        )
        made = _Row(
            cells,
            _edges(widths),
            height,
            middle,
            COLOURS["black"],
            True,
            "",
            index == 0,
            padding=FORM_PADDING,
        )
        yield Part(height, made.paint, keep=index + 1 < len(form.rows))


def _form_cell(cell: FormCell, page: PageStyle, width: float, size: float, chinese: bool) -> tuple[Line, ...]:
    style = "head" if cell.label else "cell"
    align = "centre" if cell.label else cell.align
    pitch = round(size * 1.32, 1)
    return _cell_lines(cell.text, page, style, align, width - 2 * SIDE, chinese, size, pitch)


def _line_painter(line: Line) -> Paint:
    return lambda painter, top: line.paint(painter, 0.0, top)


def _nothing(painter: QPainter, top: float) -> None:
    """A blank."""
