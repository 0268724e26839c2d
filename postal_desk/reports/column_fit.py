"""Widths of a table's columns: as the builder shares them out, but none so narrow that a number or a word breaks."""

from __future__ import annotations

import re

from postal_desk.reports.document import Table
from postal_desk.reports.page_style import PageStyle

SIDE = 4.0  # points between a cell's rule and its text
_UNBROKEN = re.compile(r"[!-~\u2010-\u2027·]+")  # full-width characters may part anywhere
# Parts of the size that a character takes, with room for the widest of the fallback fonts.
_NARROW, _USUAL, _WIDE = 0.36, 0.58, 0.74
_THIN = frozenset("-.,:;'()|!ijltfI/[]")


def fitted_widths(block: Table, page: PageStyle) -> list[float]:
    """The columns' widths in points. What a narrow one lacks comes from those that have more than they need; where
    all of them together have not, the shares stay as they are.
    """
    whole = page.text_width
    widths = [whole * share for share in block.widths]
    last = len(block.rows) - 1
    needs = [0.0] * len(widths)
    for at, row in enumerate((block.head, *block.rows), -1):
        size = page.styles["head" if at < 0 or (block.total and at == last) else "cell"].size
        for column, text in enumerate(row):
            needs[column] = max(needs[column], _longest(text) * size + 2 * SIDE)
    lack = sum(max(0.0, need - width) for need, width in zip(needs, widths, strict=True))
    spare = sum(max(0.0, width - need) for need, width in zip(needs, widths, strict=True))
    if not lack or lack > spare:
        return widths
    return [
        need if width < need else width - (width - need) * lack / spare
        for need, width in zip(needs, widths, strict=True)
    ]


def _longest(text: str) -> float:
    """The length of the longest stretch that must not break, for a size of 1."""
    return max((sum(map(_length, word)) for word in _UNBROKEN.findall(text)), default=1.0)


def _length(character: str) -> float:
    if character in _THIN:
        return _NARROW
    return _WIDE if character.isupper() or character in "mw%" else _USUAL
