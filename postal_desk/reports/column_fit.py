"""Widths of a table's columns: as the builder shares them out, but none so narrow that a number or a word breaks."""

from __future__ import annotations

import re

from postal_desk.reports.document import Table
from postal_desk.reports.page_style import PageStyle

SIDE = 4.0  # points between a cell's rule and its text
_UNBROKEN = re.compile(r"[!-~\u2010-\u2027·]+")  # full-width characters may part anywhere
# Parts of the size that a character takes, with room for the widest of the fallback fonts.
_NARROW, _USUAL, _WIDE = 0.36, 0.58, 0.74
_BOLD = 1.12  # how much more a bold character takes
_THIN = frozenset(" -.,:;'()|!ijltfI/[]")


def fitted_widths(block: Table, page: PageStyle) -> list[float]:
    """The columns' widths in points. What a narrow one lacks comes from those that have more than they need; where
    all of them together have not, the shares stay as they are. Figures stay on one line where there is room.
    """
    widths = [page.text_width * share for share in block.widths]
    for figures_whole in (True, False):
        needs = _needs(block, page, figures_whole)
        lack = sum(max(0.0, need - width) for need, width in zip(needs, widths, strict=True))
        spare = sum(max(0.0, width - need) for need, width in zip(needs, widths, strict=True))
        if lack <= spare:
            return [
                need if width < need else width - (width - need) * lack / (spare or 1.0)
                for need, width in zip(needs, widths, strict=True)
            ]
    return widths


def _needs(block: Table, page: PageStyle, figures_whole: bool) -> list[float]:
    last = len(block.rows) - 1
    needs = [0.0] * len(block.widths)
    for at, row in enumerate((block.head, *block.rows), -1):
        style = page.styles["head" if at < 0 or (block.total and at == last) else "cell"]
        size = style.size * (_BOLD if style.bold else 1.0)
        for column, text in enumerate(row):
            whole = figures_whole and at >= 0 and block.align[column] == "right"
            longest = sum(map(_length, text)) if whole else _longest(text)
            needs[column] = max(needs[column], longest * size + 2 * SIDE)
    return needs


def _longest(text: str) -> float:
    """The length of the longest stretch that must not break, for a size of 1."""
    return max((sum(map(_length, word)) for word in _UNBROKEN.findall(text)), default=1.0)


def _length(character: str) -> float:
    if character in _THIN:
        return _NARROW
    return _WIDE if character.isupper() or character in "mw%" else _USUAL
