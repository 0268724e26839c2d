"""A document laid out as pages that any painter can take: PDF, printer, picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from postal_desk.render.chart_painter import paint as paint_chart
from postal_desk.render.flow import Page, Paint, Part, paginate
from postal_desk.render.fonts import UNITS
from postal_desk.render.tables import form_parts, hand_in_parts, table_parts, tiles_parts
from postal_desk.render.text_layout import Line, Piece, lines_of, note_mark
from postal_desk.reports.document import (
    Block,
    Document,
    Form,
    HandIn,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    SignOff,
    Table,
    Tiles,
    Title,
)
from postal_desk.reports.page_style import COLOURS, MM, PageStyle, page_style

_NOTE_GAP = 10.0 * UNITS  # above the footnotes, the short rule included
_KEPT = frozenset({"title", "under", "h1", "h2", "h3"})


@dataclass(frozen=True)
class Typeset:
    """The pages of one document; sizes in page units (twips)."""

    document: Document
    style: PageStyle
    notes: tuple[tuple[Line, ...], ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return self.style.width * MM * UNITS, self.style.height * MM * UNITS

    def pages(self) -> Iterator[Page]:
        """The pages one by one: a long document is never laid out whole."""
        return paginate(self._parts(), self.style.text_height * UNITS, self._notes_height)

    def paint(self, page: Page, number: int, painter: QPainter) -> None:
        """Paint a page; the painter's unit is the page unit and its origin the paper's upper left corner."""
        painter.save()
        painter.translate(self.style.left * MM * UNITS, self.style.top * MM * UNITS)
        for top, part in page.placed:
            part.paint(painter, top)
        self._paint_notes(page, painter)
        painter.restore()
        if self.style.page_number:
            self._paint_number(number, painter)

    def _notes_height(self, numbers: list[int]) -> float:
        if not numbers:
            return 0.0
        return _NOTE_GAP + sum(line.height for number in numbers for line in self.notes[number - 1])

    def _paint_notes(self, page: Page, painter: QPainter) -> None:
        if not page.notes:
            return
        y = self.style.text_height * UNITS - self._notes_height(page.notes)
        painter.setPen(QPen(QColor("#" + COLOURS["black"]), 0.5 * UNITS))
        painter.drawLine(QLineF(0, y + _NOTE_GAP * 0.6, 110 * UNITS, y + _NOTE_GAP * 0.6))
        y += _NOTE_GAP
        for number in page.notes:
            for line in self.notes[number - 1]:
                line.paint(painter, 0.0, y)
                y += line.height

    def _paint_number(self, number: int, painter: QPainter) -> None:
        style, text = self.style, self.style.styles["page_number"]
        dashes = style.page_number == "dashes"
        words = f"— {number} —" if dashes else str(number)
        align = ("right" if number % 2 else "left") if dashes else "centre"
        outer = text.size * UNITS if dashes else 0.0  # one character free at the outer edge
        left = style.left * MM * UNITS + (outer if align == "left" else 0.0)
        width = style.text_width * UNITS - outer
        top = (style.height - style.bottom + style.number_gap) * MM * UNITS
        for line in lines_of((Piece(words),), text, width, chinese=False, align=align):
            line.paint(painter, left, top)

    def _parts(self) -> Iterator[Part]:
        for block in self.document.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Part]:
        page, chinese = self.style, self.document.language == "zh_CN"
        if isinstance(block, Title):
            for line in block.lines:
                yield from self._lines((Piece(line),), "title")
            if block.under:
                yield from self._lines((Piece(block.under),), "under")
            if page.grid_pitch:
                yield Part(page.grid_pitch * UNITS, _blank, keep=True)
        elif isinstance(block, Heading):
            yield from self._lines((Piece(block.text),), f"h{block.level}")
        elif isinstance(block, Paragraph):
            pieces = tuple(Piece(run.text, run.strong, run.note) for run in block.runs)
            yield from self._lines(pieces, block.style, block.keep_next)
        elif isinstance(block, Table):
            yield from table_parts(block, page, chinese)
        elif isinstance(block, Tiles):
            yield from tiles_parts(block, page, chinese)
        elif isinstance(block, Picture):
            yield self._picture(block)
            yield from self._lines((Piece(block.caption),), "under_picture")
        elif isinstance(block, SignOff):
            yield Part(page.styles["flush"].pitch * UNITS, _blank, keep=True)
            yield from self._lines((Piece(block.unit + block.seal),), "sign", keep=True)
            yield from self._lines((Piece(block.day),), "sign", keep=True)
            yield Part(page.styles["flush"].pitch * UNITS, _blank, keep=True)
        elif isinstance(block, HandIn):
            yield from hand_in_parts(block, page, chinese)
        elif isinstance(block, Form):
            yield from form_parts(block, page, chinese)
        elif isinstance(block, PageBreak):
            yield Part(0.0, _blank, page_break=True)

    def _lines(self, pieces: tuple[Piece, ...], name: str, keep: bool = False) -> Iterator[Part]:
        style = self.style.styles[name]
        width = self.style.text_width * UNITS
        lines = lines_of(pieces, style, width, chinese=self.document.language == "zh_CN")
        kept = keep or name in _KEPT
        for index, line in enumerate(lines):
            gap = style.before * UNITS if index == 0 else 0.0
            within = name == "under_picture" and index + 1 < len(lines)
            yield Part(line.height, _at_left(line), gap=gap, keep=kept or within, notes=line.notes)
        if style.after:
            yield Part(style.after * UNITS, _blank, keep=kept)

    def _picture(self, block: Picture) -> Part:
        width, height = self.style.text_width * UNITS, block.height * MM * UNITS

        def paint(painter: QPainter, top: float) -> None:
            paint_chart(block.chart, painter, QRectF(0, top, width, height), size=8.5 * UNITS)

        return Part(height, paint, gap=4.0 * UNITS, keep=True)


def _at_left(line: Line) -> Paint:
    return lambda painter, top: line.paint(painter, 0.0, top)


def _blank(painter: QPainter, top: float) -> None:
    """Nothing to paint."""


def typeset(document: Document) -> Typeset:
    """Lay a document out by its page style."""
    style = page_style(document.style, document.language)
    chinese = document.language == "zh_CN"
    width = style.text_width * UNITS
    notes = tuple(
        tuple(
            lines_of(
                (Piece(f"{note_mark(number, chinese)} {text}"),),
                style.styles["footnote"],
                width,
                chinese=chinese,
            )
        )
        for number, text in enumerate(document.notes, 1)
    )
    return Typeset(document, style, notes)
