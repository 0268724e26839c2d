"""Paragraphs broken into lines of an exact pitch, ready to be painted. All lengths are page units (see ``fonts``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from postal_desk.render.fonts import UNITS, fonts_of
from postal_desk.reports.page_style import COLOURS, TextStyle

_JOINER = "\u2060"  # no line begins with the mark of a footnote
_LATIN = re.compile(r"[\x20-\x7e\u00a0-\u024f\u2212]+")
#: Where the baseline lies in the em box of Chinese type, from its top.
_BASELINE = 0.86
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}


_CHINESE_FROM = 0x2E7F
_MOST_SPREAD = 0.6  # ems between two characters


class Piece(NamedTuple):
    """A stretch of text; ``note`` is the footnote whose mark follows it (0: none)."""

    text: str
    strong: bool = False
    note: int = 0


@dataclass(frozen=True)
class Line:
    """One line: its height, the notes it refers to, and how to paint it with its top at ``y``."""

    layout: QTextLayout
    index: int
    height: float
    baseline: float
    notes: tuple[int, ...] = ()

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint the line; ``x`` is the left edge of its paragraph."""
        line = self.layout.lineAt(self.index)
        line.draw(painter, QPointF(x, y + self.baseline - line.ascent() - line.y()))


def lines_of(
    pieces: Sequence[Piece],
    style: TextStyle,
    width: float,
    *,
    chinese: bool,
    align: str = "",
    size: float | None = None,
    pitch: float | None = None,
) -> list[Line]:
    """Break a paragraph; an empty one is a line all the same. ``size`` and ``pitch`` (points) override the style's."""
    text, formats, marks = _formatted(pieces, style, chinese, size)
    side = align or style.align
    points = style.size if size is None else size
    height = (style.pitch if pitch is None else pitch) * UNITS
    baseline = (height - points * UNITS) / 2 + points * UNITS * _BASELINE
    indent = style.indent * (points + style.spacing) * UNITS
    room = width - style.right_indent * points * UNITS
    layout = QTextLayout(text, fonts_of(style, size)[0])
    breaks = _break(layout, formats, _ALIGN[side], indent, room)
    lines: list[Line] = []
    for index, (start, end) in enumerate(breaks):
        notes = tuple(note for at, note in marks if start <= at < end)
        if side == "justify" and index + 1 < len(breaks):
            slack = room - (indent if index == 0 else 0.0) - layout.lineAt(index).naturalTextWidth()
            spread = _spread(text, formats, (start, end), slack, points)
            _break(spread, spread.formats(), _ALIGN["left"], indent if index == 0 else 0.0, None)
            lines.append(Line(spread, 0, height, baseline, notes))
        else:
            lines.append(Line(layout, index, height, baseline, notes))
    return lines


def _break(
    layout: QTextLayout,
    formats: list[QTextLayout.FormatRange],
    align: Qt.AlignmentFlag,
    indent: float,
    room: float | None,
) -> list[tuple[int, int]]:
    """Break into lines of ``room`` (``None``: one line) and return where each begins and ends, in UTF-16 units."""
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if room is None:
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    breaks: list[tuple[int, int]] = []
    while (line := layout.createLine()).isValid():
        first = indent if not breaks else 0.0
        if room is not None:
            line.setLineWidth(room - first)
        line.setPosition(QPointF(first, 0.0))
        breaks.append((line.textStart(), line.textStart() + line.textLength()))
    layout.endLayout()
    return breaks


def _spread(
    text: str,
    formats: list[QTextLayout.FormatRange],
    span: tuple[int, int],
    slack: float,
    points: float,
) -> QTextLayout:
    """One line of a paragraph, its slack spread between the Chinese characters: figures and words stay together.

    Qt would stretch the figures too. A line with hardly any Chinese is left ragged rather than torn apart.
    """
    start, end = span
    units = text.encode("utf-16-le")
    part = units[2 * start : 2 * end].decode("utf-16-le")
    gaps = sum(1 for char in part[:-1] if ord(char) > _CHINESE_FROM)
    each = slack / gaps if gaps else 0.0
    found: list[QTextLayout.FormatRange] = []
    for each_format in formats:
        first = max(each_format.start, start)
        last = min(each_format.start + each_format.length, end)
        if last <= first:
            continue
        style = QTextCharFormat(each_format.format)
        stretch = units[2 * first : 2 * last].decode("utf-16-le")
        if 0 < each <= points * UNITS * _MOST_SPREAD and any(ord(char) > _CHINESE_FROM for char in stretch):
            font = style.font()
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, font.letterSpacing() + each)
            style.setFont(font)
        found.append(_range(first - start, last - first, style))
    layout = QTextLayout(part, QFont(found[0].format.font()) if found else QFont())
    layout.setFormats(found)
    return layout


def _formatted(
    pieces: Sequence[Piece], style: TextStyle, chinese: bool, size: float | None
) -> tuple[str, list[QTextLayout.FormatRange], list[tuple[int, int]]]:
    """The whole text, its format ranges, and the place of each footnote's mark."""
    cjk, latin = fonts_of(style, size)
    text = ""
    formats: list[QTextLayout.FormatRange] = []
    marks: list[tuple[int, int]] = []
    for piece in pieces:
        start = _units(text)
        formats += _scripts(piece.text, start, cjk, latin, style, piece.strong)
        text += piece.text
        if piece.note:
            mark = _JOINER + note_mark(piece.note, chinese)
            marks.append((_units(text), piece.note))
            raised = _format(cjk if chinese else latin, style, piece.strong)
            raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            formats.append(_range(_units(text), _units(mark), raised))
            text += mark
    return text or " ", formats, marks


def _scripts(
    text: str, start: int, cjk: QFont, latin: QFont, style: TextStyle, strong: bool
) -> list[QTextLayout.FormatRange]:
    """Latin letters and figures in their font, everything between in the Chinese one."""
    formats: list[QTextLayout.FormatRange] = []
    end = 0
    for found in _LATIN.finditer(text):
        if found.start() > end:
            part = text[end : found.start()]
            formats.append(_range(start + _units(text[:end]), _units(part), _format(cjk, style, strong)))
        formats.append(
            _range(start + _units(text[: found.start()]), _units(found[0]), _format(latin, style, strong))
        )
        end = found.end()
    if end < len(text):
        formats.append(_range(start + _units(text[:end]), _units(text[end:]), _format(cjk, style, strong)))
    return formats


def _format(font: QFont, style: TextStyle, strong: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    if strong:
        font = QFont(font)
        font.setBold(True)
    made.setFont(font)
    made.setForeground(QColor("#" + COLOURS[style.colour]))
    return made


def _range(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, style
    return made


def _units(text: str) -> int:
    """Length as Qt counts it: UTF-16 units, two for a rare Han character."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def note_mark(number: int, chinese: bool) -> str:
    """The mark of a footnote: ``①`` up to twenty in Chinese, the plain number otherwise."""
    return chr(0x245F + number) if chinese and number <= 20 else str(number)
