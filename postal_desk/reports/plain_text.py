"""A document as plain text for a terminal: its headings, sentences, tables and footnotes; charts are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, zip_longest

from postal_desk.domain.columns import aligned, wrapped
from postal_desk.reports.document import Block, Document, Heading, Paragraph, Table, Tiles, Title

_INDENT = "  "


def text_lines(document: Document, places: int) -> Iterator[str]:
    """The lines of a document; sentences are broken at so many places, tables are as wide as they need.

    What is there for paper alone (charts, the seal's place, the block to fill in by hand) is left out.
    """
    for block in document.blocks:
        lines = list(_block(block, places))
        if lines and not isinstance(block, Title):
            yield ""
        yield from lines
    if document.notes:
        yield ""
    for number, note in zip(count(1), document.notes, strict=False):
        yield from wrapped(f"[{number}] {note}", places)


def _block(block: Block, places: int) -> Iterator[str]:
    if isinstance(block, Title):
        yield from block.lines
        if block.under:
            yield block.under
    elif isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        yield from wrapped(_marked(block), places)
    elif isinstance(block, Tiles):
        yield from aligned([(_INDENT + tile.label, tile.value, tile.note) for tile in block.tiles], (1,))
    elif isinstance(block, Table):
        yield block.caption
        right = [at for at, align in enumerate(block.align) if align != "left"]
        rows = [part for row in (block.head, *block.rows) for part in _parts(row)]
        yield from (_INDENT + line for line in aligned(rows, right))


def _parts(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A row as one row for each line of its cells."""
    yield from zip_longest(*(cell.split("\n") for cell in row), fillvalue="")


def _marked(paragraph: Paragraph) -> str:
    """The words with the marks of their footnotes."""
    return "".join(run.text + (f"[{run.note}]" if run.note else "") for run in paragraph.runs)
