"""Rows of the case sheet: as high as their text needs, and the two free rows that share what is left of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postal_desk.reports.case_sheet_text import Cut, cut, lines_needed
from postal_desk.reports.document import FormCell, FormRow
from postal_desk.reports.page_style import MM, page_style
from postal_desk.reports.words import NONE

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # points, tried in this order for the free rows
LEADING = 1.32
ROW = 7.0  # millimetres
PADDING = 2.2  # millimetres of a row that are not text
LEAST = 0.3  # of the free height that each of the two free rows keeps when both overflow
_LABEL_FILL = 0.85  # of its column that a label fills
#: Share of the width that a label takes: English ones are longer.
LABELS = {"zh_CN": 0.13, "en": 0.17}


@dataclass(frozen=True, slots=True)
class Placed:
    """A free text as it stands on the sheet, and the height of its row in millimetres."""

    text: Cut
    height: float


class Rows:
    """Makes the rows of one sheet; widths follow the language of the labels."""

    def __init__(self, language: str) -> None:
        style = page_style("sheet", language)
        self.label = LABELS[language]
        self.value = 0.5 - self.label
        self.width = style.text_width
        self.size = style.styles["cell"].size

    def two(self, first: tuple[str, str], second: tuple[str, str]) -> FormRow:
        """Two pairs of label and value, as high as the longest of them needs."""
        cells: list[FormCell] = []
        lines = 1
        for label, value in (first, second):
            cells.append(FormCell(label, self.label, label=True))
            cells.append(FormCell(value or NONE, self.value))
            lines = max(
                lines,
                self.label_lines(label),
                lines_needed(value, self.width * self.value, self.size),
            )
        return FormRow(tuple(cells), self.height(lines, self.size), self.size)

    def wide(self, label: str, value: str, most: int) -> FormRow:
        """A row over the whole width with at most ``most`` lines; what is cut shows a sign of it."""
        width = self.width * (1 - self.label)
        part = cut(value or NONE, width, self.size, most, "…")
        lines = max(
            lines_needed(part.shown, width, self.size),
            self.label_lines(label),
        )
        return self._labelled(label, part.shown, self.height(lines, self.size), self.size)

    def label_lines(self, label: str) -> int:
        """How many lines a label takes; it breaks between words, which the measure of a text does not know."""
        return lines_needed(label, self.width * self.label * _LABEL_FILL, self.size)

    def free(self, label: str, part: Placed, size: float) -> FormRow:
        """One of the two free rows."""
        return self._labelled(label, part.text.shown, part.height, size)

    def height(self, lines: int, size: float) -> float:
        """The height in millimetres of a row with so many lines."""
        return max(ROW, lines * size * LEADING / MM + PADDING)

    def share(self, texts: Sequence[str], free: float, more: str) -> tuple[float, list[Placed]]:
        """The size at which two texts fit ``free`` millimetres, and what of each stands on the sheet.

        If they do not fit even at the smallest size, the second keeps what the first leaves, and each at least
        ``LEAST`` of the room; what does not fit is in ``Placed.text.rest``, and ``more`` says so on the sheet.
        """
        width = self.width * (1 - self.label)
        room = free - 2 * PADDING
        heights: list[float] = []
        for size in SIZES:
            heights = [lines_needed(text, width, size) * size * LEADING / MM for text in texts]
            if sum(heights) <= room:
                spare = (room - sum(heights)) / 2
                return size, [
                    Placed(Cut(text, ""), height + spare + PADDING)
                    for text, height in zip(texts, heights, strict=True)
                ]
        size = SIZES[-1]
        second = min(heights[1], max(room * LEAST, room - heights[0]))
        rooms = (room - second, second)
        line = size * LEADING / MM
        return size, [
            Placed(cut(text, width, size, int(height / line + 0.01), more), height + PADDING)
            for text, height in zip(texts, rooms, strict=True)
        ]

    def _labelled(self, label: str, value: str, height: float, size: float) -> FormRow:
        cells = (FormCell(label, self.label, label=True), FormCell(value, 1 - self.label))
        return FormRow(cells, height, size)
